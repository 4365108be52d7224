"""The cases over which an expectation is tested: values of the parameters that differ from the documented ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from scipy.linalg import hadamard

from shortcase.case import scenarios
from shortcase.case.parameters import Parameter, Scalar, as_written, together
from shortcase.errors import BadParameter

Case = Mapping[str, Scalar]
FULL = 3
"""Inputs of which every combination of ends is tried; of more, each pair in each of its four combinations."""


def documented(_: Sequence[Parameter], __: int) -> Iterator[Case]:
    """The documented values."""
    yield {}


def bounds(inputs: Sequence[Parameter], _: int) -> Iterator[Case]:
    """One input at either end of its hard bounds, all others as documented."""
    for p in inputs:
        yield from ({p.name: end} for end in ends(p, "bounds"))


def of_scenarios(_: Sequence[Parameter], __: int) -> Iterator[Case]:
    """Every scenario that begins with the essay, on the day of the essay."""
    yield from (dict(scenarios.read_scenario(name).overrides) for name in scenarios.of_the_day())


def matrix(inputs: Sequence[Parameter], _: int) -> Iterator[Case]:
    """All inputs at the ends of their ranges: every combination of a few; of more, an orthogonal array.

    The rows of a Hadamard matrix and their opposites hold every three inputs in each of their eight combinations of
    ends equally often, in the fewest rows.
    """
    ranged = [p for p in inputs if p.low is not None]
    for row in _signs(ranged):
        yield {p.name: ends(p, "range")[int(up)] for p, up in zip(ranged, row, strict=True)}


def _signs(ranged: Sequence[Parameter]) -> Iterator[Sequence[bool]]:
    count = len(ranged)
    if count <= FULL:
        yield from ([bool(mask >> place & 1) for place in range(count)] for mask in range(1 << count))
        return
    half = hadamard(1 << count.bit_length())[:, 1 : count + 1] > 0
    yield from np.concatenate([half, ~half]).tolist()


def draws(_: Sequence[Parameter], count: int) -> Iterator[Case]:
    """Every parameter that states a range somewhere inside it, each independent and evenly.

    The same ones at every run and for every expectation, so that a chapter computes each of them once.
    """
    yield from _drawn(count)


@cache
def _drawn(count: int) -> list[Case]:
    ranged = {p.name: p for p in as_written().values() if p.low is not None and p.high is not None}
    tosses = {name: random.Random(name) for name in ranged}  # noqa: S311 - no secret
    return [
        {name: typed(p, tosses[name].uniform(float(p.low or 0.0), float(p.high or 0.0))) for name, p in ranged.items()}
        for _ in range(count)
    ]


MADE: Mapping[str, Callable[[Sequence[Parameter], int], Iterator[Case]]] = {
    "documented": documented,
    "bounds": bounds,
    "scenarios": of_scenarios,
    "matrix": matrix,
    "draws": draws,
}


def made(over: Sequence[str], inputs: Sequence[Parameter], count: int, fixed: Case) -> list[Case]:
    """The cases of an expectation, each once; `fixed` holds in all of them, and what is senseless together is left out.

    >>> made(["documented"], [], 0, {"demand_elasticity": 1.0})
    [{'demand_elasticity': 1.0}]
    """
    free = [p for p in inputs if p.name not in fixed]
    found: dict[tuple[tuple[str, Scalar], ...], Case] = {}
    for word in over:
        for case in MADE[word](free, count):
            whole = {**case, **fixed}
            found.setdefault(tuple(sorted(whole.items())), whole)
    return [case for case in found.values() if sensible(case)]


def sensible(case: Case) -> bool:
    """Whether a case's values make sense together: only those that stay below another are looked at."""
    tied = _tied()
    if not tied.keys() & case.keys():
        return True
    try:
        together({name: case.get(name, value) for name, value in tied.items()})
    except BadParameter:
        return False
    return True


@cache
def _tied() -> Mapping[str, Scalar]:
    """The parameters that stay below another, and those others, with their documented values."""
    known = as_written()
    return {name: known[name].value for p in known.values() if p.below is not None for name in (p.name, p.below)}


def ends(p: Parameter, span: str) -> list[Scalar]:
    """Both ends of a parameter's bounds, or of its range."""
    both = (p.min, p.max) if span == "bounds" else (p.low, p.high)
    return [typed(p, float(end)) for end in both if end is not None]


def along(p: Parameter, span: str, points: int) -> list[Scalar]:
    """Values of a parameter from one end to the other, evenly."""
    low, high = (float(end) for end in ends(p, span))
    return list(dict.fromkeys(typed(p, float(x)) for x in np.linspace(low, high, points)))


def typed(p: Parameter, value: float) -> Scalar:
    """The value as the parameter's kind."""
    return round(value) if p.kind == "int" else value
