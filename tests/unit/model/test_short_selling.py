"""The outside view and the short position, against published tables and figures worked by hand."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import ndtr, ndtri

from shortcase.facts import later, table
from shortcase.model.probability import normal_distribution
from shortcase.model.trading import reference_class, short_position, short_size

AS_OF = "2025-01-25"


def test_the_normal_distribution_is_that_of_the_tables() -> None:
    # Any table of the normal distribution: Φ(1) = 0.8413, Φ(1.645) = 0.95, Φ(2.576) = 0.995.
    assert normal_distribution.share_below(np.array([1.0, 1.645, 2.576])) == pytest.approx(
        [0.8413, 0.95, 0.995], abs=5e-5
    )
    z = np.linspace(-7.0, 7.0, 57)
    assert normal_distribution.share_below(z) == pytest.approx(ndtr(z), abs=1e-12)
    shares = np.linspace(0.001, 0.999, 41)
    assert normal_distribution.quantile(shares) == pytest.approx(ndtri(shares), abs=1e-10)


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


def year_before() -> np.ndarray:
    closes = table("nvidia_closes", AS_OF)
    return np.array([row.price_usd for row in closes if row.day >= dt.date(2024, 1, 24)])


def test_a_year_early_under_each_rule() -> None:
    path = year_before()
    assert len(path) == 252
    # By hand from two closes: 61.36 to 142.62 is 81.26 lost on 61.36 received; the highest close is 149.43.
    assert short_position.constant_shares(path)[-1] == pytest.approx(-81.26 / 61.36, rel=1e-9)
    assert short_position.highest_rise(path) == pytest.approx(149.43 / 61.36 - 1.0, rel=1e-9)
    # Recomputed for the audit of this book's plan: −98 % in constant dollars, −68 % as a constant share of equity.
    assert short_position.constant_dollars(path)[-1] == pytest.approx(-0.98, abs=0.005)
    assert short_position.constant_share_of_equity(path, 1.0)[-1] == pytest.approx(-0.68, abs=0.005)


def test_the_day_after_in_the_same_notional() -> None:
    path = np.append(year_before(), later("nvidia_market").row("close_2025_01_27").price_usd)
    # By hand: (118.42 − 61.36) / 61.36 = 0.930, and 24.20 / 61.36 = 0.394 came back.
    assert short_position.constant_shares(path)[-1] == pytest.approx(-0.930, abs=5e-4)
    assert short_position.constant_shares(path)[-1] - short_position.constant_shares(path)[-2] == pytest.approx(
        0.394, abs=5e-4
    )
    assert short_position.constant_dollars(path)[-1] == pytest.approx(-0.81, abs=0.005)


def test_the_market_table_and_the_closes_agree() -> None:
    closes = list(table("nvidia_closes", AS_OF))
    assert closes[-1].price_usd == table("nvidia_market", AS_OF).row("close_2025_01_24").price_usd
    assert [row.day for row in closes] == sorted({row.day for row in closes})
    assert all(row.day == row.public_on for row in closes)


def test_volatility_by_hand() -> None:
    # Steps of ±ln 2 in turn: mean 0 over four, sum of squares 4·ln²2, divided by 3.
    path = np.array([1.0, 2.0, 1.0, 2.0, 1.0])
    assert short_position.volatility(path) == pytest.approx(math.sqrt(252.0 * 4.0 / 3.0) * math.log(2.0))


def test_a_margin_call_leaves_just_the_margin() -> None:
    size, maintenance = 0.8, 0.3
    price = 1.0 + short_position.rise_to_margin_call(size, maintenance)
    assert 1.0 - size * (price - 1.0) == pytest.approx(maintenance * size * price)
    assert short_position.largest_size_that_lasts(price - 1.0, maintenance) == pytest.approx(size)


def test_too_early_counts_days() -> None:
    assert short_position.share_of_days_too_early(np.array([1.0, 3.0, 1.5, 2.5, 2.0])) == pytest.approx(0.5)


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
