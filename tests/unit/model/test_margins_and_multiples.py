"""Margins by cause, operating leverage, multiples and fleets: worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model import arithmetic
from shortcase.model.accounts.margin_bridge import cost_rise, elasticity_that_pays, price_cut
from shortcase.model.accounts.operating_leverage import growth_miss, operating_margin, operating_profit_change
from shortcase.model.chips.gpu_fleet import gpus_for_run, gpus_for_serving, run_days
from shortcase.model.valuation.sales_multiple import (
    gross_profit,
    growth_in_price,
    implied_growth,
    market_value,
    price_to_sales,
    revised,
)


def test_a_margin_of_75_falls_to_70() -> None:
    # cost: 70/75 = 14/15. Price: unit cost 25 at a price of 100; a margin of 70 needs a price of 25/0.30 = 83 1/3, so
    # the price falls by a sixth and the profit a unit from 75 to 58 1/3, which is 7/9
    assert cost_rise(0.75, 0.70) == pytest.approx(14 / 15, rel=1e-12)
    cut = price_cut(0.75, 0.70, elasticity=0.0)
    assert cut.price == pytest.approx(5 / 6, rel=1e-12)
    assert (cut.volume, cut.sales) == pytest.approx((1.0, 5 / 6), rel=1e-12)
    assert cut.gross_profit == pytest.approx(7 / 9, rel=1e-12)


def test_a_price_cut_to_60_halves_profit() -> None:
    # unit cost 25: price 62.5, profit a unit 37.5, half of 75
    assert price_cut(0.75, 0.60, elasticity=0.0).gross_profit == pytest.approx(0.5, rel=1e-12)


def test_volume_answers_the_price() -> None:
    # at elasticity one sales stay, so the loss is that of the margin alone, as if cost had risen
    cut = price_cut(0.75, 0.70, elasticity=1.0)
    assert cut.sales == pytest.approx(1.0, rel=1e-12)
    assert cut.gross_profit == pytest.approx(cost_rise(0.75, 0.70), rel=1e-12)
    # at elasticity two volume grows by (6/5)² = 1.44: profit 1.44 · 7/9
    assert price_cut(0.75, 0.70, elasticity=2.0).gross_profit == pytest.approx(1.12, rel=1e-12)


def test_the_elasticity_that_pays() -> None:
    pays = elasticity_that_pays(0.75, 0.70)
    assert price_cut(0.75, 0.70, pays).gross_profit == pytest.approx(1.0, rel=1e-12)
    # for a small cut it is the Lerner condition, one over the margin
    assert elasticity_that_pays(0.75, 0.75 - 1e-7) == pytest.approx(1 / 0.75, rel=1e-6)


def test_operating_profit_with_costs_held_in_dollars() -> None:
    # expected 0.75 − 0.126 = 0.624; cost 0.70 − 0.126 = 0.574; price 0.75 · 7/9 − 0.126 = 0.457333
    assert operating_margin(1.0, 0.75, 0.126) == pytest.approx(0.624, rel=1e-12)
    assert operating_margin(14 / 15, 0.75, 0.126) == pytest.approx(0.574, rel=1e-12)
    assert operating_margin(7 / 9, 0.75, 0.126) == pytest.approx(0.4573333333, rel=1e-9)
    assert operating_profit_change(14 / 15, 0.75, 0.126) == pytest.approx(-0.05 / 0.624, rel=1e-12)
    assert operating_profit_change(7 / 9, 0.75, 0.126) == pytest.approx(-0.1666666667 / 0.624, rel=1e-9)
    assert operating_profit_change(1.0, 0.75, 0.126) == 0.0


def test_growth_miss() -> None:
    assert growth_miss(1.0, 0.85) == pytest.approx(0.925, rel=1e-12)
    # both shocks: 1.85/2 · 14/15 = 0.86333, and with the price cause 1.85/2 · 7/9 = 0.71944
    assert growth_miss(1.0, 0.85) * cost_rise(0.75, 0.70) == pytest.approx(0.8633333333, rel=1e-9)
    assert growth_miss(1.0, 0.85) * price_cut(0.75, 0.70, 0.0).gross_profit == pytest.approx(0.7194444444, rel=1e-9)


def test_multiples() -> None:
    # 24,490 million shares at $142.62: 3,492.7638 billion; a twentieth of it is 174.63819
    value = market_value(142.62, 24_490e6)
    assert value == pytest.approx(3_492.7638e9, rel=1e-9)
    assert price_to_sales(value, 177e9) == pytest.approx(19.7331288, rel=1e-8)
    assert implied_growth(value, 20.0, 130.497e9) == pytest.approx(174.63819 / 130.497 - 1, rel=1e-9)
    assert arithmetic.growth(2.95, 4.43) == pytest.approx(1.48 / 2.95, rel=1e-12)
    assert gross_profit(128.7, 0.85, 0.70) == pytest.approx(166.6665, rel=1e-9)
    # earnings a share from 4.07 to 4.43: 177 · 443/407 = 78,411/407
    assert revised(177.0, arithmetic.growth(4.07, 4.43)) == pytest.approx(78_411 / 407, rel=1e-12)


def test_fleets() -> None:
    assert arithmetic.ratio(100_000, 2_048) == pytest.approx(48.828125, rel=1e-12)
    # the V3 report itself: 2.788 million hours on 2,048 cards are 56.7 days ("less than two months")
    assert run_days(2.788e6, 2_048) == pytest.approx(56.7220052, rel=1e-8)
    assert gpus_for_run(2.788e6, run_days(2.788e6, 2_048)) == pytest.approx(2_048, rel=1e-12)
    # 86,400 people asking for one token a day are one token a second: one card at 2 tokens/s, half busy
    assert gpus_for_serving(86_400.0, 1.0, 2.0, 0.5) == pytest.approx(1.0, rel=1e-12)


def test_shapes_broadcast() -> None:
    cut = price_cut(0.75, np.array([0.70, 0.60]), elasticity=np.array([[0.0], [1.0]]))
    assert cut.gross_profit.shape == (2, 2)
    assert cut.gross_profit[0] == pytest.approx([7 / 9, 0.5])
    assert elasticity_that_pays(0.75, np.array([0.70, 0.60])).shape == (2,)
    assert operating_profit_change(np.array([1.0, 0.9]), 0.75, 0.126).shape == (2,)
    assert gpus_for_serving(np.array([1e8, 1e9]), 2e3, 6250.0, 0.3).shape == (2,)


def test_growth_in_the_price_by_hand() -> None:
    # Earnings of 4.43 for ever, at nine per cent, are worth 49.22; 142.62 less that is 93.40, or 65.5 per cent of it.
    assert growth_in_price(142.62, 4.43, 0.09) == pytest.approx(0.65487, abs=5e-6)
    assert growth_in_price(50.0, 5.0, 0.1) == pytest.approx(0.0)
