"""`mixture_of_experts` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.facts import table
from shortcase.model.language_models import mixture_of_experts
from shortcase.model.language_models.transformer import Transformer, active_parameters, total_parameters

V3 = table("language_models", "2025-01-25").row("deepseek_v3").into(Transformer)
EXACT = 1e-6


@pytest.mark.parametrize(
    ("tokens", "share"),
    # 1 − (31/32)ᴮ by repeated squaring: 0.9384766, 0.8807383, 0.7756999 (B = 8), then 0.1310840 (64), 0.0171830
    [(1, 1 / 32), (8, 0.224300), (64, 0.868916), (128, 0.982817)],
)
def test_share_by_hand(tokens: int, share: float) -> None:
    assert mixture_of_experts.share_of_experts_touched(256, 8, tokens) == pytest.approx(share, abs=1e-6)


def test_share_against_a_simulated_router() -> None:
    rng = np.random.default_rng(7)
    touched = []
    for _ in range(400):
        choices = rng.permuted(np.tile(np.arange(256), (32, 1)), axis=1)[:, :8]
        touched.append(np.unique(choices).size / 256)
    # standard error of the mean is about 0.001
    assert mixture_of_experts.share_of_experts_touched(256, 8, 32) == pytest.approx(np.mean(touched), abs=0.005)


def test_one_token_touches_the_active_parameters() -> None:
    assert mixture_of_experts.parameters_touched(V3, 1) == pytest.approx(active_parameters(V3), rel=1e-12)


def test_a_large_batch_touches_everything() -> None:
    assert mixture_of_experts.parameters_touched(V3, 4096) == pytest.approx(total_parameters(V3), rel=1e-9)
    assert np.all(np.diff(mixture_of_experts.parameters_touched(V3, np.array([1, 8, 64, 512]))) > 0)


def test_shares_of_the_whole() -> None:
    # 58 layers · 256 experts · 3 · 7168 · 2048 parameters
    assert mixture_of_experts.expert_share_of_parameters(V3) == pytest.approx(
        58 * 256 * 3 * 7168 * 2048 / 671_026_404_352, rel=1e-12
    )
    assert mixture_of_experts.sparsity(V3) == pytest.approx(671_026_404_352 / 37_552_282_624, rel=1e-12)


@pytest.mark.parametrize(("tokens", "share"), [(8, 0.2243), (32, 0.637945), (64, 0.868916), (128, 0.982817)])
def test_experts_touched(tokens: int, share: float) -> None:
    found = mixture_of_experts.share_of_experts_touched(256, 8, tokens)
    assert found == pytest.approx(1 - (31 / 32) ** tokens, rel=EXACT)
    assert found == pytest.approx(share, abs=1e-6)
