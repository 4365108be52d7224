"""`normal_distribution` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from shortcase.model.probability import normal_distribution


def test_the_normal_distribution_is_that_of_the_tables() -> None:
    # Any table of the normal distribution: Φ(1) = 0.8413, Φ(1.645) = 0.95, Φ(2.576) = 0.995.
    assert normal_distribution.share_below(np.array([1.0, 1.645, 2.576])) == pytest.approx(
        [0.8413, 0.95, 0.995], abs=5e-5
    )
    z = np.linspace(-7.0, 7.0, 57)
    assert normal_distribution.share_below(z) == pytest.approx(ndtr(z), abs=1e-12)
    shares = np.linspace(0.001, 0.999, 41)
    assert normal_distribution.quantile(shares) == pytest.approx(ndtri(shares), abs=1e-10)
