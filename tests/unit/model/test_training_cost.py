"""Cost of a run on each basis."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model import training_cost as tc

TERMS = tc.Ownership(25e3, 1.35, 0.12, 4.0, 1.3, 0.08, 1050.0, 0.95)


def test_rented_hours_as_the_report_states_them() -> None:
    # table 1 of arXiv 2412.19437: 2,664K, 119K and 5K hours cost 5.328, 0.238 and 0.01 million dollars
    assert tc.rented(np.array([2.664e6, 0.119e6, 0.005e6]), 2.0).tolist() == [5_328_000.0, 238_000.0, 10_000.0]


def test_owned_hour_by_hand() -> None:
    # CRF(12%, 4 years) = 0.3292344; 33,750 · 0.3292344 / 8,760 = 1.268454; power 0.104; space 0.119863; over 0.95
    assert tc.owned_hour(TERMS) == pytest.approx((1.268454 + 0.104 + 0.119863) / 0.95, abs=2e-6)


def test_dearer_cards_and_arrays() -> None:
    both = tc.owned_hour(tc.Ownership(np.array([25e3, 40e3]), 1.35, 0.12, 4.0, 1.3, 0.08, 1050.0, 0.95))
    assert both == pytest.approx([1.5708, 2.3719], abs=1e-4)


def test_programme_and_staff() -> None:
    assert tc.programme(5.0, 3.0, tc.staff(10, 2.0, 0.5)) == 25.0
    # if staff are 40% of the whole, 60 of compute go with 40 of staff
    people = tc.staff_from_share(60.0, np.array([0.0, 0.4]))
    assert people == pytest.approx([0.0, 40.0], rel=1e-12)


def test_fleet() -> None:
    assert tc.fleet(2048, np.array([25e3, 40e3]), 1.35) == pytest.approx([69.12e6, 110.592e6], rel=1e-12)
