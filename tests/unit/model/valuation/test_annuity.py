"""`annuity` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.valuation.annuity import affordable_outlay, capital_recovery_factor, hourly_charge, present_value


@pytest.mark.parametrize(
    ("rate", "years", "printed"),
    # (A/P, i, N) columns as printed, to their five decimals, in interest tables for 8, 10 and 12 per cent
    [(0.10, 5, 0.26380), (0.08, 10, 0.14903), (0.12, 4, 0.32923), (0.12, 5, 0.27741), (0.10, 1, 1.10000)],
)
def test_printed_interest_tables(rate: float, years: float, printed: float) -> None:
    assert capital_recovery_factor(rate, years) == pytest.approx(printed, abs=5e-6)


def test_no_interest_is_straight_line() -> None:
    assert capital_recovery_factor(0.0, 4.0) == pytest.approx(0.25, rel=1e-12)
    # the quotient runs into the straight line: CRF → 1/n + r (n + 1) / 2n
    assert capital_recovery_factor(2e-6, 4.0) == pytest.approx(0.25 + 2e-6 * 5 / 8, rel=1e-9)


def test_payments_repay_the_outlay() -> None:
    # year by year: balance grows at the rate and falls by the charge; after the last year nothing is owed
    balance = 1.0
    for _ in range(7):
        balance = balance * 1.09 - capital_recovery_factor(0.09, 7)
    assert balance == pytest.approx(0.0, abs=1e-12)


def test_shapes_broadcast() -> None:
    grid = capital_recovery_factor(np.array([[0.0], [0.1]]), np.array([1.0, 2.0, 3.0]))
    assert grid.shape == (2, 3)
    assert grid[0] == pytest.approx([1.0, 0.5, 1 / 3])
    assert grid[1, 1] == pytest.approx(0.1 / (1 - 1.1**-2))


def test_hour_and_present_value() -> None:
    assert hourly_charge(8760.0, 0.0, 2.0) == pytest.approx(0.5)
    assert present_value(1.0, 0.1, 2.0) == pytest.approx(1 / 1.1 + 1 / 1.21)
    assert affordable_outlay(hourly_charge(3e5, 0.1, 4.0), 0.1, 4.0) == pytest.approx(3e5, rel=1e-12)
