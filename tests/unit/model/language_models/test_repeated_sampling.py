"""`repeated_sampling` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.chips import kernel_porting
from shortcase.model.language_models import repeated_sampling


def test_the_spread_of_difficulty_is_recovered() -> None:
    covered = float(repeated_sampling.coverage_of_a_spread(0.159, 0.3, 250.0))
    assert float(repeated_sampling.concentration_from(0.159, covered, 250.0)) == pytest.approx(0.3, rel=1e-9)


def test_the_concentration_brings_back_the_coverage() -> None:
    for c in (0.3, 1.0, 5.0):
        seen = repeated_sampling.coverage_of_a_spread(0.2, c, 30.0)
        assert repeated_sampling.concentration_from(0.2, seen, 30.0) == pytest.approx(c, rel=1e-6)
        assert kernel_porting.mean_success_for(seen, c, 0.0, 30) == pytest.approx(0.2, rel=1e-6)


def test_equal_kernels_are_the_limit_of_unequal_ones() -> None:
    # 89.3 per cent in ten tries at a fifth; of 1,000 kernels all right in thirty with a chance of 29 per cent.
    alike = repeated_sampling.coverage(0.2, 10.0)
    assert alike == pytest.approx(0.893, abs=5e-4)
    assert kernel_porting.accepted_right(0.2, 1e7, 0.0, 10) == pytest.approx(alike, abs=1e-5)
    assert kernel_porting.chance_all(repeated_sampling.coverage(0.2, 30.0), 1000.0) == pytest.approx(0.29, abs=5e-3)
