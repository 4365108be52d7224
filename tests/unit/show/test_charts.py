from __future__ import annotations

import itertools
import json
import re

import altair as alt
import numpy as np
import pandas as pd
import pytest

from shortcase.errors import BadRecord
from shortcase.show import charts, theme
from shortcase.show.chart_parts import reference_line, zero_line
from shortcase.show.tooltips import told_at_a_touch

FRAME = pd.DataFrame({"area": [100.0, 800.0, 46225.0], "good": [0.9, 1 / 3, 0.01]})
WORDS = charts.Words("hw-yield", "Large dies <fail>", "The share falls from 90% to 1%.")
UNITS = {"area": "mm2", "good": "share"}


def line(frame: pd.DataFrame = FRAME) -> alt.Chart:
    return alt.Chart(frame).mark_line().encode(x="area:Q", y="good:Q")


def made(drawing: alt.Chart | None = None) -> dict[str, str]:
    return charts.bundle((drawing or line()).to_dict(), FRAME, WORDS, UNITS)


def spec_in(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', page)[1])


def test_a_chart_brings_picture_words_data_and_specification():
    page = made()["text/html"]
    assert 'id="hw-yield"' in page
    assert '<figcaption id="hw-yield-title">Large dies &lt;fail&gt;</figcaption>' in page
    assert 'role="img" aria-label="The share falls from 90% to 1%."' in page
    assert page.count("<svg") == 2
    assert "33.3%" in page
    assert 'download="hw-yield.csv"' in page
    assert spec_in(page)["mark"]["type"] == "line"


def test_no_other_host_is_named_but_on_paper_where_svg_needs_its_namespace():
    out = made()
    assert "http" not in out["text/html"]
    assert re.findall(r"https?://[^\"]*", out["image/svg+xml"]) == ["http://www.w3.org/2000/svg"]
    assert "currentColor" not in out["image/svg+xml"]


def test_two_runs_give_the_same_bytes_even_where_altair_names_its_views():
    first, second = (made(alt.layer(line().interactive(), line())) for _ in range(2))
    assert first == second


def test_figures_are_rounded_and_must_be_finite():
    assert any(row["good"] == 0.333333 for rows in spec_in(made()["text/html"])["datasets"].values() for row in rows)
    spec = {"mark": "line", "data": {"values": [{"x": float("inf")}]}}
    with pytest.raises(BadRecord, match="not finite"):
        charts.tidied(spec, "a")


def test_a_script_cannot_be_ended_by_the_data():
    words = pd.DataFrame({"name": ["</script><b>"], "x": [1.0]})
    drawing = alt.Chart(words).mark_point().encode(x="x:Q", y="name:N")
    page = charts.bundle(drawing.to_dict(), words, WORDS, {"x": "count"})["text/html"]
    assert next(iter(spec_in(page)["datasets"].values()))[0]["name"] == "</script><b>"
    assert page.count("</script>") == 1


def test_ids_inside_pictures_differ_from_chart_to_chart():
    page = made(line().mark_line(clip=True))["text/html"]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)


@pytest.mark.parametrize("field", ["title", "alt"])
def test_title_and_alt_text_are_needed(field):
    given = {"identity": "a", "title": "t", "alt": "a", field: " "}
    with pytest.raises(BadRecord, match=r"has no (title|alt text)"):
        charts.Words(**given)


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        (line() | line(), "hconcat"),
        (line().encode(row="area:N"), "row"),
        (line().facet("area:N"), "facet"),
        (line().mark_bar().encode(y=alt.Y("good:Q").scale(type="log")), "logarithmic"),
    ],
)
def test_charts_that_mislead_or_cannot_fit_a_phone_are_refused(drawing, words):
    with pytest.raises(BadRecord) as refused:
        charts.tidied(drawing.to_dict(), "hw-yield")
    assert words in str(refused.value)


def test_the_table_of_a_layered_chart_must_be_named():
    with pytest.raises(BadRecord, match="which table"):
        charts.chart(alt.layer(line(), line(FRAME * 2)), id="a", title="t", alt="a", units=UNITS)


def luminance(colour: str) -> float:
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return float(np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the best-known near miss of AA


@pytest.mark.parametrize(("mark", "page"), itertools.product(theme.PALETTE, ("#ffffff", "#14171b", "#1b1e24")))
def test_every_mark_is_seen_on_light_and_dark(mark, page):
    assert contrast(mark, page) >= 3


@pytest.mark.parametrize(("mode", "page"), [("light", "#ffffff"), ("dark", "#14171b")])
@pytest.mark.parametrize("mark", theme.PALETTE)
def test_a_word_in_the_colour_of_its_line_reads_in_light_and_dark(mark, mode, page, root):
    css = (root / "book" / "_static" / "shortcase.css").read_text(encoding="utf-8")
    rule = rf'^\.vl-plot \.role-mark text\[fill="{mark}"\] {{ fill: light-dark\((#\w+), (#\w+)\)'
    light, dark = re.search(rule, css, re.MULTILINE).groups()
    assert contrast(light if mode == "light" else dark, page) >= 4.5


def a_line(**encoding) -> alt.LayerChart:
    """A line across at two, beside a bar."""
    frame = pd.DataFrame({"x": [2.0], "who": ["price"]})
    return alt.layer(
        alt.Chart(frame).mark_rule().encode(x="x:Q", **encoding), alt.Chart(frame).mark_bar().encode(x="x:Q")
    )


def test_a_line_across_that_nothing_names_is_refused():
    with pytest.raises(BadRecord, match=r"a-chart draws a line across at 2.0 and does not name it"):
        charts.tidied(a_line().to_dict(), "a-chart")


@pytest.mark.parametrize(
    "named", [a_line(color="who:N"), reference_line(2.0, alt.X("x:Q"), "price"), zero_line(alt.X("x:Q"))]
)
def test_a_line_that_says_what_it_is_or_lies_at_zero_is_drawn(named):
    charts.tidied(named.to_dict(), "a-chart")


def test_a_tooltip_speaks_and_a_line_answers_beside_itself():
    frame = pd.DataFrame({"day": pd.to_datetime(["2024-02-14", "2024-03-14"]), "good_dies": [0.238, 0.25], "who": "A"})
    drawing = (
        alt.Chart(frame)
        .mark_line()
        .encode(x=alt.X("day:T", title=None), y=alt.Y("good_dies:Q"), color=alt.Color("who:N", title="Maker"))
    )
    told = told_at_a_touch(charts.tidied(drawing.to_dict(), "a"), {"good_dies": "share"})
    assert [(row["title"], row.get("format")) for row in told["encoding"]["tooltip"]] == [
        ("Day", "%-d %B %Y"), ("Good dies", ".3~p"), ("Maker", None),
    ]  # fmt: skip
    assert told["mark"]["point"]["size"] >= 300
    read_out = {**told, "config": {"aria": True, "mark": {"aria": True}}}  # then a mark says what its tooltip says
    assert "Good dies: 23.8%" in charts.picture(charts.sized(read_out, charts.WIDE), "a")


def test_a_chart_is_one_image_and_its_marks_are_not_read_out():
    svg = charts.picture(charts.sized(charts.tidied(a_line(color="who:N").to_dict(), "a"), charts.WIDE), "a")
    assert "graphics-symbol" not in svg
    assert "aria-label" not in svg


def test_long_names_are_broken_and_every_expression_draws():
    frame = pd.DataFrame({"name": ["a name that is much longer than a phone is wide, by far"], "x": [2e13]})
    drawing = alt.Chart(frame).mark_point().encode(x=alt.X("x:Q").scale(type="log"), y="name:N")
    svg = charts.picture(charts.sized(charts.tidied(drawing.to_dict(), "a"), charts.NARROW), "a")
    lines = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", svg)
    assert len(lines) == 3
    assert " ".join(lines) == frame.name[0]
    ticks = re.findall(r"<text[^>]*>([^<]+)</text>", svg)
    assert "20T" in ticks
    assert not any("e+" in tick for tick in ticks)


def test_long_names_in_a_legend_are_broken_and_stay_in_the_picture():
    long = "Part of the drawn cases in which the price is above what a share is worth"
    rows = [{"at": n, "y": n, "who": who} for n in range(3) for who in (long, *"abcdef")]
    drawing = alt.Chart(alt.Data(values=rows)).mark_line().encode(x="at:Q", y="y:Q", color="who:N", strokeDash="who:N")
    for width in charts.WIDTHS:
        svg = charts.picture(charts.sized(charts.tidied(drawing.to_dict(), "a"), width), "a")
        assert "…" not in svg
        assert all(
            piece in svg for piece in ("Part of the drawn cases in which the price", "is above what a share is worth")
        )


def test_what_is_made_for_nobody_is_a_chart_as_any() -> None:
    assert charts.rehearse.__wrapped__() is None, "the press would not say that it cannot be made"
