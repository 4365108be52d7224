"""The formulas of markets give the same for figures, arrays of draws and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shortcase.model.markets import (
    adoption_with_networks,
    custom_silicon,
    lead_fade,
    market_structure,
    packaging_limit,
    price_conduct,
    revenue_at_risk,
    share_loss,
    sunk_cost_entry,
    switching_cost,
)
from shortcase.model.markets.packaging_limit import Packaging
from shortcase.model.markets.revenue_at_risk import Substitution
from shortcase.show.live import evaluate, parity, trace_inputs

HOUSING = {
    "server_usd": 1e4,
    "watts": 1275.0,
    "overhead_of_power": 1.25,
    "usd_per_kwh": 0.08,
    "space_usd_per_kw_month": 120.0,
    "rate": 0.1,
    "years": 4.0,
}
TERMS = {"overhead_usd": 18e3, "partner_margin": 0.4, "design_usd": 5e8, "volume": 4e5}
PACKAGING = Packaging(0.4, 17.0, 0.93, 12.8, 2.27)
PLAN = Substitution(0.45, 0.38, 0.6, 0.05, 0.1, 3.0)
ENTRY = {"sales_usd": 98e9, "chance": 0.2, "discounted_years": 2.38}
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


CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (custom_silicon.made_for, {"price_usd": 4e4, "gross_margin": 0.9}),
    (custom_silicon.margin_at, {"price_usd": 25e3, "cost_usd": 3320.0}),
    (custom_silicon.running_cost_usd, HOUSING),
    (custom_silicon.owned_usd_per_hour, {"price_usd": 25e3, "machines": 8.0, **HOUSING}),
    (packaging_limit.sales_per_wafer, {"sales_usd": 190e9, "wafers": 6e5, "share": 0.6}),
    (packaging_limit.output, {"wafers": 6e5, "share": 0.4, "per_wafer": 20.0, "performance": 0.6}),
    (packaging_limit.wafer_share_after, {"share_now": 0.37, "gain": 0.05, "years": 3.0}),
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
    (sunk_cost_entry.discounted_years, {"rate": 0.1, "lag_years": 3.0, "life_years": 4.0}),
    (sunk_cost_entry.sellers_at_fixed_cost, {"attempt_usd": 3e9, **ENTRY}),
    (sunk_cost_entry.attempt_for_sellers, {"sellers": 2.6, **ENTRY}),
    (sunk_cost_entry.attempts, {"sellers": 3.9, "chance": 0.2}),
    (sunk_cost_entry.sellers_at_rising_cost, {"escalation": 2.0}),
    (sunk_cost_entry.margin_with, {"sellers": 2.6}),
    (sunk_cost_entry.outlay_each, {"sales_usd": 98e9, "sellers": 2.6, "discounted_years": 2.38}),
    (sunk_cost_entry.margin_after_research, {"gross_margin": 0.75, "research_usd": 3.1e9, "sales_usd": 30e9}),
    (lead_fade.posterior_events, {"prior_events": 1.0, "events": 4.0}),
    (
        lead_fade.posterior_exposure,
        {"prior_events": 1.0, "prior_time": 365.0, "followers_time": 375.0, "waiting": 4.0, "watched_time": 135.0},
    ),
    (lead_fade.lead_left, {"time": 100.0, "rivals": 8.0, "events": 5.0, "exposure": 1280.0}),
    (lead_fade.lead_time, {"left": 0.5, "rivals": 8.0, "events": 5.0, "exposure": 1280.0}),
    (lead_fade.half_life, {"z": 1.645, "events": 5.0, "exposure": 1280.0}),
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
    (share_loss.share_for_whom_it_pays, {"performance": 0.6, "break_even": 0.7, "width": 0.1}),
    (share_loss.after_porting, {"performance": 0.6, "penalty": 0.2, "portable": 0.3}),
    (share_loss.beyond_present, {"ceiling": 0.2, "present": 0.04}),
    (share_loss.taken_by_makers, {"reach": 0.2, "arrived": 0.4, "portable": 0.3, "more": 1.0}),
    (share_loss.combined_loss, {"first": 0.2, "second": 0.3, "most": 0.25}),
    (price_conduct.concentration, {"leader_share": 0.8}),
    (
        price_conduct.margin_under_conduct,
        {"margin_before": 0.73, "concentration_before": 0.75, "concentration_now": 0.5, "conduct": 0.4},
    ),
    (price_conduct.price_at_margin, {"margin_before": 0.73, "margin_now": 0.6}),
    (price_conduct.unit_cost_path, {"rise": 0.15, "year": 4.0, "horizon_years": 10.0}),
    (price_conduct.gross_margin_of, {"margin_before": 0.73, "price": 0.8, "unit_cost": 1.1}),
    (market_structure.market_share, {"own_sales": 98.0, "others_sales": 17.2}),
    (market_structure.equal_sellers, {"herfindahl": 0.34}),
    (market_structure.lerner_market, {"herfindahl": 0.34, "elasticity": 0.8}),
    (market_structure.lerner_of_equal_sellers, {"sellers": 2.6, "elasticity": 0.8}),
    (market_structure.lerner_of_seller, {"share": 0.85, "elasticity": 1.1}),
    (market_structure.elasticity_implied, {"concentration": 0.85, "lerner": 0.78}),
    (market_structure.sellers_for_margin, {"elasticity": 0.8, "lerner": 0.25}),
]


@pytest.mark.parametrize(("formula", "inputs"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_figures_arrays_and_traces_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


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


def test_concentration_can_be_traced() -> None:
    shares = {"first": 0.42, "second": 0.35, "third": 0.22}
    traced = market_structure.herfindahl(list(trace_inputs(*shares).values()))
    assert float(evaluate(traced, shares)) == pytest.approx(
        market_structure.herfindahl(list(shares.values())), rel=1e-12
    )


def test_a_rank_can_be_traced() -> None:
    sizes = {"first": 7.0, "second": 3.0}
    traced = market_structure.rank(5.0, list(trace_inputs(*sizes).values()))
    assert float(evaluate(traced, sizes)) == 2.0
