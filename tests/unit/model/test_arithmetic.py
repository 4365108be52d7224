"""The house's bare arithmetic, by figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model import arithmetic


def test_a_share_is_of_the_whole_and_a_ratio_of_the_other() -> None:
    assert arithmetic.share(21.0, 140.0) == pytest.approx(0.15)
    assert arithmetic.ratio(30.0, 2.5) == 12.0


def test_growth_and_excess_have_their_signs() -> None:
    assert arithmetic.growth(before=80.0, after=100.0) == pytest.approx(0.25)
    assert arithmetic.growth(before=100.0, after=80.0) == pytest.approx(-0.2)
    assert arithmetic.excess(amount=80.0, base=100.0) == pytest.approx(-0.2)


def test_a_difference_takes_the_second_from_the_first() -> None:
    assert arithmetic.difference(amount=7.0, less=9.0) == -2.0
    assert arithmetic.product(amount=7.0, times=3.0) == 21.0


def test_a_total_is_of_its_parts_and_of_arrays_place_by_place() -> None:
    assert arithmetic.total([]) == 0.0
    assert arithmetic.total([1.0, 2.0, 4.0]) == 7.0
    assert np.array_equal(arithmetic.total([np.array([1.0, 2.0]), np.array([10.0, 20.0])]), [11.0, 22.0])
    assert arithmetic.identity(142.62) == 142.62
