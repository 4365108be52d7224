"""What charts have in common: names in the order of the data, and days that no time zone moves."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from typing import Any

import altair as alt
import pandas as pd
import pytest

from shortcase.show import encodings
from shortcase.show.chart_parts import points_in_words, reference_line, zero_line

ZONES = ("America/New_York", "UTC", "Pacific/Kiritimati")
DRAW = """
import datetime as dt
import altair as alt, pandas as pd
from shortcase.show import charts, tables
text = ["2022-07-31", "2022-10-30"]
for days in (text, [dt.date.fromisoformat(day) for day in text], [pd.Timestamp(day) for day in text]):
    x = alt.X("day:T").scale(domain=["2022-06-01", "2022-12-01"]).axis(format="%-d %b %Y", tickCount=4)
    points = alt.Chart(pd.DataFrame({"day": days, "value": [1.0, 2.0]})).encode(x=x, y="value:Q")
    drawing = points.mark_point() + points.mark_text().encode(text=alt.Text("day:T", format="%-d %B %Y"))
    print(charts.picture(charts.sized(charts.tidied(drawing.to_dict(), "a"), 680), "a"))
    print(tables.csv_text(pd.DataFrame({"day": days}), {"day": "date"}).replace("\\n", " "))
    page = tables.grid_html(pd.DataFrame({"day": days}), identity="a", caption="Days", units={"day": "date"})
    print(page.replace("\\n", " "))
"""


def drawn_in(zone: str) -> list[str]:
    command, there = [sys.executable, "-c", DRAW], {**os.environ, "TZ": zone}
    return subprocess.run(command, env=there, capture_output=True, text=True, check=True).stdout.splitlines()


def test_picture_table_and_csv_have_the_same_days_wherever_they_are_made_and_however_the_days_are_held() -> None:
    west, greenwich, east = map(drawn_in, ZONES)
    assert west == greenwich == east
    pictures, sheets, pages = west[::3], west[1::3], west[2::3]
    assert len(pictures) == 3
    assert len(set(pictures)) == 1
    assert "31 July 2022" in pictures[0]
    assert set(sheets) == {"day (date) 2022-07-31 2022-10-30 "}
    assert all("31\u00a0July\u00a02022" in page for page in pages)


def spec(drawing: alt.Chart | alt.LayerChart) -> dict[str, Any]:
    return encodings.in_house_style(drawing.to_dict())


def test_a_moment_keeps_its_hour_and_says_its_zone() -> None:
    frame = pd.DataFrame(
        {"at": [pd.Timestamp("2025-01-27 14:30")], "day": [dt.date(2025, 1, 27)], "who": ["2025-01-27"]}
    )
    (rows,) = spec(alt.Chart(frame).mark_point().encode(x="at:T"))["datasets"].values()
    assert rows == [{"at": "2025-01-27T14:30:00Z", "day": "2025-01-27", "who": "2025-01-27"}]


def test_names_keep_the_order_of_the_data_unless_a_chart_says_otherwise() -> None:
    frame = pd.DataFrame({"chip": ["b", "a"], "value": [1.0, 2.0]})
    plain = spec(alt.Chart(frame).mark_bar().encode(y="chip:N", x="value:Q", color="chip:N", tooltip="chip:N"))[
        "encoding"
    ]
    assert (plain["y"]["sort"], plain["y"]["title"], plain["color"]["sort"]) == (None, None, None)
    assert "title" not in plain["x"]
    assert "sort" not in plain["tooltip"]
    said = spec(alt.Chart(frame).mark_bar().encode(y=alt.Y("chip:N", title="Chip", sort=["a", "b"])))["encoding"]["y"]
    assert (said["title"], said["sort"]) == ("Chip", ["a", "b"])


def test_layers_are_in_house_style_too() -> None:
    frame = pd.DataFrame({"day": ["2025-01-27"], "value": [1.0]})
    base = alt.Chart(frame).encode(x="day:T")
    for layer in spec(alt.layer(base.mark_line(), base.mark_point()))["layer"]:
        assert layer["encoding"]["x"]["scale"]["type"] == "utc"


def test_a_reference_line_lies_on_its_axis_and_says_its_name() -> None:
    line = reference_line(0.5, alt.Y("share:Q", title="Share"), "half").to_dict()
    rule, words = line["layer"]
    assert rule["mark"]["strokeDash"] == words["mark"].get("strokeDash", [4, 4])
    assert (rule["encoding"]["y"]["field"], words["encoding"]["text"]["field"]) == ("share", "line")
    assert [list(rows[0].values()) for rows in line["datasets"].values()] == [[0.5, "half"]]
    assert zero_line(alt.X("ratio:Q")).to_dict()["mark"]["type"] == "rule"


def test_points_in_words_want_a_figure_for_each_name() -> None:
    assert points_in_words({"Nvidia": 1}, [0.5], "share") == "Nvidia 50%"
    with pytest.raises(ValueError, match="shorter"):
        points_in_words(["a", "b"], [1.0], "share")


def test_a_share_has_three_digits_on_an_axis_and_in_its_tooltip() -> None:
    frame = pd.DataFrame({"share": [0.238], "value": [1.0]})
    drawing = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X("share:Q").axis(format="%"),
            y=alt.Y("value:Q").axis(format="d"),
            text=alt.Text("share:Q", format="%"),
        )
    )
    channels = spec(drawing)["encoding"]
    assert (channels["x"]["axis"]["format"], channels["text"]["format"]) == (".3~p", ".3~p")
    assert channels["y"]["axis"]["format"] == "d"
