"""`shapley` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.probability import shapley


def test_the_values_of_a_glove_game() -> None:
    # One left glove, two right ones, a pair is worth 1: the owner of the left one gets 2/3, the others 1/6 each.
    values = [float(bool(mask & 1) and bool(mask & 6)) for mask in range(8)]
    assert shapley.shapley_values(values) == pytest.approx([2 / 3, 1 / 6, 1 / 6], rel=1e-12)
    with pytest.raises(ValueError, match="give 2, 4, 8"):
        shapley.shapley_values([0.0, 1.0, 2.0])
