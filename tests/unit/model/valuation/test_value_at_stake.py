"""`value_at_stake` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model import arithmetic
from shortcase.model.valuation import value_at_stake


def test_value_at_stake_by_hand() -> None:
    # A price of 3,500 for a gross profit of one: a quarter less is 875 less. Readings of 45 and 20 are 125 % apart.
    assert value_at_stake.value_change(3500.0, 0.75, 1.0) == 875.0
    assert value_at_stake.reading_gap(20.0, 45.0) == value_at_stake.reading_gap(45.0, 20.0) == 1.25
    # Two fifths of it, of which a tenth is left: 1 − 0.4·0.9.
    assert value_at_stake.profit_left(arithmetic.product(0.8, 0.5), 0.1) == pytest.approx(0.64)
    assert value_at_stake.sales_lost(0.2, 0.25) == pytest.approx(0.15)
    assert arithmetic.ratio(3000.0, 24.0) == 125.0
    # Of 36 = 6·6 each six is half of the logarithm. Two of three gaps are beyond a tenth.
    assert value_at_stake.main_factor(36.0) == 6.0
    assert value_at_stake.count_beyond([0.05, 1.25, 0.5], 0.1) == 2.0
    assert value_at_stake.outweighed([0.01, 0.06, 0.02], 0.03) == 2.0
    # One year at ten per cent: 100·0.75·0.8 / 1.1.
    assert value_at_stake.lost_profits(100.0, 0.75, 0.2, 0.1, 1.0) == pytest.approx(60.0 / 1.1)
