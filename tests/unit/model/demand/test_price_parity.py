"""`price_parity` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.demand import price_parity


def test_parity_price() -> None:
    # a rival at 15,000 with 20,000 around it, three quarters as fast: 35,000/0.75 = 46,666 2/3, less one's own 20,000
    rival = price_parity.all_in_usd(15_000.0, 20_000.0)
    assert price_parity.parity_price_usd(rival, 20_000.0, 0.75) == pytest.approx(26_666.6666667, rel=1e-9)
    # as fast, and with the same around it, it is the rival's price
    assert price_parity.parity_price_usd(rival, 20_000.0, 1.0) == pytest.approx(15_000.0, rel=1e-12)
