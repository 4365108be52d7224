"""One peel of the patient rule induction method, from either end of every input at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LOW, HIGH = 0, 1
"""The two ends of an input."""


@dataclass(frozen=True)
class Peels:
    """For both ends of each input: where a peel cuts, how many cases it takes away, and what it brings for each."""

    cut: np.ndarray
    taken: np.ndarray
    gain: np.ndarray


@dataclass(frozen=True)
class Sorted:
    """The cases that stay, once for each input in its order: so a peel takes a run from an end, and none sorts again.

    x: all cases by inputs; order: inputs by numbers of cases.
    """

    x: np.ndarray
    of_interest: np.ndarray
    order: np.ndarray

    @classmethod
    def of(cls, x: np.ndarray, of_interest: np.ndarray) -> Sorted:
        """All cases, in the order of each input."""
        return cls(x, of_interest, np.argsort(x, axis=0, kind="stable").T)

    @property
    def count(self) -> int:
        """How many cases stay."""
        return int(self.order.shape[1])

    @property
    def density(self) -> float:
        """The part of them that is of interest; zero where nothing may be peeled."""
        return float(self.of_interest[self.order[0]].mean()) if len(self.order) else 0.0

    def peels(self, part: float) -> Peels:
        """What is peeled from either end: the part of the cases beyond its quantile, or the whole outermost value."""
        values = self.x[self.order, np.arange(len(self.order))[:, None]]
        last = self.count - 1
        above = np.array([_first_above(row, round(part * last)) for row in values])
        below = np.array([_last_below(row, round((1.0 - part) * last)) for row in values])
        hits = np.zeros((len(values), self.count + 1), int)
        np.cumsum(self.of_interest[self.order], axis=1, out=hits[:, 1:])
        inputs = np.arange(len(values))
        taken = np.stack([above, last - below])
        hit = np.stack([hits[:, -1] - hits[inputs, above], hits[inputs, below + 1]])
        cut = np.stack([values[inputs, np.minimum(above, last)], values[inputs, np.maximum(below, 0)]])
        kept = self.count - taken
        with np.errstate(all="ignore"):
            gain = (hit / kept - hits[:, -1] / self.count) / taken
        return Peels(cut, taken, np.where((kept > 0) & (taken > 0), gain, -np.inf))

    def without(self, end: int, at: int, taken: int) -> Sorted:
        """What stays where so many cases are taken from an end of an input."""
        gone = self.order[at, :taken] if end == LOW else self.order[at, self.count - taken :]
        stays = np.ones(len(self.x), bool)
        stays[gone] = False
        kept = self.order[stays[self.order]]  # of each input the same cases, so each row is as long
        return Sorted(self.x, self.of_interest, kept.reshape(len(self.order), -1))


def _first_above(row: np.ndarray, at: int) -> int:
    """Where the cases begin that stay when the lowest are peeled: at a value, or after the lowest where that is it.

    >>> _first_above(np.array([0.0, 1.0, 1.0, 2.0]), 2), _first_above(np.array([0.0, 0.0, 1.0]), 1)
    (1, 2)
    """
    return int(np.searchsorted(row, row[at], "left") if row[at] > row[0] else np.searchsorted(row, row[0], "right"))


def _last_below(row: np.ndarray, at: int) -> int:
    """Where the cases end that stay when the highest are peeled.

    >>> _last_below(np.array([0.0, 1.0, 1.0, 2.0]), 1), _last_below(np.array([0.0, 1.0, 1.0]), 1)
    (2, 0)
    """
    side = np.searchsorted(row, row[at], "right") if row[at] < row[-1] else np.searchsorted(row, row[-1], "left")
    return int(side) - 1
