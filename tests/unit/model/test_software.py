"""Leaving a platform, tipping, gaps and ports, against figures worked by hand and independent routes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from shortcase.facts import table
from shortcase.model import arithmetic
from shortcase.model.chips import compiler_gap, kernel_porting
from shortcase.model.language_models import repeated_sampling
from shortcase.model.markets import adoption_with_networks, switching_cost
from shortcase.model.markets.adoption_with_networks import Market
from shortcase.model.markets.switching_cost import Move

AS_OF = "2025-01-25"
MOVE = Move(porting_usd=25e6, upkeep_share=0.3, moved_share=0.5, rate=0.1, years=4.0)


def test_the_tax_would_pay_a_city_of_engineers() -> None:
    quarters = table("nvidia_quarters", AS_OF)
    gross = sum(quarters.row(q).gross_profit_usd for q in ("fy2024q4", "fy2025q1", "fy2025q2", "fy2025q3"))
    # By hand: 16.791 + 20.406 + 22.574 + 26.156 = 85.927; over 650,000 it is 132,195.
    assert gross == pytest.approx(85.927e9)
    assert arithmetic.ratio(gross, 650e3) == pytest.approx(132_195, abs=1)


def test_only_the_difference_of_margins_is_saved() -> None:
    # By hand: made for 25, sold for 100 or for 50; at nine tenths, 10 and 20.
    assert switching_cost.price_fall(0.75, 0.5) == pytest.approx(0.5)
    assert switching_cost.price_fall(0.9, 0.5) == pytest.approx(0.8)
    assert switching_cost.price_fall(0.6, 0.6) == pytest.approx(0.0)


def test_a_port_is_work_times_pay() -> None:
    # By hand: 500 kernels at 4 weeks are 2,000 weeks, 38.46 years, at 650,000 each 25 million.
    assert switching_cost.porting_usd(500.0, 4.0, 650e3) == pytest.approx(25e6)


def test_at_the_break_even_bill_the_net_present_value_is_nothing() -> None:
    bill = switching_cost.break_even_bill_usd(MOVE, 0.1)
    # By a second route: the flows of four years, one by one.
    flows = [0.5 * 0.1 * bill - 0.3 * 25e6] * 4
    assert sum(f / 1.1**t for t, f in enumerate(flows, start=1)) == pytest.approx(25e6, rel=1e-9)
    assert switching_cost.net_present_value_usd(MOVE, bill, 0.1) == pytest.approx(0.0, abs=1e-3)
    assert switching_cost.saving_for(MOVE, bill) == pytest.approx(0.1)
    assert switching_cost.yearly_cost_usd(MOVE) == pytest.approx(0.05 * bill)


def test_no_bill_is_large_enough_where_nothing_is_saved() -> None:
    assert switching_cost.saving_on_work(0.8, 0.75) < 0
    assert switching_cost.break_even_bill_usd(MOVE, -0.01) < 0


def test_a_layer_costs_as_much_as_ports_at_that_number_of_users() -> None:
    n = switching_cost.sharers_from_which_a_layer_pays(3.0, 65e6, 25e6)
    assert 2.0 * n * 25e6 == pytest.approx(3.0 * 65e6)


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


def test_proebstings_two_takes_eighteen_years() -> None:
    # ln 2 / ln 1.04 = 17.67, which its author rounds to eighteen.
    assert compiler_gap.years_to_close(2.0, 0.04) == pytest.approx(17.673, abs=5e-4)
    assert compiler_gap.closing_rate(2.0, 1.0, 17.673) == pytest.approx(0.04, abs=1e-5)
    assert compiler_gap.gap_before(1.25, 0.04, 9.0) == pytest.approx(1.25 * 1.04**9)
    assert compiler_gap.years_between(1461.0) == 4.0


@pytest.mark.parametrize(
    ("gap", "rate", "years"), [(2.0, 1.0, 2.0), (1.3, 0.25, 2.0), (1.3, 0.25, 0.5), (1.0, 0.1, 2.0)]
)
def test_the_average_gap_is_the_integral(gap: float, rate: float, years: float) -> None:
    area, _ = integrate.quad(lambda t: max(gap * (1.0 + rate) ** (-t), 1.0), 0.0, years, limit=200)
    assert compiler_gap.average_gap(gap, rate, years) == pytest.approx(area / years, rel=1e-6)


def test_portability_is_the_harmonic_mean() -> None:
    assert compiler_gap.performance_portability([0.5, 1.0]) == pytest.approx(stats.hmean([0.5, 1.0]))
    assert compiler_gap.speedup(0.8) == 1.25
    assert compiler_gap.middle(1.0, 4.0) == pytest.approx(2.0)


def test_a_twentieth_of_a_billion_pays_seventy_seven() -> None:
    assert compiler_gap.engineers_worth_paying(0.05, 1e9, 650e3) == pytest.approx(76.92, abs=5e-3)
    assert compiler_gap.bill_worth_tuning_usd(0.05, 1.0, 650e3) == pytest.approx(13e6)


def test_the_concentration_brings_back_the_coverage() -> None:
    for c in (0.3, 1.0, 5.0):
        seen = repeated_sampling.coverage_of_a_spread(0.2, c, 30.0)
        assert repeated_sampling.concentration_from(0.2, seen, 30.0) == pytest.approx(c, rel=1e-6)
        assert kernel_porting.mean_success_for(seen, c, 0.0, 30) == pytest.approx(0.2, rel=1e-6)


def test_tests_that_miss_ask_for_a_better_first_try() -> None:
    for slips in (0.001, 0.01, 0.1):
        needed = kernel_porting.mean_success_for(0.875, 0.767, slips, 30)
        assert kernel_porting.accepted_right(needed, 0.767, slips, 30) == pytest.approx(0.875, rel=1e-9)
        assert needed > kernel_porting.mean_success_for(0.875, 0.767, 0.0, 30)


def test_first_passes_agree_with_a_simulation() -> None:
    draws = np.random.default_rng(7)
    p = draws.beta(0.2, 0.8, 200_000)
    state = np.zeros(p.size)
    for _ in range(10):
        open_yet = state == 0
        right = draws.random(p.size) < p
        slips = draws.random(p.size) < 0.05
        state = np.where(open_yet & right, 1, np.where(open_yet & ~right & slips, 2, state))
    assert kernel_porting.accepted_right(0.2, 1.0, 0.05, 10) == pytest.approx(np.mean(state == 1), abs=0.004)
    assert kernel_porting.accepted_wrong(0.2, 1.0, 0.05, 10) == pytest.approx(np.mean(state == 2), abs=0.004)


def test_without_slips_right_is_coverage() -> None:
    covered = repeated_sampling.coverage_of_a_spread(0.2, 0.8, 30.0)
    assert kernel_porting.accepted_right(0.2, 0.8, 0.0, 30) == pytest.approx(covered, rel=1e-9)
    assert kernel_porting.accepted_wrong(0.2, 0.8, 0.0, 30) == 0.0


def test_equal_kernels_are_the_limit_of_unequal_ones() -> None:
    # 89.3 per cent in ten tries at a fifth; of 1,000 kernels all right in thirty with a chance of 29 per cent.
    alike = repeated_sampling.coverage(0.2, 10.0)
    assert alike == pytest.approx(0.893, abs=5e-4)
    assert kernel_porting.accepted_right(0.2, 1e7, 0.0, 10) == pytest.approx(alike, abs=1e-5)
    assert kernel_porting.chance_all(repeated_sampling.coverage(0.2, 30.0), 1000.0) == pytest.approx(0.29, abs=5e-3)


def test_bayes_by_counting() -> None:
    # By hand: of 100 programs 40 are right and 60 wrong; 10 of the wrong pass: 50 pass, a fifth of them wrong.
    assert kernel_porting.false_pass_from(0.5, 0.2) == pytest.approx(10.0 / 60.0)
    assert kernel_porting.wrong_among_accepted(40.0, 10.0) == pytest.approx(0.2)


def test_amdahl() -> None:
    # By hand: 60 of 100 seconds are products; half of the other 40 is ported, 20 take ten times as long.
    assert kernel_porting.time_covered(0.5, 0.6) == pytest.approx(0.8)
    assert kernel_porting.slowdown(0.8, 0.1) == pytest.approx(2.8)
    assert kernel_porting.cover_needed(0.95, 0.6) == pytest.approx(0.875)
    assert kernel_porting.usd_left(100.0, 0.5, 0.2) == pytest.approx(60.0)
    # By hand: from odds of 1 to 4 to odds of one is ln 4.
    assert kernel_porting.years_until(0.2, 0.5, math.log(4.0)) == pytest.approx(1.0)
