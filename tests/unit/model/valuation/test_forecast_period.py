"""`forecast_period` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.valuation import forecast_period


def test_an_advantage_that_lasts_longer_is_worth_more_and_the_years_are_found_again() -> None:
    worth = forecast_period.value_after_years(
        177.0, growth=0.2, margin=0.5, reinvested=0.3, rate=0.1, inflation=0.025, years=20, early=0.5
    )
    assert all(np.diff([float(w) for w in worth]) > 0)
    assert float(forecast_period.implied_years(worth[8], worth)) == pytest.approx(9.0, rel=1e-12)
    assert float(forecast_period.implied_years(0.5 * worth[0], worth)) == 0.0
    # One year by hand: half of 177 in mid-year, less 0.3 of the 29.5 of new sales, and profit that grows with prices.
    first = (88.5 - 0.3 * (177 - 177 / 1.2)) / 1.1**0.5 + 88.5 * 1.025 / 0.075 / 1.1**0.5
    assert float(worth[0]) == pytest.approx(first, rel=1e-12)
