"""`operating_leverage` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.accounts.margin_bridge import cost_rise, price_cut
from shortcase.model.accounts.operating_leverage import growth_miss, operating_margin, operating_profit_change


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
