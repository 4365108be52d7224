"""Worked points of the chapter on the new paradigm, each by a second route."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from shortcase.facts import table
from shortcase.model import arithmetic
from shortcase.model.language_models import (
    accuracy_by_spending,
    prefill,
    price_of_an_answer,
    repeated_sampling,
    serving_and_training,
    transformer,
    voting,
)
from shortcase.model.language_models.transformer import Transformer

AS_OF = "2025-01-25"


def shaped(name: str) -> Transformer:
    return table("language_models", AS_OF).row(name).into(Transformer)


def test_serving_passes_training_at_three_tokens_for_each_of_training() -> None:
    tokens = serving_and_training.crossover_tokens(6 * 280e9, 13e12, 2 * 280e9)
    assert tokens == pytest.approx(39e12, rel=1e-12)
    assert arithmetic.ratio(tokens, 1.3e11) == pytest.approx(300.0, rel=1e-12)


def test_with_attention_on_both_sides_the_day_of_deepseek_moves() -> None:
    # 6N over 2N: 3 · 14.8e12 / 776e9 = 57.2 days; 102.3 without the cached part. 250 GFLOP a token in training against
    # 74 GFLOP gives 250 · 14.8e12 / (74 · 776e9) = 64.4.
    everything, uncached = 776e9, 434e9
    plain = serving_and_training.crossover_tokens(6 * 37e9, 14.8e12, 2 * 37e9)
    assert arithmetic.ratio(plain, everything) == pytest.approx(57.2, abs=0.05)
    assert arithmetic.ratio(plain, uncached) == pytest.approx(102.3, abs=0.05)
    one_sided = serving_and_training.crossover_tokens(250e9, 14.8e12, 74e9)
    assert arithmetic.ratio(one_sided, everything) == pytest.approx(64.4, abs=0.05)


def test_thinking_multiplies_serving_and_leaves_training() -> None:
    # Serving 2, training 3; half of the answers take six times the work: serving 2·(1 + 0.5·5) = 7, all 10 over 5.
    assert serving_and_training.compute_multiple(0.4, 0.5, 6.0) == pytest.approx(10 / 5, rel=1e-12)
    assert serving_and_training.serving_share_after(0.4, 0.5, 6.0) == pytest.approx(7 / 10, rel=1e-12)
    assert serving_and_training.thinking_share_for(0.4, 6.0, 2.0) == pytest.approx(0.5, rel=1e-12)
    share = serving_and_training.share_at_ratio(serving_and_training.ratio_at_share(0.4))
    assert share == pytest.approx(0.4, rel=1e-12)


@pytest.mark.parametrize(
    ("success", "votes", "chance"),
    [(0.6, 11, 0.753), (0.6, 101, 0.979), (0.4, 11, 0.247)],
)
def test_with_one_rival_a_vote_is_the_jury_theorem(success: float, votes: int, chance: float) -> None:
    most = range(votes // 2 + 1, votes + 1)
    binomial = sum(math.comb(votes, k) * success**k * (1 - success) ** (votes - k) for k in most)
    found = float(voting.plurality(success, 1, votes))
    assert found == pytest.approx(binomial, rel=1e-9)
    assert found == pytest.approx(chance, abs=5e-4)


def test_a_vote_is_won_with_less_than_half_where_wrong_answers_scatter() -> None:
    # By enumeration of all 4⁵ sequences of five votes among one right and three wrong answers.
    p, rivals, votes = 0.4, 3, 5
    chances = [p, *[(1 - p) / rivals] * rivals]
    total = 0.0
    for code in np.ndindex(*[rivals + 1] * votes):
        counts = np.bincount(code, minlength=rivals + 1)
        if counts[0] == counts.max():
            total += math.prod(chances[i] for i in code) / int((counts == counts.max()).sum())
    assert float(voting.plurality(p, rivals, votes)) == pytest.approx(total, rel=1e-12)
    assert total > p > float(voting.plurality(p, 1, votes))


def test_nothing_is_gained_where_the_right_answer_is_no_likelier() -> None:
    assert float(voting.plurality(0.25, 3, 16)) == pytest.approx(0.25, rel=1e-12)


def test_correlated_votes_are_worth_few_independent_ones() -> None:
    assert float(voting.effective_votes(1e9, 0.25)) == pytest.approx(4.0, rel=1e-6)
    # Three votes with α = 3, β = 2 (p = 0.6, r = 1/6): P(k ≥ 2) = 3·(3·4·2)/(5·6·7) + (3·4·5)/(5·6·7) = 132/210.
    found = float(voting.majority_of_correlated(0.6, 1 / 6, 3))
    assert found == pytest.approx(132 / 210, rel=1e-12)


def test_a_slope_between_two_points_of_o3() -> None:
    assert accuracy_by_spending.points_per_doubling(0.757, 0.875, 172.0) == pytest.approx(
        0.118 / math.log(172.0, 2.0), rel=1e-12
    )


def test_the_spread_of_difficulty_is_recovered() -> None:
    covered = float(repeated_sampling.coverage_of_a_spread(0.159, 0.3, 250.0))
    assert float(repeated_sampling.concentration_from(0.159, covered, 250.0)) == pytest.approx(0.3, rel=1e-9)


def test_the_best_length_of_thought_is_where_the_price_is_least() -> None:
    thinking = price_of_an_answer.EXAMPLE
    grid = np.geomspace(thinking.start_tokens, 1e6, 200_001)
    cheapest = grid[np.argmin(price_of_an_answer.answer_usd(thinking, grid, 100.0))]
    best = float(price_of_an_answer.best_tokens(thinking, 100.0))
    assert best == pytest.approx(cheapest, rel=1e-3)
    assert float(price_of_an_answer.stake_for(thinking, best)) == pytest.approx(100.0, rel=1e-12)


def test_what_is_spent_on_thought_does_not_depend_on_its_price() -> None:
    spent = [
        price * float(price_of_an_answer.best_tokens(replace(price_of_an_answer.EXAMPLE, usd_per_mtoken=p), 100.0))
        for p in (20.0, 60.0, 180.0)
        for price in [price_of_an_answer.full_price(replace(price_of_an_answer.EXAMPLE, usd_per_mtoken=p))]
    ]
    assert spent == pytest.approx([spent[0]] * 3, rel=1e-12)


def test_tokens_answer_to_their_price_by_its_part_in_the_full_price() -> None:
    thinking, step = price_of_an_answer.EXAMPLE, 1e-6
    dearer = replace(thinking, usd_per_mtoken=thinking.usd_per_mtoken * (1 + step))
    change = math.log(
        price_of_an_answer.best_tokens(dearer, 100.0) / price_of_an_answer.best_tokens(thinking, 100.0)
    ) / math.log(1 + step)
    assert -change == pytest.approx(float(price_of_an_answer.price_share(thinking)), rel=1e-5)


def test_a_wait_of_five_minutes_at_the_pay_of_a_rare_programmer() -> None:
    assert price_of_an_answer.wait_usd(300.0, 650_000 / 2080) == pytest.approx(26.04, abs=0.005)
    assert price_of_an_answer.tokens_usd(18_000.0, 60.0) == pytest.approx(1.08, rel=1e-12)


def test_the_first_token_of_a_long_prompt() -> None:
    # 2·N·L + 2·L²·d·layers over 8 · 989.4e12 · 0.4, with d·layers of each model.
    def seconds(model: Transformer) -> float:
        return float(prefill.first_token_s(prefill.prompt_flop(model, 1e5), 8.0, 989.4e12, 0.4))

    llama = shaped("llama_3_1_70b")
    by_hand = 2 * float(transformer.multiplied_parameters(llama)) * 1e5 + 2 * 1e10 * 8192 * 80
    assert float(prefill.prompt_flop(llama, 1e5)) == pytest.approx(by_hand, rel=1e-12)
    assert seconds(llama) == pytest.approx(8.6, abs=0.1)
    assert seconds(shaped("llama_3_1_405b")) == pytest.approx(38.6, abs=0.3)
    hundred = replace(
        llama, hidden=10240, heads=80, kv_heads=80, dense_ffn=27_049, vocabulary=1, dense_layers=80, layers=80
    )
    assert float(transformer.multiplied_parameters(hundred)) == pytest.approx(100e9, rel=1e-3)
    assert seconds(hundred) == pytest.approx(11.5, abs=0.05)


def test_a_cached_front_saves_less_than_its_share() -> None:
    llama = shaped("llama_3_1_70b")
    whole = float(prefill.prompt_flop(llama, 1e5))
    steps = sum(
        float(transformer.forward_flop_per_token(llama, t)) * 1000 for t in np.arange(50_500.0, 100_000.0, 1000.0)
    )
    assert float(prefill.prompt_flop(llama, 1e5, 0.5)) == pytest.approx(steps, rel=1e-3)
    assert 0.25 < 1 - float(prefill.prompt_flop(llama, 1e5, 0.5)) / whole < 0.5
    cached = float(prefill.cached_share_for(llama, 1e5, 0.3))
    assert float(prefill.prompt_flop(llama, 1e5, cached)) == pytest.approx(0.3 * whole, rel=1e-9)
