"""The answer in one piece: what the command line prints, and the chapter shows, from the same calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from shortcase.case.thesis import means, reverse, warnings, weighing
from shortcase.case.thesis.chain import valuation
from shortcase.case.thesis.distribution import Distribution, distribution
from shortcase.case.thesis.draws import Points, sobol
from shortcase.case.thesis.inputs import Inputs
from shortcase.case.thesis.once import once
from shortcase.case.thesis.threats import ALL, THREATS
from shortcase.errors import BadRequest

DRAWS = 2**15
FEWER = 2**13
"""Enough for a mean that is shown beside another, to about a dollar."""
SEED = 1
"""What the book uses, so that the command line gives the same digits."""

IMPLIED = ("demand_growth", "growth_half_life_years", "opening_gross_margin", "ai_output_share", "equity_discount_rate")
"""Parameters that are solved for: which value of each alone would make the price right."""


@once
def drawn(case: Inputs, draws: int = DRAWS, seed: int = SEED, points: Callable[[int], Points] = sobol) -> Distribution:
    """The distribution of what a share is worth, computed once however often it is asked for.

    Equation: every uncertain input takes its stated range; v from the chain, threats by a copula of their chances
    """
    return distribution(case, draws, seed=seed, points=points)


def mean_without_correlations(case: Inputs) -> float:
    """What a share is worth on average over the draws if no input hangs together with another.

    Equation: mean of v, the scores of the inputs independent
    """
    return means.mean(case, FEWER, seed=SEED, correlated=False)


def mean_held(case: Inputs, name: str) -> float:
    """What a share is worth on average over the draws if one input never leaves its stated range.

    Equation: mean of v, with x put on the end of [low, high] that it would pass
    """
    return means.mean(case, FEWER, seed=SEED, held=(name,))


def threat_error(case: Inputs) -> float:
    """The largest standard error of what a threat takes off a share.

    Equation: max over the threats of s(φᵢ)/√n over the replicates
    """
    return max(drawn(case).threat_error.values())


def quantile(case: Inputs, level: float) -> float:
    """What a share is worth at a level of the drawn distribution.

    Equation: v such that a given part of the draws lies below it

    level: one of the levels that the distribution keeps.
    """
    return drawn(case).quantiles[level]


def quantile_without_threats(case: Inputs, level: float) -> float:
    """The same if none of the five threats succeeds, the other inputs drawn.

    Equation: v such that a given part of the draws of v(none) lies below it
    """
    return drawn(case).quantiles_without[level]


def threat_cost(case: Inputs, threat: str) -> float:
    """What a threat takes off a share on average over the draws: its Shapley value, as a loss.

    Equation: −φᵢ over the 32 combinations of v(S) = mean value if only the threats in S may succeed

    Below zero where the threat adds to the value.
    """
    return -drawn(case).threat_usd[threat]


def taken(case: Inputs) -> float:
    """What all five threats take off a share between them, on average over the draws.

    Equation: mean value if none may succeed − mean value
    """
    found = drawn(case)
    return found.without_threats - found.mean


def answer(
    case: Inputs, draws: int = DRAWS, seed: int = SEED, points: Callable[[int], Points] = sobol
) -> dict[str, Any]:  # fmt: skip
    """What a share is worth forward, in reverse and in parts, as plain figures for a program.

    points: what makes the points of the draws from a seed.
    """
    quiet, loud, found = valuation(case), valuation(case, ALL), drawn(case, draws, seed, points)
    alone, full = weighing.alone(case), weighing.parts_in_full(case)
    return {
        "price_usd": case.start.price_usd,
        "usd_per_share": {
            "without_threats": float(quiet.value_per_share),
            "without_threats_by_multiple": float(quiet.value_per_share_by_multiple),
            "probability_weighted": float(weighing.probability_weighted(case)),
            "with_all_threats": float(loud.value_per_share),
            "with_all_threats_by_multiple": float(loud.value_per_share_by_multiple),
        },
        "drawn": {
            "draws": found.draws,
            "seed": seed,
            "mean": found.mean,
            "mean_error": found.mean_error,
            "deviation": found.deviation,
            "quantiles": {f"P{level * 100:g}": value for level, value in found.quantiles.items()},
            "quantiles_without_threats": {f"P{level * 100:g}": v for level, v in found.quantiles_without.items()},
            "chance_price_above_value": found.chance_price_above,
            "chance_error": found.chance_error,
            "chance_price_above_without_threats": found.chance_price_above_without,
        },
        "threats": {
            name: {
                "label": label,
                "chance": float(getattr(case, f"{name}_chance")),
                "usd": found.threat_usd[name],
                "usd_error": found.threat_error[name],
                "usd_alone": float(alone[name]),
                "usd_if_all_succeed": float(full[name]),
            }
            for name, label in THREATS.items()
        },
        "interaction_usd": float(weighing.interaction(case)),
        "implied": {name: implied(case, name) for name in IMPLIED},
        "warnings": [asdict(w) for w in warnings.implied(case, quiet)],
    }


def implied(case: Inputs, name: str) -> dict[str, float | None]:
    """Value of one input alone at which the price is right, without threats and with them weighed; None for none."""
    return {
        "stated": float(getattr(case, name)),
        "without_threats": _solved(reverse.implied, case, name),
        "probability_weighted": _solved(reverse.implied_with_threats, case, name),
    }


def _solved(solve: Any, case: Inputs, name: str) -> float | None:
    try:
        return float(solve(case, name))
    except BadRequest:  # no value inside the bounds does it, which is an answer too
        return None
