"""The formulas of the closing chapter give the same for figures, arrays and traced inputs, or refuse a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.probability import copula, joint_threats
from shortcase.model.probability.joint_threats import Causes, FiveThreats
from shortcase.model.valuation import value_at_stake
from shortcase.show.live import parity, trace_inputs

FORMULAS: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (copula.event_correlation, {"chance": 0.2, "correlation": 0.4}),
    (copula.lowest_correlation, {"count": 5.0}),
    (joint_threats.chance_for_union, {"union": 0.7, "count": 5.0}),
    (
        joint_threats.tree,
        {"threats": FiveThreats(0.15, 0.4, 0.2, 0.3, 0.15), "causes": Causes(foundry_access=0.7, rivals_left=0.6)},
    ),
    (
        lambda threats, causes: joint_threats.given_causes(threats, causes, 1.0, 1.0),
        {"threats": FiveThreats(0.15, 0.4, 0.2, 0.3, 0.15), "causes": Causes(foundry_access=0.7, rivals_left=0.6)},
    ),
    (value_at_stake.value_change, {"market_value_usd": 3.5e12, "gross_profit": 1.0, "other_gross_profit": 0.5}),
    (value_at_stake.reading_gap, {"one": 45.0, "other": 20.0}),
    (
        lambda gap, tolerance: value_at_stake.count_beyond([gap, 2.0 * gap, 3.0 * gap], tolerance),
        {"gap": 0.07, "tolerance": 0.1},
    ),
    (
        lambda loss, other: value_at_stake.outweighed([loss, 2.0 * loss, 3.0 * loss], other),
        {"loss": 0.07, "other": 0.1},
    ),
    (value_at_stake.main_factor, {"multiple": 45.0}),
    (value_at_stake.profit_left, {"touched": 0.4, "left": 0.5}),
    (value_at_stake.sales_lost, {"sales_share": 0.15, "redirected": 0.3}),
    (
        value_at_stake.lost_profits,
        {"sales_usd": 27e9, "margin": 0.62, "tax_rate": 0.165, "rate": 0.12, "years": 5.0},
    ),
]


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[f.__name__ for f, _ in FORMULAS])
def test_traced_like_computed(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


def few(first: Any, second: Any, third: Any, rho: Any) -> Any:
    """Three threats tied together, and what they do: every formula on outcomes, in one that can be traced."""
    outcome = copula.one_factor([first, second, third], rho)
    severities = [first, second, third]
    union = joint_threats.at_least(outcome, 1)
    return np.stack(
        [
            union,
            joint_threats.effective_number(union, [first, second, third]),
            joint_threats.expected_loss(outcome, joint_threats.losses(severities)),
            joint_threats.chance_of_losing(outcome, joint_threats.losses(severities), 0.3),
            joint_threats.losses(severities)[..., -1],
        ],
        axis=-1,
    )


def test_outcomes_and_losses_traced() -> None:
    assert parity(few, first=0.15, second=0.41, third=0.22, rho=0.4, spread=0.05) < 1e-12


def test_the_correlation_behind_a_union_traced() -> None:
    assert parity(lambda p, union: copula.correlation_for_union(union, [p, 0.3]), p=0.2, union=0.4, spread=0.02) < 1e-9


def test_every_outcome_formula_takes_draws() -> None:
    chances = [np.array([0.1, 0.2]), np.array([0.3, 0.4])]
    rho = np.array([0.2, 0.5])
    for k in range(2):
        alone = [float(c[k]) for c in chances]
        assert copula.one_factor(chances, rho)[k] == pytest.approx(copula.one_factor(alone, float(rho[k])), rel=1e-12)
        assert copula.student(chances, rho, 4.0)[k] == pytest.approx(
            copula.student(alone, float(rho[k]), 4.0), rel=1e-12
        )
        matrices = copula.equicorrelation(2, rho)
        assert copula.union_of_matrix(np.stack(chances, axis=-1), matrices)[k] == pytest.approx(
            copula.union_of_matrix(alone, copula.equicorrelation(2, float(rho[k]))), rel=1e-12
        )
        assert copula.smallest_eigenvalue(matrices)[k] == pytest.approx(1.0 - rho[k])
        assert joint_threats.loss_quantile(copula.one_factor(chances, rho), joint_threats.losses([0.5, 0.2]), 0.9)[
            k
        ] == pytest.approx(
            joint_threats.loss_quantile(copula.one_factor(alone, float(rho[k])), joint_threats.losses([0.5, 0.2]), 0.9)
        )


@pytest.mark.parametrize(
    "refusing",
    [
        lambda x: copula.student([x, 0.2], 0.4, 4.0),
        lambda x: copula.smallest_eigenvalue(copula.equicorrelation(5, x)),
        lambda x: copula.union_of_matrix([0.2, 0.2], copula.equicorrelation(2, x)),
        lambda x: joint_threats.loss_quantile(copula.one_factor([x, 0.2], 0.4), [0.5, 0.2], 0.9),
    ],
    ids=["student", "smallest_eigenvalue", "union_of_matrix", "loss_quantile"],
)
def test_what_cannot_stand_in_a_page_refuses_a_trace(refusing: Callable[[Any], Any]) -> None:
    with pytest.raises((TypeError, AttributeError, ValueError)):
        refusing(trace_inputs("x")["x"])
