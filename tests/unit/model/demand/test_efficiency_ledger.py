"""`efficiency_ledger` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model import arithmetic
from shortcase.model.demand import efficiency_ledger as el

LEDGER = el.Ledger(work_per_token=10.0, tokens=1.05, hours_per_work=0.95, hours_outside=1.1, price_per_hour=1.0)


def test_shares_of_all_factors_and_the_residual_are_one() -> None:
    whole = 45.0
    rest = arithmetic.ratio(whole, el.documented(LEDGER))
    factors = np.array([*vars(LEDGER).values(), rest])
    assert np.prod(factors) == pytest.approx(whole, rel=1e-12)
    assert el.log_share(factors, whole).sum() == pytest.approx(1.0, rel=1e-12)


def test_a_factor_below_one_takes_away() -> None:
    assert el.log_share(0.5, 4.0) == pytest.approx(-0.5, rel=1e-12)
    assert el.log_share(1.0, 4.0) == 0.0


def test_trend_by_hand() -> None:
    # 28 months at eight months a halving: 2^3.5 = 8√2
    assert el.scheduled_gain(28.0, 8.0) == pytest.approx(8 * np.sqrt(2), rel=1e-12)
    assert arithmetic.ratio(6.6, el.scheduled_gain(28.0, 8.0)) == pytest.approx(0.583363, abs=1e-6)
    assert el.scheduled_gain(0.0, 8.0) == 1.0


def test_slower_trend_leaves_more_surprise() -> None:
    fast, slow = arithmetic.ratio(11.06, el.scheduled_gain(5.0, np.array([5.0, 14.0])))
    assert fast < slow
    assert fast == pytest.approx(5.53, rel=1e-12)


def test_months_of_progress_undo_the_trend() -> None:
    assert el.months_of_progress(el.scheduled_gain(7.5, 8.0), 8.0) == pytest.approx(7.5, rel=1e-12)


def test_halving_time_that_leaves_no_surprise() -> None:
    months = el.halving_for_no_surprise(11.06, 5.13)
    assert arithmetic.ratio(11.06, el.scheduled_gain(5.13, months)) == pytest.approx(1.0, rel=1e-12)


def test_months() -> None:
    assert el.months_between(365.25) == pytest.approx(12.0, rel=1e-12)
