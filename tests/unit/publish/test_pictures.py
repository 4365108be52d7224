"""Charts that follow: what is kept of them, what is proved, what is refused."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from shortcase.case.parameters import registry
from shortcase.publish.live import pictures
from shortcase.publish.read.code import Code
from shortcase.publish.read.pages import Cell, Page

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
    cell = Cell("code", HEAD + text, (), 1)
    return Code(Page(Path("/book/sample.md"), Path("/"), ""), ((cell, ast.parse(HEAD + text)),))


def drawn(columns: str, more: str = "") -> pictures.Pictures:
    text = f"""
frame = pd.DataFrame({columns})
drawing = alt.Chart(frame).mark_line().encode(x="years:Q", y="spend:Q"){more}
chart(drawing, id="s-spend", title="t", alt="a")
"""
    return pictures.follow(code(text), VALUES)


def test_a_column_of_figures_follows_the_parameters_it_comes_from():
    found = drawn('{"years": years, "spend": (1 + demand_growth) ** years}')
    (rows,) = found.charts["s-spend"].tables
    assert list(rows.columns) == ["spend"]
    assert found.charts["s-spend"].parameters == ("demand_growth",)
    assert "shortcase.pictures(" in pictures.printed(found)


def test_figures_inside_words_follow_too():
    found = drawn('[{"years": 1, "spend": demand_growth, "words": f"at {fmt(demand_growth, \'share\')} a year"}]')
    cell = found.charts["s-spend"].tables[0].columns["words"][0]
    assert [part if isinstance(part, str) else part.unit for part in cell] == ["at ", "share", " a year"]


def test_rows_joined_and_scaled_keep_their_figures():
    text = """
frame = pd.concat(
    [pd.DataFrame({"years": years, "spend": (1 + g) ** years}) for g in (demand_growth, 0.1)], ignore_index=True
)
frame["double"] = frame.spend * 2
chart(alt.Chart(frame).mark_line().encode(x="years:Q", y="double:Q"), id="s-spend", title="t", alt="a")
"""
    (rows,) = pictures.follow(code(text), VALUES).charts["s-spend"].tables
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


def test_a_cell_that_fails_costs_only_its_own_charts():
    frame = 'pd.DataFrame({"x": [demand_growth]})'
    page = code(f'chart(alt.Chart({frame}).mark_point().encode(x="x:Q"), id="a", title="t", alt="a")')
    broken = (page.trees[0][0], ast.parse("np.log(pd.DataFrame({'x': [demand_growth]}).x) + nothing"))
    found = pictures.follow(Code(page.page, (*page.trees, broken)), VALUES)
    assert list(found.charts) == ["a"]
