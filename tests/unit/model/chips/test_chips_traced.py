"""The formulas of chips give the same for figures, arrays of draws and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.chips import (
    chip_traffic,
    collective_communication,
    compiler_gap,
    cost_per_flop,
    floating_point,
    gpu_fleet,
    kernel_porting,
    memory_fit,
    parallel_axes,
    roofline,
    server_power,
    wafer_geometry,
    wafer_yield,
)
from shortcase.model.chips.floating_point import FloatFormat, TrainingState
from shortcase.model.chips.roofline import EXAMPLE_LOAD, EXAMPLE_MACHINE
from shortcase.show.live import evaluate, parity, trace, trace_inputs

SERVED: dict[str, Any] = {"machine": EXAMPLE_MACHINE, "load": EXAMPLE_LOAD}
BETA = {"mean_success": 0.3, "concentration": 0.8}
WITHOUT_TRACE: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (kernel_porting.mean_success_for, {"right": 0.6, "concentration": 0.8, "false_pass": 0.01}),
    (kernel_porting.accepted_right, {**BETA, "false_pass": 0.01}),
    (kernel_porting.accepted_wrong, {**BETA, "false_pass": 0.01}),
]
WHOLE = {"mean_success_for": {"tries": 5}, "accepted_right": {"tries": 5}, "accepted_wrong": {"tries": 5}}
FORM: dict[str, Any] = {"form": FloatFormat(4.0, 3.0, 0.0)}
STATE = TrainingState(1.0, 4.0, 4.0, 2.0, 2.0)
SAMPLED: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (floating_point.median_relative_error, {"x": 2.0, "approximation": 1.9}),
    (floating_point.row_with_outlier, {"rng": np.random.default_rng(1), "length": 4, "strength": 10.0}),
]
RING = {"size_bytes": 140e9, "members": 8.0, "bytes_per_s": 450e9, "latency_s": 1e-5}
LAYOUT = {"tensor": 8.0, "pipeline": 16.0, "data": 128.0, "tokens_per_step": 16e6}
ON_A_LAYOUT: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (parallel_axes.gpus, {}),
    (parallel_axes.step_s, {"flop_per_token": 2.4e12, "flop_per_s": 400e12}),
    (parallel_axes.data_axis_bytes, {"parameters": 405e9, "bytes_per_parameter": 6.0}),
    (parallel_axes.tensor_axis_bytes, {"layers": 126.0, "hidden": 16384.0, "bytes_per_value": 2.0}),
    (parallel_axes.pipeline_axis_bytes, {"hidden": 16384.0, "bytes_per_value": 2.0}),
]


CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (memory_fit.usable_bytes, {"card_mib": 24_576.0, "usable_share": 0.9}),
    (gpu_fleet.run_days, {"gpu_hours": 2.788e6, "fleet": 1e5}),
    (gpu_fleet.gpus_for_run, {"gpu_hours": 2.788e6, "days": 91.0}),
    (
        gpu_fleet.gpus_for_serving,
        {"users": 5e8, "tokens_per_user_per_day": 2e3, "tokens_per_s_per_gpu": 6250.0, "utilisation": 0.3},
    ),
    (cost_per_flop.per_unit_ratio, {"amount": 32.0, "other_amount": 1.0, "unit": 46_225.0, "other_unit": 814.0}),
    (cost_per_flop.orders_of_magnitude, {"amount": 4e12, "other_amount": 80e9}),
    (cost_per_flop.good_chip_usd, {"wafer_usd": 17e3, "dies": 63.0, "working_share": 0.74}),
    (cost_per_flop.usd_per_pflop, {"cost_usd": 27.5e3, "flop_per_s": 989.4e12}),
    (cost_per_flop.installed_usd_per_pflop, {"chip_usd": 25e3, "server_usd": 8e3, "flop_per_s": 989.4e12}),
    (server_power.watts_each, {"server_watts": 10_200.0, "accelerators": 8.0}),
    (
        server_power.watts_of_another,
        {"server_watts": 10_200.0, "accelerators": 8.0, "own_watts": 700.0, "other_watts": 750.0},
    ),
    (cost_per_flop.units_needed, {"amount": 141.1e9, "per_unit": 44e9}),
    (roofline.batch_limit, SERVED),
    (roofline.single_stream_bound, SERVED),
    (roofline.decode, {**SERVED, "batch": 8.0, "checked_tokens": 5.0, "tokens_per_pass": 3.4, "draft_share": 0.2}),
    (roofline.batch_for, {**SERVED, "tokens_per_s": 30_000.0}),
    (chip_traffic.tensor_parallel_bytes_per_token, {"load": EXAMPLE_LOAD, "chips": 8.0}),
    (chip_traffic.pipeline_bytes_per_token, {"load": EXAMPLE_LOAD}),
    (roofline.arithmetic_share, {**SERVED, "tokens_per_s": 75_000.0}),
    (wafer_geometry.wafer_area, {"diameter_mm": 300.0}),
    (wafer_geometry.gross_dies, {"die_area_mm2": 814.0, "diameter_mm": 300.0}),
    (wafer_geometry.used_share, {"die_area_mm2": 814.0, "dies": 63.0, "diameter_mm": 300.0}),
    (wafer_yield.expected_defects, {"area_mm2": 814.0, "defect_density_per_cm2": 0.1}),
    (wafer_yield.poisson, {"defects": 0.8}),
    (wafer_yield.murphy, {"defects": 0.8}),
    (wafer_yield.negative_binomial, {"defects": 0.8, "clustering": 2.0}),
    (
        wafer_yield.repaired,
        {"defects": 0.8, "repairable_share": 0.6, "clustering": 2.0, "spares": 12},
    ),
    (
        wafer_yield.locally_repaired,
        {
            "defects": 46.3,
            "fatal_share": 0.01,
            "clustering": 2.0,
            "groups": 1e4,
            "spares_per_group": 1,
        },
    ),
    (
        wafer_yield.fatal_share_for,
        {"yield_wanted": 0.7, "area_mm2": 46_225.0, "defect_density_per_cm2": 0.1, "clustering": 2.0},
    ),
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
    (memory_fit.weight_bytes, {"parameters": 671e9, "bits": 8.0}),
    (memory_fit.cards, {"needed_bytes": 671e9, "card_mib": 81559.0, "usable_share": 0.9}),
    (memory_fit.whole_cards, {"needed_bytes": 671e9, "card_mib": 81559.0, "usable_share": 0.9}),
    (memory_fit.bits_that_fit, {"card_mib": 24576.0, "usable_share": 0.9, "parameters": 70e9}),
    (memory_fit.parameters_that_fit, {"card_mib": 24576.0, "usable_share": 0.9, "bits": 16.0}),
    (
        memory_fit.cost_of_cards,
        {"needed_bytes": 671e9, "card_mib": 81559.0, "usable_share": 0.9, "card_usd": 3e4},
    ),
    (memory_fit.cache_share, {"weights_bytes": 1e11, "cache_bytes": 1e10}),
    (floating_point.bits, FORM),
    (floating_point.bias, FORM),
    (floating_point.largest, FORM),
    (floating_point.smallest, FORM),
    (floating_point.dynamic_range, FORM),
    (floating_point.finite_values, FORM),
    (floating_point.state_bytes, {"state": STATE}),
    (collective_communication.message_s, {"message_bytes": 1e9, "bytes_per_s": 50e9, "latency_s": 1e-5}),
    (collective_communication.ring_all_gather_s, RING),
    (collective_communication.ring_all_reduce_s, RING),
    (
        collective_communication.two_level_all_reduce_s,
        {
            "size_bytes": 140e9,
            "per_node": 8.0,
            "nodes": 128.0,
            "inside_bytes_per_s": 450e9,
            "between_bytes_per_s": 50e9,
            "latency_s": 1e-5,
        },
    ),
    (collective_communication.bandwidth_for_share, {"moved_bytes": 1e9, "step_s": 6.2, "share": 0.1}),
    (collective_communication.share_of_step, {"moved_bytes": 1e9, "bytes_per_s": 50e9, "step_s": 6.2}),
    (collective_communication.slowdown, {"share_now": 0.08, "share_then": 0.7}),
    (
        parallel_axes.tokens_where_data_axis_binds,
        {"bytes_per_parameter": 6.0, "flop_per_s": 400e12, "bytes_per_s": 50e9},
    ),
    (
        parallel_axes.expert_bytes_per_token,
        {
            "expert_layers": 58.0,
            "copies": 8.0,
            "hidden": 7168.0,
            "bytes_out": 1.0,
            "bytes_back": 2.0,
            "passes": 1.0,
        },
    ),
]


@pytest.mark.parametrize(("formula", "inputs"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_figures_arrays_and_traces_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


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


def test_a_search_refuses_a_trace_instead_of_guessing() -> None:
    formula, inputs = WITHOUT_TRACE[0]
    with pytest.raises((TypeError, AttributeError)):
        formula(**trace_inputs(*inputs), **WHOLE[formula.__name__])


@pytest.mark.parametrize(("formula", "inputs"), WITHOUT_TRACE[1:], ids=[f.__name__ for f, _ in WITHOUT_TRACE[1:]])
def test_the_beta_function_is_traced(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    assert parity(formula, **inputs, **WHOLE[formula.__name__]) < 1e-9


@pytest.mark.parametrize(("formula", "inputs"), SAMPLED, ids=lambda case: getattr(case, "__name__", ""))
def test_what_cannot_be_traced_refuses_instead_of_guessing(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    with pytest.raises((TypeError, AttributeError)):
        trace(formula, **inputs)


@pytest.mark.parametrize("x", [0.3, -3.3, 448.0, 500.0, *(2.0**power for power in range(-12, 10))])
def test_rounding_is_traced_at_the_steps_of_the_format_too(x: float) -> None:
    traced = trace(floating_point.rounded, x=0.3, form=floating_point.E4M3)
    assert float(evaluate(traced, {"x": x})) == float(floating_point.rounded(np.array(x), floating_point.E4M3))
    in_tiles = trace(floating_point.rounded_in_tiles, x=0.3, form=floating_point.E4M3, tile=1)
    whole = floating_point.rounded_in_tiles(np.array([x]), floating_point.E4M3, 1)
    assert float(evaluate(in_tiles, {"x": x})) == pytest.approx(whole.item(), rel=1e-12)


@pytest.mark.parametrize(("formula", "inputs"), ON_A_LAYOUT, ids=[f.__name__ for f, _ in ON_A_LAYOUT])
def test_a_layout_can_be_traced(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    traced = formula(parallel_axes.Layout(**trace_inputs(*LAYOUT)), **inputs)
    assert float(evaluate(traced, LAYOUT)) == pytest.approx(
        formula(parallel_axes.Layout(**LAYOUT), **inputs), rel=1e-12
    )
