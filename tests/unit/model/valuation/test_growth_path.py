"""`growth_path` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.valuation import growth_path
from shortcase.model.valuation.growth_path import compound_growth


def test_a_fade_ends_where_it_is_told_and_its_growth_falls_evenly() -> None:
    # Year by year from 100 to 326: ten steps of the logarithm on a straight line that the eleventh would end.
    levels = [growth_path.level_on_a_fade(100.0, 326.0, 0.03, 10.0, float(t)) for t in range(11)]
    steps = np.diff(np.log(levels))
    assert levels[-1] == pytest.approx(326.0, rel=1e-12)
    assert np.diff(steps) == pytest.approx([np.diff(steps)[0]] * 9, rel=1e-9)
    assert steps[-1] + np.diff(steps)[0] == pytest.approx(np.log(1.03), rel=1e-9)


def test_compound_growth_undoes_itself() -> None:
    assert float(compound_growth(196.0, 196.0 * 1.18**9, 9.0)) == pytest.approx(0.18, rel=1e-12)
