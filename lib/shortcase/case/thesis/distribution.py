"""What a share is worth when every input takes its stated range: the distribution, its error, and each threat's part.

The draws come in independent replicates, each with a scrambling of its own: how far they disagree is the error, and two
of them run side by side where there are two cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from shortcase.case.thesis.combinations import each_combination
from shortcase.case.thesis.draws import Points, Portion, finite, portions, sobol
from shortcase.case.thesis.inputs import Inputs
from shortcase.case.thesis.threats import COMBINATIONS, THREATS
from shortcase.model.probability import shapley

REPLICATES = 8
LEAST, MOST, STEP = 0.0, 3000.0, 0.1
BINS = round((MOST - LEAST) / STEP)
MASKS = np.arange(COMBINATIONS)
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


@dataclass(frozen=True)
class Distribution:
    """Dollars a share over the drawn cases; an `error` is one standard error from the replicates."""

    draws: int
    mean: float
    mean_error: float
    deviation: float
    quantiles: dict[float, float]
    quantiles_without: dict[float, float]
    chance_price_above: float
    chance_price_above_without: float
    chance_error: float
    without_threats: float
    with_all_threats: float
    threat_usd: dict[str, float]
    threat_error: dict[str, float]
    threat_usd_if_all: dict[str, float]
    interaction_usd: float
    edges: np.ndarray = field(repr=False)
    density: np.ndarray = field(repr=False)
    density_without: np.ndarray = field(repr=False)

    @property
    def middles(self) -> np.ndarray:
        """The value in the middle of each bin, dollars a share."""
        middle: np.ndarray = (self.edges[1:] + self.edges[:-1]) / 2.0
        return middle


def coarser(of_bins: np.ndarray, width: int) -> np.ndarray:
    """Means of so many neighbouring bins each, for a picture that shows fewer.

    >>> coarser(np.array([1.0, 3.0, 2.0, 6.0]), 2)
    array([2., 4.])

    Errors: ValueError where the bins do not divide into groups of the width.
    """
    grouped: np.ndarray = of_bins.reshape(-1, width).mean(axis=1)
    return grouped


@dataclass
class _Tally:
    """Sums over a replicate: enough for every answer, and no larger for more draws."""

    count: int = 0
    total: float = 0.0
    squares: float = 0.0
    above: int = 0
    above_without: int = 0
    nothing: int = 0
    nothing_without: int = 0
    expected: np.ndarray = field(default_factory=lambda: np.zeros(COMBINATIONS))
    in_full: np.ndarray = field(default_factory=lambda: np.zeros(COMBINATIONS))
    bins: np.ndarray = field(default_factory=lambda: np.zeros(BINS, dtype=np.int64))
    bins_without: np.ndarray = field(default_factory=lambda: np.zeros(BINS, dtype=np.int64))

    def add(self, portion: Portion, middle: Inputs) -> None:
        price = middle.start.price_usd
        values = finite(each_combination(portion.case), portion.case, middle, each_combination)
        # A row a combination that succeeds, a column one under which its cases are valued.
        sums = np.stack([np.bincount(portion.combination, row, COMBINATIONS) for row in values], axis=1)
        # Where only some threats are allowed, those among them succeed that would have succeeded anyway.
        self.expected += sums[MASKS[:, None], MASKS[:, None] & MASKS].sum(axis=0)
        self.in_full += sums.sum(axis=0)
        value = values[portion.combination, np.arange(values.shape[1])]
        self.count += value.size
        self.total += float(value.sum())
        self.squares += float((value * value).sum())
        self.above += int((value < price).sum())
        self.above_without += int((values[0] < price).sum())
        self.nothing += int((value <= 0.0).sum())
        self.nothing_without += int((values[0] <= 0.0).sum())
        self.bins += _counted(value)
        self.bins_without += _counted(values[0])


def size_of_replicate(draws: int) -> int:
    """Draws of each replicate: a Sobol sequence is balanced at powers of two only, so it is rounded up to one.

    >>> size_of_replicate(100)
    16
    """
    return 1 << max(0, (draws - 1) // REPLICATES).bit_length()


def distribution(
    case: Inputs,
    draws: int,
    *,
    seed: int = 1,
    points: Callable[[int], Points] = sobol,
    cores: int | None = None,
    correlated: bool = True,
    held: tuple[str, ...] = (),
) -> Distribution:
    """Draw so many cases and sum them up.

    `points` makes a source of points from a seed; `correlated` and `held` are those of `draws.portions`. The same seed
    gives the same digits, on one core or two.
    Equation: v(S) = mean of the value if only the threats in S may succeed; a threat's part is its Shapley value of v
    """
    each = size_of_replicate(draws)

    def replicate(number: int) -> _Tally:
        tally = _Tally()
        source = points(seed * REPLICATES + number)
        for portion in portions(case, each, source, correlated=correlated, held=held):
            tally.add(portion, case)
        return tally

    with ThreadPoolExecutor(cores or min(REPLICATES, os.cpu_count() or 1)) as pool:
        tallies = list(pool.map(replicate, range(REPLICATES)))
    return _summary(tallies)


def _summary(tallies: list[_Tally]) -> Distribution:
    count = sum(t.count for t in tallies)
    mean = sum(t.total for t in tallies) / count
    variance = sum(t.squares for t in tallies) / count - mean * mean
    nothing = sum(t.nothing for t in tallies) / count
    nothing_without = sum(t.nothing_without for t in tallies) / count
    bins = np.sum([t.bins for t in tallies], axis=0)
    bins_without = np.sum([t.bins_without for t in tallies], axis=0)
    expected = [sum(float(t.expected[s]) for t in tallies) / count for s in range(COMBINATIONS)]
    in_full = [sum(float(t.in_full[s]) for t in tallies) / count for s in range(COMBINATIONS)]
    parts = np.array([shapley.shapley_values(list(t.expected / t.count)) for t in tallies])
    return Distribution(
        draws=count,
        mean=mean,
        mean_error=error_of([t.total / t.count for t in tallies]),
        deviation=float(np.sqrt(variance)),
        quantiles={level: _quantile(bins, level, nothing) for level in LEVELS},
        quantiles_without={level: _quantile(bins_without, level, nothing_without) for level in LEVELS},
        chance_price_above=sum(t.above for t in tallies) / count,
        chance_price_above_without=sum(t.above_without for t in tallies) / count,
        chance_error=error_of([t.above / t.count for t in tallies]),
        without_threats=expected[0],
        with_all_threats=in_full[-1],
        threat_usd=dict(zip(THREATS, shapley.shapley_values(expected), strict=True)),
        threat_error={name: error_of(list(parts[:, i])) for i, name in enumerate(THREATS)},
        threat_usd_if_all=dict(zip(THREATS, shapley.shapley_values(in_full), strict=True)),
        interaction_usd=float(shapley.interaction(expected)),
        edges=LEAST + STEP * np.arange(BINS + 1),
        density=bins / count / STEP,
        density_without=bins_without / count / STEP,
    )


def _counted(value: np.ndarray) -> np.ndarray:
    bin_ = np.clip(((value - LEAST) / STEP).astype(np.int64), 0, BINS - 1)
    return np.bincount(bin_, minlength=BINS)


def error_of(values: list[float]) -> float:
    """One standard error of the mean of replicates."""
    return float(np.std(values, ddof=1) / np.sqrt(len(values)))


def _quantile(bins: Any, level: float, nothing: float) -> float:
    """The value at a level, inside its bin in proportion; `nothing` is the part of the cases that is worth nothing.

    >>> [round(_quantile(np.array([50, 50]), level, 0.4), 9) for level in (0.3, 0.75)]
    [0.0, 0.15]
    """
    if level <= nothing:
        return 0.0
    below = np.cumsum(bins) / bins.sum()
    bin_ = int(np.searchsorted(below, level))
    before = below[bin_ - 1] if bin_ else 0.0
    return float(LEAST + STEP * (bin_ + (level - before) / max(below[bin_] - before, 1e-300)))
