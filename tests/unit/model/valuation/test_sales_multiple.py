"""`sales_multiple` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model import arithmetic
from shortcase.model.valuation.sales_multiple import (
    gross_profit,
    growth_in_price,
    implied_growth,
    market_value,
    price_to_sales,
    revised,
)


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


def test_growth_in_the_price_by_hand() -> None:
    # Earnings of 4.43 for ever, at nine per cent, are worth 49.22; 142.62 less that is 93.40, or 65.5 per cent of it.
    assert growth_in_price(142.62, 4.43, 0.09) == pytest.approx(0.65487, abs=5e-6)
    assert growth_in_price(50.0, 5.0, 0.1) == pytest.approx(0.0)
