"""`speculative_decoding` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.language_models import speculative_decoding
from shortcase.model.language_models.speculative_decoding import acceptance_for, expected_tokens, speed_up

EXACT = 1e-6


def test_expectation_is_a_geometric_sum() -> None:
    # 1 + 0.8 + 0.64 + 0.512 + 0.4096
    assert expected_tokens(0.8, 4) == pytest.approx(3.3616, rel=1e-12)
    assert expected_tokens(1.0, 4.0) == 5.0
    assert expected_tokens(0.0, 4.0) == 1.0


def test_against_simulation() -> None:
    draws = np.random.default_rng(7).random((200_000, 3)) < 0.7
    accepted = np.cumprod(draws, axis=1).sum(axis=1) + 1
    assert expected_tokens(0.7, 3) == pytest.approx(accepted.mean(), rel=3e-3)


@pytest.mark.parametrize("accepted", [0.85, 0.90])
def test_one_extra_token_gives_one_plus_its_acceptance(accepted: float) -> None:
    # DeepSeek-V3 Technical Report, section 5.4.3: 85 to 90 per cent of second tokens accepted, 1.8 times the speed
    assert speed_up(accepted, 1.0, 0.0) == pytest.approx(1 + accepted, rel=1e-12)


def test_acceptance_is_the_inverse() -> None:
    rates = np.array([0.05, 0.5, 0.77, 0.99])
    assert acceptance_for(speed_up(rates, 4.0, 0.05), 4.0, 0.05) == pytest.approx(rates, rel=1e-9)
    # 2.64 without draft cost and three guesses: 1 + α + α² + α³ = 2.64
    alpha = acceptance_for(2.64, 3.0, 0.0)
    assert 1 + alpha + alpha**2 + alpha**3 == pytest.approx(2.64, rel=1e-12)


def test_out_of_reach_sticks_at_one() -> None:
    assert acceptance_for(9.0, 4.0, 0.0) == pytest.approx(1.0)


@pytest.mark.parametrize(("drafted", "cost", "expected"), [(4.0, 0.05, 0.7695), (3.0, 0.0, 0.7271)])
def test_acceptance_behind_a_speed_up(drafted: float, cost: float, expected: float) -> None:
    found = speculative_decoding.acceptance_for(2.64, drafted, cost)
    assert found == pytest.approx(expected, abs=5e-5)
    assert sum(found**k for k in range(int(drafted) + 1)) / (drafted * cost + 1) == pytest.approx(2.64, rel=EXACT)


@pytest.mark.parametrize(("acceptance", "cost"), [(0.85, 1.85 / 1.8 - 1), (0.90, 1.90 / 1.8 - 1)])
def test_reported_gain_of_the_second_token(acceptance: float, cost: float) -> None:
    # 1.8 times the speed at 85 to 90 per cent accepted means a draft that costs 3 to 6 per cent of a pass
    assert speculative_decoding.speed_up(acceptance, 1.0, cost) == pytest.approx(1.8, rel=EXACT)
    assert 0.027 < cost < 0.056


def test_speed_up_is_tokens_over_time_of_a_pass() -> None:
    # arXiv 2211.17192, theorem 3.8: one pass takes 1 + γc and yields E; at most γ + 1 tokens come of it
    tokens = speculative_decoding.expected_tokens(0.8, 4.0)
    assert tokens < speculative_decoding.checked_tokens(4.0) == 5.0
    time = 1.0 + speculative_decoding.draft_share(4.0, 0.05)
    assert tokens / time == pytest.approx(speculative_decoding.speed_up(0.8, 4.0, 0.05), rel=1e-12)
