"""What rivals can have packaged and what a seller loses: by hand, against audited values, by a second route."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.facts import later, table
from shortcase.model.language_models import serving_cost
from shortcase.model.markets import packaging_limit, revenue_at_risk
from shortcase.model.markets.packaging_limit import Packaging
from shortcase.model.markets.revenue_at_risk import Substitution
from shortcase.model.valuation.annuity import hourly_charge

AS_OF = "2025-01-25"
WAFERS = Packaging(0.37, 17.0, 0.93, 12.8, 2.25)


def test_amazons_cluster_in_h100s() -> None:
    # 400,000 Trainium2 of 667 TFLOP/s against 989: 270,000 H100s, 6.7 to 10.8 billion dollars at 25,000 to 40,000
    found = revenue_at_risk.equivalents(400_000.0, 667e12, 1e15, 989e12, 1e12)
    assert found == pytest.approx(400_000 * 667 / 989, rel=1e-12)
    assert 25_000 * found == pytest.approx(6.744e9, rel=1e-4)
    assert 40_000 * found == pytest.approx(10.791e9, rel=1e-4)
    # the lower of the two roofs decides
    assert revenue_at_risk.equivalents(1.0, 2.0, 3.0, 1.0, 2.0) == 1.5


def test_packages_by_what_fits_on_a_wafer() -> None:
    # the ceiling hangs on packages to a wafer: 55,000 to 70,000 wafers a month, of which 30 and 37 per cent
    low, high = 12 * 55_000, 12 * 70_000
    assert packaging_limit.packages(low, 0.30, 14.0) == pytest.approx(2.772e6)
    assert packaging_limit.packages(high, 0.37, 14.0) == pytest.approx(4.3512e6)
    assert packaging_limit.packages(low, 0.30, 16.0) == pytest.approx(3.168e6)
    assert packaging_limit.packages(low, 0.30, 29.0) == pytest.approx(5.742e6)


def test_output_share_and_its_inverse() -> None:
    # 0.37·17·0.93 = 5.8497; 0.63·12.8·2.25 = 18.144
    share = packaging_limit.rival_output_share(WAFERS)
    assert share == pytest.approx(5.8497 / 23.9937, rel=1e-12)
    assert packaging_limit.wafer_share_for(share, WAFERS) == pytest.approx(0.37, rel=1e-12)
    # chips alike: the share of output is that of the wafers
    assert packaging_limit.rival_output_share(Packaging(0.3, 10.0, 1.0, 10.0, 1.0)) == pytest.approx(0.3)


def test_output_share_by_adding_up_chips() -> None:
    rivals = packaging_limit.packages(660_000.0, 0.37, 17.0) * 0.93
    leader = packaging_limit.packages(660_000.0, 0.63, 12.8) * 2.25
    assert packaging_limit.rival_output_share(WAFERS) == pytest.approx(rivals / (rivals + leader), rel=1e-12)


def test_memory_and_wafers() -> None:
    # 46.7e9·0.3 = 14.01e9 dollars; a package of 96 GB at 15 dollars costs 1,440
    by_memory = packaging_limit.packages_with_memory(46.7e9, 0.3, 15.0, 96.0)
    assert by_memory == pytest.approx(14.01e9 / 1440, rel=1e-12)
    assert packaging_limit.buildable(np.array([1e6, 2e7]), by_memory) == pytest.approx([1e6, by_memory])


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


def test_price_of_a_machine_leads_back_to_the_price_of_a_token() -> None:
    price = serving_cost.machine_price_for(0.6, 90_000.0, 20.0, 4.0, rate=0.12, years=4.0)
    hour = hourly_charge(4 * price, 0.12, 4.0) + 20.0
    assert serving_cost.usd_per_million_tokens(hour, 90_000.0) == pytest.approx(0.6, rel=1e-9)


def test_sales_of_the_day_against_a_later_count() -> None:
    # sales less networks, at the price of an H100, make as many H100s as Epoch AI counted fifteen months later
    centre = table("nvidia_data_center", AS_OF)
    sales = sum(centre.row(name).data_center_usd for name in ("fy2024q4", "fy2025q1", "fy2025q2", "fy2025q3"))
    last = centre.row("fy2025q3")
    found = revenue_at_risk.units_sold(sales, last.networking_usd / last.data_center_usd, 27_500.0)
    assert found == pytest.approx(later("chip_counts").row("nvidia_2024").h100_equivalents, rel=0.06)


def test_parts_of_the_wafers_add_up() -> None:
    packed = table("packaging", AS_OF)
    parts = [packed.row(f"{who}_share").value for who in ("nvidia", "broadcom", "amd", "marvell", "other")]
    assert sum(parts) == pytest.approx(1.01)  # as printed
