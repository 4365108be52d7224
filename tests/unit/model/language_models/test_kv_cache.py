"""`kv_cache` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.facts import table
from shortcase.model.language_models import kv_cache
from shortcase.model.language_models.transformer import Transformer


def config(name: str) -> Transformer:
    return MODELS.row(name).into(Transformer)


AS_OF = "2025-01-25"
MODELS, RUNS = table("language_models", AS_OF), table("training_runs", AS_OF)
V3, LLAMA = (MODELS.row(name).into(Transformer) for name in ("deepseek_v3", "llama_3_1_405b"))


@pytest.mark.parametrize(
    ("name", "published"),
    # table 1 of arXiv 2505.09343, in units of 1,000 bytes: 70.272, 327.680 and 516.096; Llama 70B has Qwen's shape here
    [("deepseek_v3", 70_272), ("qwen_2_5_72b", 327_680), ("llama_3_1_405b", 516_096), ("llama_3_1_70b", 327_680)],
)
def test_bytes_per_token_as_published(name: str, published: int) -> None:
    assert kv_cache.bytes_per_token(config(name)) == published


def test_grouped_by_hand() -> None:
    # two tensors · 32 layers · 8 heads · 128 · 2 bytes
    assert kv_cache.bytes_per_token(config("llama_3_1_8b")) == 2 * 32 * 8 * 128 * 2


def test_full_multi_head_counterfactual() -> None:
    # 2 · 61 layers · 128 heads · 128 · 2 bytes, the report's comparison; 57 times what is kept
    v3 = config("deepseek_v3")
    assert kv_cache.bytes_per_token_multi_head(v3) == 3_997_696
    assert kv_cache.bytes_per_token_multi_head(v3) / kv_cache.bytes_per_token(v3) == pytest.approx(512 / 9, rel=1e-12)
    # a model that has a key for every query head keeps just that
    gpt3 = config("gpt_3")
    assert kv_cache.bytes_per_token_multi_head(gpt3) == kv_cache.bytes_per_token(gpt3) == 2 * 96 * 12_288 * 2


def test_per_layer_latent_against_eight_groups() -> None:
    latent = kv_cache.values_per_token_and_layer(config("deepseek_v3"))
    grouped = kv_cache.values_per_token_and_layer(config("llama_3_1_405b"))
    assert (latent, grouped) == (576, 2048)


def test_a_batch_at_full_context() -> None:
    # 131,072 tokens · 70,272 bytes
    assert kv_cache.cache_bytes(config("deepseek_v3"), 131_072, 1) == 131_072 * 70_272
    sizes = kv_cache.cache_bytes(config("deepseek_v3"), np.array([1024, 2048]), np.array([[1], [8]]), 1.0)
    assert sizes.tolist() == [[35_979_264.0, 71_958_528.0], [287_834_112.0, 575_668_224.0]]


def test_cache_at_full_length() -> None:
    # 131,072 tokens at 70,272 and 516,096 bytes
    assert kv_cache.cache_bytes(V3, 131_072, 1) == pytest.approx(9.2107e9, rel=1e-4)
    assert kv_cache.cache_bytes(LLAMA, 131_072, 1) == pytest.approx(67.6457e9, rel=1e-4)
