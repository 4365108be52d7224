"""The formulas of language models give the same for figures, arrays of draws and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from shortcase.facts import table
from shortcase.model.language_models import (
    accuracy_by_spending,
    benchmark_error,
    checked_data,
    data_budget,
    expert_serving,
    kv_cache,
    mixture_of_experts,
    model_cascade,
    paired_comparison,
    prefill,
    price_of_an_answer,
    repeated_sampling,
    scaling_law,
    serving_and_training,
    serving_cost,
    speculative_decoding,
    training_compute,
    training_cost,
    transformer,
    voting,
)
from shortcase.model.language_models.scaling_law import ScalingLaw
from shortcase.model.language_models.transformer import Transformer
from shortcase.show.live import evaluate, parity, trace_inputs

LAW = {"floor": 1.8, "a": 482.0, "alpha": 0.35, "b": 2085.0, "beta": 0.37}


def with_law(formula: Callable[..., Any]) -> Callable[..., Any]:
    """The formula with the constants of its law as inputs of their own."""

    def spelled_out(*, floor: Any, a: Any, alpha: Any, b: Any, beta: Any, **inputs: Any) -> Any:
        return formula(ScalingLaw(floor, a, alpha, b, beta), **inputs)

    spelled_out.__name__ = formula.__name__
    return spelled_out


SIZE = {"parameters": 4e11, "tokens": 1.5e13}


def spreads_of_three(*, first: Any, second: Any, third: Any) -> Any:
    return data_budget.combined_spread([first, second, third])


THREE = {"first": 0.3, "second": 0.5, "third": 0.2}
CHECK = {"success": 0.05, "passes_right": 0.95, "passes_wrong": 0.001}
THINKING = {"thinking": price_of_an_answer.EXAMPLE}
MODEL = transformer.EXAMPLE
V3 = table("language_models", "2025-01-25").row("deepseek_v3").into(Transformer)
MODEL_THEORY: dict[str, Any] = {"model": V3}
LLAMA = table("language_models", "2025-01-25").row("llama_3_1_70b").into(Transformer)
ON_A_SERVICE: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (expert_serving.gpus_to_hold, {}),
    (expert_serving.users_per_gpu, {"gpus": 32.0}),
    (expert_serving.memory_s, {}),
    (expert_serving.compute_s, {"gpus": 32.0}),
    (expert_serving.step_s, {"gpus": 32.0, "bytes_per_s": 50e9}),
    (expert_serving.network_s, {"gpus": 32.0, "bytes_per_s": 50e9}),
    (expert_serving.tokens_per_s_per_gpu, {"gpus": 32.0, "bytes_per_s": 50e9}),
    (expert_serving.tokens_per_s_per_user, {"gpus": 32.0, "bytes_per_s": 50e9}),
    (expert_serving.bandwidth_needed, {"gpus": 32.0}),
]


CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (with_law(scaling_law.parameter_term), {**LAW, "parameters": 4e11}),
    (with_law(scaling_law.token_term), {**LAW, "tokens": 1.5e13}),
    (with_law(scaling_law.loss), {**LAW, **SIZE}),
    (with_law(scaling_law.saved_by_text), {**LAW, "tokens": 1.5e13, "more_tokens": 7e12}),
    (with_law(scaling_law.saved_by_compute), {**LAW, **SIZE, "multiple": 4.5}),
    (with_law(scaling_law.larger_model_instead), {**LAW, "parameters": 4e11, "saved": 0.004}),
    (with_law(scaling_law.compute_multiple_for), {**LAW, **SIZE, "saved": 0.004}),
    (scaling_law.effective_tokens, {"unique_tokens": 1.5e13, "passes": 4.0, "half_worth": 15.4}),
    (scaling_law.months_of_compute, {"multiple": 1.4, "growth_multiple": 4.5}),
    (data_budget.collection_tokens, {"items": 4e7, "words_each": 9e4, "tokens_per_word": 1.3}),
    (data_budget.new_tokens, {"tokens": 5e12, "usable_share": 0.25, "overlap": 0.5}),
    (data_budget.spread, {"low": 0.1, "high": 0.4}),
    (data_budget.spread_of_rest, {"low": 0.2, "high": 0.6}),
    (spreads_of_three, THREE),
    (data_budget.quantile_of_product, {"central": 6e11, "log_spread": 0.9, "z": 1.645}),
    (data_budget.share_of_spread, {"log_spread": 0.5, "combined": 0.9}),
    (data_budget.yearly_growth, {"orders_of_magnitude_per_year": 0.38}),
    (
        data_budget.years_of_text_left,
        {"stock": 3e14, "used": 1.5e13, "growth_per_year": 1.4, "stock_growth_per_year": 0.05},
    ),
    (data_budget.text_used_after, {"used": 1.5e13, "growth_per_year": 1.4, "years": 2.0}),
    (data_budget.year_reached, {"year": 2025.0, "years": 3.4}),
    (data_budget.sequencing_bytes, {"bases": 3.1e9, "coverage": 30.0, "read_letters": 150.0, "name_bytes": 60.0}),
    (data_budget.difference_bytes, {"people": 1e8, "sites": 5e6, "bytes_each": 2.0}),
    (checked_data.precision, CHECK),
    (checked_data.passes_wrong_allowed, {"precision": 0.95, "success": 0.05, "passes_right": 0.95}),
    (checked_data.tries_per_accepted, CHECK),
    (serving_cost.usd_per_million_tokens, {"usd_per_hour": 16.0, "tokens_per_s": 383.0, "busy_share": 0.6}),
    (serving_cost.throughput_for, {"usd_per_hour": 16.0, "usd_per_million": 11.6}),
    (
        serving_cost.machine_price_for,
        {
            "usd_per_million": 0.6,
            "tokens_per_s": 90_000.0,
            "running_usd_per_hour": 20.0,
            "machines": 4.0,
            "rate": 0.1,
            "years": 4.0,
        },
    ),
    (serving_cost.concurrent_requests, {"requests_per_s": 74.0, "seconds_per_request": 45.0}),
    (serving_cost.reading_tokens_per_s, {"words_per_minute": 238.0, "tokens_per_word": 1.3}),
    (speculative_decoding.checked_tokens, {"drafted": 4.0}),
    (speculative_decoding.draft_share, {"drafted": 4.0, "draft_cost": 0.05}),
    (serving_cost.mean_context_tokens, {"prompt_tokens": 128.0, "answer_tokens": 300.0}),
    (speculative_decoding.expected_tokens, {"acceptance": 0.8, "drafted": 4.0}),
    (speculative_decoding.speed_up, {"acceptance": 0.8, "drafted": 4.0, "draft_cost": 0.05}),
    (speculative_decoding.acceptance_for, {"speed_up_wanted": 2.64, "drafted": 4.0, "draft_cost": 0.05}),
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
    (serving_and_training.share_of_operations, {"serving_share": 0.4, "hour_ratio": 2.0}),
    (serving_and_training.training_instead, {"multiple": 6.0, "thinking_saved": 100.0, "training_spent": 10.0}),
    (serving_and_training.compute_with_training, {"serving_share": 0.25, "multiple": 2.4}),
    (serving_and_training.thinking_share_for, {"serving_share": 0.4, "multiple": 6.0, "wanted": 2.0}),
    (partial(voting.plurality, votes=16), {"success": 0.4, "rivals": 4.0}),
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
    (prefill.wait_with_fixed_part, {"whole_s": 11.5, "fixed_s": 2.4, "work_left": 0.5}),
    (prefill.work_left_for, {"wait_s": 10.0, "whole_s": 11.5, "fixed_s": 2.4}),
    (benchmark_error.standard_error, {"score": 0.798, "items": 30.0}),
    (benchmark_error.repeated_error, {"score": 0.798, "items": 30.0, "answers": 64.0, "difficulty_share": 0.7}),
    (benchmark_error.wilson_low, {"score": 0.798, "items": 30.0, "z": 1.96}),
    (benchmark_error.wilson_high, {"score": 0.798, "items": 30.0, "z": 1.96}),
    (benchmark_error.difficulty_share_limit, {"score": 0.71, "consensus": 0.867, "least": 0.3}),
    (benchmark_error.problems_apart, {"score": 0.798, "rival": 0.792, "items": 30.0}),
    (benchmark_error.rating_odds, {"rating": 2061.0, "rival": 2029.0}),
    (paired_comparison.bound, {"difference": 0.03, "error": 0.02, "z": 1.645}),
    (paired_comparison.paired_error, {"error": 0.062, "rival_error": 0.06, "correlation": 0.5}),
    (paired_comparison.probability_ahead, {"difference": 0.006, "error": 0.06}),
    (paired_comparison.equality_p_value, {"difference": 0.006, "error": 0.06, "margin": 0.05}),
    (paired_comparison.smallest_margin, {"difference": 0.006, "error": 0.06, "z": 1.645}),
    (paired_comparison.error_for_equality, {"difference": 0.006, "margin": 0.05, "z": 1.645}),
    (paired_comparison.correlation_for_error, {"target": 0.027, "error": 0.06, "rival_error": 0.062}),
    (paired_comparison.items_for_error, {"target": 0.027, "error": 0.06, "items": 30.0}),
    (paired_comparison.detectable_difference, {"error": 0.06, "z_test": 1.96, "z_power": 0.84}),
    (model_cascade.work_left, {"small": 14.0, "large": 37.0, "kept": 0.7}),
    (model_cascade.volume_to_refill, {"moved": 0.3}),
    (model_cascade.share_for_volume, {"volume": 2.25}),
    (transformer.attention_parameters, MODEL_THEORY),
    (transformer.expert_parameters, MODEL_THEORY),
    (transformer.embedding_parameters, MODEL_THEORY),
    (transformer.total_parameters, MODEL_THEORY),
    (transformer.active_parameters, MODEL_THEORY),
    (transformer.multiplied_parameters, MODEL_THEORY),
    (transformer.training_flop_per_token, {**MODEL_THEORY, "context_tokens": 4096.0}),
    (transformer.forward_flop_per_token, {**MODEL_THEORY, "context_tokens": 4096.0}),
    (transformer.decode_flop_per_token, {**MODEL_THEORY, "context_tokens": 4096.0}),
    (transformer.context_of_equal_work, {**MODEL_THEORY, "other": LLAMA}),
    (transformer.second_token_parameters, MODEL_THEORY),
    (kv_cache.values_per_token_and_layer, MODEL_THEORY),
    (kv_cache.bytes_per_token, {**MODEL_THEORY, "bytes_per_value": 2.0}),
    (kv_cache.bytes_per_token_multi_head, {**MODEL_THEORY, "bytes_per_value": 2.0}),
    (kv_cache.cache_bytes, {**MODEL_THEORY, "context_tokens": 4096.0, "sequences": 8.0}),
    (
        mixture_of_experts.share_of_experts_touched,
        {"routed_experts": 256.0, "experts_per_token": 8.0, "tokens": 32.0},
    ),
    (mixture_of_experts.expert_share_of_parameters, MODEL_THEORY),
    (mixture_of_experts.parameters_touched, {**MODEL_THEORY, "tokens": 32.0}),
    (mixture_of_experts.routed_parameters_called, MODEL_THEORY),
    (mixture_of_experts.sparsity, MODEL_THEORY),
    (training_compute.six_n_d, {"active_parameters": 37e9, "tokens": 14.8e12}),
    (training_compute.achieved_flop_per_s, {"flop_per_token": 250e9, "tokens": 14.8e12, "gpu_hours": 2.7e6}),
    (training_compute.utilisation, {"achieved_flop_per_s": 4e14, "peak_flop_per_s": 989e12}),
    (training_compute.hours_at_rate, {"flop_per_token": 250e9, "tokens": 14.8e12, "flop_per_s": 4e14}),
    (training_cost.rented, {"gpu_hours": 2.7e6, "usd_per_gpu_hour": 2.0}),
    (
        training_cost.owned_hour,
        {"gpu_price_usd": 3e4, "running_cost_usd": 1e4, "cost_of_capital": 0.12, "life_years": 4.0, "busy_share": 0.9},
    ),
    (training_cost.programme, {"final_run_usd": 5.0, "compute_multiple": 2.0, "staff_usd": 40.0}),
    (training_cost.staff, {"people": 200.0, "usd_per_person_year": 3e5, "years": 0.5}),
    (training_cost.programme_from_share, {"final_run_usd": 60.0, "compute_multiple": 2.0, "staff_share": 0.4}),
    (training_cost.fleet, {"gpus": 2048.0, "gpu_price_usd": 3e4, "server_usd": 1e4}),
]


@pytest.mark.parametrize(("formula", "inputs"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_figures_arrays_and_traces_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


def test_the_spread_of_difficulty_takes_arrays() -> None:
    covered = np.array([0.46, 0.71])
    each = [float(repeated_sampling.concentration_from(0.2, c, 10.0)) for c in covered]
    assert repeated_sampling.concentration_from(0.2, covered, 10.0) == pytest.approx(each, rel=1e-12)


def test_the_spread_of_difficulty_refuses_a_trace() -> None:
    with pytest.raises((TypeError, AttributeError)):
        repeated_sampling.concentration_from(**trace_inputs("mean_success", "coverage", "tries"))


def test_coverage_is_the_complement_of_missing_every_time() -> None:
    assert parity(repeated_sampling.coverage, success=0.2, tries=10.0) < 1e-12
    assert repeated_sampling.coverage(0.2, 10.0) == pytest.approx(1 - 0.8**10, rel=1e-12)


@pytest.mark.parametrize(
    ("concentration", "tries", "share"),
    # By the product 1 − Π (β + i)/(α + β + i), i < k; the audit gives 46, 57, 71 and 88 %.
    [(1.0, 10.0, 0.46), (1.0, 30.0, 0.57), (5.0, 10.0, 0.71), (5.0, 30.0, 0.88)],
)
def test_a_spread_of_difficulty_caps_what_tries_can_do(concentration: float, tries: float, share: float) -> None:
    alpha, beta = 0.2 * concentration, 0.8 * concentration
    product = 1 - np.prod([(beta + i) / (alpha + beta + i) for i in range(int(tries))])
    found = float(repeated_sampling.coverage_of_a_spread(0.2, concentration, tries))
    assert found == pytest.approx(product, rel=1e-10)
    assert found == pytest.approx(share, abs=0.005)
    assert found < float(repeated_sampling.coverage(0.2, tries))


def test_an_array_of_draws_gives_what_each_draw_gives() -> None:
    c = np.array([0.5, 1.0, 8.0])
    each = [float(repeated_sampling.coverage_of_a_spread(0.3, x, 20.0)) for x in c]
    assert repeated_sampling.coverage_of_a_spread(0.3, c, 20.0) == pytest.approx(each, rel=1e-12)


def test_the_spread_is_traced() -> None:
    assert parity(repeated_sampling.coverage_of_a_spread, mean_success=0.2, concentration=0.7, tries=10.0) < 1e-9


@pytest.mark.parametrize(("formula", "inputs"), ON_A_SERVICE, ids=[f.__name__ for f, _ in ON_A_SERVICE])
def test_a_service_can_be_traced(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    figures = vars(expert_serving.EXAMPLE)
    traced = formula(expert_serving.Service(**trace_inputs(*figures)), **inputs)
    plain = float(formula(expert_serving.EXAMPLE, **inputs))
    assert float(evaluate(traced, figures)) == pytest.approx(plain, rel=1e-12)
