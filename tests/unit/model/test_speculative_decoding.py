"""Speculative decoding against simulation, hand arithmetic and DeepSeek's published second-token rate."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.language_models.speculative_decoding import acceptance_for, expected_tokens, speed_up


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
