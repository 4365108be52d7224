"""`build_out` against published values and figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from shortcase.facts import table
from shortcase.model import arithmetic
from shortcase.model.demand import build_out, build_out_ceiling
from shortcase.model.valuation import annuity

AS_OF = "2025-01-25"


def test_the_sums_that_went_round_the_industry() -> None:
    # Four quarters to October 2024 make 98.0 billion; by two and by two 392. The last, 30.77, by sixteen: 492.
    sales = table("nvidia_data_center", AS_OF)
    year = arithmetic.total([sales.row(q).data_center_usd for q in ("fy2024q4", "fy2025q1", "fy2025q2", "fy2025q3")])
    assert build_out.lifetime_sales(year, 0.5, 0.5) == pytest.approx(392e9, rel=2e-3)
    assert build_out.lifetime_sales(4.0 * sales.row("fy2025q3").data_center_usd, 0.5, 0.5) == pytest.approx(
        492e9, rel=2e-3
    )
    assert build_out.all_in(year, 0.5) == pytest.approx(196e9, rel=2e-3)


def test_purchases_of_several_years_at_work_at_once() -> None:
    # 230 billion a year, 12 per cent, five years, level rents: 63.8 billion for one year's purchases; 319, 202 and 154
    # for all five at flat purchases and at 30 and 60 per cent growth.
    level = annuity.capital_recovery_factor(0.12, 5.0)
    assert build_out.charge_of_all(230e9, level, 1.0) == pytest.approx(63.8e9, rel=1e-3)
    at_work = build_out.vintages(np.array([0.0, 0.3, 0.6]), 5.0, 0.0)
    assert build_out.charge_of_all(230e9, level, at_work) == pytest.approx([319e9, 202e9, 153.9e9], rel=1e-3)
    by_sum = sum((0.7 / 1.3) ** k for k in range(4))
    assert build_out.vintages(0.3, 4.0, 0.3) == pytest.approx(by_sum)


def test_the_ceiling_is_the_need_turned_round() -> None:
    terms = {"growth_per_year": 0.5, "years": 4.0, "decline": 0.3}
    purchases = build_out.purchases_carried(20e9, customer_margin=0.5, charge=0.47, **terms)
    owed = build_out.charge_of_all(purchases, 0.47, build_out.vintages(**terms))
    assert build_out.sales_needed(owed, 0.5) == pytest.approx(20e9)
    assert arithmetic.product(purchases, 0.5) == purchases / 2.0


def test_years_by_hand() -> None:
    # Eight times, doubling each year: three years. A half spent, growing by a half against level cash: ln 2 / ln 1.5.
    assert build_out.years_to_reach(160.0, 20.0, 1.0) == pytest.approx(3.0)
    assert build_out.years_within_cash(2.0, 1.0, 0.5, 0.0) == pytest.approx(math.log(2.0) / math.log(1.5))
    # Spending that doubles against cash that grows by a quarter gains 1.6 a year, and 1.6 · 1.6 = 2.56 in two.
    assert build_out.years_within_cash(2.56, 1.0, 1.0, 0.25) == pytest.approx(2.0)


def test_interest_of_a_tenth_over_four_years_takes_a_sixth_off_a_growing_ceiling() -> None:
    # CRF(0.1, 4) = 0.31547; machines of four years, grown by 5 % a year, are 3.7232 purchases of the last: 1.17457.
    ceiling = {"ai_share": 0.02, "chip_share": 0.5, "customer_margin": 0.5, "life_years": 4.0}
    with_interest = build_out_ceiling.ceiling_usd(110e12, 0.05, 1.0, rate=0.1, **ceiling)
    plain = 0.02 * 110e12 * 1.05 * 0.5 * 0.5
    assert plain / with_interest == pytest.approx(1.17457, rel=1e-5)


def test_a_dollar_of_chips_must_bring_its_interest_too() -> None:
    # Four dollars without interest; 4 · 4 · 0.31547 with it.
    found = build_out.lifetime_sales_with_interest(1.0, 0.5, 0.5, rate=0.1, years=4.0)
    assert found == pytest.approx(5.0475, rel=1e-4)
