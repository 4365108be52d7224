"""Small before large, and the sizes of the models that R1 was distilled into."""

from __future__ import annotations

import pytest

from shortcase.facts import table
from shortcase.model import arithmetic
from shortcase.model.language_models import model_cascade as mc
from shortcase.model.language_models import transformer
from shortcase.model.language_models.transformer import Transformer


def test_a_cascade_pays_from_its_share_of_the_work() -> None:
    share = arithmetic.ratio(14.0, 37.0)
    assert mc.work_left(14.0, 37.0, share) == pytest.approx(1.0, rel=1e-12)
    assert mc.work_left(14.0, 37.0, 1.0) == pytest.approx(14 / 37, rel=1e-12)


def test_volume_and_share_are_inverse() -> None:
    assert mc.volume_to_refill(0.3) == pytest.approx(3 / 7, rel=1e-12)
    assert mc.share_for_volume(1.0 + mc.volume_to_refill(0.3)) == pytest.approx(0.3, rel=1e-12)


def test_bandwidth_for_money() -> None:
    assert arithmetic.ratio(3.35e12, 33_500.0) == pytest.approx(1e8)


@pytest.mark.parametrize(
    ("name", "billions"),
    # Safetensors counts on the model pages: 1.78B, 7.62B, 14.8B and 32.8B
    [("qwen_1_5b", 1.78), ("qwen_7b", 7.62), ("qwen_14b", 14.8), ("qwen_32b", 32.8)],
)
def test_sizes_of_the_distilled_models(name: str, billions: float) -> None:
    model = table("distilled_models", "2025-01-25").row(name).into(Transformer)
    assert transformer.total_parameters(model) / 1e9 == pytest.approx(billions, rel=3e-3)


def test_size_of_the_praised_model_by_hand() -> None:
    """Two matrices of 152,064·5,120; 48 layers of attention, gated feed-forward, biases and two norms; a last norm.

    Attention 2·5,120² + 2·5,120·1,024 + 5,120 + 2,048 = 62,921,728; feed-forward 3·5,120·13,824 = 212,336,640; norms
    10,240; a layer 275,268,608, all layers 13,212,893,184; embeddings 1,557,135,360; last norm 5,120.
    """
    model = table("distilled_models", "2025-01-25").row("qwen_14b").into(Transformer)
    assert transformer.total_parameters(model) == 13_212_893_184 + 1_557_135_360 + 5_120
