"""`wafer_geometry` against published values and figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from shortcase.model.chips import wafer_geometry


def test_geometry() -> None:
    # π·150²/814 = 86.84; edge loss π·300/√1628 = 23.36; 63 whole dies
    assert wafer_geometry.wafer_area(300.0) == pytest.approx(math.pi * 22_500)
    assert wafer_geometry.gross_dies(814.0) == 63
    assert wafer_geometry.gross_dies(np.array([814.0, 608.4])).tolist() == [63, 89]
    assert wafer_geometry.used_share(814.0, 63.0) == pytest.approx(63 * 814 / (math.pi * 22_500))
    assert wafer_geometry.used_share(46_225.0, 1.0) == pytest.approx(0.653947, rel=1e-5)
