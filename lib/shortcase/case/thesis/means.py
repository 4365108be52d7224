"""The mean of what a share is worth over drawn cases, and how far off it is after so many of them.

Each case is valued once, with those threats that succeed in it: for a mean alone no other combination is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from shortcase.case.thesis import distribution
from shortcase.case.thesis.chain import valuation
from shortcase.case.thesis.combinations import each_combination
from shortcase.case.thesis.distribution import error_of, size_of_replicate
from shortcase.case.thesis.draws import Points, Random, finite, portions, sobol
from shortcase.case.thesis.inputs import Inputs
from shortcase.case.thesis.threats import COUNT


def mean(
    case: Inputs, draws: int, *, seed: int = 1, correlated: bool = True, held: tuple[str, ...] = ()
) -> float:  # fmt: skip
    """What a share is worth on average: the mean of the distribution of so many draws, to the last digits.

    Equation: mean of v over the drawn cases, each with the threats that succeed in it

    `correlated` and `held` are those of `draws.portions`.
    """
    sums = _sums(case, [size_of_replicate(draws)], seed, sobol, correlated=correlated, held=held)
    return float(sums.sum() / (len(sums) * size_of_replicate(draws)))


@dataclass(frozen=True)
class Step:
    """How far off the mean is after so many draws, with points of one kind."""

    draws: int
    points: str
    error: float


SEQUENCE, INDEPENDENT = "Sobol sequence", "independent"


def convergence(case: Inputs, counts: tuple[int, ...] = (2**8, 2**10, 2**12, 2**14)) -> list[Step]:
    """The standard error of the mean against the number of draws, for a Sobol sequence and for independent points.

    The cases of fewer draws are the first of those of more.
    """
    kinds: dict[str, Callable[[int], Points]] = {
        SEQUENCE: sobol, INDEPENDENT: lambda seed: Random(np.random.default_rng(seed))
    }  # fmt: skip
    sizes = [size_of_replicate(count) for count in counts]
    return [
        Step(len(sums) * size, kind, error_of(list(sums[:, i] / size)))
        for kind, points in kinds.items()
        for sums in (_sums(case, sizes, 2, points),)
        for i, size in enumerate(sizes)
    ]


def _sums(
    case: Inputs,
    sizes: Sequence[int],
    seed: int,
    points: Callable[[int], Points],
    *,
    correlated: bool = True,
    held: tuple[str, ...] = (),
) -> np.ndarray:
    """Sums of the value over the first draws of each replicate: a row a replicate, a column a size."""
    rows = []
    for number in range(distribution.REPLICATES):
        source = points(seed * distribution.REPLICATES + number)
        found = []
        for portion in portions(case, max(sizes), source, correlated=correlated, held=held):
            threats = [(portion.combination >> i & 1).astype(float) for i in range(COUNT)]
            worth = valuation(portion.case, threats).value_per_share
            found.append(finite(worth, portion.case, case, each_combination))
        values = np.concatenate(found)
        rows.append([values[:size].sum() for size in sizes])
    return np.array(rows)
