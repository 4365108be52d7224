"""`event_study` against published values and figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import linregress

from shortcase.model.trading import event_study


def test_the_market_model_is_a_regression() -> None:
    rng = np.random.default_rng(7)
    market = rng.normal(0.001, 0.01, 120)
    share = 0.002 + 1.7 * market + rng.normal(0.0, 0.02, 120)
    found, other = event_study.market_model(share, market), linregress(market, share)
    assert found.beta == pytest.approx(other.slope, rel=1e-12)
    assert found.alpha == pytest.approx(other.intercept, rel=1e-12)
    # scipy's error of the slope is s/√Sxx.
    assert found.noise == pytest.approx(other.stderr * math.sqrt(found.market_spread), rel=1e-12)


def test_the_market_model_by_hand() -> None:
    # m = −1, 0, 1 and r = −1, 3, 1: m̄ = 0, r̄ = 1, Sxx = 2, Sxy = 2, so β = 1, α = 1; left −1, 2, −1, s² = 6/1.
    found = event_study.market_model(np.array([-1.0, 3.0, 1.0]), np.array([-1.0, 0.0, 1.0]))
    assert (found.alpha, found.beta, found.days, found.market_mean, found.market_spread) == (1.0, 1.0, 3, 0.0, 2.0)
    assert found.noise == pytest.approx(math.sqrt(6.0))
    # A day with m = 2 and r = 7: AR = 7 − 1 − 2 = 4; its variance is 6·(1 + 1/3 + 4/2) = 20.
    assert event_study.abnormal_return(found, 7.0, 2.0) == pytest.approx(4.0)
    assert event_study.abnormal_error(found, 2.0) == pytest.approx(math.sqrt(20.0))
    # Two such days: CAR = 8; its variance is 6·(2 + 4/3 + 16/2) = 68, more than twice 20.
    days = np.array([2.0, 2.0])
    assert event_study.cumulative_abnormal_return(found, np.array([7.0, 7.0]), days) == pytest.approx(8.0)
    assert event_study.cumulative_error(found, days) == pytest.approx(math.sqrt(68.0))
    assert event_study.cumulative_error(found, days[:1]) == pytest.approx(math.sqrt(20.0))
    assert event_study.in_standard_errors(8.0, 2.0) == 4.0


def test_the_error_of_a_window_is_that_of_many_draws() -> None:
    rng = np.random.default_rng(3)
    market, window = rng.normal(0.0, 0.01, 60), np.array([0.02, 0.015, -0.01])
    noise = rng.normal(0.0, 0.02, (20_000, 63))
    fitted = event_study.market_model(market + noise[:, :60], np.broadcast_to(market, (20_000, 60)))
    cars = np.sum(window + noise[:, 60:] - fitted.alpha[:, None] - fitted.beta[:, None] * window, axis=-1)
    known = event_study.MarketModel(0.0, 1.0, 0.02, 60, market.mean(), ((market - market.mean()) ** 2).sum())
    assert np.std(cars) == pytest.approx(event_study.cumulative_error(known, window), rel=0.02)
