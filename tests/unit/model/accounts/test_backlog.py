"""`backlog` against published values and figures worked by hand."""

from __future__ import annotations

import pytest
from scipy.optimize import brentq

from shortcase.model.accounts import backlog


def test_orders_in_hand_run_out_when_the_balance_says() -> None:
    def left(quarters: float) -> float:
        # Shipped less ordered, one quarter's sales being one.
        shipped = quarters + 0.07 * quarters**2 / 2.0
        return 2.8 - (shipped - (1.0 - 0.3) * quarters)

    hidden = backlog.quarters_hidden(2.8, 0.3, 0.07)
    assert hidden == pytest.approx(brentq(left, 0.1, 50.0))
    assert backlog.cover_that_hides(hidden, 0.3, 0.07) == pytest.approx(2.8)
    assert backlog.quarters_hidden(2.8, 0.7, 0.0) == pytest.approx(4.0)
    assert backlog.quarters_hidden(2.0, 0.0, 0.25) == pytest.approx(4.0)


def test_the_drop_by_hand() -> None:
    # What is made has grown to 1.5, orders are 0.75: half is missing.
    assert backlog.drop(0.25, 0.125, 4.0) == pytest.approx(0.5)
    assert backlog.firm_cover(4.0, 0.3) == pytest.approx(2.8)
    assert backlog.cover(28.9e9, 8.926e9) == pytest.approx(3.2377, abs=1e-4)
