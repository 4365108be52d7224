"""Where a value lies along an axis, as Vega draws it."""

from __future__ import annotations

import re

import altair as alt
import pandas as pd
import pytest

from shortcase.show import charts
from shortcase.show.axis_pixels import pixels

HIGH = charts.theme.config(charts.NARROW)["view"]["continuousHeight"]
POINTS = pd.DataFrame({"day": ["2024-01-01", "2024-03-01", "2025-01-26"], "x": [3.0, 4.5, 17.0], "y": [0.7, 3.1, 8.7]})


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (alt.X("x:Q"), alt.Y("y:Q")),
        (alt.X("x:Q"), alt.Y("y:Q").scale(zero=False)),
        (alt.X("x:Q").scale(zero=True), alt.Y("y:Q").scale(domain=[-2, 9.5])),
        (alt.X("x:Q").scale(type="log"), alt.Y("y:Q").scale(type="log")),
        (alt.X("x:Q").scale(type="log", base=2), alt.Y("y:Q").scale(type="log", domain=[0.2, 50], nice=False)),
        (alt.X("x:Q"), alt.Y("y:Q").scale(domainMin=0.3)),
        (alt.X("day:T"), alt.Y("y:Q")),
    ],
)
def test_values_lie_where_vega_draws_them(x, y):
    spec = charts.tidied(alt.Chart(POINTS).mark_line().encode(x=x, y=y).to_dict(), "a")
    svg = charts.picture(charts.sized(spec, charts.NARROW), "a")
    wide = float(re.search(r'class="background"[^>]*d="M[^h]*h([\d.]+)v', svg)[1])
    path = re.search(r'd="M([^"]+)" stroke="#3076d3"', svg)[1]
    drawn = [tuple(map(float, point.split(","))) for point in path.split("L")]
    across, down = pixels(spec, spec, "x", wide), pixels(spec, spec, "y", HIGH)
    assert across is not None
    assert down is not None
    rows = spec["datasets"][spec["data"]["name"]]
    found = [(across(row[x["shorthand"].split(":")[0]]), HIGH - down(row["y"])) for row in rows]
    assert [found_one for pair in found for found_one in pair] == pytest.approx(
        [n for pair in drawn for n in pair], abs=0.02
    )


@pytest.mark.parametrize("scale", [alt.Scale(type="sqrt"), alt.Scale(domain=[2, 2])])
def test_an_axis_that_is_not_plain_has_no_places(scale):
    spec = charts.tidied(alt.Chart(POINTS).mark_line().encode(x="x:Q", y=alt.Y("y:Q", scale=scale)).to_dict(), "a")
    assert pixels(spec, spec, "y", HIGH) is None
