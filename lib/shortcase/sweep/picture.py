"""A sweep of one or two parameters as a page of its own: lines over one, fields of colour over two, in the book's look.

The page holds everything that it needs, and is drawn without a network.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import vl_convert
from bs4 import BeautifulSoup

from shortcase import results
from shortcase.errors import BadRequest
from shortcase.publish.files import write
from shortcase.results.columns import NUMBER, PARAMETER, Column
from shortcase.show import theme

MOST = 12
"""Numbers that one page shows, a picture each."""
WIDTH = 600
PERCENT, BARE = ("share", "per year"), ("plain", "ratio", "count", "calendar year")
"""Units that the axis shows by how it writes a figure, and those that say nothing beside one."""
PAGE = "body{margin:2rem auto;max-width:56rem;padding:0 1rem;font-family:sans-serif;color:CanvasText;background:Canvas}"


def draw(file: Path, page: Path) -> Path:
    """Draw a file of results; the page.

    Errors: BadRequest where more than two parameters were swept over, or more numbers kept than a page can show.
    """
    found = results.read(file)
    swept = [c for c in found.columns.values() if c.role == PARAMETER and found.frame[c.key].nunique() > 1]
    numbers = [c for c in found.columns.values() if c.role == NUMBER]
    if not 1 <= len(swept) <= 2:
        what = f"{len(swept)} parameters were swept over, and a chart has one or two"
        raise BadRequest(what, where="--chart", mend="sweep over one or two, or leave out --chart")
    if not 1 <= len(numbers) <= MOST:
        what = f"{len(numbers)} numbers were kept, and a page shows from 1 to {MOST}"
        raise BadRequest(what, where="--chart", mend="name those to draw with --keep")
    alt.data_transformers.disable_max_rows()
    drawn = [_over_one(found.frame, swept[0], n) if len(swept) == 1 else _over_two(found.frame, swept, n)
             for n in numbers]  # fmt: skip
    whole: Any = alt.vconcat(*drawn, spacing=40).to_dict()
    whole["config"] = {**theme.config(WIDTH), "title": {"color": theme.TEXT, "anchor": "start", "fontSize": 14}}
    html = BeautifulSoup(vl_convert.vegalite_to_html(whole, bundle=True, renderer="svg"), "html.parser")
    style = html.new_tag("style")
    style.string = PAGE
    html.find_all("head")[0].append(style)
    write(page, str(html))
    return page


def _over_one(frame: pd.DataFrame, x: Column, y: Column) -> Any:
    rows = frame[[x.key, y.key]].dropna().sort_values(x.key)
    words = x.kind == "text"
    made = alt.Chart(rows, title=y.label, width=WIDTH)
    mark = made.mark_bar() if words else made.mark_line(point=len(rows) <= 60)
    across = alt.X(x.key, type="nominal" if words else "quantitative", title=_title(x))
    if not words:
        across = across.axis(**_axis(x)).scale(zero=False)
    up = alt.Y(y.key, type="quantitative", title=y.unit if y.unit not in (*PERCENT, *BARE) else "").axis(**_axis(y))
    return mark.encode(x=across, y=up if words else up.scale(zero=False), tooltip=[x.key, y.key])


def _over_two(frame: pd.DataFrame, swept: list[Column], value: Column) -> Any:
    x, y = swept
    rows = frame[[x.key, y.key, value.key]].dropna()
    gridded = len(rows) == rows[x.key].nunique() * rows[y.key].nunique()
    made = alt.Chart(rows, title=value.label, width=WIDTH)
    colour = alt.Color(value.key, type="quantitative", title=_title(value)).legend(
        format=_axis(value).get("format", "s")
    )
    if gridded:  # each value a step of the axis, so that the fields meet
        place = {"x": alt.X(x.key, type="ordinal", title=_title(x)).axis(**_axis(x), labelOverlap="greedy"),
                 "y": alt.Y(y.key, type="ordinal", title=_title(y), sort="descending").axis(
                     **_axis(y), labelOverlap="greedy")}  # fmt: skip
        return made.mark_rect().encode(**place, color=colour, tooltip=[x.key, y.key, value.key])
    place = {"x": alt.X(x.key, type="quantitative", title=_title(x)).axis(**_axis(x)).scale(zero=False),
             "y": alt.Y(y.key, type="quantitative", title=_title(y)).axis(**_axis(y)).scale(zero=False)}  # fmt: skip
    return made.mark_point().encode(**place, color=colour, tooltip=[x.key, y.key, value.key])


def _title(column: Column) -> str:
    told = column.unit and column.unit not in (*PERCENT, *BARE)
    return f"{column.label or column.key} [{column.unit}]" if told else column.label or column.key


def _axis(column: Column) -> dict[str, Any]:
    """Shares as per cent; years without a comma."""
    if column.unit in PERCENT:
        return {"format": "~%"}
    return {"format": "d"} if column.unit == "calendar year" else {}
