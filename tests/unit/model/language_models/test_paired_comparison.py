"""`paired_comparison` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from shortcase.model.language_models import paired_comparison as pc


def test_error_of_a_difference_is_that_of_paired_columns() -> None:
    ours = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 1.0])
    theirs = np.array([1.0, 0.0, 0.0, 1.0, 1.0, 1.0])
    n = len(ours)
    error = pc.paired_error(ours.std() / n**0.5, theirs.std() / n**0.5, np.corrcoef(ours, theirs)[0, 1])
    assert error == pytest.approx((ours - theirs).std() / n**0.5, rel=1e-12)


def test_equal_errors_and_full_correlation_leave_none() -> None:
    assert pc.paired_error(0.07, 0.07, 1.0) == pytest.approx(0.0, abs=1e-9)


def test_the_test_of_equality_is_the_larger_of_two_one_sided_tests() -> None:
    difference, error, margin = 0.006, 0.06, 0.05
    lower = stats.norm.sf((difference + margin) / error)
    upper = stats.norm.cdf((difference - margin) / error)
    assert pc.equality_p_value(difference, error, margin) == pytest.approx(max(lower, upper), rel=1e-12)


def test_equality_turns_at_the_smallest_margin() -> None:
    z = stats.norm.ppf(0.95)
    margin = pc.smallest_margin(-0.006, 0.06, z)
    assert pc.equality_p_value(-0.006, 0.06, margin) == pytest.approx(0.05, rel=1e-9)
    assert pc.error_for_equality(-0.006, margin, z) == pytest.approx(0.06, rel=1e-12)


def test_thirty_questions_need_a_correlation_of_about_0_93() -> None:
    """Binomial errors of 79.8 and 79.2 per cent on 30 questions, equality within 5 points at the 5 per cent level.

    By hand: s₁² = 0.798·0.202/30 = 0.00537320, s₂² = 0.792·0.208/30 = 0.00549120, SE = (0.05 − 0.006)/1.644854 =
    0.0267501, so ρ = (0.01086440 − 0.00071557)/(2·0.0733021·0.0741026) = 0.01014883/0.01086376 = 0.934192.
    """
    first, second = np.sqrt(0.798 * 0.202 / 30), np.sqrt(0.792 * 0.208 / 30)
    needed = pc.error_for_equality(0.006, 0.05, 1.644854)
    assert needed == pytest.approx(0.0267501, rel=1e-5)
    assert pc.correlation_for_error(needed, first, second) == pytest.approx(0.93419, abs=2e-5)


def test_correlation_solves_the_error() -> None:
    rho = pc.correlation_for_error(0.05, 0.06, 0.07)
    assert pc.paired_error(0.06, 0.07, rho) == pytest.approx(0.05, rel=1e-12)


def test_no_correlation_suffices_beyond_the_margin() -> None:
    needed = pc.error_for_equality(0.08, 0.05, 1.645)
    assert needed == 0.0
    assert pc.correlation_for_error(needed, 0.06, 0.07) >= 1.0


def test_questions_for_an_error() -> None:
    assert pc.items_for_error(0.02, 0.06, 30) == pytest.approx(270)


def test_power_is_what_it_says() -> None:
    z_test, z_power = stats.norm.ppf(0.975), stats.norm.ppf(0.8)
    effect = pc.detectable_difference(0.06, z_test, z_power)
    assert stats.norm.sf(z_test - effect / 0.06) == pytest.approx(0.8, rel=1e-9)


def test_probability_ahead() -> None:
    assert pc.probability_ahead(0.0, 0.06) == 0.5
    assert pc.probability_ahead(0.06, 0.06) == pytest.approx(0.841345, abs=1e-6)


def test_the_ends_of_an_interval_lie_as_far_from_it() -> None:
    low, high = (pc.bound(0.03, 0.02, z) for z in (-1.5, 1.5))
    assert (low, high) == pytest.approx((0.0, 0.06), abs=1e-15)
