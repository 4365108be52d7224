"""`adoption_with_networks` against published values and figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize

from shortcase.model.markets import adoption_with_networks
from shortcase.model.markets.adoption_with_networks import Market


def market(part: float, share: float = 0.05, cost_ratio: float = 1.0, sensitivity: float = 4.0) -> Market:
    gap = adoption_with_networks.unexplained(share, cost_ratio, sensitivity)
    network = adoption_with_networks.network_strength(share, gap, part)
    return Market(sensitivity, network, adoption_with_networks.liking(gap, part))


@pytest.mark.parametrize("part", [0.0, 0.3, 0.5, 1.0])
def test_every_split_of_the_deficit_leaves_todays_share_at_rest(part: float) -> None:
    assert adoption_with_networks.cost_ratio_for(0.05, market(part)) == pytest.approx(1.0, rel=1e-12)
    assert adoption_with_networks.share_reached(1.0, 0.05, market(part)) == pytest.approx(0.05, rel=1e-6)


def test_the_curve_turns_back_where_a_search_finds_it() -> None:
    crowd = market(1.0)
    assert crowd.network == pytest.approx(math.log(19.0) / 0.9)
    found = optimize.minimize_scalar(
        lambda x: adoption_with_networks.cost_ratio_for(x, crowd), bounds=(0.01, 0.5), method="bounded"
    )
    assert adoption_with_networks.tipping_share(crowd.network) == pytest.approx(found.x, abs=1e-4)
    tip = adoption_with_networks.tipping_cost_ratio(crowd)
    assert tip == pytest.approx(found.fun, rel=1e-8)
    assert adoption_with_networks.share_reached(tip * 1.01, 0.05, crowd) < 0.25
    assert adoption_with_networks.share_reached(tip * 0.99, 0.05, crowd) > 0.9


def test_a_weak_crowd_tips_nothing() -> None:
    assert adoption_with_networks.tipping_share(1.5) == 0.5
    prices = adoption_with_networks.cost_ratio_for(np.linspace(0.02, 0.98, 97), Market(4.0, 1.9, -1.0))
    assert np.all(np.diff(prices) < 0)


def test_half_after_as_many_years_as_the_log_odds_need() -> None:
    # By hand: ln 9 = 2.197 in four years is 0.549 a year; at half the speed it takes eight.
    speed = adoption_with_networks.log_odds_speed(0.1, 0.5, 4.0)
    assert speed == pytest.approx(math.log(9.0) / 4.0)
    assert adoption_with_networks.share_after(8.0, 0.1, speed, 0.5) == pytest.approx(0.5)
    assert adoption_with_networks.share_after(5.0, 0.1, speed, 0.0) == pytest.approx(0.1)
    assert adoption_with_networks.share_lost(8.0, 0.1, speed, 0.5) == pytest.approx(0.4 / 0.9)
