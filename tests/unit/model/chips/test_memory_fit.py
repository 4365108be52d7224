"""`memory_fit` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.facts import table
from shortcase.model import arithmetic
from shortcase.model.chips import memory_fit
from shortcase.model.language_models import transformer
from shortcase.model.language_models.transformer import Transformer

GIB = 2.0**30
AS_OF = "2025-01-25"
MODELS, RUNS = table("language_models", AS_OF), table("training_runs", AS_OF)
V3, LLAMA = (MODELS.row(name).into(Transformer) for name in ("deepseek_v3", "llama_3_1_405b"))
EXACT = 1e-6


def test_weights() -> None:
    assert memory_fit.weight_bytes(671e9, np.array([8, 4])).tolist() == [671e9, 335.5e9]


@pytest.mark.parametrize(
    ("gigabytes", "mib", "expected"),
    # 405 billion at 32, 16, 8 and 4 bits over 80 GiB: 1620e9 / 85.899e9 and so on
    [(1620, 81_920, 18.8593), (810, 81_920, 9.42964), (405, 81_920, 4.71482), (671, 24_576, 26.0382)],
)
def test_cards_in_bytes(gigabytes: float, mib: float, expected: float) -> None:
    assert memory_fit.cards(gigabytes * 1e9, mib, 1.0) == pytest.approx(expected, rel=1e-5)


def test_whole_cards_are_enough_and_one_fewer_is_not() -> None:
    needed = np.linspace(1.0, 50.0, 99) * GIB
    whole = memory_fit.whole_cards(needed, 8 * 1024, 1.0)
    assert np.all(whole * 8 * GIB >= needed)
    assert np.all((whole - 1) * 8 * GIB < needed)


def test_resident_and_bits() -> None:
    assert arithmetic.total((10.0, 2.0)) == 12.0
    assert memory_fit.cache_share(10.0, 2.0) == pytest.approx(1 / 6, rel=1e-12)
    # weights of exactly the bits that fit fill the card, and so does the largest model at these bits
    bits = memory_fit.bits_that_fit(24_576, 0.9, 70e9)
    assert memory_fit.cards(memory_fit.weight_bytes(70e9, bits), 24_576, 0.9) == pytest.approx(1.0, rel=1e-12)
    assert memory_fit.parameters_that_fit(24_576, 0.9, bits) == pytest.approx(70e9, rel=1e-12)


def test_cost_is_whole_cards() -> None:
    # 37.5 billion bytes over 24 GiB at nine tenths are 1.62 cards, so two are bought
    assert memory_fit.cost_of_cards(37.5e9, 24_576, 0.9, np.array([1000.0, 1599.0])).tolist() == [2000.0, 3198.0]


def test_capacity_in_bytes() -> None:
    # 671.026 billion bytes over 80 GiB and over 24 GiB; makers' GB would give 8.39 and 27.96
    weights = memory_fit.weight_bytes(transformer.total_parameters(V3), 8)
    assert memory_fit.cards(weights, 80 * 1024, 1.0) == pytest.approx(7.8118, rel=1e-4)
    assert memory_fit.cards(weights, 24 * 1024, 1.0) == pytest.approx(26.0393, rel=1e-4)


def test_cards_as_ratios_in_makers_gigabytes() -> None:
    makers_80, makers_24 = 80e9 / 2**20, 24e9 / 2**20
    bits = (32, 16, 8, 4)
    cards = [memory_fit.cards(memory_fit.weight_bytes(405e9, b), makers_80, 1.0) for b in bits]
    assert cards == pytest.approx([20.25, 10.125, 5.0625, 2.53125], rel=EXACT)
    v3 = [memory_fit.cards(memory_fit.weight_bytes(671e9, b), makers_24, 1.0) for b in (8, 4)]
    assert v3 == pytest.approx([671 / 24, 671 / 48], rel=EXACT)  # 28 and 14 cards
    assert memory_fit.bits_that_fit(makers_24, 1.0, 70e9) == pytest.approx(24 * 8 / 70, rel=EXACT)  # 2.74


def test_what_a_card_may_hold() -> None:
    # 24 GiB, nine tenths of them
    assert memory_fit.usable_bytes(24_576, 0.9) == pytest.approx(0.9 * 24 * 2**30, rel=1e-12)
