"""`price_elasticity` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.demand.price_elasticity import (
    arc_elasticity,
    rebound,
    spend_multiple,
    task_elasticity_needed,
    task_price,
)


@pytest.mark.parametrize(
    ("elasticity", "multiple"),
    # 45^−0.5 = 1/√45 = 1/6.70820393; 45^−0.2 = e^(−0.761332); 45^0.2 is its reciprocal; 45^0.5 = √45
    [(0.5, 0.1490711985), (0.8, 0.4670435), (1.0, 1.0), (1.2, 2.1411282), (1.5, 6.7082039325)],
)
def test_spend_multiple(elasticity: float, multiple: float) -> None:
    assert spend_multiple(45.0, elasticity) == pytest.approx(multiple, rel=1e-6)


def test_rebound_has_its_limits_at_the_ends_only() -> None:
    assert rebound(45.0, 0.0) == pytest.approx(0.0, abs=1e-12)
    assert rebound(45.0, 1.0) == pytest.approx(1.0, rel=1e-12)
    # 1 − (1 − 0.4670435)/(44/45): by hand 1 − 0.5329565 · 45/44 = 0.454931
    assert rebound(45.0, 0.8) == pytest.approx(0.454931, rel=1e-5)
    # a small gain: the textbook case in which rebound is the elasticity
    assert rebound(1.0 + 1e-6, 0.8) == pytest.approx(0.8, abs=1e-5)


def test_arc_elasticity_of_lighting() -> None:
    # Fouquet and Pearson 2012: price to a three-thousandth, use forty-thousandfold:
    # ln 40,000 / ln 3,000 = 10.5966347 / 8.0063676
    assert arc_elasticity(3000.0, 1.0, 1.0, 40_000.0) == pytest.approx(1.3235259, rel=1e-6)


def test_a_task_of_which_compute_is_a_part() -> None:
    assert task_price(45.0, 1.0) == pytest.approx(1 / 45, rel=1e-12)
    assert task_price(45.0, 0.0) == 1.0
    # compute is the whole cost: both elasticities are one thing
    assert task_elasticity_needed(45.0, 0.8, 1.0) == pytest.approx(0.8, rel=1e-12)
    # and the needed one does what it is for: k^ε = price^(−η)
    needed = task_elasticity_needed(7.0, 0.8, 0.4)
    assert task_price(7.0, 0.4) ** -needed == pytest.approx(7.0**0.8, rel=1e-12)
    # a small gain gives Hicks's rule of derived demand: ε = s · η
    assert task_elasticity_needed(1.0 + 1e-7, 0.8, 0.4) == pytest.approx(2.0, rel=1e-5)
