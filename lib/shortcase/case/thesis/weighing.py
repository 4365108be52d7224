"""The five threats weighed by their chances: one figure for a case, exactly, without drawing."""

from __future__ import annotations

from typing import Any

import numpy as np

from shortcase.case.thesis.chain import valuation
from shortcase.case.thesis.combinations import all_combinations
from shortcase.case.thesis.inputs import Inputs
from shortcase.case.thesis.threats import COMBINATIONS, COUNT, THREATS
from shortcase.model import arithmetic
from shortcase.model.probability import copula, shapley

MANY = 1024
"""Cases from which on it pays to look which of them share their chances."""


def chances(case: Inputs) -> list[Any]:
    """Chance of each of the 32 combinations, in the order of their places.

    Equation: P(T) under a one-factor Gaussian copula with the chance of each threat
    """
    given = [getattr(case, f"{name}_chance") for name in THREATS]
    nodes = copula.nodes_for(case.threat_correlation, COUNT)
    if any(type(value) is np.ndarray and value.ndim == 1 and value.size > MANY for value in given):
        return list(_each_once([*given, case.threat_correlation], nodes).T)
    found = copula.one_factor(given, case.threat_correlation, nodes)
    return [found[..., mask] for mask in range(COMBINATIONS)]


def _each_once(given: list[Any], nodes: tuple[Any, Any]) -> np.ndarray:
    """The chances of many cases, computed once for cases that share them: where one input is varied, most do."""
    rows = np.stack(np.broadcast_arrays(*given))
    order = np.lexsort(rows)
    new = np.any(np.diff(rows[:, order], axis=1) != 0.0, axis=0)
    first = np.concatenate([[True], new])
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.cumsum(first) - 1
    *chances, correlation = rows[:, order[first]]
    found: np.ndarray = copula.one_factor(chances, correlation, nodes)[place]
    return found


def probability_weighted(case: Inputs) -> Any:
    """What a share is worth on average over which threats succeed, at the values of the case.

    Equation: v = Σ P(T) · v(T) over the 32 combinations T
    """
    return mean(all_combinations(case), chances(case))


def priced_in(case: Inputs) -> Any:
    """Part of what the threats take, each weighed by its chance, that the price allows for.

    Equation: (v(none) − price)/(v(none) − v)

    Zero where the price is the value without any threat, or where they take nothing; one where it is the value with all
    weighed.
    """
    without = valuation(case).value_per_share
    return arithmetic.share_if_any(without - case.start.price_usd, without - probability_weighted(case))


def mean(values: list[Any], likely: list[Any]) -> Any:
    """Mean of the value over the combinations, each with its chance.

    Equation: Σ P(T) · v(T)
    """
    total: Any = 0.0
    for value, chance in zip(values, likely, strict=True):
        total = total + value * chance
    return total


def parts(case: Inputs) -> dict[str, Any]:
    """What each threat takes off a share, weighed by the chances: its Shapley value.

    Equation: v(S) = Σ P(T) · v(T ∩ S); a threat's part is its Shapley value of v
    """
    values, likely = all_combinations(case), chances(case)
    game = [mean([values[mask & allowed] for mask in range(COMBINATIONS)], likely) for allowed in range(COMBINATIONS)]
    return dict(zip(THREATS, shapley.shapley_values(game), strict=True))


def parts_in_full(case: Inputs) -> dict[str, Any]:
    """What each threat takes off a share if all five succeed: its Shapley value over the 32 combinations.

    Equation: Shapley value of v(T)
    """
    return dict(zip(THREATS, shapley.shapley_values(all_combinations(case)), strict=True))


def part_lost(case: Inputs) -> Any:
    """Part of the value without threats that is lost in each of the 32 combinations, on the last axis.

    Equation: L(T) = (v(none) − v(T))/v(none); nothing where a share is worth nothing even without threats
    """
    values = all_combinations(case)
    return np.stack([arithmetic.share_if_any(values[0] - value, values[0]) for value in values], axis=-1)


def alone(case: Inputs) -> dict[str, Any]:
    """What each threat takes off a share if it alone succeeds.

    Equation: v(i) − v(none)
    """
    values = all_combinations(case)
    return {name: values[1 << i] - values[0] for i, name in enumerate(THREATS)}


def cost_alone(case: Inputs, threat: str) -> Any:
    """What a threat takes off a share if it alone succeeds, as a loss.

    Equation: v(none) − v(i)
    """
    return -alone(case)[threat]


def cost_in_full(case: Inputs, threat: str) -> Any:
    """What a threat takes off a share if all five succeed, as a loss.

    Equation: minus the Shapley value of v(T)
    """
    return -parts_in_full(case)[threat]


def beyond_the_sum(case: Inputs) -> Any:
    """How much more the five take together than the sum of what each takes alone; below zero if less.

    Equation: Σ (v(i) − v(none)) − (v(all) − v(none))
    """
    return -interaction(case)


def interaction(case: Inputs) -> Any:
    """How much more, or less, the five take together than the sum of what each takes alone.

    Equation: (v(all) − v(none)) − Σ (v(i) − v(none))
    """
    return shapley.interaction(all_combinations(case))


def combinations(threats: int = COUNT) -> int:
    """How many combinations of so many threats there are, none and all among them.

    Equation: 2ⁿ
    """
    return 1 << threats


assert 1 << COUNT == COMBINATIONS  # noqa: S101 - the places above are sums of powers of two
