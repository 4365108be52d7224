"""`serving_and_training` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model import arithmetic
from shortcase.model.language_models import serving_and_training


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


def test_a_share_of_the_hardware_is_a_smaller_share_of_the_operations_where_serving_is_slower() -> None:
    # 40 % of the hours, two hours for an operation: operations as 20 to 60.
    assert serving_and_training.share_of_operations(0.4, 2.0) == pytest.approx(0.25)
    assert serving_and_training.share_of_operations(0.4, 1.0) == pytest.approx(0.4)


def test_training_that_saves_a_hundredfold_of_thought_tenfold_saves_sixfold_by_its_root() -> None:
    assert float(serving_and_training.training_instead(6.0, 100.0, 10.0)) == pytest.approx(6.0**0.5)
    assert serving_and_training.compute_with_training(0.25, 6.0**0.5) == pytest.approx(0.25 + 0.75 * 6.0**0.5)
