"""The chapter's chain on the facts it uses: factors multiply to a ratio of published totals, and known results."""

from __future__ import annotations

import pytest

from shortcase.facts import table
from shortcase.model.chips import memory_fit
from shortcase.model.demand import efficiency_ledger as el
from shortcase.model.language_models import kv_cache, training_compute, transformer
from shortcase.model.language_models.transformer import Transformer

AS_OF = "2025-01-25"
MODELS, RUNS = table("language_models", AS_OF), table("training_runs", AS_OF)
V3, LLAMA = (MODELS.row(name).into(Transformer) for name in ("deepseek_v3", "llama_3_1_405b"))
V3_RUN, LLAMA_RUN = RUNS.row("deepseek_v3"), RUNS.row("llama_3_1_405b")


def test_factors_multiply_to_the_ratio_of_published_hours() -> None:
    own = transformer.training_flop_per_token(V3, V3_RUN.context_tokens)
    rival = transformer.training_flop_per_token(LLAMA, LLAMA_RUN.context_tokens)
    rate = training_compute.achieved_flop_per_s(own, V3_RUN.tokens, V3_RUN.gpu_hours_pretraining)
    steady = training_compute.hours_at_rate(rival, LLAMA_RUN.tokens, LLAMA_RUN.running_flop_per_s)
    outside = (LLAMA_RUN.gpu_hours_total / steady) / (V3_RUN.gpu_hours_total / V3_RUN.gpu_hours_pretraining)
    ledger = el.Ledger(
        rival / own, LLAMA_RUN.tokens / V3_RUN.tokens, rate / LLAMA_RUN.running_flop_per_s, outside, price_per_hour=1.0
    )
    # 30.84 million GPU-hours over 2.788 million
    assert el.documented(ledger) == pytest.approx(30.84 / 2.788, rel=1e-12)


def test_v3_is_not_ahead_on_like_hours() -> None:
    # 250.456 GFLOP · 14.8e12 tokens / (2.664e6 h · 3,600 s) = 386.5 TFLOP/s, below the 400 that Meta measured
    work = transformer.training_flop_per_token(V3, 4096)
    rate = training_compute.achieved_flop_per_s(work, V3_RUN.tokens, V3_RUN.gpu_hours_pretraining)
    assert rate == pytest.approx(386.5e12, rel=1e-3)
    assert rate < LLAMA_RUN.running_flop_per_s
    # an independent estimate published on 8 January 2025 finds 37 per cent of the BF16 peak
    assert training_compute.utilisation(rate, 989.4e12) == pytest.approx(0.37, abs=0.03)


def test_reported_hours_are_consistent() -> None:
    # table 1 of arXiv 2412.19437: 2,664K + 119K + 5K, and 180K for each of 14.8 trillion tokens
    assert V3_RUN.gpu_hours_total == (2664 + 119 + 5) * 1e3
    assert V3_RUN.gpu_hours_pretraining == pytest.approx(180e3 * 14.8, rel=1e-12)


def test_capacity_in_bytes() -> None:
    # 671.026 billion bytes over 80 GiB and over 24 GiB; makers' GB would give 8.39 and 27.96
    weights = memory_fit.weight_bytes(transformer.total_parameters(V3), 8)
    assert memory_fit.cards(weights, 80 * 1024, 1.0) == pytest.approx(7.8118, rel=1e-4)
    assert memory_fit.cards(weights, 24 * 1024, 1.0) == pytest.approx(26.0393, rel=1e-4)


def test_cache_at_full_length() -> None:
    # 131,072 tokens at 70,272 and 516,096 bytes
    assert kv_cache.cache_bytes(V3, 131_072, 1) == pytest.approx(9.2107e9, rel=1e-4)
    assert kv_cache.cache_bytes(LLAMA, 131_072, 1) == pytest.approx(67.6457e9, rel=1e-4)
