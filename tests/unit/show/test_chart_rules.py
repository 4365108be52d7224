"""What no chart may do: each rule with a chart that keeps it and one that does not."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import pytest

from shortcase.errors import BadRecord
from shortcase.show import charts, theme
from shortcase.show.chart_rules import hold

SOLD = pd.DataFrame({"maker": ["Nvidia", "AMD"], "year": ["2024", "2025"], "units": [9.0, 1.0]})


def bars(**encoding: Any) -> dict[str, Any]:
    return dict(alt.Chart(SOLD).mark_bar().encode(**{"x": "maker:N", "y": "units:Q", **encoding}).to_dict())


def coloured(*tones: str, names: tuple[str, ...] = ("Nvidia", "AMD")) -> dict[str, Any]:
    return bars(color=alt.Color("maker:N").scale(domain=list(names), range=list(tones)))


def test_nvidia_has_one_colour_and_nobody_else_has_it():
    hold(coloured(theme.NVIDIA, theme.OCHRE), "a")
    hold(bars(color="maker:N"), "a")  # the first of the palette
    for wrong in (coloured(theme.RED, theme.OCHRE), coloured(theme.NVIDIA, theme.NVIDIA)):
        with pytest.raises(BadRecord, match=r"a gives Nvidia another colour.*NVIDIA of show\.theme"):
            hold(wrong, "a")
    with pytest.raises(BadRecord, match="another colour"):
        hold(coloured(theme.NVIDIA, theme.RED, names=("AMD", "Nvidia")), "a")


def test_nvidia_in_two_years_may_have_two_colours():
    busts = pd.DataFrame({"bust": ["Nvidia 2018", "Nvidia 2022", "Cisco 2001"], "sales": [1.0, 2.0, 3.0]})
    drawing = alt.Chart(busts).mark_bar().encode(x="sales:Q", color="bust:N")
    hold(drawing.to_dict(), "a")


@pytest.mark.parametrize("field", ["year:N", "year:O", "year:T"])
def test_time_runs_to_the_right(field):
    hold(bars(x=field), "a")
    with pytest.raises(BadRecord, match=r"a lets time run down the page \(year\).*put year on x"):
        hold(bars(x="units:Q", y=field), "a")


def test_colours_are_those_that_were_measured():
    hold(coloured(theme.NVIDIA, theme.TEXT), "a")
    with pytest.raises(BadRecord, match="uses the colour #8888"):
        hold(coloured(theme.NVIDIA, "#8888"), "a")
    with pytest.raises(BadRecord, match="takes its colours from category20"):
        hold(bars(color=alt.Color("maker:N").scale(scheme="category20")), "a")
    with pytest.raises(BadRecord, match="uses the colour orange"):
        hold(alt.Chart(SOLD).mark_bar(color="orange").encode(y="units:Q").to_dict(), "a")


def test_what_lies_on_a_map_is_told_from_the_map():
    heat = alt.Chart(SOLD).encode(x="maker:N", y="units:O")
    hold(alt.layer(heat.mark_rect().encode(color="units:Q"), heat.mark_point(color="black")).to_dict(), "a")


def test_the_rules_see_what_a_layer_inherits():
    base = alt.Chart(SOLD).encode(x="units:Q", y="year:N")
    with pytest.raises(BadRecord, match="down the page"):
        hold(alt.layer(base.mark_bar(), base.mark_text()).to_dict(), "a")


@pytest.mark.parametrize("mark", [{"type": "rect", "opacity": 0.2, "color": theme.OCHRE}, {"type": "area"}])
def test_a_pale_band_has_an_edge_that_is_seen(mark):
    spec = charts.tidied({**bars(), "mark": mark}, "a")
    assert spec["mark"]["stroke"] == mark.get("color", theme.BLUE)
    assert spec["mark"]["opacity"] == 1
    assert spec["mark"]["fillOpacity"] == mark.get("opacity", theme.AREA)


def test_a_band_that_is_coloured_by_name_has_its_edge_by_name():
    spec = charts.tidied({**coloured(theme.NVIDIA, theme.RED), "mark": {"type": "area", "opacity": 0.2}}, "a")
    assert spec["encoding"]["stroke"]["scale"] == spec["encoding"]["color"]["scale"]
    assert spec["encoding"]["stroke"].get("legend") == spec["encoding"]["color"].get("legend")  # or neither is drawn


def test_a_full_band_stays_as_it_is():
    assert "stroke" not in charts.tidied({**bars(), "mark": {"type": "rect", "opacity": 1}}, "a")["mark"]
