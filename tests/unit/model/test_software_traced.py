"""The formulas on software give the same for figures, arrays and traced inputs, or refuse a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.chips import compiler_gap, kernel_porting
from shortcase.model.markets import adoption_with_networks, switching_cost
from shortcase.show.live import evaluate, parity, trace_inputs

FORMULAS: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (switching_cost.porting_usd, {"kernels": 500.0, "weeks_per_kernel": 4.0, "engineer_usd_per_year": 650e3}),
    (switching_cost.price_fall, {"gross_margin": 0.75, "rival_margin": 0.5}),
    (switching_cost.saving_on_work, {"cost_ratio": 0.76, "speed": 0.86}),
    (
        switching_cost.sharers_from_which_a_layer_pays,
        {"targets": 3.0, "back_end_usd": 65e6, "port_usd": 25e6},
    ),
    (adoption_with_networks.unexplained, {"share": 0.05, "cost_ratio": 0.9, "sensitivity": 4.0}),
    (adoption_with_networks.network_strength, {"share": 0.05, "gap": -2.9, "network_part": 0.5}),
    (adoption_with_networks.liking, {"gap": -2.9, "network_part": 0.5}),
    (adoption_with_networks.tipping_share, {"network": 3.0}),
    (adoption_with_networks.log_odds_speed, {"first_share": 0.01, "last_share": 0.24, "years": 6.75}),
    (
        adoption_with_networks.share_after,
        {"years": 5.0, "start_share": 0.05, "speed": 0.55, "portability": 0.5},
    ),
    (adoption_with_networks.share_lost, {"years": 5.0, "start_share": 0.05, "speed": 0.55, "portability": 0.5}),
    (compiler_gap.years_between, {"days": 843.0}),
    (compiler_gap.speedup, {"compiled_speed": 0.77}),
    (compiler_gap.middle, {"low": 1.3, "high": 2.5}),
    (compiler_gap.years_to_close, {"gap": 2.0, "rate": 0.04}),
    (compiler_gap.closing_rate, {"before": 1.8, "after": 1.1, "years": 1.4}),
    (compiler_gap.gap_before, {"gap": 1.25, "rate": 0.04, "years": 9.0}),
    (compiler_gap.average_gap, {"gap": 1.3, "rate": 0.25, "generation_years": 2.0}),
    (
        compiler_gap.engineers_worth_paying,
        {"penalty": 0.05, "bill_usd_per_year": 1e9, "engineer_usd_per_year": 650e3},
    ),
    (compiler_gap.bill_worth_tuning_usd, {"penalty": 0.05, "engineers": 3.0, "engineer_usd_per_year": 650e3}),
    (kernel_porting.wrong_among_accepted, {"right": 0.5, "wrong": 0.15}),
    (kernel_porting.false_pass_from, {"passing": 0.5, "wrong_among_passing": 0.2}),
    (kernel_porting.chance_all, {"share": 0.99, "kernels": 100.0}),
    (kernel_porting.time_covered, {"covered": 0.5, "matrix_share": 0.6}),
    (kernel_porting.cover_needed, {"time_share": 0.95, "matrix_share": 0.6}),
    (kernel_porting.slowdown, {"time_share": 0.8, "fallback_speed": 0.1}),
    (kernel_porting.years_until, {"success_now": 0.2, "success_needed": 0.5, "log_odds_per_year": 1.5}),
    (kernel_porting.usd_left, {"porting_usd": 25e6, "covered": 0.5, "checking_share": 0.2}),
]

MOVE = {"porting_usd": 25e6, "upkeep_share": 0.3, "moved_share": 0.5, "rate": 0.1, "years": 4.0}
ON_A_MOVE: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (switching_cost.yearly_cost_usd, {}),
    (switching_cost.net_present_value_usd, {"bill_usd_per_year": 300e6, "saving": 0.1}),
    (switching_cost.break_even_bill_usd, {"saving": 0.1}),
    (switching_cost.saving_for, {"bill_usd_per_year": 300e6}),
]

MARKET = {"sensitivity": 4.0, "network": 3.0, "liking": -0.5}
IN_A_MARKET: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (adoption_with_networks.cost_ratio_for, {"share": 0.1}),
    (adoption_with_networks.tipping_cost_ratio, {}),
    (adoption_with_networks.share_reached, {"cost_ratio": 0.9, "start_share": 0.05, "rounds": 20}),
]

BETA = {"mean_success": 0.3, "concentration": 0.8}
WITHOUT_TRACE: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (kernel_porting.mean_success_for, {"right": 0.6, "concentration": 0.8, "false_pass": 0.01}),
    (kernel_porting.accepted_right, {**BETA, "false_pass": 0.01}),
    (kernel_porting.accepted_wrong, {**BETA, "false_pass": 0.01}),
]
WHOLE = {"mean_success_for": {"tries": 5}, "accepted_right": {"tries": 5}, "accepted_wrong": {"tries": 5}}


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[f.__name__ for f, _ in FORMULAS])
def test_traced_like_computed(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[f.__name__ for f, _ in FORMULAS])
def test_arrays_like_figures(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    scales = np.array([0.9, 1.0])
    together = formula(**{name: value * scales for name, value in inputs.items()})
    assert together == pytest.approx([formula(**{n: v * s for n, v in inputs.items()}) for s in scales], rel=1e-12)


@pytest.mark.parametrize(("formula", "inputs"), ON_A_MOVE, ids=[f.__name__ for f, _ in ON_A_MOVE])
def test_a_move_can_be_traced(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    traced = formula(switching_cost.Move(**trace_inputs(*MOVE)), **inputs)
    plain = float(formula(switching_cost.Move(**MOVE), **inputs))
    assert float(evaluate(traced, MOVE)) == pytest.approx(plain, rel=1e-12)


@pytest.mark.parametrize(("formula", "inputs"), IN_A_MARKET, ids=[f.__name__ for f, _ in IN_A_MARKET])
def test_a_market_can_be_traced(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    traced = formula(market=adoption_with_networks.Market(**trace_inputs(*MARKET)), **inputs)
    plain = float(formula(market=adoption_with_networks.Market(**MARKET), **inputs))
    assert float(evaluate(traced, MARKET)) == pytest.approx(plain, rel=1e-12)


def test_portability_can_be_traced() -> None:
    parts = {"first": 1.0, "second": 0.65}
    traced = compiler_gap.performance_portability(list(trace_inputs(*parts).values()))
    plain = compiler_gap.performance_portability(list(parts.values()))
    assert float(evaluate(traced, parts)) == pytest.approx(plain, rel=1e-12)


@pytest.mark.parametrize(("formula", "inputs"), WITHOUT_TRACE, ids=[f.__name__ for f, _ in WITHOUT_TRACE])
def test_arrays_of_draws_like_each(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    whole = WHOLE.get(formula.__name__, {})
    scales = np.array([0.95, 1.0])
    together = formula(**{name: value * scales for name, value in inputs.items()}, **whole)
    apart = [float(formula(**{n: v * s for n, v in inputs.items()}, **whole)) for s in scales]
    assert together == pytest.approx(apart, rel=1e-9)


@pytest.mark.parametrize(("formula", "inputs"), WITHOUT_TRACE, ids=[f.__name__ for f, _ in WITHOUT_TRACE])
def test_special_functions_refuse_a_trace_instead_of_guessing(
    formula: Callable[..., Any], inputs: dict[str, float]
) -> None:
    with pytest.raises((TypeError, AttributeError)):
        formula(**trace_inputs(*inputs), **WHOLE.get(formula.__name__, {}))
