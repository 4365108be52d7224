"""`black_scholes` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.trading import black_scholes


def test_put_and_call_differ_by_the_forward() -> None:
    put = black_scholes.put_price(42.0, 40.0, 0.2, 0.1, 0.5)
    call = put + 42.0 - 40.0 * np.exp(-0.05)
    assert float(call) == pytest.approx(4.76, abs=0.005)  # Hull's example
    assert float(put) == pytest.approx(0.81, abs=0.005)
