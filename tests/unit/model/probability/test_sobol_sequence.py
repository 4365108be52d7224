"""Sobol's sequence against scipy's, and against the first points of the published one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from shortcase.model.probability.sobol_sequence import BITS, MOST, Sobol


@pytest.mark.parametrize("dimensions", [1, 2, 61, MOST])
@pytest.mark.parametrize("seed", [1, 9])
def test_the_points_are_those_of_scipy(dimensions: int, seed: int) -> None:
    # scipy spawns a generator of its own from the one that it is given
    ours = Sobol(dimensions, np.random.default_rng(seed).spawn(1)[0])
    theirs = qmc.Sobol(dimensions, rng=np.random.default_rng(seed))
    for count in (1, 1, 2, 60, 64, 0, 896):
        assert np.array_equal(ours.random(count), theirs.random(count))


def test_the_first_numbers_are_those_of_joe_and_kuo() -> None:
    """Their file gives the fourth dimension x³ + x + 1 and 1, 3, 1; the recurrence by hand from there."""
    found = (Sobol.direction_numbers(4)[3] >> np.arange(BITS - 1, -1, -1, dtype=np.uint32)).tolist()
    m = [1, 3, 1]
    for j in range(3, 8):  # m_k = 2²·a₂·m_(k−2) ⊕ 2³·m_(k−3) ⊕ m_(k−3) for 1, a₁, a₂, 1 = 1, 0, 1, 1
        m.append(m[j - 2] << 2 ^ m[j - 3] << 3 ^ m[j - 3])
    assert found[:8] == m


@pytest.mark.parametrize("dimensions", [0, MOST + 1])
def test_dimensions_without_numbers_are_refused(dimensions: int) -> None:
    with pytest.raises(ValueError, match="dimensions"):
        Sobol.direction_numbers(dimensions)


def test_a_sequence_ends_where_it_would_begin_again() -> None:
    points = Sobol(1, np.random.default_rng(1))
    points.random(4)
    with pytest.raises(ValueError, match="no more"):
        points.random((1 << BITS) - 3)
