"""`margin_bridge` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.accounts import margin_bridge
from shortcase.model.accounts.margin_bridge import cost_rise, elasticity_that_pays, price_cut
from shortcase.model.accounts.operating_leverage import operating_profit_change
from shortcase.model.chips.gpu_fleet import gpus_for_serving


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


def test_shapes_broadcast() -> None:
    cut = price_cut(0.75, np.array([0.70, 0.60]), elasticity=np.array([[0.0], [1.0]]))
    assert cut.gross_profit.shape == (2, 2)
    assert cut.gross_profit[0] == pytest.approx([7 / 9, 0.5])
    assert elasticity_that_pays(0.75, np.array([0.70, 0.60])).shape == (2,)
    assert operating_profit_change(np.array([1.0, 0.9]), 0.75, 0.126).shape == (2,)
    assert gpus_for_serving(np.array([1e8, 1e9]), 2e3, 6250.0, 0.3).shape == (2,)


def test_priced_like_memory() -> None:
    # unit cost 25 of 100: a margin of 20 per cent is a price of 31.25, so −68.75 per cent, and profit 6.25 of 75
    cut = margin_bridge.price_cut(0.75, 0.20, elasticity=0.0)
    assert cut.price == pytest.approx(0.3125, rel=1e-12)
    assert cut.gross_profit == pytest.approx(1 / 12, rel=1e-12)
