"""`profit_pool` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model import arithmetic
from shortcase.model.accounts import profit_pool


def test_profit_pool() -> None:
    assert arithmetic.share(profit_pool.profit(98.0, 0.75), 147.0) == pytest.approx(0.5, rel=1e-12)
    taken = arithmetic.ratio(30.0, 120.0)
    assert profit_pool.margin_after_toll(0.75, taken, 0.2) == pytest.approx(0.70, rel=1e-12)
    assert arithmetic.ratio(0.05, taken) == pytest.approx(0.2, rel=1e-12)
    # 3.4928 trillion at 2.2 per cent
    assert arithmetic.ratio(3.4928e12, 0.022) == pytest.approx(158.7636363636e12, rel=1e-9)
