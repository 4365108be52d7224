"""`training_cost` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.language_models import training_cost as tc


def test_rented_hours_as_the_report_states_them() -> None:
    # table 1 of arXiv 2412.19437: 2,664K, 119K and 5K hours cost 5.328, 0.238 and 0.01 million dollars
    assert tc.rented(np.array([2.664e6, 0.119e6, 0.005e6]), 2.0).tolist() == [5_328_000.0, 238_000.0, 10_000.0]


def test_owned_hour_by_hand() -> None:
    # CRF(12%, 4 years) = 0.3292344; 40,000 · 0.3292344 / 8,760 = 1.5033534; over 0.95
    assert tc.owned_hour(30e3, 10e3, 0.12, 4.0, busy_share=0.95) == pytest.approx(1.5033534 / 0.95, rel=1e-6)
    # idle half the time costs twice as much; without interest it is price over hours
    assert tc.owned_hour(8_760.0, 0.0, 0.0, 2.0, busy_share=0.5) == pytest.approx(1.0, rel=1e-12)


def test_programme_and_staff() -> None:
    assert tc.programme(5.0, 3.0, tc.staff(10, 2.0, 0.5)) == 25.0
    # if staff are 40% of the whole, 60 of compute go with 40 of staff
    assert tc.programme_from_share(30.0, 2.0, np.array([0.0, 0.4])) == pytest.approx([60.0, 100.0], rel=1e-12)


def test_fleet() -> None:
    assert tc.fleet(2048, np.array([25e3, 40e3]), 10e3) == pytest.approx([71.68e6, 102.4e6], rel=1e-12)
