"""Formulas of the thesis at a case that differs from the reader's own in one or two inputs, and searches along one.

What a case is worth stands on the tape once. A case with another discount rate, or a point of a map, is that figure
with its inputs let; at which rate it is worth its price, a search along that input.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from shortcase.case.parameters import registry
from shortcase.case.thesis import thresholds
from shortcase.case.thesis.inputs import PARAMETERS, Inputs
from shortcase.show.live import along
from shortcase.show.live.steps import inside
from shortcase.show.live.tape import Node, Untraceable
from shortcase.show.live.trace import nodes_of
from shortcase.show.live.traced import Traced


def varied(
    formula: Callable[..., Any], kept: Callable[..., Any], args: tuple[Any, ...], options: Mapping[str, Any]
) -> Any:  # fmt: skip
    """What a formula gives on the tape; of a case that differs in few inputs, what it gives of the reader's, these let.

    That is right only where nothing else that it is given comes from a parameter: it would be let as well. kept: the
    formula, which keeps what it has given of the reader's case.
    """
    given = [*args, *options.values()]
    cases = [one for one in given if isinstance(one, Inputs)]
    if len(cases) != 1 or any(nodes_of(one) for one in given if one is not cases[0]):
        return formula(*args, **options)
    (case,) = cases
    other = {name: value for name in PARAMETERS if not _own(name, value := getattr(case, name))}
    if not 1 <= len(other) <= along.MOST:
        return formula(*args, **options)
    own = _reader(case, other)
    args = tuple(own if one is case else one for one in args)
    found = kept(*args, **{name: own if one is case else one for name, one in options.items()})
    many = any(np.ndim(value) for value in other.values())

    def let(value: Any) -> Any:
        if not isinstance(value, Traced):
            return inside(value, let)
        if many and value.ndim:
            raise Untraceable("an array of a case of arrays has no expression in the page")
        return along.at(value, other)

    return let(found)


def _own(name: str, value: Any) -> bool:
    """Whether a field of a case is the parameter of its name."""
    cell = value.nodes.item() if isinstance(value, Traced) and not value.ndim else None
    return isinstance(cell, Node) and cell.tape.ops[cell.i] == ("input", name)


def _reader(case: Inputs, names: Mapping[str, Any]) -> Inputs:
    """The case with some of its fields as the reader has them."""
    (tape, *_) = (value.nodes.item().tape for name in PARAMETERS if _own(name, value := getattr(case, name)))
    return case.with_(**{name: Traced(tape.add("input", name)) for name in names})


def flip_at(case: Inputs, conclusion: str, name: str) -> Any:
    """As `thresholds.flip_at`, on the tape."""
    margin, low, high = _along(case, conclusion, name)
    there = along.searched(along.NEAREST, margin, name, low, high)
    turns = along.searched(along.TURNS, margin, name, low, high)
    off = [np.absolute(along.at(margin, {name: end})) for end in (low, high)]
    bound = np.where(off[1] < off[0], high, low)
    return np.where(turns > 0.0, there, bound)


def flip_count(case: Inputs, conclusion: str, name: str) -> Any:
    """As `thresholds.flip_count`, on the tape."""
    margin, low, high = _along(case, conclusion, name)
    return along.searched(along.TURNS, margin, name, low, high)


def _along(case: Inputs, conclusion: str, name: str) -> tuple[Traced, Any, Any]:
    """The margin of a conclusion, and the bounds between which an input is moved.

    Errors: Untraceable where the case is not the reader's own: its other inputs could move with the one.
    """
    if not all(_own(one, getattr(case, one)) for one in PARAMETERS):
        raise Untraceable("it is searched for along an input of a case that is not the reader's own")
    (margin,) = (one.margin for one in thresholds.CONCLUSIONS if one.name == conclusion)
    return margin(case), *thresholds.below_the_rate(case, registry()[name])


SEARCHES = {"flip_at": flip_at, "flip_count": flip_count}
"""The searches of `thresholds` that a page makes, by name."""
