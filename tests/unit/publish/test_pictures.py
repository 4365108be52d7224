"""Charts that follow: what is kept of them, what is proved, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from shortcase.case.parameters import registry
from shortcase.publish.collect import live
from shortcase.publish.live import again, picture_proof, pictures, proof
from shortcase.publish.live.graph import Graph
from shortcase.publish.live.kept import Kept
from shortcase.publish.read.code import Code, parse
from shortcase.publish.read.pages import Page

VALUES = {name: p.value for name, p in registry().items()}
HEAD = """
import altair as alt
import numpy as np
import pandas as pd
from shortcase.case.parameters import value
from shortcase.show import chart, fmt
demand_elasticity = value("demand_elasticity")
demand_growth = value("demand_growth")
years = np.arange(4)
"""


def code(text: str) -> Code:
    told = f"# Sample\n\n```{{code-cell}} ipython3\n{HEAD}```\n\n```{{code-cell}} ipython3\n{text}\n```\n"
    return parse(Page(Path("/book/book/sample.md"), Path("/book"), told))


def specifications(text: str) -> dict[str, Any]:
    """The charts as Altair draws them."""
    found: dict[str, Any] = {}

    def chart(drawing: Any, **said: Any) -> None:
        found[said["id"]] = drawing.to_dict()

    with mock.patch("shortcase.show.chart", chart):
        exec(HEAD + text, {})  # noqa: S102 - the samples below
    return found


def follow(text: str, plain: str | None = None, *, runs: bool = True) -> pictures.Pictures:
    """The charts of a chapter, as the press follows them; `plain` is the same in one cell."""
    parsed = code(text)
    kept, drawn = Kept(followed=True, left_out=True), specifications(plain or text)
    told: list[pictures.Pictures] = []
    again.run(parsed, VALUES, follow=True, charts=kept, then=lambda _: told.append(pictures.on_tape(kept, drawn)))
    points = list(enumerate(proof.points(VALUES, 4)))[2:] if runs else []
    return picture_proof.proved(
        told[0], kept, [proof.ran(parsed, number, point, charts=True) for number, point in points]
    )


def drawn(columns: str, more: str = "") -> pictures.Pictures:
    text = f"""
frame = pd.DataFrame({columns})
drawing = alt.Chart(frame).mark_line().encode(x="years:Q", y="spend:Q"){more}
chart(drawing, id="s-spend", title="t", alt="a")
"""
    return follow(text)


def test_a_column_of_figures_follows_the_parameters_it_comes_from():
    found = drawn('{"years": years, "spend": (1 + demand_growth) ** years}')
    (rows,) = found.charts["s-spend"].tables
    assert list(rows.columns) == ["spend"]
    assert found.charts["s-spend"].parameters == ("demand_growth",)
    assert "shortcase.pictures(" in pictures.printed(found)


@pytest.mark.parametrize("home", ["shortcase.show", "shortcase.show.units"])
def test_figures_inside_words_follow_too_wherever_the_chapter_has_fmt_from(home):
    text = f"""
from {home} import fmt
frame = pd.DataFrame([{{"years": 1, "spend": demand_growth, "words": f"at {{fmt(demand_growth, 'share')}} a year"}}])
chart(alt.Chart(frame).mark_line().encode(x="years:Q", y="spend:Q"), id="s-spend", title="t", alt="a")
"""
    found = follow(text)
    cell = found.charts["s-spend"].tables[0].columns["words"][0]
    assert [part if isinstance(part, str) else part.unit for part in cell] == ["at ", "share", " a year"]


def test_what_a_title_turns_on_decides_nothing_about_the_rows():
    text = """
frame = pd.DataFrame({"years": years, "spend": (1 + demand_growth) ** years})
chart(
    alt.Chart(frame).mark_line().encode(x="years:Q", y="spend:Q"),
    id="s-spend",
    title="fast" if demand_growth == 0.123 else "slow",
    alt="a",
    data=frame.assign(more="fast" if demand_growth > 0.5 else "slow"),
)
"""
    assert follow(text).charts["s-spend"].guards == ()


def test_rows_joined_and_scaled_keep_their_figures():
    text = """
frame = pd.concat(
    [pd.DataFrame({"years": years, "spend": (1 + g) ** years}) for g in (demand_growth, 0.1)], ignore_index=True
)
frame["double"] = frame.spend * 2
chart(alt.Chart(frame).mark_line().encode(x="years:Q", y="double:Q"), id="s-spend", title="t", alt="a")
"""
    (rows,) = follow(text).charts["s-spend"].tables
    assert sorted(rows.columns) == ["double", "spend"]
    assert len(rows.columns["double"]) == 8


@pytest.mark.parametrize(
    ("columns", "more", "why"),
    [
        (
            '{"years": years, "spend": (1 + demand_growth) ** years}',
            '.properties(title=f"{demand_growth:.3f}")',
            "besides",
        ),
        ('{"years": years, "spend": [f"{demand_growth:.6f}"] * 4}', "", "nothing in its rows"),
        ('{"years": np.arange(int(40 * demand_growth) + 2), "spend": demand_growth}', "", ""),
    ],
)
def test_a_chart_of_which_more_is_computed_stays_as_documented(columns, more, why):
    found = drawn(columns, more)
    assert "s-spend" not in found.charts
    assert why in found.why_not["s-spend"]
    assert pictures.printed(found) == ""


def test_a_chart_that_rests_on_no_parameter_is_fixed():
    found = drawn('{"years": years, "spend": years ** 2}')
    assert found.fixed == ["s-spend"]
    assert found.why_not == {}
    assert '"fixed":["s-spend"]' in pictures.printed(found), "or its page says that it ought to follow"


def test_a_cell_that_fails_where_tables_hold_steps_costs_only_its_own_charts():
    frame = 'pd.DataFrame({"x": [demand_growth]})'
    text = f"""chart(alt.Chart({frame}).mark_point().encode(x="x:Q"), id="a", title="t", alt="a")
```

```{{code-cell}} ipython3
lines = np.log({frame}.x)
chart(alt.Chart(pd.DataFrame({{"y": lines}})).mark_point().encode(x="y:Q"), id="b", title="t", alt="a")"""
    found = follow(text, text.replace("```{code-cell} ipython3\n", "").replace("```\n", ""))
    assert list(found.charts) == ["a"]
    assert "lost on the way" in found.why_not["b"]


def test_a_chart_that_was_run_at_no_other_values_does_not_follow():
    text = 'chart(alt.Chart(pd.DataFrame({"x": [1.0]})).mark_point().encode(x="x:Q"), id="a", title="t", alt="a")'
    found = follow(text, runs=False)
    assert (found.fixed, list(found.charts)) == ([], [])


def test_a_line_at_a_computed_place_follows():
    text = """
from shortcase.show import reference_line
x = alt.X("growth:Q", title="Growth")
rows = alt.Chart(pd.DataFrame({"growth": [0.1, 0.2]})).mark_point().encode(x=x)
chart(alt.layer(rows, reference_line(2 * demand_growth, x, "twice")), id="a", title="t", alt="a")
"""
    (rows,) = follow(text).charts["a"].tables
    assert list(rows.columns) == ["growth"]


def test_a_chart_may_take_many_operations_where_the_figures_have_taken_most_of_them(monkeypatch):
    text = """
spend = (1 + demand_growth) ** years
{figure}
frame = pd.DataFrame({{"years": years, "spend": spend}})
chart(alt.Chart(frame).mark_line().encode(x="years:Q", y="spend:Q"), id="s-spend", title="t", alt="a")
"""
    number = """
from shortcase.model import arithmetic
from shortcase.show import number
number("summed", "ratio", arithmetic.total, parts=list(spend))
"""
    monkeypatch.setattr(pictures, "MOST_NEW", 1)
    assert list(follow(text.format(figure="")).charts) == []
    assert list(follow(text.format(figure=number)).charts) == ["s-spend"]
    monkeypatch.setattr(pictures, "MOST_OPERATIONS", 1)
    assert "operations" in follow(text.format(figure=number)).why_not["s-spend"]


def test_what_stands_still_is_told_with_its_reason():
    one = pictures.told(drawn('{"years": years, "spend": years ** 2}'))
    told = live.coverage({"sample": Graph()}, {}, {"sample": one})["sample"]
    assert (told["charts"], told["live_charts"]) == (0, 0)
    assert told["dead"] == {"chart s-spend": live.STILL}
    other = pictures.told(drawn('{"years": years, "spend": [f"{demand_growth:.6f}"] * 4}'))
    told = live.coverage({"sample": Graph()}, {}, {"sample": other})["sample"]
    assert (told["charts"], told["live_charts"], list(told["dead"])) == (1, 0, ["chart s-spend"])
