"""Entry, fade, ordering ahead and orders in hand: points worked by hand, limits, and a second route to each result."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import multivariate_normal

from shortcase.facts import table
from shortcase.model.accounts import backlog, inventory
from shortcase.model.accounts.inventory import Flow, OrderRule
from shortcase.model.markets import sunk_cost_entry
from shortcase.model.valuation import return_fade
from shortcase.model.valuation.return_fade import Fade

AS_OF = "2025-01-25"
LABORATORY = {"smoothing": 0.36, "adjustment": 0.26, "supply_line_weight": 0.34}
SWING = np.array([30.0, 33.0, 22.0, 20.0, 20.0, 20.0])


# --- entry


def test_discounted_years_by_summing_the_years() -> None:
    # Years 4 to 7 of a dollar at a tenth: 1.1^-4 + … + 1.1^-7.
    assert sunk_cost_entry.discounted_years(0.1, 3.0, 4.0) == pytest.approx(sum(1.1**-t for t in (4, 5, 6, 7)))
    assert sunk_cost_entry.discounted_years(0.0, 3.0, 4.0) == pytest.approx(4.0)


def test_the_last_entrant_just_breaks_even() -> None:
    sellers = sunk_cost_entry.sellers_at_fixed_cost(98e9, 3e9, 0.2, 2.38)
    assert 0.2 * 2.38 * 98e9 / sellers**2 == pytest.approx(3e9)
    assert sunk_cost_entry.attempt_for_sellers(98e9, sellers, 0.2, 2.38) == pytest.approx(3e9)
    # Four times the market makes twice the sellers.
    assert sunk_cost_entry.sellers_at_fixed_cost(4 * 98e9, 3e9, 0.2, 2.38) == pytest.approx(2.0 * sellers)
    assert sunk_cost_entry.attempts(3.0, 0.25) == 8.0


@pytest.mark.parametrize(("escalation", "sellers"), [(1.0, 2.0), (8.0 / 3.0, 3.0), (4.5, 4.0)])
def test_sellers_at_rising_cost_by_hand(escalation: float, sellers: float) -> None:
    # N + 1/N − 2 = β/2: at N = 2, 3, 4 the left side is 1/2, 4/3, 9/4.
    assert sunk_cost_entry.sellers_at_rising_cost(escalation) == pytest.approx(sellers, abs=1e-12)


def test_rising_cost_from_the_game_itself() -> None:
    # A seller of quality v among N − 1 of quality u earns S·(1 − 1/(1/(N − 1) + v/u))² (Sutton 1991). At v = u it is
    # S/N², and its derivative times u is 2·S·(N − 1)²/N³. Free entry: outlay F = S/N². Best quality: β·F = that
    # derivative. Both together give β·N = 2·(N − 1)².
    sellers = sunk_cost_entry.sellers_at_rising_cost(2.0)

    def earned(quality: float) -> float:
        return float((1.0 - 1.0 / (1.0 / (sellers - 1.0) + quality)) ** 2)

    step = 1e-6
    slope = (earned(1.0 + step) - earned(1.0 - step)) / (2.0 * step)
    assert earned(1.0) == pytest.approx(1.0 / sellers**2)
    assert slope == pytest.approx(2.0 * earned(1.0), rel=1e-6)


def test_entry_leaves_the_research_and_no_more() -> None:
    # With an outlay of A·S/N² every A years, research is 1/N of a seller's sales S/N: all of the margin.
    sellers, years, sales = 2.618, 2.38, 98e9
    research = sunk_cost_entry.outlay_each(sales, sellers, years) / years
    margin = sunk_cost_entry.margin_with(sellers)
    assert sunk_cost_entry.margin_after_research(margin, research, sales / sellers) == pytest.approx(0.0, abs=1e-12)


# --- fade


def test_half_lives_of_the_published_persistences() -> None:
    # ln 0.5 / ln 0.62 = 0.693147/0.478036; ln 0.5 / ln 0.9 = 0.693147/0.105361; ln 0.5 / ln 0.95 = 0.693147/0.051293.
    found = return_fade.half_life(np.array([0.62, 0.9, 0.95]))
    assert found == pytest.approx([1.449990, 6.578813, 13.513407], abs=1e-6)
    assert return_fade.persistence_of(found) == pytest.approx([0.62, 0.9, 0.95])


def test_the_published_group_gives_its_persistence_back() -> None:
    phi = return_fade.persistence_between(0.29, 0.15, 0.09, 15.0)
    assert return_fade.margin(Fade(0.29, 0.09, phi, 0.0), 15.0) == pytest.approx(0.15)


def test_the_margin_waits_and_then_fades() -> None:
    fade = Fade(start=0.75, target=0.35, persistence=0.5, lag_years=2.0)
    # By hand: 0.75 to the end of year 2, then 0.55, 0.45.
    assert return_fade.margin(fade, np.array([0.0, 2.0, 3.0, 4.0])) == pytest.approx([0.75, 0.75, 0.55, 0.45])
    assert return_fade.years_until(fade, 0.45) == pytest.approx(4.0)
    years = np.linspace(0.0, 10.0, 200_001)
    assert return_fade.mean_margin(fade, 10.0) == pytest.approx(
        np.trapezoid(return_fade.margin(fade, years), years) / 10.0
    )
    assert return_fade.mean_margin(fade, 1.0) == pytest.approx(0.75)
    assert return_fade.persistence_for_half(2.0, 3.0) == pytest.approx(0.5)


def test_the_advantage_period_is_worth_the_fade() -> None:
    years = np.linspace(0.0, 400.0, 4_000_001)
    for phi, lag in ((0.62, 0.0), (0.9, 1.0), (0.95, 2.0)):
        fading = np.trapezoid(1.1**-years * phi ** np.maximum(0.0, years - lag), years)
        period = return_fade.advantage_period(phi, lag, 0.1)
        held = (1.0 - 1.1**-period) / np.log(1.1)
        assert fading == pytest.approx(held, rel=1e-6)
    # Without interest the fade is worth ∫ φ^t = −1/ln φ years.
    assert return_fade.advantage_period(0.9, 1.0, 0.0) == pytest.approx(1.0 + 9.491222, abs=1e-6)


def test_staying_at_the_top_against_the_bivariate_normal() -> None:
    z = 0.8416212335729143  # Φ(z) = 0.8
    for phi, years in ((0.9, 9.0), (0.62, 9.0), (0.97, 3.0)):
        rho = phi**years
        joint = multivariate_normal(mean=[0.0, 0.0], cov=[[1.0, rho], [rho, 1.0]]).cdf([-z, -z])
        assert return_fade.chance_of_staying(0.2, phi, years) == pytest.approx(joint / 0.2, abs=1e-6)
    assert return_fade.chance_of_staying(0.2, 0.001, 9.0) == pytest.approx(0.2, abs=1e-9)


# --- ordering ahead


def test_a_firm_with_steady_sales_keeps_its_stock() -> None:
    rule = OrderRule(**LABORATORY, cover_months=2.0, growth=0.0, lead_months=4)
    flow = inventory.inventory_path(rule, np.full(6, 30.0), 20.0)
    assert flow.inventory == pytest.approx(np.full(5, 20.0))
    assert flow.receipts == pytest.approx(np.full(5, 30.0))


def test_a_halving_by_hand() -> None:
    # One month of lead, the last month expected, half of a gap ordered away: after 10 a month, 5 are sold.
    # Month 1: 20 + 10 − 5 = 25 held, 5 + (10 − 25)/2 < 0 ordered. Month 2: 20, nothing. Month 3: 15 held and
    # 5 + (10 − 15)/2 = 2.5 ordered.
    # Quarter 2: 15 + 2.5 − 5 = 12.5, order 3.75; 11.25, order 4.375; 10.625.
    rule = OrderRule(1.0, 0.5, 1.0, cover_months=2.0, growth=0.0, lead_months=1)
    flow = inventory.inventory_path(rule, np.array([30.0, 15.0, 15.0]), 20.0)
    assert flow.inventory == pytest.approx([15.0, 10.625])
    assert flow.receipts == pytest.approx([10.0, 10.625])


def test_what_comes_in_is_sold_or_held() -> None:
    rule = OrderRule(**LABORATORY, cover_months=2.7, growth=0.03, lead_months=5)
    sales = np.array([30.0, 33.0, 25.0, 22.0, 24.0])
    flow = inventory.inventory_path(rule, sales, 27.0)
    before = np.concatenate([[27.0], flow.inventory[:-1]])
    assert inventory.received(sales[1:], before, flow.inventory) == pytest.approx(flow.receipts)


def test_who_forgets_what_is_on_order_swings_more() -> None:
    def flow(weight: float) -> Flow:
        rule = OrderRule(0.36, 0.26, weight, cover_months=2.7, growth=0.03, lead_months=4)
        return inventory.inventory_path(rule, SWING, 27.0)

    excess = [inventory.largest_excess(flow(w).inventory, SWING[1:], 2.7) for w in (0.0, 0.34, 1.0)]
    falls = [inventory.fall(flow(w).receipts) for w in (0.0, 0.34, 1.0)]
    assert excess == sorted(excess, reverse=True)
    assert falls == sorted(falls, reverse=True)
    assert falls[-1] > inventory.fall(SWING)


def test_the_best_lead_is_the_one_that_made_the_path() -> None:
    for lead in (3, 4, 5):
        rule = OrderRule(**LABORATORY, cover_months=2.7, growth=0.03, lead_months=lead)
        made = inventory.inventory_path(rule, SWING, 27.0).inventory
        assert inventory.best_lead(rule, SWING, 27.0, made, (2, 3, 4, 5, 6)) == lead


def test_small_measures_by_hand() -> None:
    assert inventory.fall(np.array([3.0, 8.0, 6.0, 10.0, 4.0])) == pytest.approx(0.6)
    assert inventory.growth_a_period(1.0, 1.1**12, 12.0) == pytest.approx(0.1)
    assert inventory.months_of_cover(np.array([2.0, 4.0]), np.array([2.0, 2.0])) == pytest.approx(4.5)
    assert inventory.inventory_for(2.0, 4.5) == pytest.approx(3.0)
    assert inventory.misfit(np.array([3.0, 2.0]), np.array([2.0, 2.0])) == pytest.approx(0.5 / np.sqrt(2.0))
    assert inventory.at_cost(200.0, 0.6) == pytest.approx(80.0)
    assert inventory.margin_after_charge(0.7, 1.0, 10.0) == pytest.approx(0.6)


def test_nvidias_own_quarter() -> None:
    quarters, supply = table("nvidia_quarters", AS_OF), table("nvidia_supply", AS_OF)
    row = quarters.row("fy2019q3")
    came = inventory.received(
        row.revenue_usd - row.gross_profit_usd,
        supply.row("fy2019q2").inventory_usd,
        supply.row("fy2019q3").inventory_usd,
    )
    assert came == pytest.approx(1_260e6 + 1_417e6 - 1_090e6)


def test_the_quarters_add_up_to_the_years() -> None:
    # Form 10-K: revenue of fiscal 2017, 2019 and 2023.
    quarters = table("nvidia_quarters", AS_OF)
    for year, revenue in ((2017, 6910e6), (2019, 11716e6), (2023, 26974e6)):
        assert sum(row.revenue_usd for row in quarters if row.fiscal_year == year) == pytest.approx(revenue)


# --- orders in hand


def test_orders_in_hand_run_out_when_the_balance_says() -> None:
    def left(quarters: float) -> float:
        # Shipped less ordered, one quarter's sales being one.
        shipped = quarters + 0.07 * quarters**2 / 2.0
        return 2.8 - (shipped - (1.0 - 0.3) * quarters)

    hidden = backlog.quarters_hidden(2.8, 0.3, 0.07)
    assert hidden == pytest.approx(brentq(left, 0.1, 50.0))
    assert backlog.cover_that_hides(hidden, 0.3, 0.07) == pytest.approx(2.8)
    assert backlog.quarters_hidden(2.8, 0.7, 0.0) == pytest.approx(4.0)
    assert backlog.quarters_hidden(2.0, 0.0, 0.25) == pytest.approx(4.0)


def test_the_drop_by_hand() -> None:
    # What is made has grown to 1.5, orders are 0.75: half is missing.
    assert backlog.drop(0.25, 0.125, 4.0) == pytest.approx(0.5)
    assert backlog.firm_cover(4.0, 0.3) == pytest.approx(2.8)
    assert backlog.cover(28.9e9, 8.926e9) == pytest.approx(3.2377, abs=1e-4)
