"""`lead_fade` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from shortcase.model.markets import lead_fade as lf


def test_posterior_by_hand() -> None:
    # prior one follower in 365 days; four after 69 + 77 + 98 + 131 = 375 days; four waiting for 135: 365 + 375 + 540
    assert lf.posterior_events(1.0, 4.0) == 5.0
    assert lf.posterior_exposure(1.0, 365.0, 375.0, 4.0, 135.0) == 1280.0


@pytest.mark.parametrize("rivals", [1.0, 8.0])
def test_lead_averages_over_the_rate(rivals: float) -> None:
    rate = stats.gamma(5.0, scale=1.0 / 1280.0)
    expected, _ = integrate.quad(lambda r: np.exp(-r * rivals * 100.0) * rate.pdf(r), 0.0, 0.1)
    assert lf.lead_left(100.0, rivals, 5.0, 1280.0) == pytest.approx(expected, rel=1e-6)


def test_lead_time_turns_lead_left_round() -> None:
    time = lf.lead_time(0.5, 8.0, 5.0, 1280.0)
    assert lf.lead_left(time, 8.0, 5.0, 1280.0) == pytest.approx(0.5, rel=1e-12)


def test_many_events_make_a_plain_exponential() -> None:
    # a million followers at one in 200 days: the half-life is 200·ln 2
    assert lf.lead_time(0.5, 1.0, 1e6, 2e8) == pytest.approx(200.0 * np.log(2.0), rel=1e-5)


@pytest.mark.parametrize("events", [3.0, 5.0, 12.0])
@pytest.mark.parametrize("quantile", [0.05, 0.5, 0.95])
def test_half_life_against_the_exact_quantile(events: float, quantile: float) -> None:
    exact = np.log(2.0) / stats.gamma.ppf(quantile, events, scale=1.0 / 1280.0)
    assert lf.half_life(stats.norm.ppf(quantile), events, 1280.0) == pytest.approx(exact, rel=0.015)
