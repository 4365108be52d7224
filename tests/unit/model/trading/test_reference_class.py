"""`reference_class` against published values and figures worked by hand."""

from __future__ import annotations

import math

import pytest

from shortcase.model.trading import reference_class


def test_a_fairly_priced_stock_lags_more_often_than_not() -> None:
    # ln(excess) has mean −σ²/2, so it is below zero with chance Φ(σ/2): at σ = 1, Φ(0.5) = 0.6915.
    assert reference_class.chance_of_lagging(0.0, 1.0, 1.0) == pytest.approx(0.6915, abs=5e-5)


def test_the_record_is_the_chance_undone() -> None:
    m = reference_class.return_behind(0.69, 0.5, 2.0)
    assert reference_class.chance_of_lagging(m, 0.5, 2.0) == pytest.approx(0.69, abs=1e-12)
    still = reference_class.volatility_without_drift(0.69, 2.0)
    assert reference_class.return_behind(0.69, still, 2.0) == pytest.approx(0.0, abs=1e-12)


def test_a_view_as_sure_as_the_class_is_narrow_gets_half_the_weight() -> None:
    # By hand: τ = s gives w = 1/2 and a pooled return in the middle; the error left is τ/√2.
    assert reference_class.weight_of_view(0.05, 0.05) == 0.5
    assert reference_class.pooled_return(-0.02, 0.05, -0.2, 0.05) == pytest.approx(-0.11)
    assert reference_class.pooled_error(0.05, 0.05) == pytest.approx(0.05 / math.sqrt(2.0))
    # By hand: 3 and 4 make 3·4/5 = 2.4, and w = 9/25.
    assert reference_class.pooled_error(0.3, 0.4) == pytest.approx(0.24)
    assert reference_class.weight_of_view(0.3, 0.4) == pytest.approx(0.36)
    pooled = reference_class.pooled_return(-0.03, 0.3, -0.2, 0.4)
    assert reference_class.class_return_for(pooled, 0.3, -0.2, 0.4) == pytest.approx(-0.03)


def test_patience_grows_with_the_square_of_the_noise() -> None:
    # By hand: a tenth a year in a half a year's noise takes (2·0.5/0.1)² = 100 years for two standard errors.
    assert reference_class.years_to_tell(-0.1, 0.5, 2.0) == pytest.approx(100.0)
