"""`price_of_an_answer` against published values and figures worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from shortcase.model.language_models import price_of_an_answer


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
