"""`accuracy_by_spending` against published values and figures worked by hand."""

from __future__ import annotations

import math

import pytest

from shortcase.model.language_models import accuracy_by_spending


def test_a_slope_between_two_points_of_o3() -> None:
    assert accuracy_by_spending.points_per_doubling(0.757, 0.875, 172.0) == pytest.approx(
        0.118 / math.log(172.0, 2.0), rel=1e-12
    )
