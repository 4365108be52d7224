"""`benchmark_error` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model import arithmetic
from shortcase.model.language_models import benchmark_error as be

Z95 = 1.959964


@pytest.mark.parametrize(
    ("right", "items", "low", "high"),
    # Newcombe, Statistics in Medicine 17, 1998, table I, method 3 (the score interval without continuity correction)
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(right: int, items: int, low: float, high: float) -> None:
    assert be.wilson_low(right / items, items, Z95) == pytest.approx(low, abs=5e-5)
    assert be.wilson_high(right / items, items, Z95) == pytest.approx(high, abs=5e-5)


def test_wilson_ends_solve_the_score_equation() -> None:
    """Each end q is where |p − q| is z standard errors of q itself, which is how Wilson defines it."""
    for end in (be.wilson_low(0.798, 30, Z95), be.wilson_high(0.798, 30, Z95)):
        assert abs(0.798 - end) == pytest.approx(Z95 * np.sqrt(end * (1 - end) / 30), rel=1e-9)


def test_all_right_still_leaves_an_interval() -> None:
    # p = 1: the lower end is n / (n + z²), the upper end one
    assert be.wilson_low(1.0, 30, 2.0) == pytest.approx(30 / 34, rel=1e-12)
    assert be.wilson_high(1.0, 30, 2.0) == pytest.approx(1.0, rel=1e-12)


def test_repeating_helps_only_within_questions() -> None:
    once = be.standard_error(0.798, 30)
    assert once == pytest.approx(np.sqrt(0.798 * 0.202 / 30), rel=1e-12)
    assert be.repeated_error(0.798, 30, 64, 1.0) == pytest.approx(once, rel=1e-12)
    assert be.repeated_error(0.798, 30, 1, 0.3) == pytest.approx(once, rel=1e-12)
    assert be.repeated_error(0.798, 30, 64, 0.0) == pytest.approx(once / 8, rel=1e-12)


def test_repeated_error_is_the_variance_of_a_made_up_test() -> None:
    """Half the questions at a chance of 0.4, half at 0.8: Var = (Var x + E[x(1 − x)]/K) / n, by hand."""
    chance = np.array([0.4, 0.8])
    p, between, within = 0.6, 0.04, (0.24 + 0.16) / 2
    assert between + within == pytest.approx(p * (1 - p))
    assert chance.var() == pytest.approx(between)
    expected = np.sqrt((between + within / 16) / 30)
    assert be.repeated_error(p, 30, 16, between / (p * (1 - p))) == pytest.approx(expected, rel=1e-12)


def test_limit_of_difficulty_is_reached_by_the_extreme_case() -> None:
    """A quarter of the questions at zero, a quarter at one half, half at one: p = 0.625, vote 0.75."""
    chance = np.array([0.0, 0.5, 1.0, 1.0])
    p = chance.mean()
    assert be.difficulty_share_limit(p, 0.75, 0.5) == pytest.approx(chance.var() / (p * (1 - p)), rel=1e-12)


def test_problems_and_gaps() -> None:
    assert be.problems_apart(0.798, 0.792, 30) == pytest.approx(0.18)
    assert arithmetic.difference(0.798, 0.792) == pytest.approx(0.006)


def test_ratings() -> None:
    assert be.rating_odds(2029.0, 2029.0) == 0.5
    assert be.rating_odds(2061.0, 2029.0) + be.rating_odds(2029.0, 2061.0) == pytest.approx(1.0)
    assert be.rating_odds(1900.0, 1500.0) == pytest.approx(10 / 11)
