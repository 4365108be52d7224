"""`diffusion` against published values and figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from shortcase.model.demand.diffusion import adoption, adoption_by_year


def test_adoption_is_logistic() -> None:
    assert adoption(0.0, 0.5) == pytest.approx(0.01, rel=1e-12)
    assert adoption(0.5, 0.5) == pytest.approx(0.5, rel=1e-12)
    # symmetric about the half time, as a logistic is
    assert adoption(0.2, 0.5) + adoption(0.8, 0.5) == pytest.approx(1.0, rel=1e-12)
    # its log-odds are a straight line
    odds = [math.log(a / (1 - a)) for a in adoption(np.array([0.0, 1.0, 2.0]), 0.5)]
    assert odds[2] - odds[1] == pytest.approx(odds[1] - odds[0], rel=1e-9)


@pytest.mark.parametrize("first", [0.5, 1.0])
def test_the_path_of_adoption_is_adoption_in_each_year(first: float) -> None:
    half_times = np.array([0.1, 0.5, 3.0, 40.0])
    for t, reached in enumerate(adoption_by_year(half_times, 10, first)):
        assert reached == pytest.approx(adoption(first + t, half_times), rel=1e-13)
