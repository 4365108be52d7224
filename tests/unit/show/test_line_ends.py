"""Lines are named at their ends where a name meets nothing, or else beside the plot; elsewhere the legend stays."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import altair as alt
import pandas as pd
import pytest

from shortcase.show import charts
from shortcase.show.chart_parts import reference_line
from shortcase.show.label_places import LINE


def lines(ends: dict[str, tuple[float, ...]], **encoding: Any) -> alt.Chart:
    rows = [(name, year, y) for name, heights in ends.items() for year, y in enumerate(heights)]
    frame = pd.DataFrame(rows, columns=["who", "year", "sales"])
    shared = {"x": "year:Q", "y": "sales:Q", "color": "who:N", "strokeDash": "who:N", **encoding}
    drawn: alt.Chart = alt.Chart(frame).mark_line().encode(**shared)
    return drawn


def drawn(drawing: alt.Chart | alt.LayerChart) -> str:
    return charts.picture(charts.sized(charts.tidied(drawing.to_dict(), "a"), charts.NARROW), "a")


def names(drawing: alt.Chart | alt.LayerChart) -> list[str]:
    """The names that are written into the narrow picture, and [] where a legend stands for them."""
    svg = drawn(drawing)
    return [] if "role-legend" in svg else [name for name in ("Up", "Down", "Flat") if f">{name}</text>" in svg]


def written(drawing: alt.Chart | alt.LayerChart) -> dict[str, Any]:
    """The layer that writes the names."""
    layer: dict[str, Any] = charts.tidied(drawing.to_dict(), "a")["layer"][-1]
    return layer


APART = {"Up": (5.0, 6.0, 8.0), "Flat": (4.0, 4.0, 4.0), "Down": (2.0, 1.5, 1.0)}
CLOSE = {"Up": (1.0, 8.0), "Flat": (1.0, 7.9), "Down": (1.0, 7.8)}


def test_lines_that_end_apart_are_named_at_their_ends():
    assert names(lines(APART)) == ["Up", "Down", "Flat"]
    assert written(lines(APART))["encoding"]["x"]["field"] == "year"


def test_a_name_has_the_colour_of_its_line_and_the_legend_is_gone():
    spec = charts.tidied(lines(APART).to_dict(), "a")
    line, told = spec["layer"]
    assert told["encoding"]["color"]["field"] == line["encoding"]["color"]["field"] == "who"
    assert line["encoding"]["color"]["legend"] is line["encoding"]["strokeDash"]["legend"] is None
    assert spec["data"]["name"] in spec["datasets"]


def test_lines_too_close_for_names_between_them_are_named_beside_the_plot_in_their_order():
    assert names(lines(CLOSE)) == ["Up", "Down", "Flat"]
    assert written(lines(CLOSE))["encoding"]["x"] == {"value": "width"}
    heights = [float(y) for y in re.findall(r'translate\([^,]+,([^)]+)\)"[^>]*>(?:Up|Flat|Down)<', drawn(lines(CLOSE)))]
    assert all(abs(one - other) >= LINE - 0.01 for one, other in combinations(heights, 2))


def test_a_line_that_ends_before_the_others_has_its_name_at_its_own_end():
    early = lines({"Up": (1.0, 8.0, 9.0), "Down": (3.0, 3.0)})
    assert names(early) == ["Up", "Down"]
    assert '"Down": 1.0' in str(written(early)["transform"])


def test_a_long_name_is_broken():
    long = lines({"Up": (1.0, 8.0, 9.0), "A name that is wider than the half of a telephone": (3.0, 2.5, 2.0)})
    assert "role-legend" not in drawn(long)
    assert ">A name that</tspan>" in drawn(long) or ">A name that</text>" in drawn(long)


def test_lines_drawn_in_parts_are_one_set():
    one, other = (lines({who: APART[who] for who in part}) for part in (("Up", "Flat"), ("Down",)))
    colour = alt.Color("who:N").scale(domain=["Up", "Flat", "Down"])
    both = alt.layer(
        one.encode(color=colour, strokeDash=alt.Undefined), other.encode(color=colour, strokeDash=alt.Undefined)
    )
    assert names(both) == ["Up", "Down", "Flat"]


def test_what_the_head_of_a_legend_said_is_still_said():
    headed = lines(APART, color=alt.Color("who:N", title="Lead"), strokeDash=alt.StrokeDash("who:N", title="Lead"))
    assert ">Lines: lead</text>" in drawn(headed)


@pytest.mark.parametrize(
    "ends",
    [
        {"Up": (1.0, 8.0), "Flat": (1.0, 8.0), "Down": (1.0, 8.0)},  # nowhere is one apart from another
        {"Up": (1.0, 8.0)},
        {str(one): (1.0, float(one)) for one in range(6)},
    ],
)
def test_without_room_the_legend_stays(ends):
    assert names(lines(ends)) == []
    assert "layer" not in charts.tidied(lines(ends).to_dict(), "a")


def test_what_another_layer_writes_takes_its_room():
    height, words = alt.Y("sales:Q"), "a price that all have paid"
    one = reference_line(6.4, height, words)
    others = [reference_line(at, height, words, at_start=side) for at in range(1, 9) for side in (True, False)]
    inside, beside = (written(alt.layer(lines(APART), *parts))["encoding"]["x"] for parts in ([one], [one, *others]))
    assert inside["field"] == "year"
    assert beside == {"value": "width"}


def test_a_legend_that_also_names_something_else_stays():
    other = lines({"Price": (3.0, 3.0)}).mark_point().encode(x="year:Q", y="sales:Q", color="who:N")
    assert names(alt.layer(lines(APART), other)) == []


def test_a_legend_of_something_else_stays():
    by_size = lines(APART).mark_point().encode(x="year:Q", y="sales:Q", color="who:N", size="year:Q")
    assert names(alt.layer(lines(APART), by_size)) == []
