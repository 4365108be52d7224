"""`voting` against published values and figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from shortcase.model.language_models import voting


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
