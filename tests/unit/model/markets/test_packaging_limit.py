"""`packaging_limit` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.markets import packaging_limit
from shortcase.model.markets.packaging_limit import Packaging

WAFERS = Packaging(0.37, 17.0, 0.93, 12.8, 2.25)


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


def test_wafers_to_come() -> None:
    # the first year is booked; then a tenth more of all wafers each year, until there are no more
    years = np.array([0.0, 1.0, 2.0, 3.5, 20.0])
    shares = packaging_limit.wafer_share_after(0.4, 0.1, years)
    assert shares == pytest.approx([0.4, 0.4, 0.5, 0.65, 1.0], rel=1e-12)
    assert packaging_limit.output(700_000.0, 0.6, 10.0, 2.5) == pytest.approx(10.5e6, rel=1e-12)
    assert packaging_limit.sales_per_wafer(210e9, 700_000.0, 0.6) == pytest.approx(500_000.0, rel=1e-12)
