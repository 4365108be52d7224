"""`checked_data` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.language_models import checked_data


def test_a_check_by_counting() -> None:
    # Of a thousand answers a hundred are right; the check keeps 90 of these and 90 of the 900 wrong ones.
    assert checked_data.precision(0.1, 0.9, 0.1) == pytest.approx(0.5)
    assert checked_data.tries_per_accepted(0.1, 0.9, 0.1) == pytest.approx(1000.0 / 180.0)
    assert checked_data.passes_wrong_allowed(0.5, 0.1, 0.9) == pytest.approx(0.1)
