"""The formulas behind the thesis give the same for figures, arrays and traced inputs; root searches refuse a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model import root_finding
from shortcase.model.demand import accelerator_demand, build_out_ceiling
from shortcase.model.markets import price_conduct, share_loss
from shortcase.model.probability import marginal, shapley
from shortcase.model.trading import black_scholes
from shortcase.model.valuation import (
    discounted_cash_flow,
    forecast_period,
    growth_path,
    reverse_dcf,
    sales_multiple,
    target_valuation,
)
from shortcase.show.live import parity, trace_inputs

TERMINAL = {"profit_after_tax_usd": 100.0, "growth": 0.03, "rate": 0.1, "return_on_new_capital": 0.25}
OPTION = {"price": 142.62, "strike": 120.0, "volatility": 0.53, "years": 1.5}
RANGE = {"low": 0.2, "middle": 0.5, "high": 0.7, "ends_at": 1.2816}
YEARS = {"first_sales_usd": 177.0, "growth": 0.2, "margin": 0.5, "reinvested": 0.3, "rate": 0.1, "inflation": 0.025}
FORMULAS: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (growth_path.fading_growth, {"first": 0.5, "last": 0.03, "half_life_years": 4.0, "year": 3.0}),
    (growth_path.linear_growth, {"first": 0.5, "last": 0.03, "years": 10.0, "year": 3.0}),
    (growth_path.compound_growth, {"start": 100.0, "end": 380.0, "years": 9.0}),
    (growth_path.level_on_a_fade, {"start": 100.0, "end": 326.0, "last": 0.03, "years": 10.0, "year": 4.0}),
    (growth_path.compound, {"start": 100.0, "growth": 0.05, "years": 10.0}),
    (sales_multiple.without_cash, {"market_value_usd": 3.5e12, "net_cash_usd": 30e9}),
    (growth_path.real_growth, {"nominal": 0.2, "inflation": 0.025}),
    (accelerator_demand.real_multiple, {"claimed": 45.0, "real_share": 0.5}),
    (accelerator_demand.left_of_spending, {"multiple": 7.0, "elasticity": 0.8, "years": 1.5, "half_time_years": 0.5}),
    (accelerator_demand.left_of_both, {"training": 0.7, "inference": 0.8, "inference_share": 0.4}),
    (accelerator_demand.at_a_price, {"price": 0.8, "elasticity": 0.7}),
    (
        build_out_ceiling.ceiling_usd,
        {"world_output_usd": 110e12, "output_growth": 0.05, "year": 4.0, "ai_share": 0.02, "chip_share": 0.5,
         "customer_margin": 0.45},
    ),
    (build_out_ceiling.capped, {"wanted_usd": 3.0, "most_usd": 2.0}),
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
    (
        discounted_cash_flow.operating_profit_after_tax,
        {"gross_profit_usd": 75.0, "operating_expenses_usd": 15.0, "tax_rate": 0.165},
    ),
    (
        discounted_cash_flow.reinvestment,
        {"sales_before_usd": 100.0, "sales_usd": 130.0, "sales_to_capital": 3.0},
    ),
    (discounted_cash_flow.required_return, {"riskless": 0.0458, "premium": 0.0433, "beta": 1.25}),
    (discounted_cash_flow.beta_behind, {"required": 0.093, "riskless": 0.0458, "premium": 0.0433}),
    (discounted_cash_flow.discount_factor, {"rate": 0.1, "year": 3.0, "early": 0.5}),
    (discounted_cash_flow.terminal_value_of_growth, TERMINAL),
    (discounted_cash_flow.terminal_value_by_multiple, {"profit_after_tax_usd": 100.0, "multiple": 20.0}),
    (discounted_cash_flow.multiple_implied, {"growth": 0.03, "rate": 0.1, "return_on_new_capital": 0.25}),
    (
        discounted_cash_flow.value_per_share,
        {"flows_usd": 60.0, "terminal_value_usd": 100.0, "net_cash_usd": 40.0, "shares": 3.0},
    ),
    (marginal.two_sided_normal, {"z": -0.7, **RANGE}),
    (marginal.two_sided_lognormal, {"z": 0.7, **RANGE}),
    (marginal.two_sided_logit, {"z": -0.7, **RANGE}),
    (marginal.within, {"x": 1.2, "least": 0.0, "most": 1.0}),
    (black_scholes.put_price, {**OPTION, "rate": 0.042}),
    (black_scholes.expected_put, {**OPTION, "drift": -0.1}),
    (black_scholes.chance_below, {**OPTION, "drift": 0.042}),
    (black_scholes.volatility_of_pair, {"volatility": 0.53, "correlation": 0.6}),
    (lambda **x: shapley.shapley_values([0.0, x["a"], x["b"], x["both"]])[0], {"a": 1.0, "b": 2.0, "both": 5.0}),
    (lambda **x: shapley.interaction([0.0, x["a"], x["b"], x["both"]]), {"a": 1.0, "b": 2.0, "both": 5.0}),
    (
        lambda **x: reverse_dcf.sales_path(**x, years=10)[-1],
        {"first_sales_usd": 1.0, "first_growth": 0.3, "terminal_growth": 0.03},
    ),
    (
        lambda sales, share, rate, g: reverse_dcf.value_of_sales([sales] * 3, [share] * 3, rate, g, 0.5),
        {"sales": 100.0, "share": 0.5, "rate": 0.1, "g": 0.03},
    ),
    (
        lambda **x: reverse_dcf.implied_margin(**x, years=10, early=0.5),
        {"value_usd": 3.5e12, "first_sales_usd": 177e9, "first_growth": 0.3, "rate": 0.1, "terminal_growth": 0.03},
    ),
    (lambda **x: forecast_period.value_after_years(**x, years=5, early=0.5)[-1], YEARS),
    (lambda **x: forecast_period.implied_years(x["worth"], [500.0, 591.0, 700.0]), {"worth": 620.0}),
]  # fmt: skip
STORY = {
    "sales_usd": 113e9, "target_sales_usd": 326e9, "margin": 0.62, "target_margin": 0.6, "tax_rate": 0.165,
    "sales_to_capital": 2.5, "long_run_growth": 0.038, "return_on_new_capital": 0.25, "net_cash_usd": 30e9,
    "shares": 24.8e9,
}  # fmt: skip
FORMULAS += [
    (target_valuation.target_sales, {"market_usd": 500e9, "share": 0.6, "other_usd": 26e9}),
    (lambda rate, **x: target_valuation.value_of_story(target_valuation.Story(**x), rate), {"rate": 0.09, **STORY}),
]
SEARCHED = (reverse_dcf.implied_growth, reverse_dcf.implied_constant_growth)


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS)
def test_traced_like_computed(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize("formula", SEARCHED)
def test_a_root_search_refuses_a_trace(formula: Callable[..., Any]) -> None:
    traced = trace_inputs("value_usd", "first_sales_usd", "rate", "terminal_growth")
    with pytest.raises((TypeError, AttributeError)):
        formula(**traced, cash_shares=[0.5] * 10)


def test_the_rate_behind_a_value_gives_the_value_and_refuses_a_trace() -> None:
    story = target_valuation.Story(**STORY)
    rate = target_valuation.rate_behind(story, 87.0)
    assert float(target_valuation.value_of_story(story, rate)) == pytest.approx(87.0, rel=1e-9)
    with pytest.raises((TypeError, AttributeError)):
        target_valuation.rate_behind(story, **trace_inputs("value_usd"))


def test_halving_finds_the_roots_of_an_array_of_targets() -> None:
    targets = np.array([0.25, 2.0, 9.0])
    assert root_finding.find_root(np.square, targets, 0.0, 4.0) == pytest.approx(np.sqrt(targets), rel=1e-12)
