"""`product_mix` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.accounts import product_mix


def test_ninety_per_cent_on_a_segment_needs_losses_elsewhere() -> None:
    # 0.75 = 0.88 · 0.90 + 0.12 · x, so x = (0.75 − 0.792) / 0.12
    assert product_mix.other_margin_needed(0.75, 0.88, 0.90) == pytest.approx(-0.35, rel=1e-12)
    # with nothing earned elsewhere the segment can have 0.75 / 0.88 at most
    assert product_mix.segment_margin(0.75, 0.88, 0.0) == pytest.approx(0.75 / 0.88, rel=1e-12)
    assert product_mix.segment_margin(0.75, 0.88, 0.4) == pytest.approx(0.7977272727, rel=1e-9)
    assert product_mix.segment_margin(0.75, 0.88, 0.5) == pytest.approx(0.7840909091, rel=1e-9)


def test_the_corners_of_the_feasible_region() -> None:
    # shares from 80 to 92 per cent and other margins from 35 to 60: 0.7632 to 0.85
    corners = product_mix.segment_margin(0.75, np.array([[0.80], [0.92]]), np.array([0.35, 0.60]))
    assert corners.max() == pytest.approx(0.85, rel=1e-12)
    assert corners.min() == pytest.approx((0.75 - 0.08 * 0.60) / 0.92, rel=1e-12)


def test_the_identities_undo_each_other() -> None:
    segment = product_mix.segment_margin(0.746, 0.877, 0.5)
    assert product_mix.other_margin_needed(0.746, 0.877, segment) == pytest.approx(0.5, rel=1e-12)
    assert product_mix.share_allowed(0.746, segment, 0.5) == pytest.approx(0.877, rel=1e-12)
    assert product_mix.price_over_cost(0.75) == 4.0
    assert product_mix.drag(segment, 0.5, 0.877) == pytest.approx(segment - 0.746, rel=1e-9)


def test_the_mean_of_a_cycle() -> None:
    assert product_mix.average_margin([0.6, -0.3, 0.3]) == pytest.approx(0.2, rel=1e-12)
