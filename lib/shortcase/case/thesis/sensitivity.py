"""Which assumption decides: each over its own stated range, and all together as if none hung on another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri, stdtrit
from scipy.stats import qmc, sobol_indices, uniform

from shortcase.case.parameters import Parameter
from shortcase.case.thesis.draws import EDGE, PORTION, around, finite, uncertain
from shortcase.case.thesis.inputs import Inputs
from shortcase.case.thesis.once import once
from shortcase.case.thesis.weighing import probability_weighted

Answer = Callable[[Inputs], Any]
"""What is asked of a case, array in, array out: the weighed value of a share unless a caller asks for another thing."""

CONFIDENCE = 0.9


@dataclass(frozen=True)
class Swing:
    """What one parameter does to the value of a share over its stated range, the others as they are."""

    parameter: Parameter
    at_low: float
    at_high: float

    @property
    def usd(self) -> float:
        """From the worse end to the better one."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Index:
    """A part of the variance, with the ends of its interval of confidence."""

    name: str
    value: float
    low: float
    high: float


def swings(case: Inputs, answer: Answer = probability_weighted) -> list[Swing]:
    """Every uncertain parameter at both ends of its own range, the widest swing first.

    Equation: v(high) − v(low), all other inputs as they are
    """
    moved = uncertain()
    ends = {p.name: np.full((len(moved), 2), getattr(case, p.name), dtype=float) for p in moved}
    for row, p in enumerate(moved):
        ends[p.name][row] = p.low, p.high
    at_ends = case.with_(**{name: values.ravel() for name, values in ends.items()})
    worth = np.broadcast_to(finite(answer(at_ends), at_ends, case, answer), 2 * len(moved)).reshape(-1, 2)
    found = [Swing(p, float(low), float(high)) for p, (low, high) in zip(moved, worth, strict=True)]
    return sorted(found, key=lambda swing: -swing.usd)


def asked_for(case: Inputs, answer: Answer = probability_weighted) -> list[str]:
    """The uncertain inputs that move an answer in any of some drawn cases, if not in the case itself.

    A ceiling that a case never meets does nothing to it, and much to others.
    """
    names = [p.name for p in uncertain()]
    z = ndtri(np.clip(qmc.Sobol(len(names), rng=np.random.default_rng(1)).random(64).T, EDGE, 1.0 - EDGE))
    count = len(names)
    turned = np.tile(z[:, None], (1, 1 + count, 1))  # first as they are, then each input in turn on its other side
    for i in range(count):
        turned[i, 1 + i] *= -1.0
    at = around(case, dict(zip(names, turned.reshape(count, -1), strict=True)))
    base, *others = np.broadcast_to(answer(at), turned[0].size).reshape(1 + count, -1)
    return [name for name, other in zip(names, others, strict=True) if np.any(other != base)]


def in_portions(function: Callable[[np.ndarray], np.ndarray], points: np.ndarray) -> np.ndarray:
    """A function of points, one coordinate a row, computed a portion at a time."""
    flat = points.reshape(len(points), -1)
    done = [function(flat[:, begun : begun + PORTION]) for begun in range(0, flat.shape[1], PORTION)]
    return np.concatenate(done).reshape(points.shape[1:])


def variance_parts(
    case: Inputs, draws: int, *, seed: int = 1, blocks: int = 8, answer: Answer = probability_weighted
) -> tuple[list[Index], list[Index]]:
    """First-order and total parts of the variance, parameter by parameter, as if all were independent.

    Equation: Sᵢ = Var(E[v | xᵢ])/Var(v); Tᵢ = 1 − Var(E[v | all but xᵢ])/Var(v)

    draws: in all, shared by blocks of a power of two, each with a sequence of its own; how far the blocks disagree
    gives the intervals, so that the same seed gives the same digits. Correlations are left out, since these indices
    are defined for independent inputs only. Inputs that the answer does not ask for are left out too.
    """
    names = asked_for(case, answer)

    def function(u: np.ndarray) -> np.ndarray:
        def part(columns: np.ndarray) -> np.ndarray:
            z = ndtri(np.clip(columns, EDGE, 1.0 - EDGE))
            drawn = around(case, dict(zip(names, z, strict=True)))
            return finite(answer(drawn), drawn, case, answer)

        return in_portions(part, u)

    each = 1 << max(0, (draws - 1) // blocks).bit_length()
    even: list[Any] = [uniform()] * len(names)
    found = [
        sobol_indices(func=function, n=each, dists=even, rng=np.random.default_rng(seed * blocks + block))
        for block in range(blocks)
    ]
    return (
        _over_blocks(names, np.array([result.first_order for result in found])),
        _over_blocks(names, np.array([result.total_order for result in found])),
    )


@once
def parts_of_variance(case: Inputs, draws: int) -> tuple[list[Index], list[Index]]:
    """First-order and total parts for a case, computed once.

    Equation: as in `variance_parts`
    """
    return variance_parts(case, draws)


def total_part(case: Inputs, draws: int, name: str) -> float:
    """Part of the variance that one input is behind, alone and together with others.

    Equation: Tᵢ = 1 − Var(E[v | all but xᵢ])/Var(v); zero for an input that the answer does not ask for
    """
    return next((index.value for index in parts_of_variance(case, draws)[1] if index.name == name), 0.0)


def _over_blocks(names: Sequence[str], values: np.ndarray) -> list[Index]:
    middle = values.mean(axis=0)
    reach = values.std(axis=0, ddof=1) / np.sqrt(len(values)) * stdtrit(len(values) - 1, (1.0 + CONFIDENCE) / 2.0)
    return [Index(n, float(m), float(m - r), float(m + r)) for n, m, r in zip(names, middle, reach, strict=True)]
