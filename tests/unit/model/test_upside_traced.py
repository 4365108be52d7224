"""The formulas on value capture give the same for figures, arrays and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.accounts import product_mix, profit_pool
from shortcase.model.chips import collective_communication, parallel_axes
from shortcase.model.demand import price_parity
from shortcase.model.language_models import expert_serving
from shortcase.model.markets import market_structure
from shortcase.show.live import evaluate, parity, trace_inputs

LAYOUT = {"tensor": 8.0, "pipeline": 16.0, "data": 128.0, "tokens_per_step": 16e6}
RING = {"size_bytes": 140e9, "members": 8.0, "bytes_per_s": 450e9, "latency_s": 1e-5}

FORMULAS: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (product_mix.segment_margin, {"company_margin": 0.746, "segment_share": 0.877, "other_margin": 0.5}),
    (product_mix.other_margin_needed, {"company_margin": 0.746, "segment_share": 0.877, "segment_margin": 0.9}),
    (product_mix.share_allowed, {"company_margin": 0.746, "segment_margin": 0.9, "other_margin": 0.5}),
    (price_parity.all_in_usd, {"price_usd": 27.5e3, "overhead_usd": 22e3}),
    (
        price_parity.parity_price_usd,
        {"rival_all_in_usd": 37e3, "own_overhead_usd": 22e3, "rival_speed": 0.75},
    ),
    (product_mix.drag, {"segment_margin": 0.78, "other_margin": 0.5, "segment_share": 0.877}),
    (product_mix.price_over_cost, {"gross_margin": 0.746}),
    (market_structure.market_share, {"own_sales": 98.0, "others_sales": 17.2}),
    (market_structure.equal_sellers, {"herfindahl": 0.34}),
    (market_structure.lerner_market, {"herfindahl": 0.34, "elasticity": 0.8}),
    (market_structure.lerner_of_seller, {"share": 0.85, "elasticity": 1.1}),
    (market_structure.elasticity_implied, {"concentration": 0.85, "lerner": 0.78}),
    (market_structure.sellers_for_margin, {"elasticity": 0.8, "lerner": 0.25}),
    (collective_communication.message_s, {"message_bytes": 1e9, "bytes_per_s": 50e9, "latency_s": 1e-5}),
    (collective_communication.ring_all_gather_s, RING),
    (collective_communication.ring_all_reduce_s, RING),
    (
        collective_communication.two_level_all_reduce_s,
        {
            "size_bytes": 140e9, "per_node": 8.0, "nodes": 128.0,
            "inside_bytes_per_s": 450e9, "between_bytes_per_s": 50e9, "latency_s": 1e-5,
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
            "expert_layers": 58.0, "copies": 8.0, "hidden": 7168.0,
            "bytes_out": 1.0, "bytes_back": 2.0, "passes": 1.0,
        },
    ),
    (profit_pool.profit, {"sales_usd": 98e9, "margin": 0.746}),
    (profit_pool.margin_after_toll, {"gross_margin": 0.746, "toll": 0.26, "price_rise": 0.5}),
]  # fmt: skip

ON_A_LAYOUT: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (parallel_axes.gpus, {}),
    (parallel_axes.step_s, {"flop_per_token": 2.4e12, "flop_per_s": 400e12}),
    (parallel_axes.data_axis_bytes, {"parameters": 405e9, "bytes_per_parameter": 6.0}),
    (parallel_axes.tensor_axis_bytes, {"layers": 126.0, "hidden": 16384.0, "bytes_per_value": 2.0}),
    (parallel_axes.pipeline_axis_bytes, {"hidden": 16384.0, "bytes_per_value": 2.0}),
]

ON_A_SERVICE: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (expert_serving.gpus_to_hold, {}),
    (expert_serving.users_per_gpu, {"gpus": 32.0}),
    (expert_serving.memory_s, {}),
    (expert_serving.compute_s, {"gpus": 32.0}),
    (expert_serving.step_s, {"gpus": 32.0, "bytes_per_s": 50e9}),
    (expert_serving.network_s, {"gpus": 32.0, "bytes_per_s": 50e9}),
    (expert_serving.tokens_per_s_per_gpu, {"gpus": 32.0, "bytes_per_s": 50e9}),
    (expert_serving.tokens_per_s_per_user, {"gpus": 32.0, "bytes_per_s": 50e9}),
    (expert_serving.bandwidth_needed, {"gpus": 32.0}),
]


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[f.__name__ for f, _ in FORMULAS])
def test_traced_like_computed(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[f.__name__ for f, _ in FORMULAS])
def test_arrays_like_figures(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    scales = np.array([0.9, 1.0])
    together = formula(**{name: value * scales for name, value in inputs.items()})
    assert together == pytest.approx([formula(**{n: v * s for n, v in inputs.items()}) for s in scales], rel=1e-12)


@pytest.mark.parametrize(("formula", "inputs"), ON_A_LAYOUT, ids=[f.__name__ for f, _ in ON_A_LAYOUT])
def test_a_layout_can_be_traced(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    traced = formula(parallel_axes.Layout(**trace_inputs(*LAYOUT)), **inputs)
    assert float(evaluate(traced, LAYOUT)) == pytest.approx(
        formula(parallel_axes.Layout(**LAYOUT), **inputs), rel=1e-12
    )


@pytest.mark.parametrize(("formula", "inputs"), ON_A_SERVICE, ids=[f.__name__ for f, _ in ON_A_SERVICE])
def test_a_service_can_be_traced(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    figures = vars(expert_serving.EXAMPLE)
    traced = formula(expert_serving.Service(**trace_inputs(*figures)), **inputs)
    plain = float(formula(expert_serving.EXAMPLE, **inputs))
    assert float(evaluate(traced, figures)) == pytest.approx(plain, rel=1e-12)


def test_concentration_can_be_traced() -> None:
    shares = {"first": 0.42, "second": 0.35, "third": 0.22}
    traced = market_structure.herfindahl(list(trace_inputs(*shares).values()))
    assert float(evaluate(traced, shares)) == pytest.approx(
        market_structure.herfindahl(list(shares.values())), rel=1e-12
    )


def test_a_cycle_can_be_traced() -> None:
    margins = {"first": 0.61, "second": -0.33, "third": 0.25}
    traced = product_mix.average_margin(list(trace_inputs(*margins).values()))
    assert float(evaluate(traced, margins)) == pytest.approx(0.53 / 3, rel=1e-12)
