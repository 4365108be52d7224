"""`kernel_porting` against published values and figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from shortcase.model.chips import kernel_porting
from shortcase.model.language_models import repeated_sampling


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
