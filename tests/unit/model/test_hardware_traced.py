"""Every formula of the hardware chapter takes a scalar, an array and a traced input, and gives the same."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from shortcase.model.chips import chip_traffic, cost_per_flop, roofline, wafer_geometry, wafer_yield
from shortcase.model.chips.roofline import EXAMPLE_LOAD, EXAMPLE_MACHINE
from shortcase.model.language_models import serving_cost, speculative_decoding
from shortcase.model.markets import custom_silicon, packaging_limit, revenue_at_risk
from shortcase.model.markets.packaging_limit import Packaging
from shortcase.model.markets.revenue_at_risk import Substitution
from shortcase.model.valuation import annuity
from shortcase.show.live import parity

SERVED: dict[str, Any] = {"machine": EXAMPLE_MACHINE, "load": EXAMPLE_LOAD}
TERMS = {"overhead_usd": 18e3, "partner_margin": 0.4, "design_usd": 5e8, "volume": 4e5}
HOUSING = {
    "server_usd": 1e4,
    "watts": 1275.0,
    "overhead_of_power": 1.25,
    "usd_per_kwh": 0.08,
    "space_usd_per_kw_month": 120.0,
    "rate": 0.1,
    "years": 4.0,
}

PACKAGING = Packaging(0.4, 17.0, 0.93, 12.8, 2.27)
PLAN = Substitution(0.45, 0.38, 0.6, 0.05, 0.1, 3.0)

CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (annuity.capital_recovery_factor, {"rate": 0.1, "years": 4.0}),
    (annuity.hourly_charge, {"outlay_usd": 3e5, "rate": 0.1, "years": 4.0}),
    (annuity.affordable_outlay, {"hourly_usd": 12.0, "rate": 0.1, "years": 4.0}),
    (annuity.present_value, {"payment": 10.0, "rate": 0.1, "years": 4.0}),
    (cost_per_flop.per_unit_ratio, {"amount": 32.0, "other_amount": 1.0, "unit": 46_225.0, "other_unit": 814.0}),
    (cost_per_flop.orders_of_magnitude, {"amount": 4e12, "other_amount": 80e9}),
    (cost_per_flop.good_chip_usd, {"wafer_usd": 17e3, "dies": 63.0, "working_share": 0.74}),
    (cost_per_flop.usd_per_pflop, {"cost_usd": 27.5e3, "flop_per_s": 989.4e12}),
    (cost_per_flop.units_needed, {"amount": 141.1e9, "per_unit": 44e9}),
    (custom_silicon.made_for, {"price_usd": 4e4, "gross_margin": 0.9}),
    (custom_silicon.margin_at, {"price_usd": 25e3, "cost_usd": 3320.0}),
    (custom_silicon.running_cost_usd, HOUSING),
    (custom_silicon.break_even_performance, {"price_usd": 4e4, "cost_usd": 4e3, **TERMS}),
    (custom_silicon.margin_for, {"performance": 0.5, "price_usd": 4e4, **TERMS}),
    (
        custom_silicon.overhead_for,
        {
            "performance": 0.6,
            "price_usd": 4e4,
            "cost_usd": 4e3,
            **{k: v for k, v in TERMS.items() if k != "overhead_usd"},
        },
    ),
    (
        custom_silicon.volume_for,
        {"performance": 0.6, "price_usd": 4e4, "cost_usd": 4e3, **{k: v for k, v in TERMS.items() if k != "volume"}},
    ),
    (custom_silicon.aimed_at, {"break_even": 0.5, "years": 2.5, "leader_growth": 0.4, "own_growth": 0.3}),
    (roofline.batch_limit, SERVED),
    (roofline.single_stream_bound, SERVED),
    (roofline.decode, {**SERVED, "batch": 8.0, "checked_tokens": 5.0, "tokens_per_pass": 3.4, "draft_share": 0.2}),
    (roofline.batch_for, {**SERVED, "tokens_per_s": 30_000.0}),
    (chip_traffic.tensor_parallel_bytes_per_token, {"load": EXAMPLE_LOAD, "chips": 8.0}),
    (chip_traffic.pipeline_bytes_per_token, {"load": EXAMPLE_LOAD}),
    (roofline.arithmetic_share, {**SERVED, "tokens_per_s": 75_000.0}),
    (serving_cost.usd_per_million_tokens, {"usd_per_hour": 16.0, "tokens_per_s": 383.0, "busy_share": 0.6}),
    (serving_cost.throughput_for, {"usd_per_hour": 16.0, "usd_per_million": 11.6}),
    (
        serving_cost.machine_price_for,
        {
            "usd_per_million": 0.6,
            "tokens_per_s": 90_000.0,
            "running_usd_per_hour": 20.0,
            "machines": 4.0,
            "rate": 0.1,
            "years": 4.0,
        },
    ),
    (serving_cost.concurrent_requests, {"requests_per_s": 74.0, "seconds_per_request": 45.0}),
    (serving_cost.reading_tokens_per_s, {"words_per_minute": 238.0, "tokens_per_word": 1.3}),
    (packaging_limit.packages, {"wafers": 660e3, "share": 0.37, "per_wafer": 17.0}),
    (
        packaging_limit.packages_with_memory,
        {"memory_usd": 46.7e9, "share": 0.3, "usd_per_gb": 15.0, "gb_per_package": 96.0},
    ),
    (packaging_limit.buildable, {"by_packaging": 4.2e6, "by_memory": 9.7e6}),
    (packaging_limit.rival_output_share, {"packaging": PACKAGING}),
    (packaging_limit.wafer_share_for, {"output_share": 0.3, "packaging": PACKAGING}),
    (
        revenue_at_risk.equivalents,
        {
            "units": 1e6,
            "flop_per_s": 197e12,
            "bandwidth": 819e9,
            "reference_flop_per_s": 989e12,
            "reference_bandwidth": 3.35e12,
        },
    ),
    (revenue_at_risk.units_sold, {"sales_usd": 98e9, "other_share": 0.1, "usd_per_unit": 27.5e3}),
    (revenue_at_risk.buyer_share, {"units": 485e3, "usd_per_unit": 27.5e3, "sales_usd": 98e9}),
    (revenue_at_risk.share_after, {"share_now": 0.38, "ceiling": 0.6, "half_time_years": 3.0, "years": 2.0}),
    (revenue_at_risk.purchases_lost, {"share_now": 0.25, "share_then": 0.3}),
    (revenue_at_risk.share_with_loss, {"share_now": 0.25, "lost": 0.08}),
    (revenue_at_risk.wanted_loss, {"plan": PLAN, "years": 2.0}),
    (revenue_at_risk.possible_loss, {"rival_share_now": 0.25, "packaging": PACKAGING}),
    (revenue_at_risk.loss, {"plan": PLAN, "rival_share_now": 0.25, "packaging": PACKAGING, "years": 2.0}),
    (revenue_at_risk.sales_lost, {"expected_usd": 207e9, "weight": 0.88, "lost": 0.08}),
    (revenue_at_risk.growth_left, {"expected_usd": 207e9, "base_usd": 126e9, "weight": 0.88, "lost": 0.08}),
    (revenue_at_risk.sales_added, {"sales_usd": 4e8, "growth_per_year": 1.0, "years": 2.0}),
    (revenue_at_risk.growth_needed, {"added_usd": 8e8, "sales_usd": 4e8, "years": 2.0}),
    (speculative_decoding.expected_tokens, {"acceptance": 0.8, "drafted": 4.0}),
    (speculative_decoding.speed_up, {"acceptance": 0.8, "drafted": 4.0, "draft_cost": 0.05}),
    (speculative_decoding.acceptance_for, {"speed_up_wanted": 2.64, "drafted": 4.0, "draft_cost": 0.05}),
    (wafer_geometry.wafer_area, {"diameter_mm": 300.0}),
    (wafer_geometry.gross_dies, {"die_area_mm2": 814.0, "diameter_mm": 300.0}),
    (wafer_geometry.used_share, {"die_area_mm2": 814.0, "dies": 63.0, "diameter_mm": 300.0}),
    (wafer_yield.expected_defects, {"area_mm2": 814.0, "defect_density_per_cm2": 0.1}),
    (wafer_yield.poisson, {"defects": 0.8}),
    (wafer_yield.murphy, {"defects": 0.8}),
    (wafer_yield.negative_binomial, {"defects": 0.8, "clustering": 2.0}),
    (
        wafer_yield.repaired,
        {"fatal_defects": 0.3, "repairable_defects": 0.5, "clustering": 2.0, "spares": 12},
    ),
    (
        wafer_yield.locally_repaired,
        {
            "fatal_defects": 0.3,
            "repairable_defects": 46.0,
            "clustering": 2.0,
            "groups": 1e4,
            "spares_per_group": 1,
        },
    ),
    (
        wafer_yield.fatal_share_for,
        {"yield_wanted": 0.7, "area_mm2": 46_225.0, "defect_density_per_cm2": 0.1, "clustering": 2.0},
    ),
]

MODULES: list[ModuleType] = [
    annuity, chip_traffic, cost_per_flop, custom_silicon, packaging_limit, revenue_at_risk, roofline, serving_cost,
    speculative_decoding, wafer_geometry, wafer_yield,
]  # fmt: skip


@pytest.mark.parametrize(("formula", "inputs"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_scalar_array_and_trace_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


def test_no_formula_is_left_out() -> None:
    public = {
        name
        for module in MODULES
        for name, found in inspect.getmembers(module, inspect.isfunction)
        if found.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public == {formula.__name__ for formula, _ in CASES}
