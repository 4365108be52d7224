"""Every formula of the theory chapter takes a scalar, an array and a traced input, and gives the same."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from shortcase.facts import table
from shortcase.model.chips import floating_point, memory_fit
from shortcase.model.chips.floating_point import FloatFormat, TrainingState
from shortcase.model.demand import efficiency_ledger, price_identification
from shortcase.model.demand.efficiency_ledger import Ledger
from shortcase.model.language_models import kv_cache, mixture_of_experts, training_compute, training_cost, transformer
from shortcase.model.language_models.transformer import Transformer
from shortcase.show.live import parity, trace

V3 = table("language_models", "2025-01-25").row("deepseek_v3").into(Transformer)
LLAMA = table("language_models", "2025-01-25").row("llama_3_1_70b").into(Transformer)
MODEL: dict[str, Any] = {"model": V3}
FORM: dict[str, Any] = {"form": FloatFormat(4.0, 3.0, 0.0)}
LEDGER = Ledger(10.0, 1.05, 0.95, 1.1, 1.0)
STATE = TrainingState(1.0, 4.0, 4.0, 2.0, 2.0)

CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (transformer.attention_parameters, MODEL),
    (transformer.expert_parameters, MODEL),
    (transformer.embedding_parameters, MODEL),
    (transformer.total_parameters, MODEL),
    (transformer.active_parameters, MODEL),
    (transformer.multiplied_parameters, MODEL),
    (transformer.training_flop_per_token, {**MODEL, "context_tokens": 4096.0}),
    (transformer.forward_flop_per_token, {**MODEL, "context_tokens": 4096.0}),
    (transformer.decode_flop_per_token, {**MODEL, "context_tokens": 4096.0}),
    (transformer.context_of_equal_work, {**MODEL, "other": LLAMA}),
    (transformer.second_token_parameters, MODEL),
    (kv_cache.values_per_token_and_layer, MODEL),
    (kv_cache.bytes_per_token, {**MODEL, "bytes_per_value": 2.0}),
    (kv_cache.bytes_per_token_multi_head, {**MODEL, "bytes_per_value": 2.0}),
    (kv_cache.cache_bytes, {**MODEL, "context_tokens": 4096.0, "sequences": 8.0}),
    (
        mixture_of_experts.share_of_experts_touched,
        {"routed_experts": 256.0, "experts_per_token": 8.0, "tokens": 32.0},
    ),
    (mixture_of_experts.expert_share_of_parameters, MODEL),
    (mixture_of_experts.parameters_touched, {**MODEL, "tokens": 32.0}),
    (mixture_of_experts.routed_parameters_called, MODEL),
    (mixture_of_experts.sparsity, MODEL),
    (training_compute.six_n_d, {"active_parameters": 37e9, "tokens": 14.8e12}),
    (training_compute.achieved_flop_per_s, {"flop_per_token": 250e9, "tokens": 14.8e12, "gpu_hours": 2.7e6}),
    (training_compute.utilisation, {"achieved_flop_per_s": 4e14, "peak_flop_per_s": 989e12}),
    (training_compute.hours_at_rate, {"flop_per_token": 250e9, "tokens": 14.8e12, "flop_per_s": 4e14}),
    (efficiency_ledger.log_share, {"factor": 11.0, "claimed": 45.0}),
    (efficiency_ledger.months_between, {"days": 156.0}),
    (efficiency_ledger.scheduled_gain, {"months": 28.0, "halving_months": 8.0}),
    (efficiency_ledger.months_of_progress, {"multiple": 7.1, "halving_months": 8.0}),
    (efficiency_ledger.halving_for_no_surprise, {"documented": 11.0, "months": 5.0}),
    (efficiency_ledger.documented, {"ledger": LEDGER}),
    (training_cost.rented, {"gpu_hours": 2.7e6, "usd_per_gpu_hour": 2.0}),
    (
        training_cost.owned_hour,
        {"gpu_price_usd": 3e4, "running_cost_usd": 1e4, "cost_of_capital": 0.12, "life_years": 4.0, "busy_share": 0.9},
    ),
    (training_cost.programme, {"final_run_usd": 5.0, "compute_multiple": 2.0, "staff_usd": 40.0}),
    (training_cost.staff, {"people": 200.0, "usd_per_person_year": 3e5, "years": 0.5}),
    (training_cost.programme_from_share, {"final_run_usd": 60.0, "compute_multiple": 2.0, "staff_share": 0.4}),
    (training_cost.fleet, {"gpus": 2048.0, "gpu_price_usd": 3e4, "server_usd": 1e4}),
    (price_identification.discount, {"ratio": 20.0}),
    (price_identification.ratio_of_discount, {"discount": 0.5}),
    (price_identification.blended_price, {"input_usd": 2.5, "output_usd": 10.0, "input_tokens_per_output": 3.0}),
    (price_identification.efficiency, {"price_ratio": 20.0, "rival_margin": 0.5, "own_margin": 0.2}),
    (price_identification.rival_margin, {"price_ratio": 20.0, "efficiency": 45.0, "own_margin": 0.2}),
    (price_identification.own_margin, {"price_ratio": 20.0, "efficiency": 45.0, "rival_margin": 0.2}),
    (price_identification.price_on_trend, {"start_usd": 37.5, "factor_per_year": 11.9, "months": 21.0}),
    (memory_fit.weight_bytes, {"parameters": 671e9, "bits": 8.0}),
    (memory_fit.cards, {"needed_bytes": 671e9, "card_mib": 81559.0, "usable_share": 0.9}),
    (memory_fit.whole_cards, {"needed_bytes": 671e9, "card_mib": 81559.0, "usable_share": 0.9}),
    (memory_fit.bits_that_fit, {"card_mib": 24576.0, "usable_share": 0.9, "parameters": 70e9}),
    (memory_fit.parameters_that_fit, {"card_mib": 24576.0, "usable_share": 0.9, "bits": 16.0}),
    (
        memory_fit.cost_of_cards,
        {"needed_bytes": 671e9, "card_mib": 81559.0, "usable_share": 0.9, "card_usd": 3e4},
    ),
    (memory_fit.cache_share, {"weights_bytes": 1e11, "cache_bytes": 1e10}),
    (floating_point.bits, FORM),
    (floating_point.bias, FORM),
    (floating_point.largest, FORM),
    (floating_point.smallest, FORM),
    (floating_point.dynamic_range, FORM),
    (floating_point.finite_values, FORM),
    (floating_point.state_bytes, {"state": STATE}),
]

SAMPLED: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (floating_point.rounded, {"x": 0.3, "form": floating_point.E4M3}),
    (floating_point.rounded_in_tiles, {"x": 0.3, "form": floating_point.E4M3, "tile": 1}),
    (floating_point.median_relative_error, {"x": 2.0, "approximation": 1.9}),
    (floating_point.row_with_outlier, {"rng": np.random.default_rng(1), "length": 4, "strength": 10.0}),
]
"""Rounding and drawing have no expression in the page; their docstrings say so."""

MODULES: list[ModuleType] = [
    transformer, kv_cache, mixture_of_experts, training_compute, efficiency_ledger,
    training_cost, price_identification, memory_fit, floating_point,
]  # fmt: skip


@pytest.mark.parametrize(("formula", "inputs"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_scalar_array_and_trace_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize(("formula", "inputs"), SAMPLED, ids=lambda case: getattr(case, "__name__", ""))
def test_what_cannot_be_traced_refuses_instead_of_guessing(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    with pytest.raises((TypeError, AttributeError)):
        trace(formula, **inputs)


def test_no_formula_is_left_out() -> None:
    public = {
        name
        for module in MODULES
        for name, found in inspect.getmembers(module, inspect.isfunction)
        if found.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public == {formula.__name__ for formula, _ in CASES + SAMPLED}
