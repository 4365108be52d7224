"""The formulas of valuation give the same for figures, arrays of draws and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shortcase.model.valuation import (
    annuity,
    discounted_cash_flow,
    forecast_period,
    growth_path,
    return_fade,
    reverse_dcf,
    sales_multiple,
    target_valuation,
    value_at_stake,
)
from shortcase.model.valuation.return_fade import Fade
from shortcase.show.live import parity, trace_inputs

FADE = {"start": 0.75, "target": 0.38, "persistence": 0.7, "lag_years": 1.0}


def margin_after(years: Any, **fade: Any) -> Any:
    return return_fade.margin(Fade(**fade), years)


def mean_over(years: Any, **fade: Any) -> Any:
    return return_fade.mean_margin(Fade(**fade), years)


def third_level(start, factor):
    """The level after three years of the same growth."""
    return growth_path.levels(start, [factor] * 3)[-1]


def time_to(level: Any, **fade: Any) -> Any:
    return return_fade.years_until(Fade(**fade), level)


TERMINAL = {"profit_after_tax_usd": 100.0, "growth": 0.03, "rate": 0.1, "return_on_new_capital": 0.25}
YEARS = {"first_sales_usd": 177.0, "growth": 0.2, "margin": 0.5, "reinvested": 0.3, "rate": 0.1, "inflation": 0.025}
STORY = {
    "sales_usd": 113e9, "target_sales_usd": 326e9, "margin": 0.62, "target_margin": 0.6, "tax_rate": 0.165,
    "sales_to_capital": 2.5, "long_run_growth": 0.038, "return_on_new_capital": 0.25, "net_cash_usd": 30e9,
    "shares": 24.8e9,
}  # fmt: skip
SEARCHED = (reverse_dcf.implied_growth, reverse_dcf.implied_constant_growth)


CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (sales_multiple.market_value, {"price_usd": 142.62, "shares": 24.49e9}),
    (sales_multiple.price_to_sales, {"market_value_usd": 3.49e12, "sales_usd": 177e9}),
    (sales_multiple.implied_growth, {"market_value_usd": 3.49e12, "multiple": 20.0, "last_sales_usd": 128.7e9}),
    (sales_multiple.gross_profit, {"last_sales_usd": 128.7e9, "growth_per_year": 0.85, "gross_margin": 0.7}),
    (sales_multiple.year_estimate, {"reported_usd": 91.2e9, "outlook_usd": 37.5e9}),
    (sales_multiple.revised, {"estimate": 177e9, "revision": 0.0885}),
    (sales_multiple.growth_in_price, {"price_usd": 142.62, "earnings_per_share_usd": 4.43, "required_return": 0.09}),
    (sales_multiple.next_sales, {"last_sales_usd": 128.7e9, "growth_per_year": 0.5}),
    (annuity.capital_recovery_factor, {"rate": 0.1, "years": 4.0}),
    (annuity.hourly_charge, {"outlay_usd": 3e5, "rate": 0.1, "years": 4.0}),
    (annuity.affordable_outlay, {"hourly_usd": 12.0, "rate": 0.1, "years": 4.0}),
    (annuity.present_value, {"payment": 10.0, "rate": 0.1, "years": 4.0}),
    (sales_multiple.year_before, {"sales_usd": 860.0, "growth_per_year": 0.69}),
    (sales_multiple.net_cash, {"cash_usd": 62.6, "debt_usd": 8.5}),
    (return_fade.half_life, {"persistence": 0.9}),
    (return_fade.persistence_of, {"half_life_years": 6.6}),
    (return_fade.persistence_between, {"start": 0.29, "end": 0.15, "level": 0.09, "years": 15.0}),
    (return_fade.persistence_for_half, {"lag_years": 1.0, "years": 10.0}),
    (return_fade.advantage_period, {"persistence": 0.7, "lag_years": 1.0, "rate": 0.1}),
    (return_fade.chance_of_staying, {"top_share": 0.2, "persistence": 0.7, "years": 3.0}),
    (margin_after, {"years": 5.0, **FADE}),
    (mean_over, {"years": 10.0, **FADE}),
    (time_to, {"level": 0.6, **FADE}),
    (third_level, {"start": 100.0, "factor": 1.2}),
    (growth_path.fading_growth, {"first": 0.5, "last": 0.03, "half_life_years": 4.0, "year": 3.0}),
    (growth_path.linear_growth, {"first": 0.5, "last": 0.03, "years": 10.0, "year": 3.0}),
    (growth_path.compound_growth, {"start": 100.0, "end": 380.0, "years": 9.0}),
    (growth_path.level_on_a_fade, {"start": 100.0, "end": 326.0, "last": 0.03, "years": 10.0, "year": 4.0}),
    (growth_path.compound, {"start": 100.0, "growth": 0.05, "years": 10.0}),
    (sales_multiple.without_cash, {"market_value_usd": 3.5e12, "net_cash_usd": 30e9}),
    (growth_path.real_growth, {"nominal": 0.2, "inflation": 0.025}),
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
    (discounted_cash_flow.multiple_implied, {"terminal_value_usd": 1295.0, "profit_after_tax_usd": 100.0}),
    (discounted_cash_flow.terminal_value_with_fade, TERMINAL | {"excess_usd": 40.0, "persistence": 0.9}),
    (discounted_cash_flow.shrunk_beta, {"beta": 2.7}),
    (
        discounted_cash_flow.value_per_share,
        {"flows_usd": 60.0, "terminal_value_usd": 100.0, "net_cash_usd": 40.0, "shares": 3.0},
    ),
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
    (target_valuation.target_sales, {"market_usd": 500e9, "share": 0.6, "other_usd": 26e9}),
    (lambda rate, **x: target_valuation.value_of_story(target_valuation.Story(**x), rate), {"rate": 0.09, **STORY}),
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


@pytest.mark.parametrize(("formula", "inputs"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_figures_arrays_and_traces_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
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
