"""`inventory` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.facts import table
from shortcase.model.accounts import inventory
from shortcase.model.accounts.inventory import Flow, OrderRule

LABORATORY = {"smoothing": 0.36, "adjustment": 0.26, "supply_line_weight": 0.34}
SWING = np.array([30.0, 33.0, 22.0, 20.0, 20.0, 20.0])
AS_OF = "2025-01-25"


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


def test_what_is_on_its_way_at_the_start_was_ordered_for_growing_sales() -> None:
    # By hand: sales of 30 a quarter are 10 a month; at a tenth more each month the three deliveries on their way are
    # 11, 12.1 and 13.31. With no adjustment what is ordered then arrives after the quarter: the stock of 20 becomes
    # 20 + 36.41 − 30 = 26.41.
    rule = inventory.OrderRule(
        smoothing=0.0, adjustment=0.0, supply_line_weight=0.0, cover_months=2.0, growth=0.1, lead_months=3
    )
    flow = inventory.inventory_path(rule, np.array([30.0, 30.0]), 20.0)
    assert flow.receipts.tolist() == pytest.approx([36.41])
    assert flow.inventory.tolist() == pytest.approx([26.41])


def test_the_largest_miss_is_no_smaller_than_the_root_mean_square() -> None:
    computed, observed = np.array([9.0, 10.0, 12.0]), np.array([10.0, 10.0, 10.0])
    assert float(inventory.largest_miss(computed, observed)) == pytest.approx(0.2)
    assert float(inventory.misfit(computed, observed)) == pytest.approx((0.05 / 3) ** 0.5)


def test_excess_is_what_is_held_beyond_the_cover() -> None:
    assert inventory.excess(inventory_usd=3.0, quarter_at_cost=3.0, cover_months=2.0) == pytest.approx(1.0)


def test_many_leads_at_once_give_what_each_gives_alone() -> None:
    def flow(lead: object) -> Flow:
        rule = OrderRule(**LABORATORY, cover_months=2.7, growth=0.03, lead_months=lead)
        return inventory.inventory_path(rule, SWING, 27.0)

    leads = np.array([1.0, 2.0, 4.0, 7.0, 20.0])
    together = flow(leads)
    for place, lead in enumerate((1, 2, 4, 7, 20)):
        assert together.inventory[place] == pytest.approx(flow(lead).inventory, rel=1e-12)
        assert together.receipts[place] == pytest.approx(flow(lead).receipts, rel=1e-12)
