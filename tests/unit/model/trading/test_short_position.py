"""`short_position` against published values and figures worked by hand."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest

from shortcase.facts import later, table
from shortcase.model.trading import short_position

AS_OF = "2025-01-25"


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
