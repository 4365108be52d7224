"""`asset_life` against published values and figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import brentq

from shortcase.model import arithmetic
from shortcase.model.demand import asset_life
from shortcase.model.valuation import annuity


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


def test_a_machine_that_costs_next_to_nothing_to_run_goes_in_the_tenth_doubling() -> None:
    # Where both gains double each year, 2^T · (1 − 2^−T) = 2^T − 1 = c/o: 1,023 after ten years.
    assert asset_life.age_at_scrap(1023.0, 1.0, 1.0, 1.0) == pytest.approx(10.0)


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
