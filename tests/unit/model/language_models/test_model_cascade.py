"""`model_cascade` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model import arithmetic
from shortcase.model.language_models import model_cascade as mc


def test_a_cascade_pays_from_its_share_of_the_work() -> None:
    share = arithmetic.ratio(14.0, 37.0)
    assert mc.work_left(14.0, 37.0, share) == pytest.approx(1.0, rel=1e-12)
    assert mc.work_left(14.0, 37.0, 1.0) == pytest.approx(14 / 37, rel=1e-12)


def test_volume_and_share_are_inverse() -> None:
    assert mc.volume_to_refill(0.3) == pytest.approx(3 / 7, rel=1e-12)
    assert mc.share_for_volume(1.0 + mc.volume_to_refill(0.3)) == pytest.approx(0.3, rel=1e-12)
