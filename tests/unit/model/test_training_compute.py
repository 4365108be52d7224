"""Work of a run and speed of its machines."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.language_models import training_compute as tc


def test_work_of_published_runs() -> None:
    # 6 · 37e9 · 14.8e12; Meta states 3.8e25 for 405e9 and 15.6e12 (arXiv 2407.21783, section 3.2.1)
    assert tc.six_n_d(37e9, 14.8e12) == pytest.approx(3.2856e24, rel=1e-12)
    assert tc.six_n_d(405e9, 15.6e12) == pytest.approx(3.8e25, rel=0.005)


def test_rate_and_hours_are_inverse() -> None:
    hours = tc.hours_at_rate(250e9, 14.8e12, 386e12)
    assert tc.achieved_flop_per_s(250e9, 14.8e12, hours) == pytest.approx(386e12, rel=1e-12)
    # 1e15 operations a second for one hour are 3.6e18
    assert tc.achieved_flop_per_s(3.6e6, 1e12, 1.0) == pytest.approx(1e15, rel=1e-12)


def test_utilisation_as_meta_states_it() -> None:
    # 400, 430 and 380 TFLOP/s are stated as 41, 43 and 38 per cent of 989 (arXiv 2407.21783, table 4)
    found = tc.utilisation(np.array([400e12, 430e12, 380e12]), 989e12)
    assert found == pytest.approx([0.41, 0.43, 0.38], abs=0.006)
