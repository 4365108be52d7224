"""The formulas of the chapter on the new paradigm: the same for figures, arrays and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from shortcase.model.language_models import (
    accuracy_by_spending,
    prefill,
    price_of_an_answer,
    repeated_sampling,
    serving_and_training,
    transformer,
    voting,
)
from shortcase.show.live import parity, trace_inputs

MODEL = transformer.EXAMPLE
THINKING = {"thinking": price_of_an_answer.EXAMPLE}
FORMULAS: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (serving_and_training.serving_flop, {"active_parameters": 37e9, "tokens": 1e12}),
    (
        price_of_an_answer.query_usd,
        {"read_tokens": 1e5, "written_tokens": 4e3, "input_usd": 2.5, "output_usd": 10.0},
    ),
    (
        serving_and_training.crossover_tokens,
        {"training_flop_per_token": 6.0, "training_tokens": 13e12, "serving_flop_per_token": 2.0},
    ),
    (
        serving_and_training.tokens_per_day,
        {"words_per_day": 1e11, "tokens_per_word": 1.3, "traffic_share": 0.3, "read_per_written": 1.0},
    ),
    (serving_and_training.share_at_ratio, {"serving_over_training": 0.7}),
    (serving_and_training.ratio_at_share, {"serving_share": 0.4}),
    (
        serving_and_training.hour_ratio,
        {
            "operation_ratio": 0.7,
            "training_flop_per_s": 400e12,
            "peak_flop_per_s": 1979e12,
            "serving_utilisation": 0.1,
        },
    ),
    (serving_and_training.thinking_multiple, {"hidden_per_visible": 10.0, "read_per_written": 1.0}),
    (serving_and_training.compute_multiple, {"serving_share": 0.4, "thinking_share": 0.2, "multiple": 6.0}),
    (serving_and_training.serving_share_after, {"serving_share": 0.4, "thinking_share": 0.2, "multiple": 6.0}),
    (serving_and_training.thinking_share_for, {"serving_share": 0.4, "multiple": 6.0, "wanted": 2.0}),
    (partial(voting.plurality, rivals=4, votes=16), {"success": 0.4}),
    (partial(voting.majority_of_correlated, votes=9), {"success": 0.6, "correlation": 0.3}),
    (voting.effective_votes, {"votes": 64.0, "correlation": 0.3}),
    (accuracy_by_spending.points_per_doubling, {"before": 0.6, "after": 0.9, "multiple": 172.0}),
    (
        accuracy_by_spending.one_more_right_usd,
        {"cost_before": 20.0, "cost_after": 3440.0, "right_before": 0.5, "right_after": 0.9},
    ),
    (accuracy_by_spending.growth_exponent, {"before": 1.0, "after": 4.0, "multiple": 3.0}),
    (accuracy_by_spending.slips_behind, {"success": 0.2}),
    (accuracy_by_spending.repaired, {"first_try": 0.2, "second_try": 0.5}),
    (price_of_an_answer.tokens_usd, {"tokens": 18_000.0, "usd_per_mtoken": 60.0}),
    (price_of_an_answer.tokens_for, {"usd": 200.0, "usd_per_mtoken": 60.0}),
    (price_of_an_answer.wait_usd, {"seconds": 300.0, "worker_usd_per_hour": 90.0, "attended_share": 0.5}),
    (price_of_an_answer.full_price, THINKING),
    (price_of_an_answer.price_share, THINKING),
    (price_of_an_answer.right_at, {**THINKING, "tokens": 4000.0}),
    (price_of_an_answer.answer_usd, {**THINKING, "tokens": 4000.0, "wrong_usd": 100.0}),
    (price_of_an_answer.best_tokens, {**THINKING, "wrong_usd": 100.0}),
    (price_of_an_answer.stake_for, {**THINKING, "tokens": 18_000.0}),
    (price_of_an_answer.wage_where_wait_costs_as_much, THINKING),
    (price_of_an_answer.confidence_needed, {"wrong_usd": 9.0, "right_usd": 1.0, "silence_usd": 0.5}),
    (partial(prefill.prompt_flop, MODEL), {"tokens": 1000.0, "cached_share": 0.5}),
    (partial(prefill.attention_share, MODEL), {"tokens": 1000.0}),
    (prefill.first_token_s, {"flop": 2e16, "chips": 8.0, "flop_per_s": 989e12, "utilisation": 0.4}),
    (partial(prefill.cached_share_for, MODEL), {"tokens": 1000.0, "work_left": 0.5}),
]


def name_of(formula: Callable[..., Any]) -> str:
    return str(getattr(formula, "func", formula).__name__)


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[name_of(f) for f, _ in FORMULAS])
def test_figures_arrays_and_traces_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


def test_the_spread_of_difficulty_takes_arrays() -> None:
    covered = np.array([0.46, 0.71])
    each = [float(repeated_sampling.concentration_from(0.2, c, 10.0)) for c in covered]
    assert repeated_sampling.concentration_from(0.2, covered, 10.0) == pytest.approx(each, rel=1e-12)


def test_the_spread_of_difficulty_refuses_a_trace() -> None:
    with pytest.raises((TypeError, AttributeError)):
        repeated_sampling.concentration_from(**trace_inputs("mean_success", "coverage", "tries"))
