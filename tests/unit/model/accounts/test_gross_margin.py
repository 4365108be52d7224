"""`gross_margin` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.facts import later
from shortcase.model import arithmetic
from shortcase.model.accounts import gross_margin

FROZEN = "2026-06-30"


def test_the_margin_with_the_charge_apart() -> None:
    # The audit of the plan: 4.5 of 215.9 billion is 2.1 points, 73.2 % without it, and 1.8 of 3.9 points are left.
    year, before = (later("realised_inputs", FROZEN).row(i) for i in ("fy2026", "fy2025"))
    charge = later("after_the_essay", FROZEN).row("h20_charge").usd
    without = gross_margin.gross_margin(year.revenue_usd, year.gross_profit_usd, charge)
    old = gross_margin.gross_margin(before.revenue_usd, before.gross_profit_usd, 0.0)
    assert arithmetic.share(charge, year.revenue_usd) == pytest.approx(0.021, abs=5e-4)
    assert without == pytest.approx(0.732, abs=5e-4)
    assert arithmetic.difference(old, without) == pytest.approx(0.018, abs=5e-4)
