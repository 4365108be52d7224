"""For each main conclusion: at which value of one parameter it flips, and where two of them together flip it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from scipy.optimize.elementwise import find_root

from shortcase.case.parameters import Parameter, registry
from shortcase.case.thesis.chain import valuation
from shortcase.case.thesis.draws import LEAST_GAP, uncertain
from shortcase.case.thesis.inputs import Inputs
from shortcase.case.thesis.threats import ALL
from shortcase.case.thesis.weighing import probability_weighted

GRID = 401
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

    Equation: the margin changes its sign at x, found on a grid over the hard bounds and by halving

    Those inside their stated range come first, the nearest in terms of that range before the others.
    """
    found = []
    for p in uncertain():
        at = _nearest_flip(case, conclusion, p)
        if at is not None:
            found.append(Flip(p, float(getattr(case, p.name)), at))
    return sorted(found, key=lambda flip: (not flip.inside_range, _distance(flip)))


@cache
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
    """The value of one parameter at which a conclusion flips, the others as they are.

    Equation: x such that the conclusion's margin changes its sign; the bound nearest to it where none does
    """
    found = {flip.parameter.name: flip.flips_at for flip in flips_of(case, conclusion)}
    if name in found:
        return found[name]
    margin = next(c.margin for c in CONCLUSIONS if c.name == conclusion)
    return min(below_the_rate(case, registry()[name]), key=lambda x: abs(float(margin(case.with_(**{name: x})))))


def _distance(flip: Flip) -> float:
    assert flip.parameter.high is not None and flip.parameter.low is not None  # noqa: S101, PT018 - `uncertain` chose
    return abs(flip.flips_at - flip.value) / max(flip.parameter.high - flip.parameter.low, 1e-300)


def _nearest_flip(case: Inputs, conclusion: Conclusion, p: Parameter) -> float | None:
    assert p.min is not None and p.max is not None  # noqa: S101, PT018 - the registry asks for bounds

    def margin(x: Any) -> Any:
        return conclusion.margin(case.with_(**{p.name: x}))

    here = float(getattr(case, p.name))
    least, most = below_the_rate(case, p)
    grid = np.unique(np.append(np.linspace(least, most, GRID), here))
    with np.errstate(all="ignore"):  # at the bounds of a parameter a figure may be nothing at all
        true = np.broadcast_to(margin(grid), grid.shape) > 0.0
    at = int(np.searchsorted(grid, here))
    turns = np.flatnonzero(true[1:] != true[:-1])
    if not turns.size:
        return None
    turn = turns[np.argmin(np.abs((grid[turns] + grid[turns + 1]) / 2.0 - grid[at]))]

    def signed(x: Any) -> Any:
        # A margin of nothing at all is not above zero, though a search would take it for the root.
        found = margin(x)
        return np.where((found > 0.0) | (found < 0.0), found, -1.0)

    return float(find_root(signed, (grid[turn], grid[turn + 1])).x)


def below_the_rate(case: Inputs, p: Parameter) -> tuple[float, float]:
    """The bounds of a parameter, kept where growth for ever stays below the discount rate."""
    assert p.min is not None and p.max is not None  # noqa: S101, PT018 - the registry asks for bounds
    if p.name == "long_run_growth":
        return p.min, min(p.max, float(case.equity_discount_rate) - LEAST_GAP)
    if p.name == "equity_discount_rate":
        return max(p.min, float(case.long_run_growth) + LEAST_GAP), p.max
    return p.min, p.max


def part_at_the_price(case: Inputs, first: str, second: str, steps: int) -> float:
    """Part of the map of two parameters on which a share is worth its price or more, threats weighed.

    Equation: mean of v(x, y) ≥ price over an even grid from low to high of each
    """
    return float(np.mean(pair_map(case, first, second, steps)[2] >= case.start.price_usd))


def inputs_searched() -> int:
    """How many inputs are moved in search of a flip.

    Equation: number of parameters with a stated range
    """
    return len(uncertain())


def pair_map(case: Inputs, first: str, second: str, steps: int = 21) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Value of a share, threats weighed, over the stated ranges of two parameters.

    Equation: v(x, y) on a grid from low to high of each

    Gives the values of the first, of the second, and the value with a row for each of the first.
    """
    known = registry()
    x = np.linspace(float(known[first].low or 0.0), float(known[first].high or 0.0), steps)
    y = np.linspace(float(known[second].low or 0.0), float(known[second].high or 0.0), steps)
    across, along = np.meshgrid(x, y, indexing="ij")
    value = probability_weighted(case.with_(**{first: across.ravel(), second: along.ravel()}))
    return x, y, np.asarray(value).reshape(across.shape)
