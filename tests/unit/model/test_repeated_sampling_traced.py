"""Coverage by repeated tries against worked points; traced where the formula can be."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.language_models import repeated_sampling
from shortcase.show.live import parity, trace_inputs


def test_coverage_is_the_complement_of_missing_every_time() -> None:
    assert parity(repeated_sampling.coverage, success=0.2, tries=10.0) < 1e-12
    assert repeated_sampling.coverage(0.2, 10.0) == pytest.approx(1 - 0.8**10, rel=1e-12)


@pytest.mark.parametrize(
    ("concentration", "tries", "share"),
    # By the product 1 − Π (β + i)/(α + β + i), i < k; the audit gives 46, 57, 71 and 88 %.
    [(1.0, 10.0, 0.46), (1.0, 30.0, 0.57), (5.0, 10.0, 0.71), (5.0, 30.0, 0.88)],
)
def test_a_spread_of_difficulty_caps_what_tries_can_do(concentration: float, tries: float, share: float) -> None:
    alpha, beta = 0.2 * concentration, 0.8 * concentration
    product = 1 - np.prod([(beta + i) / (alpha + beta + i) for i in range(int(tries))])
    found = float(repeated_sampling.coverage_of_a_spread(0.2, concentration, tries))
    assert found == pytest.approx(product, rel=1e-10)
    assert found == pytest.approx(share, abs=0.005)
    assert found < float(repeated_sampling.coverage(0.2, tries))


def test_an_array_of_draws_gives_what_each_draw_gives() -> None:
    c = np.array([0.5, 1.0, 8.0])
    each = [float(repeated_sampling.coverage_of_a_spread(0.3, x, 20.0)) for x in c]
    assert repeated_sampling.coverage_of_a_spread(0.3, c, 20.0) == pytest.approx(each, rel=1e-12)


def test_the_spread_refuses_a_trace_instead_of_guessing() -> None:
    with pytest.raises((TypeError, AttributeError)):
        repeated_sampling.coverage_of_a_spread(**trace_inputs("mean_success", "concentration", "tries"))
