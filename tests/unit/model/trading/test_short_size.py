"""`short_size` against published values and figures worked by hand."""

from __future__ import annotations

import math

import pytest
from scipy.optimize import minimize_scalar

from shortcase.model.trading import short_size


def test_without_drift_the_price_is_a_fair_game() -> None:
    # A martingale stopped at 1 − d or 1 + u: P·d = (1 − P)·u, so P = u/(u + d), and the best size is zero.
    chance = short_size.chance_of_target_first(0.0, 0.5, 0.4, 0.5)
    assert chance == pytest.approx(0.5 / 0.9)
    assert short_size.chance_needed(0.4, 0.5) == pytest.approx(chance)
    assert short_size.best_size(chance, 0.4, 0.5) == pytest.approx(0.0, abs=1e-12)
    assert short_size.fall_needed(chance, 0.5) == pytest.approx(0.4)


def test_with_level_logarithms_only_the_distances_count() -> None:
    # m = σ²/2: the logarithm has no drift, so a target and a stop at equal distances in it are equally likely.
    chance = short_size.chance_of_target_first(0.125, 0.5, 0.5, 1.0)
    assert chance == pytest.approx(0.5)
    near = short_size.chance_of_target_first(0.125 + 1e-5, 0.5, 0.5, 1.0)
    assert near == pytest.approx(0.5, abs=1e-4)


def test_years_held_by_hand() -> None:
    # σ = 1, m = 0, d = 1/2, u = 1: P = 2/3, mean log −ln2/3, drift −1/2, so T = 2·ln2/3.
    assert short_size.years_held(0.0, 1.0, 0.5, 1.0) == pytest.approx(2.0 * math.log(2.0) / 3.0)


def test_no_other_size_grows_faster() -> None:
    exits = {"volatility": 0.5, "fall": 0.4, "rise": 0.5}
    chance = short_size.chance_of_target_first(-0.1, **exits)
    best = short_size.best_size(chance, 0.4, 0.5)
    found = minimize_scalar(lambda f: -short_size.growth_a_year(f, -0.1, **exits), bounds=(0.0, 1.9), method="bounded")
    assert best == pytest.approx(found.x, abs=1e-4)


def test_close_exits_lead_to_the_textbook() -> None:
    # Set back at every moment, the size is −m/σ²; with exits a thousandth away it has to be nearly that.
    chance = short_size.chance_of_target_first(-0.1, 0.5, 0.001, 0.001)
    assert short_size.best_size(chance, 0.001, 0.001) == pytest.approx(short_size.textbook_size(-0.1, 0.5), rel=2e-3)
