"""`forecast_score` against published values and figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from shortcase.model.probability import forecast_score


def test_scores_by_hand() -> None:
    p, o = np.array([0.9, 0.6, 0.2]), np.array([1.0, 0.0, 0.0])
    # (0.01 + 0.36 + 0.04)/3; −(log₂ 0.9 + log₂ 0.4 + log₂ 0.8)/3 = −log₂ 0.288 / 3.
    assert forecast_score.brier(p, o) == pytest.approx(0.41 / 3.0)
    assert forecast_score.log_score(p, o) == pytest.approx(-math.log2(0.288) / 3.0)
    # 0.09 + 0.24 + 0.16; and 0.64·0.09 + 0.04·0.24 + 0.36·0.16 = 0.1248.
    assert forecast_score.expected_brier(p) == pytest.approx(0.49 / 3.0)
    assert forecast_score.brier_error(p) == pytest.approx(math.sqrt(0.1248) / 3.0)
    assert forecast_score.calibration_z(p, o) == pytest.approx((0.41 - 0.49) / math.sqrt(0.1248))
    assert (forecast_score.decided(o), forecast_score.came_true(o)) == (3.0, 1.0)
    assert forecast_score.skill(0.41 / 3.0, 0.25) == pytest.approx(1.0 - 0.41 / 0.75)


def test_a_coin_gets_a_quarter_and_a_bit_whatever_happens() -> None:
    half = np.full(4, 0.5)
    for happened in (np.zeros(4), np.ones(4), np.array([1.0, 0.0, 1.0, 1.0])):
        assert forecast_score.brier(half, happened) == 0.25
        assert forecast_score.log_score(half, happened) == pytest.approx(1.0)


def test_both_scores_are_proper() -> None:
    # Whoever believes 0.7 does best, on average, by saying 0.7.
    said = np.linspace(0.05, 0.95, 91)[:, None]
    for score in (forecast_score.brier, forecast_score.log_score):
        mean = 0.7 * score(said, np.ones((91, 1))) + 0.3 * score(said, np.zeros((91, 1)))
        assert said[np.argmin(mean), 0] == pytest.approx(0.7)


def test_the_spread_of_the_score_is_that_of_many_draws() -> None:
    rng = np.random.default_rng(5)
    p = np.array([0.75, 0.75, 0.93, 0.3])
    drawn = (rng.random((200_000, 4)) < p).astype(float)
    scores = forecast_score.brier(p, drawn)
    assert np.mean(scores) == pytest.approx(forecast_score.expected_brier(p), rel=0.01)
    assert np.std(scores) == pytest.approx(forecast_score.brier_error(p), rel=0.01)


def test_how_many_forecasts_it_takes() -> None:
    # By hand: at n the error of a share is √(0.75·0.25/n); it is a half of the gap of 0.25 at n = 12.
    n = forecast_score.forecasts_to_tell(0.75, 0.5, 2.0)
    assert math.sqrt(0.75 * 0.25 / n) == pytest.approx(0.125)
