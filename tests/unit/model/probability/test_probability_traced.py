"""The formulas of probability give the same for figures, arrays of draws and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.probability import copula, forecast_score, joint_threats, marginal, normal_distribution, shapley
from shortcase.model.probability.joint_threats import Causes, FiveThreats
from shortcase.show.live import parity, trace_inputs
from shortcase.show.live.tape import Untraceable

RANGE = {"low": 0.2, "middle": 0.5, "high": 0.7, "ends_at": 1.2816}


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


CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (forecast_score.skill, {"score": 0.3, "baseline": 0.25}),
    (forecast_score.forecasts_to_tell, {"probability": 0.75, "frequency": 0.4, "standard_errors": 1.96}),
    (normal_distribution.share_below, {"z": 0.7}),
    (normal_distribution.density, {"z": 0.7}),
    (normal_distribution.quantile, {"share": 0.69}),
    (marginal.two_sided_normal, {"z": -0.7, **RANGE}),
    (marginal.two_sided_lognormal, {"z": 0.7, **RANGE}),
    (marginal.two_sided_logit, {"z": -0.7, **RANGE}),
    (marginal.within, {"x": 1.2, "least": 0.0, "most": 1.0}),
    (lambda **x: shapley.shapley_values([0.0, x["a"], x["b"], x["both"]])[0], {"a": 1.0, "b": 2.0, "both": 5.0}),
    (lambda **x: shapley.interaction([0.0, x["a"], x["b"], x["both"]]), {"a": 1.0, "b": 2.0, "both": 5.0}),
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
]


@pytest.mark.parametrize(("formula", "inputs"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_figures_arrays_and_traces_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


def test_outcomes_and_losses_traced() -> None:
    assert parity(few, first=0.15, second=0.41, third=0.22, rho=0.4, spread=0.05) < 1e-12


def test_the_student_copula_traced() -> None:
    assert parity(lambda p: copula.student([p, 0.2], 0.4, 4.0)[..., 0], p=0.2) < 1e-9


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


def test_the_quantile_of_a_loss_chooses_among_outcomes_on_the_tape() -> None:
    def value_at_risk(part: float) -> Any:
        lost = joint_threats.losses([part, 0.2])
        return joint_threats.loss_quantile(copula.one_factor([0.3, 0.2], 0.4), lost, 0.85)

    assert parity(value_at_risk, part=0.5) < 1e-12


@pytest.mark.parametrize(
    "refusing",
    [
        lambda x: copula.nodes_for(x, 5),
        lambda x: copula.correlation_for_union(x, [0.2, 0.3]),
        lambda x: copula.smallest_eigenvalue(copula.equicorrelation(5, x)),
        lambda x: copula.union_of_matrix([0.2, 0.2], copula.equicorrelation(2, x)),
    ],
    ids=["nodes_for", "correlation_for_union", "smallest_eigenvalue", "union_of_matrix"],
)
def test_what_cannot_stand_in_a_page_refuses_a_trace(refusing: Callable[[Any], Any]) -> None:
    with pytest.raises((TypeError, AttributeError, ValueError, Untraceable)):
        refusing(trace_inputs("x")["x"])
