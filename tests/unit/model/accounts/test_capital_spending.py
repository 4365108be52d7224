"""`capital_spending` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.facts import later
from shortcase.model import arithmetic
from shortcase.model.accounts import capital_spending

FROZEN = "2026-06-30"


def test_what_the_four_buyers_spent() -> None:
    rows = list(later("buyers_capex", FROZEN))
    spent = {
        period: arithmetic.total(np.array([row.cash_usd for row in rows if row.period == period]))
        for period in ("2024", "2025")
    }
    # Added by hand from the four cash-flow statements: 52.5 + 83.0 + 37.3 + 55.6 and 91.4 + 131.8 + 69.7 + 83.1.
    assert spent["2024"] == pytest.approx(228.342e9)
    assert spent["2025"] == pytest.approx(376.051e9)
    # A count with leases grew by 66 per cent; in cash it is 65.
    assert arithmetic.growth(spent["2024"], spent["2025"]) == pytest.approx(0.66, abs=0.02)
    assert capital_spending.use_for_spending(6.6, 0.65) == pytest.approx(4.0)
