"""`cost_per_flop` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model import arithmetic
from shortcase.model.chips import cost_per_flop

EXACT = 1e-6


def test_chips_per_unit_of_something() -> None:
    # the essay's own figures: 32 times the arithmetic on 56.79 times the silicon
    assert arithmetic.ratio(46_225.0, 814.0) == pytest.approx(56.7875, rel=1e-6)
    assert cost_per_flop.per_unit_ratio(32.0, 1.0, 46_225.0, 814.0) == pytest.approx(32 * 814 / 46_225, rel=1e-12)
    assert cost_per_flop.orders_of_magnitude(4e12, 80e9) == pytest.approx(1.69897, rel=1e-5)
    assert cost_per_flop.good_chip_usd(16_988.0, 63.0, 0.5) == pytest.approx(539.3016, rel=1e-6)
    assert cost_per_flop.usd_per_pflop(40_000.0, 2e15) == pytest.approx(20_000.0)
    assert cost_per_flop.units_needed(141.1e9, 44e9) == 4


def test_published_price_ratios() -> None:
    # chip only, dense BF16: 15,000/1,307.4 against 40,000, 30,000 and 25,000 over 989.4
    ratio = cost_per_flop.per_unit_ratio(15_000.0, np.array([40e3, 30e3, 25e3]), 1307.4, 989.4)
    assert ratio == pytest.approx([0.28379, 0.37838, 0.45406], abs=1e-5)


def test_one_wafer_against_one_die() -> None:
    assert arithmetic.ratio(46_225.0, 814.0) == pytest.approx(56.787469, rel=EXACT)
    assert arithmetic.ratio(900_000.0, 132.0) == pytest.approx(6818.181818, rel=EXACT)
    assert cost_per_flop.per_unit_ratio(32.0, 1.0, 46_225.0, 814.0) == pytest.approx(0.56350460, rel=EXACT)
    # 125 PFLOP/s against 1.979 (sparse FP16) and 3.958 (sparse FP8): 63.2 and the essay's 32
    assert arithmetic.ratio(125e15, 1.979e15) == pytest.approx(125 / 1.979, rel=EXACT)
    assert arithmetic.ratio(125e15, 3.958e15) == pytest.approx(31.581607, rel=EXACT)
