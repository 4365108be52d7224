"""`revenue_at_risk` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.facts import later, table
from shortcase.model.markets import revenue_at_risk
from shortcase.model.markets.packaging_limit import Packaging
from shortcase.model.markets.revenue_at_risk import Substitution

WAFERS = Packaging(0.37, 17.0, 0.93, 12.8, 2.25)
AS_OF = "2025-01-25"


def test_amazons_cluster_in_h100s() -> None:
    # 400,000 Trainium2 of 667 TFLOP/s against 989: 270,000 H100s, 6.7 to 10.8 billion dollars at 25,000 to 40,000
    found = revenue_at_risk.equivalents(400_000.0, 667e12, 1e15, 989e12, 1e12)
    assert found == pytest.approx(400_000 * 667 / 989, rel=1e-12)
    assert 25_000 * found == pytest.approx(6.744e9, rel=1e-4)
    assert 40_000 * found == pytest.approx(10.791e9, rel=1e-4)
    # the lower of the two roofs decides
    assert revenue_at_risk.equivalents(1.0, 2.0, 3.0, 1.0, 2.0) == 1.5


def test_losses() -> None:
    plan = Substitution(0.5, 0.4, 0.7, 0.0, 0.2, 3.0)
    # after one half-time: own 0.55, lost 1 − 0.45/0.6 = 0.25 of one half; others 0.1, lost 0.1: 1 − 0.875·0.9
    assert revenue_at_risk.wanted_loss(plan, 3.0) == pytest.approx(1 - 0.875 * 0.9, rel=1e-12)
    assert revenue_at_risk.wanted_loss(plan, 0.0) == pytest.approx(0.0, abs=1e-15)
    # in the end: 1 − 0.3/0.6 = 0.5 of one half, and 0.2
    assert revenue_at_risk.wanted_loss(plan, 1e3) == pytest.approx(1 - 0.75 * 0.8, rel=1e-9)
    assert revenue_at_risk.possible_loss(0.9, WAFERS) == 0.0
    tight = revenue_at_risk.loss(plan, 0.2, WAFERS, np.array([0.0, 3.0, 30.0]))
    possible = 1 - (1 - 5.8497 / 23.9937) / 0.8
    assert tight == pytest.approx([0.0, possible, possible], abs=1e-12)


def test_loss_of_a_share_leads_back() -> None:
    lost = revenue_at_risk.purchases_lost(0.25, 0.31)
    assert revenue_at_risk.share_with_loss(0.25, lost) == pytest.approx(0.31, rel=1e-12)
    assert revenue_at_risk.purchases_lost(0.25, 0.25) == 0.0
    added = revenue_at_risk.sales_added(4e8, 0.7, 2.0)
    assert revenue_at_risk.growth_needed(added, 4e8, 2.0) == pytest.approx(0.7, rel=1e-12)


def test_growth_left_is_growth_after_sales_lost() -> None:
    left = 207e9 - revenue_at_risk.sales_lost(207e9, 0.88, 0.08)
    assert revenue_at_risk.growth_left(207e9, 126e9, 0.88, 0.08) == pytest.approx(left / 126e9 - 1, rel=1e-12)


def test_half_the_distance() -> None:
    assert revenue_at_risk.share_after(0.38, 0.6, 3.0, 3.0) == pytest.approx(0.49, rel=1e-12)
    assert revenue_at_risk.share_after(0.38, 0.6, 3.0, 6.0) == pytest.approx(0.545, rel=1e-12)
    assert revenue_at_risk.share_after(0.6, 0.38, 3.0, 3.0) == pytest.approx(0.49, rel=1e-12)


def test_sales_of_the_day_against_a_later_count() -> None:
    # sales less networks, at the price of an H100, make as many H100s as Epoch AI counted fifteen months later
    centre = table("nvidia_data_center", AS_OF)
    sales = sum(centre.row(name).data_center_usd for name in ("fy2024q4", "fy2025q1", "fy2025q2", "fy2025q3"))
    last = centre.row("fy2025q3")
    found = revenue_at_risk.units_sold(sales, last.networking_usd / last.data_center_usd, 27_500.0)
    assert found == pytest.approx(later("chip_counts").row("nvidia_2024").h100_equivalents, rel=0.06)
