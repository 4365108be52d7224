"""One peel of the patient rule induction method: what may be taken from either end of an input, and what then stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

LOW, HIGH = 0, 1
"""The two ends of an input."""


class Peel(NamedTuple):
    """What may be taken from one end of an input: so many cases, those beyond the cut, and so many of interest.

    gain: what it brings for each case that it takes: by so much the density of the others rises.
    """

    end: int
    at: int
    cut: float
    taken: int
    hits: int
    gain: float


class Order(NamedTuple):
    """The cases that stay in the order of one input, the lowest first: their places, values, and which are wanted."""

    places: np.ndarray
    values: np.ndarray
    of_interest: np.ndarray

    def only(self, which: np.ndarray | slice) -> Order:
        """Some of them, in the same order."""
        return Order(self.places[which], self.values[which], self.of_interest[which])


@dataclass(frozen=True)
class Sorted:
    """The cases that stay, once for each input in its order: so a peel takes a run from an end, and none sorts again.

    all_cases: how many there were; count: how many stay; hits: how many of these are of interest.
    """

    orders: Mapping[int, Order]
    all_cases: int
    count: int
    hits: int

    @classmethod
    def of(cls, x: np.ndarray, of_interest: np.ndarray) -> Sorted:
        """All cases, a row each, in the order of each input."""
        wanted = np.asarray(of_interest, bool)
        sorted_ = (np.argsort(column, kind="stable") for column in x.T)
        orders = {at: Order(places, x[places, at], wanted[places]) for at, places in enumerate(sorted_)}
        return cls(orders, len(x), len(x), int(np.count_nonzero(wanted)))

    def by(self, inputs: Iterable[int]) -> Sorted:
        """The same cases in the order of some inputs alone."""
        return Sorted({at: self.orders[at] for at in inputs}, self.all_cases, self.count, self.hits)

    def peel(self, end: int, at: int, part: float) -> Peel | None:
        """What a peel from one end takes: the part of the cases beyond its quantile, or the whole outermost value.

        None where no case would stay.
        """
        _, values, of_interest = self.orders[at]
        last = self.count - 1
        if end == LOW:
            taken = _lowest(values, round(part * last))
            if taken > last:
                return None
            cut, hits = values[taken], np.count_nonzero(of_interest[:taken])
        else:
            kept = _but_the_highest(values, round((1.0 - part) * last))
            if kept == 0:
                return None
            cut, taken, hits = values[kept - 1], self.count - kept, np.count_nonzero(of_interest[kept:])
        gain = ((self.hits - hits) / (self.count - taken) - self.hits / self.count) / taken
        return Peel(end, at, float(cut), taken, int(hits), gain)

    def without(self, peel: Peel) -> Sorted:
        """What stays after a peel."""
        order = self.orders[peel.at]
        left = self.count - peel.taken
        low = peel.end == LOW
        stays = np.ones(self.all_cases, bool)
        stays[order.places[: peel.taken] if low else order.places[left:]] = False
        kept = {at: other.only(stays[other.places]) for at, other in self.orders.items() if at != peel.at}
        kept[peel.at] = order.only(slice(peel.taken, None) if low else slice(left))
        return Sorted(kept, self.all_cases, left, self.hits - peel.hits)


def _lowest(values: np.ndarray, at: int) -> int:
    """How many of the lowest a peel takes: those below the value at a place, or all of the lowest where that is it.

    >>> _lowest(np.array([0.0, 1.0, 1.0, 2.0]), 2), _lowest(np.array([0.0, 0.0, 1.0]), 1)
    (1, 2)
    """
    value = values[at]
    if at and values[at - 1] < value:
        return at
    return int(values.searchsorted(value, "left")) or int(values.searchsorted(value, "right"))


def _but_the_highest(values: np.ndarray, at: int) -> int:
    """How many stay where a peel takes those above the value at a place, or all of the highest where that is it.

    >>> _but_the_highest(np.array([0.0, 1.0, 1.0, 2.0]), 1), _but_the_highest(np.array([0.0, 1.0, 1.0]), 1)
    (3, 1)
    """
    value, last = values[at], len(values) - 1
    if at < last and values[at + 1] > value:
        return at + 1
    return int(values.searchsorted(value, "right" if value < values[last] else "left"))
