"""Lines are named at their ends where a name meets nothing, and keep their legend elsewhere."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import pytest

from shortcase.show import charts
from shortcase.show.chart_parts import reference_line


def lines(ends: dict[str, tuple[float, ...]], **encoding: Any) -> alt.Chart:
    rows = [(name, year, y) for name, heights in ends.items() for year, y in enumerate(heights)]
    frame = pd.DataFrame(rows, columns=["who", "year", "sales"])
    shared = {"x": "year:Q", "y": "sales:Q", "color": "who:N", "strokeDash": "who:N", **encoding}
    drawn: alt.Chart = alt.Chart(frame).mark_line().encode(**shared)
    return drawn


def names(drawing: alt.Chart | alt.LayerChart) -> list[str]:
    """The names that are written into the narrow picture, and [] where a legend stands for them."""
    spec = charts.tidied(drawing.to_dict(), "a")
    svg = charts.picture(charts.sized(spec, charts.NARROW), "a")
    return [] if "role-legend" in svg else [name for name in ("Up", "Down", "Flat") if f">{name}</text>" in svg]


APART = {"Up": (5.0, 6.0, 8.0), "Flat": (4.0, 4.0, 4.0), "Down": (2.0, 1.5, 1.0)}


def test_lines_that_end_apart_are_named_at_their_ends():
    assert names(lines(APART)) == ["Up", "Down", "Flat"]


def test_a_name_has_the_colour_of_its_line_and_the_legend_is_gone():
    spec = charts.tidied(lines(APART).to_dict(), "a")
    line, written = spec["layer"]
    assert written["encoding"]["color"]["field"] == line["encoding"]["color"]["field"] == "who"
    assert line["encoding"]["color"]["legend"] is line["encoding"]["strokeDash"]["legend"] is None
    assert spec["data"]["name"] in spec["datasets"]


def test_what_falls_is_named_below_and_what_rises_above():
    spec = charts.tidied(
        lines({"Up": (4.0, 8.0), "Down": (4.0, 1.0)}, y=alt.Y("sales:Q").scale(domain=[0, 10])).to_dict(), "a"
    )
    far = spec["layer"][1]["mark"]["dy"]["expr"]
    assert far == """{"Up": -5, "Down": 5}[datum['who']]"""


@pytest.mark.parametrize(
    "ends",
    [
        {"Up": (1.0, 8.0), "Flat": (1.0, 7.9), "Down": (1.0, 7.8)},  # the names would lie on one another
        {"Up": (1.0, 8.0), "A name that is wider than the half of a telephone": (1.0, 2.0)},
        {"Up": (1.0, 8.0), "Down": (3.0,)},  # one line ends before the other
        {"Up": (1.0, 8.0)},
    ],
)
def test_without_room_the_legend_stays(ends):
    assert names(lines(ends)) == []
    assert "layer" not in charts.tidied(lines(ends).to_dict(), "a")


def test_what_another_layer_writes_takes_its_room():
    one, *others = [reference_line(height, alt.Y("sales:Q"), "a price") for height in (6.4, 1, 2, 3, 4, 5, 7, 8)]
    assert names(alt.layer(lines(APART), one)) == ["Up", "Down", "Flat"]
    assert names(alt.layer(lines(APART), one, *others)) == []


def test_a_legend_that_also_names_something_else_stays():
    points = lines(APART).mark_point().encode(x="year:Q", y="sales:Q", shape="who:N")
    assert names(alt.layer(lines(APART), points)) == []
