"""`price_identification` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model import arithmetic
from shortcase.model.demand import price_identification as pi


def test_list_prices_of_the_day() -> None:
    # R1 against o1: 15/0.55 and 60/2.19; discounts of 96.3 and 96.4 per cent
    ratios = arithmetic.ratio(np.array([15.0, 60.0]), np.array([0.55, 2.19]))
    assert ratios == pytest.approx([27.2727, 27.3973], abs=1e-4)
    assert pi.discount(ratios) == pytest.approx([0.96333, 0.9635], abs=1e-4)
    assert pi.ratio_of_discount(pi.discount(ratios)) == pytest.approx(ratios, rel=1e-12)


def test_the_three_unknowns_agree() -> None:
    ratio, rival, own = 27.0, np.array([-0.5, 0.0, 0.8]), 0.3
    k = pi.efficiency(ratio, rival, own)
    assert pi.rival_margin(ratio, k, own) == pytest.approx(rival, abs=1e-12)
    assert pi.own_margin(ratio, k, rival) == pytest.approx([own] * 3, abs=1e-12)


def test_from_first_principles() -> None:
    # costs 4 and 1, margins 0.6 and 0.5: prices 10 and 2, so a ratio of five hides a cost ratio of four
    assert pi.efficiency(price_ratio=10.0 / 2.0, rival_margin=0.6, own_margin=0.5) == pytest.approx(4.0, rel=1e-12)


def test_fifty_times_at_twenty_times_the_price_is_a_loss() -> None:
    # sells at 40 per cent of cost: margin 1 − 1/0.4
    assert pi.rival_margin(20.0, 50.0, 0.0) == pytest.approx(1 - 1 / 0.4, rel=1e-12)


def test_blend() -> None:
    assert pi.blended_price(2.5, 10.0, np.array([0.0, 3.0])).tolist() == [10.0, 4.375]


def test_price_on_trend() -> None:
    # ten times a year: half a year is the square root of ten
    assert pi.price_on_trend(37.5, 10.0, np.array([0.0, 6.0, 12.0])) == pytest.approx([37.5, 11.858541, 3.75], rel=1e-6)
