"""Tables that a phone, a keyboard and a screen reader can use, with each figure written by its unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd
from IPython.core.getipython import get_ipython
from IPython.display import display
from markupsafe import Markup
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from shortcase.case import parameters
from shortcase.csv_lines import inert
from shortcase.errors import ADD, BadRecord, nearest
from shortcase.show.html_table import NOTHING, Cell, Grid, Line, heads, table, words
from shortcase.show.templates import HERE, Templates
from shortcase.show.units import UNITS, fmt

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_ROWS = 60
"""A longer table shows evenly spaced rows; its CSV has all of them."""
WORDY = 40
"""Letters in a cell beyond which a column is too narrow for it on a phone."""
FIGURE = "amount"
"""The style of a cell that holds a figure, and of the head above it."""
TEMPLATES = Templates(HERE)


def checked_id(identity: str, kind: str) -> str:
    """The id, if it may stand in an address.

    >>> checked_id("hw-yield", "chart")
    'hw-yield'

    Errors: BadRecord for anything but small letters, digits and single hyphens.
    """
    if not ID.fullmatch(identity):
        raise BadRecord(f"{identity!r} cannot be the id of a {kind}", mend="use small letters, digits and hyphens")
    return identity


def told(text: str, what: str, identity: str) -> str:
    """The text without needless space. Errors: BadRecord where there is none."""
    if not text.strip():
        raise BadRecord(f"{identity} has no {what}", mend=f"write its {what} in words")
    return " ".join(text.split())


def grid(
    frame: pd.DataFrame,
    *,
    id: str,  # noqa: A002 — what the address on the page is called everywhere else
    caption: str,
    units: Mapping[str, str] | None = None,
    source: str | None = None,
    head: Mapping[str, str] | None = None,
) -> None:
    """Show a table: its first column names the rows, its figures are written by unit, and the CSV is one click away.

    `units` gives each column of figures its unit; `head` may give a column another heading.

    Errors: BadRecord for a column of figures without a unit, or a unit or heading of a column that is not there.
    """
    page = grid_html(frame, identity=id, caption=caption, units=units or {}, source=source, head=head or {})
    display({"text/html": page, "text/plain": f"{caption}\n{frame.to_string(index=False)}"}, raw=True)


def grid_html(
    frame: pd.DataFrame,
    *,
    identity: str,
    caption: str,
    units: Mapping[str, str],
    source: str | None = None,
    head: Mapping[str, str] | None = None,
) -> str:
    """The table of `grid` as HTML."""
    checked_id(identity, "table")
    caption = told(caption, "caption", identity)
    return TEMPLATES.fill(
        "grid.html",
        identity=identity,
        caption=caption,
        source=source,
        cards=wordy(frame),
        table=table_html(
            frame,
            units=units,
            head=head or {},
            caption=caption,
            where=identity,
            cards="cards" if wordy(frame) else None,
        ),
        csv=csv_address(frame, units),
    )


def table_html(
    frame: pd.DataFrame,
    *,
    units: Mapping[str, str],
    head: Mapping[str, str],
    caption: str,
    where: str,
    cards: str | None = None,
) -> Markup:
    """A `<table>` with a caption, column heads and row heads; `cards` is the class of one whose rows become cards.

    Errors: BadRecord for an empty table, an unknown column or unit, or figures without a unit.
    """
    check_units(frame, units, where)
    for name in head:
        if name not in frame.columns:
            raise BadRecord(f"{where} has no column {name!r} to give a heading", mend=nearest(name, frame.columns))
    shown = thinned(frame)
    note = "" if len(shown) == len(frame) else f" ({len(shown)} of {len(frame)} rows; the CSV has all)"
    styles = {name: FIGURE for name in frame.columns if units.get(name, "text") not in ("text", "date")}
    columns = [words(head.get(name, heading(name)), styles.get(name)) for name in frame.columns]
    cells = [[_cell(v, units.get(name), styles.get(name)) for v in shown[name]] for name in shown.columns]
    return table(Grid(columns, [Line(row) for row in zip(*cells, strict=True)], f"{caption}{note}"), cards=cards)


def wordy(frame: pd.DataFrame) -> bool:
    """Whether a table holds sentences beside its first column: on a phone its rows become cards.

    >>> wordy(pd.DataFrame({"name": ["a"], "rule": ["A sentence of more than forty letters, in a column."]}))
    True
    """
    columns = [frame[name].dropna() for name in frame.columns[1:] if not is_numeric_dtype(frame[name])]
    return any(len(str(value)) > WORDY for column in columns for value in column)


def cell(value: Any, unit: str | None) -> str:
    """The words of a cell: a figure by its unit, anything else as it is, a dash where there is nothing.

    >>> cell(0.5534, "share"), cell("A < B", None), cell(float("nan"), "USD")
    ('55.3%', 'A < B', '–')
    """
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return NOTHING
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return fmt(value.date(), "date")
    return str(value) if unit is None else fmt(value, unit)


def _cell(value: Any, unit: str | None, style: str | None) -> Cell:
    # No dash where the chapter gave empty words: it meant an empty cell.
    said = cell(value, unit)
    return Cell(said, said, style)


def heading(name: object) -> str:
    """A column's name as words: `heading("speed_for_one")` is Speed for one."""
    words = str(name).replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def check_units(frame: pd.DataFrame, units: Mapping[str, str], where: str) -> None:
    """Errors: BadRecord for an empty table, an unknown column or unit, or figures without a unit."""
    if frame.empty:
        raise BadRecord(f"The table of {where} is empty")
    for name, unit in units.items():
        if name not in frame.columns:
            raise BadRecord(f"{where} has no column {name!r}", mend=nearest(name, map(str, frame.columns)))
        if unit not in UNITS:
            raise BadRecord(f"{where}: there is no unit {unit!r}", mend=nearest(unit, UNITS, new=ADD["unit"]))
    for name in frame.columns:
        if name not in units and is_numeric_dtype(frame[name]) and not is_bool_dtype(frame[name]):
            raise BadRecord(
                f"The column {name!r} of {where} holds figures without a unit", mend=f'units={{"{name}": "…"}}'
            )


def thinned(frame: pd.DataFrame) -> pd.DataFrame:
    """At most MAX_ROWS rows, evenly spaced, the first and the last among them.

    >>> len(thinned(pd.DataFrame({"x": range(1000)}))), thinned(pd.DataFrame({"x": range(1000)})).x.iloc[-1].item()
    (60, 999)
    """
    if len(frame) <= MAX_ROWS:
        return frame
    return frame.iloc[np.unique(np.linspace(0, len(frame) - 1, MAX_ROWS).round().astype(int))]


def csv_text(frame: pd.DataFrame, units: Mapping[str, str]) -> str:
    r"""The raw figures, six significant digits, each column's unit in its head; no cell that a spreadsheet would run.

    >>> csv_text(pd.DataFrame({"chip": ["H100"], "tdp": [700.0]}), {"tdp": "W"})
    'chip,tdp (W)\nH100,700\n'
    """
    told = frame.apply(lambda column: column if is_numeric_dtype(column) else column.map(_inert))
    named = told.rename(columns=lambda name: inert(_head(str(name), units)))
    return str(named.to_csv(index=False, float_format="%.6g", lineterminator="\n"))


def _inert(cell: object) -> object:
    return inert(cell) if isinstance(cell, str) else cell


def _head(name: str, units: Mapping[str, str]) -> str:
    unit = units.get(name, "text")
    return name if unit == "text" else f"{name} ({unit})"


def csv_address(frame: pd.DataFrame, units: Mapping[str, str]) -> str:
    """The whole table as an address from which a browser saves it; that needs neither a server nor a script."""
    rows = quote(csv_text(frame, units), safe="(),/:;!*'")
    return f"data:text/csv;charset=utf-8,{rows}"


def parameter_table(*names: str) -> None:
    """Show the chapter's parameters, folded: value, the essay's value, range and source, linked to the parameter page.

    It stands before whatever computes with them, so it also refuses a value out of bounds that a notebook was run with:
    papermill alone injects what it is given.

    Errors: BadParameter for an unknown name or a value out of bounds; BadRecord for a name given twice.
    """
    notebook = get_ipython()
    parameters.hold(notebook.user_ns if notebook else {})
    display({"text/html": parameters_html(*names), "text/plain": ", ".join(names)}, raw=True)


def parameters_html(*names: str) -> str:
    """The table of `parameter_table` as HTML.

    Errors: BadRecord for no name or one given twice; BadParameter for an unknown one.
    """
    if len(set(names)) != len(names) or not names:
        raise BadRecord("A table of parameters needs names, each once")
    columns = heads("Parameter", "Value", "The essay’s", "Range", "Source")
    label = f"The {len(names)} parameters of this chapter" if len(names) > 1 else "The parameter of this chapter"
    lines = [_parameter_row(parameters.find(name)) for name in names]
    return TEMPLATES.fill("parameter_table.html", grid=Grid(columns, lines, label))


def _parameter_row(p: parameters.Parameter) -> Line:
    parts = TEMPLATES.parts("parameter_cells.html")
    span = NOTHING if p.low is None or p.high is None else f"{cell(p.low, p.unit)} – {cell(p.high, p.unit)}"
    return Line(
        [
            Cell(parts.named(p), p.label),
            words(cell(p.value, p.unit), FIGURE),
            words(cell(p.essay, p.unit), FIGURE),
            Cell(parts.span(span, p.interval), span, FIGURE),
            words(p.source, "source"),
        ]
    )
