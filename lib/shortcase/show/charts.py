"""Charts that need no network: a still picture for everybody, a live one where scripts run, and the data behind both.

The output of a chart is one HTML figure (title, pictures for a wide and a narrow page, the specification that
`charts.js` brings to life, data table, CSV), an SVG of the same execution for paper, and plain text.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pandas as pd
from IPython.display import display
from markupsafe import Markup

from shortcase.errors import BadRecord
from shortcase.show import chart_data, theme
from shortcase.show.chart_rules import hold
from shortcase.show.encodings import in_house_style
from shortcase.show.legends import broken
from shortcase.show.line_ends import named_at_ends
from shortcase.show.tables import TEMPLATES, checked_id, csv_address, table_html, told
from shortcase.show.theme import on_paper
from shortcase.show.tooltips import told_at_a_touch

WIDE, NARROW = WIDTHS = theme.PICTURES
DRAWN_BY = "SHORTCASE_PICTURES"
"""Environment variable that says who draws the still pictures of charts, where it is not the chapter itself.

Marks then stand for the pictures, and what is to be drawn stands where the picture for paper will be.
"""
SINGLE = "make one chart of each view, or lay them over one another with alt.layer"


@dataclass(frozen=True)
class Words:
    """What a chart says besides its picture; none of it may be empty."""

    identity: str
    title: str
    alt: str
    source: str | None = None

    def __post_init__(self) -> None:
        checked_id(self.identity, "chart")
        told(self.title, "title", self.identity)
        told(self.alt, "alt text", self.identity)


def chart(
    drawing: alt.Chart | alt.LayerChart | alt.FacetChart,
    *,
    id: str,  # noqa: A002 — what the address on the page is called everywhere else
    title: str,
    alt: str,
    data: pd.DataFrame | None = None,
    units: Mapping[str, str] | None = None,
    source: str | None = None,
) -> None:
    """Show an Altair chart, single or layered, that fills the width of the page.

    `title` says the finding in words; `alt` says what the picture shows, with its figures, to those who cannot see it;
    `data` is what the table behind the chart holds (the chart's own data where it is one table), `units` the unit of
    each of its columns of figures.

    Errors: BadRecord for a missing title, alt text or unit, or a chart of several views side by side.
    """
    words = Words(id, title, alt, source)
    frame = _table_of(drawing, id) if data is None else data
    display(bundle(drawing.to_dict(), frame, words, units or {}), raw=True)


def bundle(spec: Mapping[str, Any], frame: pd.DataFrame, words: Words, units: Mapping[str, str]) -> dict[str, str]:
    """The outputs of a chart by mime type: HTML, an SVG for paper, and plain text."""
    tidy = tidied(spec, words.identity)
    if os.environ.get(DRAWN_BY):
        wide, narrow = (mark(words.identity, width) for width in WIDTHS)
    else:
        wide, narrow = drawn(tidy, words.identity)
    return {
        "text/html": figure(told_at_a_touch(tidy, units), (wide, narrow), frame, words, units),
        "image/svg+xml": json.dumps(tidy, ensure_ascii=False) if os.environ.get(DRAWN_BY) else on_paper(wide),
        "text/plain": f"{words.title}\n{words.alt}",
    }


def tidied(spec: Mapping[str, Any], identity: str) -> dict[str, Any]:
    """The specification in the house's style, without what differs between runs or names another host.

    Figures have six significant digits.

    Errors: BadRecord for a figure that is not finite, for views side by side, which cannot fit a phone, or for what
    `chart_rules` or `chart_data` refuses.
    """
    parts = [spec, *spec.get("layer", ())]
    several = [key for key in ("hconcat", "vconcat", "concat", "facet", "repeat") if key in spec]
    several += [key for key in ("row", "column", "facet") if any(key in part.get("encoding", ()) for part in parts)]
    if several:
        raise BadRecord(f"{identity} has several views ({several[0]}), which cannot fit a phone", mend=SINGLE)
    kept = broken(named_at_ends(in_house_style(spec)))
    chart_data.hold(spec, identity)
    hold(spec, identity)
    for key in ("$schema", "usermeta", "width", "autosize"):
        kept.pop(key, None)
    # Altair's own defaults; the house has others.
    kept["config"] = {
        k: v for k, v in kept.get("config", {}).items() if v != {"continuousHeight": 300, "continuousWidth": 300}
    }
    try:
        text = json.dumps(rounded(kept), allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    except ValueError:
        raise BadRecord(f"The data of {identity} holds a figure that is not finite") from None
    return dict(json.loads(named_by_rows(text)))


def rounded(value: Any, digits: int = 6) -> Any:
    """Each float in a tree of lists and mappings to so many significant digits.

    >>> rounded({"a": [1 / 3, 2, "x"], "b": 0.0})
    {'a': [0.333333, 2, 'x'], 'b': 0.0}
    """
    if isinstance(value, float):
        return float(f"{value:.{digits}g}") if math.isfinite(value) else value
    if isinstance(value, Mapping):
        return {key: rounded(part, digits) for key, part in value.items()}
    return [rounded(part, digits) for part in value] if isinstance(value, list) else value


def named_by_rows(spec: str) -> str:
    """A specification whose datasets are named by the rows that it prints.

    Altair names them by the figures before they are rounded, so that a last digit which nobody sees, and which hangs on
    where an array lies in memory, would give the page another text.

    >>> named_by_rows('{"data":{"name":"data-x"},"datasets":{"data-x":[{"a":1}]}}')
    '{"data":{"name":"data-2696610e78752a9e7bd0c4b0404b2fb0"},"datasets":{"data-2696610e78752a9e7bd0c4b0404b2fb0":[{"a":1}]}}'
    """
    for name, rows in json.loads(spec).get("datasets", {}).items():
        digest = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:32]
        spec = spec.replace(f'"{name}"', f'"data-{digest}"')
    return spec


def sized(spec: Mapping[str, Any], width: int) -> dict[str, Any]:
    """The specification with the house's look at a width in pixels; `charts.js` does the same for the live chart."""
    return {
        **spec,
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": merged(theme.config(width), spec.get("config", {})),
    }


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """One tree of settings laid over another.

    >>> merged({"axis": {"grid": True, "ticks": True}}, {"axis": {"grid": False}})
    {'axis': {'grid': False, 'ticks': True}}
    """
    both = {
        k: merged(base[k], v) if isinstance(base.get(k), dict) and isinstance(v, dict) else v for k, v in over.items()
    }
    return {**base, **both}


def mark(identity: str, width: int) -> str:
    """What stands for a picture that the press draws beside the chapter."""
    return f"\ue002{identity} {width}\ue003"


def drawn(spec: Mapping[str, Any], identity: str) -> tuple[str, str]:
    """The still pictures of a chart for a wide page and for a narrow one.

    Errors: ValueError for a specification that cannot be drawn.
    """
    return picture(sized(spec, WIDE), f"{identity}-w"), picture(sized(spec, NARROW), f"{identity}-n")


def warm() -> None:
    """Start the renderer, which the first picture would wait for."""
    picture({"mark": "point", "data": {"values": []}}, "warm")


def picture(spec: Mapping[str, Any], prefix: str) -> str:
    """A still SVG that scales with the page, its inner ids told apart by a prefix."""
    import vl_convert  # noqa: PLC0415 - a renderer that most chapters do not need, since the press draws for them

    svg: str = vl_convert.vegalite_to_svg(dict(spec))
    svg = re.sub(r'\sxmlns(:xlink)?="[^"]*"', "", svg)
    # Vega counts clips and gradients through the whole process; here they count from zero in each picture.
    names = dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))
    for count, name in enumerate(names):
        svg = re.sub(rf'(\bid="|url\(#|href="#){re.escape(name)}(?=["\)])', rf"\g<1>{prefix}{count}", svg)
    return re.sub(r"(\d+\.\d{2})\d+", r"\1", svg)


def figure(
    spec: Mapping[str, Any],
    pictures: tuple[str, str],
    frame: pd.DataFrame,
    words: Words,
    units: Mapping[str, str],
) -> str:
    """The HTML of a chart: title, still pictures (wide, narrow), specification, data table with its CSV, source."""
    # `</` and `<!--` would end or change the script element; inside JSON text \u003c means the same.
    code = json.dumps(spec, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")
    wide, narrow, specification = map(Markup, (*pictures, code))
    return TEMPLATES.fill(
        "figure.html",
        words=words,
        wide=wide,
        narrow=narrow,
        specification=specification,
        table=table_html(frame, units=units, head={}, caption=words.title, where=words.identity),
        csv=csv_address(frame, units),
    )


@cache
def rehearse() -> None:
    """Make a chart for nobody: what is loaded and read for the first of all is there in each copy of this process."""
    frame = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 1.0], "line": ["a", "a"]})
    drawing = alt.Chart(frame).mark_line().encode(x="x:Q", y=alt.Y("y:Q", title="y"), color="line:N")
    words = Words("rehearsal", "A line", "A line that rises.")
    TEMPLATES.ready()
    figure(tidied(drawing.to_dict(), words.identity), ("", ""), frame, words, {"x": "plain", "y": "plain"})


def _table_of(drawing: alt.Chart | alt.LayerChart | alt.FacetChart, identity: str) -> pd.DataFrame:
    found = drawing.data
    if isinstance(found, pd.DataFrame):
        return found
    raise BadRecord(f"{identity} does not say which table is behind it", mend="give data=")
