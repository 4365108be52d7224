"""A chart that would leave out, or misplace, a part of its data is refused by name."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd
import pytest

from shortcase.errors import BadRecord
from shortcase.show import charts

LOG = alt.Scale(type="log")


def drawn(values: list[Any], **along: Any) -> Any:
    data = pd.DataFrame({"year": [1.0, 2.0, 3.0], "sales": values})
    return alt.Chart(data).mark_point().encode(**{"x": "year:Q", "y": "sales:Q", **along})


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, None])
def test_what_is_no_figure_is_told_and_not_dropped(value: float | None) -> None:
    with pytest.raises(BadRecord, match="no figure for 'sales' in row 2"):
        charts.tidied(drawn([1.0, value, 3.0]).to_dict(), "sales-by-year")


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_what_has_no_place_on_a_logarithmic_axis_is_told(value: float) -> None:
    chart = drawn([1.0, value, 3.0], y=alt.Y("sales:Q", scale=LOG))
    with pytest.raises(BadRecord, match="on a logarithmic axis"):
        charts.tidied(chart.to_dict(), "sales-by-year")
    assert charts.tidied(drawn([1.0, value, 3.0]).to_dict(), "sales-by-year")


def test_a_column_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(BadRecord, match=r"no such column.*sales"):
        charts.tidied(drawn([1.0, 2.0, 3.0], y="sale:Q").to_dict(), "sales-by-year")


def test_each_layer_is_looked_at_with_the_data_it_inherits() -> None:
    good = drawn([1.0, 2.0, 3.0])
    bad = alt.Chart(pd.DataFrame({"at": [math.nan]})).mark_rule().encode(y="at:Q")
    with pytest.raises(BadRecord, match="no figure for 'at' in row 1"):
        charts.tidied((good + bad).to_dict(), "sales-by-year")
    shared = alt.layer(alt.Chart().mark_line().encode(x="year:Q", y="sold:Q"), data=pd.DataFrame({"year": [1.0]}))
    with pytest.raises(BadRecord, match="'sold' along y"):
        charts.tidied(shared.to_dict(), "sales-by-year")


def test_what_a_transform_makes_is_left_to_it() -> None:
    chart = drawn([1.0, 2.0, 3.0], y="twice:Q").transform_calculate(twice="2 * datum.sales")
    assert charts.tidied(chart.to_dict(), "sales-by-year")
