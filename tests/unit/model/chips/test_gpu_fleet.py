"""`gpu_fleet` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model import arithmetic
from shortcase.model.chips.gpu_fleet import gpus_for_run, gpus_for_serving, run_days


def test_fleets() -> None:
    assert arithmetic.ratio(100_000, 2_048) == pytest.approx(48.828125, rel=1e-12)
    # the V3 report itself: 2.788 million hours on 2,048 cards are 56.7 days ("less than two months")
    assert run_days(2.788e6, 2_048) == pytest.approx(56.7220052, rel=1e-8)
    assert gpus_for_run(2.788e6, run_days(2.788e6, 2_048)) == pytest.approx(2_048, rel=1e-12)
    # 86,400 people asking for one token a day are one token a second: one card at 2 tokens/s, half busy
    assert gpus_for_serving(86_400.0, 1.0, 2.0, 0.5) == pytest.approx(1.0, rel=1e-12)
