"""The thesis a year on: against a second route, and what must be true of a year that came as expected."""

from __future__ import annotations

import dataclasses
from functools import cache

import pytest

from shortcase.case import thesis
from shortcase.case.thesis import weighing, year_on
from shortcase.case.thesis.start import known
from shortcase.case.thesis.threats import mask_of, members
from shortcase.errors import BadRequest

NOTHING: tuple[str, ...] = ()
RATE = 0.1


@cache
def start() -> thesis.Start:
    return thesis.start(known("2025-01-25"))


def case(**changes: object) -> thesis.Inputs:
    return thesis.inputs(start(), changes)


def as_expected(c: thesis.Inputs) -> year_on.Year:
    """The first year that the case without threats expects of itself."""
    w, s = thesis.valuation(c), c.start
    return year_on.Year(
        spending_usd=w.spending_usd[0],
        market_share=s.market_share,
        other_usd=s.other_usd * (1.0 + c.other_growth),
        gross_margin=w.gross_margin[0],
        operating_expenses_usd=s.operating_expenses_usd
        * (w.spending_usd[0] * s.market_share / s.data_center_usd) ** c.expenses_scale,
        tax_rate=c.company_tax_rate,
        net_cash_usd=s.net_cash_usd + w.free_cash_usd[0],
        diluted_shares=s.diluted_shares,
    )


@cache
def better() -> year_on.Year:
    """A year that differs from what was expected in every group."""
    expected = as_expected(case())
    return dataclasses.replace(
        expected,
        spending_usd=expected.spending_usd * 1.13,
        market_share=0.88,
        other_usd=22e9,
        gross_margin=0.79,
        operating_expenses_usd=23e9,
        tax_rate=0.151,
        net_cash_usd=54e9,
        diluted_shares=24.5e9,
    )


def a_year_on_by_hand(c: thesis.Inputs) -> float:
    """Nothing new: what is left of today's value grows by what holders require, and the first cash is at its face."""
    first = thesis.valuation(c).free_cash_usd[0] / c.start.diluted_shares
    cash = c.start.net_cash_usd / c.start.diluted_shares
    rest = float(thesis.valuation(c).value_per_share) - cash - first / (1.0 + RATE) ** 0.5
    return rest * (1.0 + RATE) + cash + first


def test_a_year_without_news_earns_what_holders_require() -> None:
    c = case(equity_discount_rate=RATE)
    assert year_on.value_per_share(c, better(), NOTHING) == pytest.approx(a_year_on_by_hand(c), rel=1e-12)


def test_a_year_that_came_as_expected_is_no_news_in_any_group() -> None:
    c = case()
    calm = year_on.value_per_share(c, better(), NOTHING)
    assert year_on.without_news(c) == pytest.approx(year_on.probability_weighted(c, better(), NOTHING), rel=1e-12)
    for name in year_on.GROUPS:
        assert year_on.value_per_share(c, as_expected(c), [name]) == pytest.approx(calm, rel=1e-12), name
    assert year_on.value_per_share(c, as_expected(c)) == pytest.approx(calm, rel=1e-12)


@pytest.mark.parametrize("threats", [thesis.NONE, members(mask_of(["customers", "efficiency"])), thesis.ALL])
def test_the_first_year_is_the_one_that_came_whichever_threats_succeed(threats: tuple[float, ...]) -> None:
    c, year = case(ai_output_share=0.05), better()
    found = year_on.path(c, year, threats=threats)
    assert found.spending_usd[0] == pytest.approx(year.spending_usd)
    assert found.share[0] == pytest.approx(year.market_share)
    assert found.gross_margin[0] == pytest.approx(year.gross_margin)
    assert found.sales_usd[0] == pytest.approx(year.spending_usd * year.market_share + year.other_usd)
    gross = year.spending_usd * year.market_share * year.gross_margin + year.other_usd * c.other_segments_margin
    profit = (gross - year.operating_expenses_usd) * (1.0 - year.tax_rate)
    assert found.profit_usd[0] == pytest.approx(profit)


def test_later_years_grow_as_the_case_had_it() -> None:
    c = case(ai_output_share=0.5)
    before, after = thesis.valuation(c), year_on.path(c, better())
    for year in range(1, 10):
        was = before.spending_usd[year] / before.spending_usd[year - 1]
        assert year_on.in_year(c, better(), "spending_usd", year + 1) == after.spending_usd[year]
        assert after.spending_usd[year] / after.spending_usd[year - 1] == pytest.approx(was, rel=1e-12)


def test_more_is_better_in_every_group_and_dearer_expenses_are_not() -> None:
    c, year = case(), better()
    calm = year_on.probability_weighted(c, year, NOTHING)
    for name in ("spending", "share", "other", "margin"):
        assert year_on.probability_weighted(c, year, [name]) > calm, name
    dear = dataclasses.replace(year, operating_expenses_usd=40e9, tax_rate=c.company_tax_rate)
    assert year_on.probability_weighted(c, dear, ["costs"]) < calm


def test_the_parts_of_the_news_sum_to_the_whole() -> None:
    c, year = case(), better()
    whole = year_on.probability_weighted(c, year) - year_on.probability_weighted(c, year, NOTHING)
    found = year_on.parts(c, year)
    assert sum(found.values()) == pytest.approx(whole, rel=1e-9)
    # A group that came as expected has no part: here all but the margin, in the case in which no threat succeeds.
    never = case(**{f"{name}_chance": 1e-12 for name in thesis.THREATS})
    only = dataclasses.replace(as_expected(never), gross_margin=0.78)
    alone = year_on.parts(never, only)
    assert alone["margin"] > 1.0
    assert sum(abs(part) for name, part in alone.items() if name not in ("margin", "cash")) == pytest.approx(
        0.0, abs=1e-6
    )


def test_the_mean_over_threats_is_that_of_the_combinations() -> None:
    c, year = case(), better()
    each = [year_on.value_per_share(c, year, threats=members(mask)) for mask in range(32)]
    assert year_on.probability_weighted(c, year) == pytest.approx(weighing.mean(each, weighing.chances(c)), rel=1e-12)
    spent = [thesis.valuation(c, members(mask)).spending_usd[0] for mask in range(32)]
    assert year_on.expected(c, "spending_usd") == pytest.approx(weighing.mean(spent, weighing.chances(c)), rel=1e-12)


def test_the_needed_value_gives_the_price() -> None:
    c, year = case(), better()
    x = year_on.implied(c, year, "ai_output_share", 120.0, days_after=365.25)
    there = c.with_(ai_output_share=x)
    assert year_on.probability_weighted(there, year) * (1.0 + c.equity_discount_rate) == pytest.approx(120.0, rel=1e-6)
    assert year_on.carried_forward(100.0, case(equity_discount_rate=RATE), 365.25) == pytest.approx(110.0)
    with pytest.raises(BadRequest, match="No demand_growth"):
        year_on.implied(c, year, "demand_growth", 500.0)
