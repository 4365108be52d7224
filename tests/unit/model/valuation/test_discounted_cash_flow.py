"""`discounted_cash_flow` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.valuation import discounted_cash_flow


def test_the_terminal_value_is_the_endless_sum() -> None:
    # Profit of 100 in the last year, growing by 3 per cent, of which g/R is put back: ten thousand years by hand.
    flows = [100 * (1.03 / 1.1) ** k * (1 - 0.03 / 0.25) for k in range(1, 10_000)]
    found = discounted_cash_flow.terminal_value_of_growth(100.0, 0.03, 0.1, 0.25)
    assert found == pytest.approx(sum(flows), rel=1e-12)
    assert discounted_cash_flow.multiple_implied(found, 100.0) * 100 == pytest.approx(found, rel=1e-12)


def test_a_fading_excess_is_its_endless_sum() -> None:
    # Each year sales grow by 3 %, nine tenths of the excess are left, and a part g/R of the profit is reinvested.
    years = np.arange(1.0, 2000.0)
    profit = (60.0 + 40.0 * 0.9**years) * 1.03**years * (1.0 - 0.03 / 0.25)
    found = discounted_cash_flow.terminal_value_with_fade(
        100.0, 40.0, 0.9, growth=0.03, rate=0.1, return_on_new_capital=0.25
    )
    assert float(np.sum(profit / 1.1**years)) == pytest.approx(found, rel=1e-12)
    lasting = discounted_cash_flow.terminal_value_with_fade(
        100.0, 40.0, 1.0, growth=0.03, rate=0.1, return_on_new_capital=0.25
    )
    assert lasting == pytest.approx(discounted_cash_flow.terminal_value_of_growth(100.0, 0.03, 0.1, 0.25), rel=1e-12)


def test_a_beta_is_shrunk_by_a_third_of_its_way_to_one() -> None:
    assert discounted_cash_flow.shrunk_beta(1.0) == pytest.approx(1.0)
    assert discounted_cash_flow.shrunk_beta(2.5) == pytest.approx(2.0)
