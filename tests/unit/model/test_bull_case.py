"""Text that is left, machines that age and what must be earned, against published values and figures worked by hand."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
from scipy.optimize import brentq

from shortcase.case.parameters import value
from shortcase.facts import table
from shortcase.model import arithmetic
from shortcase.model.demand import asset_life, build_out
from shortcase.model.language_models import checked_data, data_budget, scaling_law
from shortcase.model.language_models.scaling_law import ScalingLaw
from shortcase.model.valuation import annuity

AS_OF = "2025-01-25"
CORPUS, MODEL, MORE = 15e12, 405e9, 7e12


def law(row: str) -> ScalingLaw:
    return table("scaling_laws", AS_OF).row(row).into(ScalingLaw)


@pytest.mark.parametrize(
    ("row", "loss", "more", "all_text"),
    [("besiroglu_2024", 1.8926, 0.00412, 0.0315), ("hoffmann_2022", 1.813, 0.0075, 0.0724)],
)
def test_both_fits_at_the_corpus_of_the_day(row: str, loss: float, more: float, all_text: float) -> None:
    # With the constants of each paper's table, to the digits given: 482.01/405e9^0.3478 and 2085.43/15e12^0.3658, and
    # so on for the first fit in the unrounded constants of its TeX source.
    assert scaling_law.loss(law(row), MODEL, CORPUS) == pytest.approx(loss, abs=5e-4)
    assert scaling_law.saved_by_text(law(row), CORPUS, MORE) == pytest.approx(more, abs=5e-5)
    assert scaling_law.token_term(law(row), CORPUS) == pytest.approx(all_text, abs=5e-5)


def test_a_larger_model_saves_what_it_is_said_to() -> None:
    fit = law("besiroglu_2024")
    saved = scaling_law.saved_by_text(fit, CORPUS, MORE)
    larger = scaling_law.larger_model_instead(fit, MODEL, saved)
    assert scaling_law.loss(fit, MODEL * larger, CORPUS) == pytest.approx(scaling_law.loss(fit, MODEL, CORPUS + MORE))


def test_compute_split_evenly_is_a_model_and_a_text_each_larger_by_the_root() -> None:
    fit = law("besiroglu_2024")
    saved = scaling_law.saved_by_compute(fit, MODEL, CORPUS, 9.0)
    assert saved == pytest.approx(
        scaling_law.loss(fit, MODEL, CORPUS) - scaling_law.loss(fit, 3.0 * MODEL, 3.0 * CORPUS)
    )
    for wanted in (1e-4, 0.004, 0.02, 0.05, 0.07):
        by_bisection = brentq(lambda k, w=wanted: scaling_law.saved_by_compute(fit, MODEL, CORPUS, k) - w, 1.0, 1e12)
        assert scaling_law.compute_multiple_for(fit, MODEL, CORPUS, wanted) == pytest.approx(by_bisection, rel=1e-9)
    # By hand: as much again in half a year, at four times a year.
    assert scaling_law.months_of_compute(2.0, 4.0) == pytest.approx(6.0)


def test_four_passes_are_worth_nearly_four_texts_and_forty_are_not() -> None:
    # Muennighoff et al., abstract and section 6: four epochs are nearly as good as new text; with R* = 15.39 the law
    # gives 1 + 15.39·(1 − e^(−3/15.39)) = 3.727, and never more than 16.39 texts.
    half = table("text_stock", AS_OF).row("repetition").value
    assert scaling_law.effective_tokens(1.0, 1.0, half) == 1.0
    assert scaling_law.effective_tokens(1.0, 4.0, half) == pytest.approx(3.725, abs=5e-3)
    assert scaling_law.effective_tokens(1.0, 1e4, half) == pytest.approx(1.0 + half)


def test_the_essays_books() -> None:
    # By hand: 50,000 · 1.3 = 65,000; forty million of them are 2.6 trillion.
    assert data_budget.collection_tokens(40e6, np.array([50e3, 100e3]), 1.3) == pytest.approx([2.6e12, 5.2e12])
    assert arithmetic.ratio(3e12, 30e6) == 1e5
    assert data_budget.new_tokens(8.0, 0.5, 0.25) == 3.0


def test_a_product_is_as_unsure_as_draws_of_it() -> None:
    rng = np.random.default_rng(7)
    spreads = [data_budget.spread(50.0, 110.0), data_budget.spread(0.12, 0.45)]
    draws = np.exp(sum(rng.normal(0.0, s, 400_000) for s in spreads))
    both = data_budget.combined_spread(spreads)
    ends = data_budget.quantile_of_product(1.0, both, np.array([-data_budget.Z_90, data_budget.Z_90]))
    assert np.quantile(draws, [0.05, 0.95]) == pytest.approx(ends, rel=0.01)
    assert sum(data_budget.share_of_spread(s, both) for s in spreads) == pytest.approx(1.0)
    # The interval of one factor comes back from its own spread: its geometric middle, up by 1.645 of it.
    assert data_budget.quantile_of_product(math.sqrt(50.0 * 110.0), spreads[0], data_budget.Z_90) == pytest.approx(
        110.0
    )
    # What is left of a share between 0.2 and 0.9 lies between 0.1 and 0.8.
    assert data_budget.spread_of_rest(0.2, 0.9) == pytest.approx(data_budget.spread(0.1, 0.8))


def test_the_stock_lasts_three_and_a_half_years() -> None:
    # ln 20 / (0.38 · ln 10) = 3.42; at two to three times a year 4.32 and 2.73.
    growth = data_budget.yearly_growth(0.38)
    assert growth == pytest.approx(value("text_growth"), abs=0.01)
    assert data_budget.years_of_text_left(300e12, CORPUS, growth, 0.0) == pytest.approx(3.42, abs=0.005)
    assert data_budget.years_of_text_left(300e12, CORPUS, np.array([1.0, 2.0]), 0.0) == pytest.approx(
        [4.32, 2.73], abs=0.005
    )
    left = data_budget.years_of_text_left(300e12, CORPUS, growth, 0.05)
    assert data_budget.text_used_after(CORPUS, growth, left) == pytest.approx(300e12 * 1.05**left)
    assert [round(data_budget.year_reached(2025.07, t)) for t in (0.9, 0.95, 3.4)] == [2025, 2026, 2028]


def test_genomes_by_hand() -> None:
    # 3.1 billion bases thirty times: 93 billion letters and as many marks; reads of 100 with 50 bytes add a half each.
    assert data_budget.sequencing_bytes(3.1e9, 30.0, 100.0, 50.0) == pytest.approx(93e9 * 2.5)
    assert data_budget.difference_bytes(1e8, 4.5e6, 2.0) == pytest.approx(0.9e15)
    assert arithmetic.product(300e12, 4.0) == pytest.approx(1.2e15)


def test_a_check_by_counting() -> None:
    # Of a thousand answers a hundred are right; the check keeps 90 of these and 90 of the 900 wrong ones.
    assert checked_data.precision(0.1, 0.9, 0.1) == pytest.approx(0.5)
    assert checked_data.tries_per_accepted(0.1, 0.9, 0.1) == pytest.approx(1000.0 / 180.0)
    assert checked_data.passes_wrong_allowed(0.5, 0.1, 0.9) == pytest.approx(0.1)


def test_rents_that_fall_pay_for_the_machine_just_so() -> None:
    charge = asset_life.first_year_charge(0.12, 5.0, 0.293)
    paid = sum(charge * (1.0 - 0.293) ** k / 1.12 ** (k + 1) for k in range(5))
    assert paid == pytest.approx(1.0, rel=1e-12)
    level = annuity.capital_recovery_factor(0.12, 5.0)
    assert asset_life.first_year_charge(0.12, 5.0, 0.0) == pytest.approx(level)
    assert level == pytest.approx(0.277, abs=5e-4)
    # The removable point: rents that rise as fast as capital costs; 1.12/5 in the first year.
    assert asset_life.first_year_charge(0.12, 5.0, -0.12) == pytest.approx(1.12 / 5.0)


def test_the_thresholds_of_a_generation() -> None:
    # Twice the work for a dollar every two years: rents fall by 1 − 1/√2 a year. Half or a third of the watts.
    gain = asset_life.yearly_gain(2.0, 2.0)
    assert gain == pytest.approx(math.sqrt(2.0) - 1.0)
    charge = asset_life.first_year_charge(0.12, 5.0, asset_life.rent_decline(gain))
    level = annuity.capital_recovery_factor(0.12, 5.0)
    watts = np.array([2.0, 3.0])
    assert asset_life.cash_share_to_scrap(charge, 2.0, watts) == pytest.approx([0.459, 0.344], abs=5e-4)
    assert asset_life.cash_share_to_scrap(level, 2.0, watts) == pytest.approx([0.277, 0.208], abs=5e-4)


@pytest.mark.parametrize("cash_share", [0.03, 0.1, 0.4])
@pytest.mark.parametrize(("dollars", "watts"), [(0.4, 0.4), (0.3, 0.6), (0.6, 0.25)])
def test_the_age_at_which_a_machine_should_go(cash_share: float, dollars: float, watts: float) -> None:
    charge = 0.46

    def gap(age: float) -> float:
        share = asset_life.cash_share_to_scrap(
            charge, asset_life.gain_after(dollars, age), asset_life.gain_after(watts, age)
        )
        return math.log(share / cash_share)

    found = asset_life.age_at_scrap(charge, cash_share, dollars, watts)
    assert found == pytest.approx(brentq(gap, 1e-6, 60.0), rel=1e-9)


def test_rents_by_hand() -> None:
    # 8,760 hours, half of them let: 4,380 hours; half of 35,040 dollars is 17,520, which is four dollars an hour.
    assert asset_life.rent_needed(35_040.0, 0.5, 4_380.0, 0.5) == pytest.approx(5.0)
    assert asset_life.cash_per_hour(4_380.0, 0.5) == pytest.approx(1.0)
    assert asset_life.rent_over_cash(3.0, 4_380.0, 0.5) == pytest.approx(3.0)
    assert asset_life.rent_per_kilowatt(2.0, 500.0) == 4.0
    assert asset_life.scaled_watts(300.0, 800.0, 400.0) == 600.0
    assert arithmetic.difference(2024.5, 2020.25) == 4.25


def test_at_the_replacing_rent_a_watt_earns_the_same_in_both_machines() -> None:
    rent = asset_life.rent_to_replace(37_500.0, 0.47, 2.0, 0.8)
    new_a_watt = rent * 8_760.0 * 0.8 - 0.47 * 37_500.0
    assert new_a_watt == pytest.approx(rent * 8_760.0 * 0.8 / 2.0)


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


def test_nothing_was_public_later_than_the_essay() -> None:
    for name in ("buyers_cash_flow", "gpu_rents", "text_stock", "text_collections", "scaling_laws", "ai_sales"):
        for row in table(name, AS_OF):
            assert row.public_on <= dt.date.fromisoformat(AS_OF), f"{name}/{row.id}"
