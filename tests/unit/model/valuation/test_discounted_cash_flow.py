"""`discounted_cash_flow` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.valuation import discounted_cash_flow


def test_the_terminal_value_is_the_endless_sum() -> None:
    # Profit of 100 in the last year, growing by 3 per cent, of which g/R is put back: ten thousand years by hand.
    flows = [100 * (1.03 / 1.1) ** k * (1 - 0.03 / 0.25) for k in range(1, 10_000)]
    found = discounted_cash_flow.terminal_value_of_growth(100.0, 0.03, 0.1, 0.25)
    assert found == pytest.approx(sum(flows), rel=1e-12)
    assert discounted_cash_flow.multiple_implied(0.03, 0.1, 0.25) * 100 == pytest.approx(found, rel=1e-12)
