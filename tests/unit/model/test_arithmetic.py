"""`arithmetic` against published values and figures worked by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from shortcase.facts import later, table
from shortcase.model import arithmetic

FROZEN = "2026-06-30"
AS_OF = "2025-01-25"


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


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (0.30, 0.25, True),  # 0.05 is more than a tenth of 0.25
        (0.25, 0.30, True),
        (0.26, 0.25, False),
        (-0.30, -0.25, True),
        (0.1, -0.1, True),
        (0.0, 0.0, False),  # of a share that is worth nothing nothing is lost, either way
        (0.0, 0.01, True),
        (0.01, 0.0, True),
    ],
)
def test_two_amounts_differ_even_from_nothing(one: float, other: float, *, apart: bool) -> None:
    assert bool(arithmetic.differs(one, other, tolerance=0.1)) is apart


def test_amounts_differ_place_by_place() -> None:
    assert arithmetic.differs(np.array([0.0, 0.3]), np.array([0.0, 0.2]), tolerance=0.1).tolist() == [False, True]


def test_a_total_is_of_its_parts_and_of_arrays_place_by_place() -> None:
    assert arithmetic.total([]) == 0.0
    assert arithmetic.total([1.0, 2.0, 4.0]) == 7.0
    assert np.array_equal(arithmetic.total([np.array([1.0, 2.0]), np.array([10.0, 20.0])]), [11.0, 22.0])
    assert arithmetic.identity(142.62) == 142.62


def test_what_a_claim_needs() -> None:
    needed = arithmetic.product(2.788e6, 45.0)
    assert arithmetic.ratio(needed, 2.788e6) == pytest.approx(45.0, rel=1e-12)


def test_ratio() -> None:
    assert arithmetic.ratio(np.array([30.84e6, 57e6]), 2.788e6) == pytest.approx([11.0617, 20.4448], abs=1e-4)


def test_the_day_of_the_fall() -> None:
    before = table("nvidia_market", "2025-01-25").row("close_2025_01_24").price_usd
    after = later("nvidia_market", FROZEN).row("close_2025_01_27").price_usd
    assert arithmetic.growth(before, after) == pytest.approx(-0.1697, abs=5e-5)


def test_days() -> None:
    start = dt.date(2024, 9, 12).toordinal()
    days = [dt.date(2024, 11, 20), dt.date(2024, 11, 28), dt.date(2024, 12, 19), dt.date(2025, 1, 20)]
    assert [arithmetic.difference(day.toordinal(), start) for day in days] == [69, 77, 98, 130]


def test_streaming() -> None:
    assert arithmetic.ratio(np.array([64e9, 128e9]), 64e9).tolist() == [1.0, 2.0]


def test_bandwidth_for_money() -> None:
    assert arithmetic.ratio(3.35e12, 33_500.0) == pytest.approx(1e8)


def test_the_tax_would_pay_a_city_of_engineers() -> None:
    quarters = table("nvidia_quarters", AS_OF)
    gross = sum(quarters.row(q).gross_profit_usd for q in ("fy2024q4", "fy2025q1", "fy2025q2", "fy2025q3"))
    # By hand: 16.791 + 20.406 + 22.574 + 26.156 = 85.927; over 650,000 it is 132,195.
    assert gross == pytest.approx(85.927e9)
    assert arithmetic.ratio(gross, 650e3) == pytest.approx(132_195, abs=1)


def test_causes_that_multiply() -> None:
    assert arithmetic.compounded([0.8, 0.5]) == pytest.approx(-0.6, rel=1e-12)
    assert arithmetic.compounded([]) == 0.0


def test_levels_of_a_bridge_end_at_what_is_left() -> None:
    assert arithmetic.running(10.0, [2.0, 3.0], sign=-1.0) == [10.0, 8.0, 5.0]
    assert arithmetic.running(10.0, [2.0, -3.0]) == [10.0, 12.0, 9.0]
    assert arithmetic.running(10.0, []) == [10.0]
