"""Bytes against cards; ratios are tested, and a ceiling only where it cannot turn on a unit."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model import arithmetic
from shortcase.model.chips import memory_fit as mf

GIB = 2.0**30


def test_weights() -> None:
    assert mf.weight_bytes(671e9, np.array([8, 4])).tolist() == [671e9, 335.5e9]


@pytest.mark.parametrize(
    ("gigabytes", "mib", "expected"),
    # 405 billion at 32, 16, 8 and 4 bits over 80 GiB: 1620e9 / 85.899e9 and so on
    [(1620, 81_920, 18.8593), (810, 81_920, 9.42964), (405, 81_920, 4.71482), (671, 24_576, 26.0382)],
)
def test_cards_in_bytes(gigabytes: float, mib: float, expected: float) -> None:
    assert mf.cards(gigabytes * 1e9, mib, 1.0) == pytest.approx(expected, rel=1e-5)


def test_whole_cards_are_enough_and_one_fewer_is_not() -> None:
    needed = np.linspace(1.0, 50.0, 99) * GIB
    whole = mf.whole_cards(needed, 8 * 1024, 1.0)
    assert np.all(whole * 8 * GIB >= needed)
    assert np.all((whole - 1) * 8 * GIB < needed)


def test_resident_and_bits() -> None:
    assert arithmetic.total((10.0, 2.0)) == 12.0
    assert mf.cache_share(10.0, 2.0) == pytest.approx(1 / 6, rel=1e-12)
    # weights of exactly the bits that fit fill the card, and so does the largest model at these bits
    bits = mf.bits_that_fit(24_576, 0.9, 70e9)
    assert mf.cards(mf.weight_bytes(70e9, bits), 24_576, 0.9) == pytest.approx(1.0, rel=1e-12)
    assert mf.parameters_that_fit(24_576, 0.9, bits) == pytest.approx(70e9, rel=1e-12)


def test_cost_is_whole_cards() -> None:
    # 37.5 billion bytes over 24 GiB at nine tenths are 1.62 cards, so two are bought
    assert mf.cost_of_cards(37.5e9, 24_576, 0.9, np.array([1000.0, 1599.0])).tolist() == [2000.0, 3198.0]


def test_streaming() -> None:
    assert arithmetic.ratio(np.array([64e9, 128e9]), 64e9).tolist() == [1.0, 2.0]
