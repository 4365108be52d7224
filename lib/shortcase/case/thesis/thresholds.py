"""For each main conclusion: at which value of one parameter it flips, and where two of them together flip it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortcase.case.parameters import Parameter, registry
from shortcase.case.thesis.chain import valuation
from shortcase.case.thesis.draws import uncertain
from shortcase.case.thesis.inputs import Inputs
from shortcase.case.thesis.once import once
from shortcase.case.thesis.roots import Roots, between, brackets, roots
from shortcase.case.thesis.threats import ALL
from shortcase.case.thesis.weighing import probability_weighted

ROOM = 0.1
"""A price within a tenth of the value leaves no room for anything to go wrong."""


@dataclass(frozen=True)
class Conclusion:
    """A sentence of the verdict, and a margin that is above zero just where it is true."""

    name: str
    sentence: str
    margin: Callable[[Inputs], Any]


def _dear(case: Inputs) -> Any:
    return case.start.price_usd - probability_weighted(case)


def _no_room(case: Inputs) -> Any:
    return (1.0 + ROOM) * case.start.price_usd - valuation(case).value_per_share


def _halved(case: Inputs) -> Any:
    market_free, market_full = valuation(case), valuation(case, ALL)
    return market_free.value_per_share / 2.0 - market_full.value_per_share


CONCLUSIONS = (
    Conclusion("dear", "With the threats weighed by their chances, the shares cost more than they are worth", _dear),
    Conclusion("no_room", "Without any threat they are worth at most a tenth more than they cost", _no_room),
    Conclusion("halved", "All five threats together take more than half of what the shares are worth", _halved),
)
"""The verdict of the valuation, sentence by sentence."""


@dataclass(frozen=True)
class Flip:
    """Where a conclusion turns as one parameter moves, the others as they are."""

    parameter: Parameter
    value: float
    flips_at: float

    @property
    def inside_range(self) -> bool:
        """Whether the turn lies inside the parameter's stated range."""
        low, high = self.parameter.low, self.parameter.high
        return low is not None and high is not None and low <= self.flips_at <= high


def flips(case: Inputs, conclusion: Conclusion) -> list[Flip]:
    """The nearest value of each uncertain parameter at which a conclusion flips; those that never flip it are left out.

    Equation: the margin changes its sign at x, found on a grid over the hard bounds

    Those inside their stated range come first, the nearest in terms of that range before the others.
    """
    moved = uncertain()
    here = [float(getattr(case, p.name)) for p in moved]
    steps = [_steps(case, conclusion, p) for p in moved]
    below, beyond = (np.concatenate(ends) for ends in zip(*steps, strict=True))
    which = np.repeat(np.arange(len(moved)), [len(lows) for lows, _ in steps])

    def margin(x: Any, which: Any) -> Any:
        """Each step moves one input, and leaves the others where they are."""
        turned = {p.name: np.where(which == i, x, here[i]) for i, p in enumerate(moved) if len(steps[i][0])}
        return conclusion.margin(case.with_(**turned))

    turning = between(margin, below, beyond, which)
    nearest = (Roots(tuple(turning[which == i]), above=False).nearest(here[i]) for i in range(len(moved)))
    found = [Flip(p, x, float(at)) for p, x, at in zip(moved, here, nearest, strict=True) if at is not None]
    return sorted(found, key=lambda flip: (not flip.inside_range, _distance(flip)))


def _steps(case: Inputs, conclusion: Conclusion, p: Parameter) -> tuple[np.ndarray, np.ndarray]:
    near = float(getattr(case, p.name))
    margin = conclusion.margin
    return brackets(lambda x: margin(case.with_(**{p.name: x})), *below_the_rate(case, p), near=near)[:2]


@once
def flips_of(case: Inputs, conclusion: str) -> tuple[Flip, ...]:
    """The flips of a conclusion by its name, searched once.

    Equation: as in `flips`
    """
    return tuple(flips(case, next(c for c in CONCLUSIONS if c.name == conclusion)))


def flips_inside(case: Inputs, conclusion: str) -> int:
    """How many inputs flip a conclusion alone, inside their stated range.

    Equation: number of parameters p with low ≤ x*(p) ≤ high
    """
    return sum(flip.inside_range for flip in flips_of(case, conclusion))


def flip_at(case: Inputs, conclusion: str, name: str) -> float:
    """The value of one parameter at which a conclusion flips, the nearest; where none does, the bound that is nearest.

    Equation: x such that the conclusion's margin changes its sign

    A bound is no answer: `flip_count` says whether there is one, and a text asks it first.
    """
    found = turning_values(case, conclusion, name).nearest(float(getattr(case, name)))
    if found is not None:
        return found
    margin = next(c.margin for c in CONCLUSIONS if c.name == conclusion)
    ends = map(float, below_the_rate(case, registry()[name]))
    return min(ends, key=lambda x: abs(float(margin(case.with_(**{name: x})))))


def flip_count(case: Inputs, conclusion: str, name: str) -> int:
    """How many values of one parameter flip a conclusion, the others as they are: none, one, or several.

    Equation: number of x at which the conclusion's margin changes its sign, inside the parameter's bounds
    """
    return len(turning_values(case, conclusion, name).at)


def _distance(flip: Flip) -> float:
    assert flip.parameter.high is not None and flip.parameter.low is not None  # noqa: S101, PT018 - `uncertain` chose
    return abs(flip.flips_at - flip.value) / max(flip.parameter.high - flip.parameter.low, 1e-300)


def turning_values(case: Inputs, conclusion: str, name: str) -> Roots:
    """Every value of one parameter at which a conclusion flips, the others as they are."""
    p, margin = registry()[name], next(c.margin for c in CONCLUSIONS if c.name == conclusion)
    return roots(lambda x: margin(case.with_(**{name: x})), *below_the_rate(case, p), near=float(getattr(case, name)))


def below_the_rate(case: Inputs, p: Parameter) -> tuple[Any, Any]:
    """The bounds of a parameter, kept where growth for ever stays below the discount rate."""
    assert p.min is not None and p.max is not None  # noqa: S101, PT018 - the registry asks for bounds
    gap = registry()["long_run_growth"].gap
    if p.name == "long_run_growth":
        return p.min, np.minimum(p.max, case.equity_discount_rate - gap)
    if p.name == "equity_discount_rate":
        return np.maximum(p.min, case.long_run_growth + gap), p.max
    return p.min, p.max


def part_at_the_price(case: Inputs, first: str, second: str, steps: int) -> Any:
    """Part of the map of two parameters on which a share is worth its price or more, threats weighed.

    Equation: mean of v(x, y) ≥ price over an even grid from low to high of each
    """
    return np.mean(pair_map(case, first, second, steps)[2] >= case.start.price_usd)


def inputs_searched() -> int:
    """How many inputs are moved in search of a flip.

    Equation: number of parameters with a stated range
    """
    return len(uncertain())


def pair_map(case: Inputs, first: str, second: str, steps: int = 21) -> tuple[np.ndarray, np.ndarray, Any]:
    """Value of a share, threats weighed, over the stated ranges of two parameters.

    Equation: v(x, y) on a grid from low to high of each

    Gives the values of the first, of the second, and the value with a row for each of the first.
    """
    known = registry()
    x = np.linspace(float(known[first].low or 0.0), float(known[first].high or 0.0), steps)
    y = np.linspace(float(known[second].low or 0.0), float(known[second].high or 0.0), steps)
    across, along = np.meshgrid(x, y, indexing="ij")
    value = probability_weighted(case.with_(**{first: across.ravel(), second: along.ravel()}))
    return x, y, np.reshape(value, across.shape)
