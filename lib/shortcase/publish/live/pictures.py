"""Charts that follow what a reader moves: the rows behind a picture, with the steps behind their figures.

A chapter's code is run again with its charts kept and its tables holding figures with steps. Which of them may follow
is proved, by `picture_proof`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile
from typing import Any

import numpy as np
import pandas as pd

from shortcase.publish.live.kept import MARK, Drawn, Kept
from shortcase.publish.live.program import program
from shortcase.show.live import realising, steps, structures
from shortcase.show.live.replay import reached
from shortcase.show.live.tape import Untraceable, const
from shortcase.show.live.traced import Traced

MOST_ROWS = 600
"""A chart of more rows, or of more operations, is too heavy to be computed at every touch of a slider."""
MOST_OPERATIONS = 25_000
MOST_NEW = 8_000
"""Operations of a chart that no figure of its chapter and no chart before it has needed."""
DIGITS = 9
"""Significant digits of the constants behind a chart, which shows six."""
PRINTED = 1e-5
"""Relative: what six digits leave of a figure."""


@dataclass(frozen=True)
class Written:
    """A figure in words, and how it is written."""

    place: Any
    unit: str
    digits: int | None


Cell = Any
"""A place on the tape or a constant; in a column of words a list of words and `Written`."""


@dataclass(frozen=True)
class Rows:
    """The columns of one table of a chart that follow, by the name of the table in the chart's specification."""

    data: str
    columns: Mapping[str, Sequence[Cell]]


@dataclass(frozen=True)
class Picture:
    """A chart that follows: its tables, the parameters it comes from, and the decisions that it needs.

    columns: those that follow of each table that it was drawn from, also where two are one in the specification.
    """

    tables: tuple[Rows, ...]
    parameters: tuple[str, ...]
    guards: tuple[tuple[Any, bool], ...] = ()
    columns: tuple[Mapping[str, Sequence[Cell]], ...] = ()


@dataclass
class Pictures:
    """The charts of a chapter that follow, on one tape; why others do not; and those that rest on no parameter."""

    ops: list[tuple[Any, ...]] = field(default_factory=list)
    charts: dict[str, Picture] = field(default_factory=dict)
    why_not: dict[str, str] = field(default_factory=dict)
    fixed: list[str] = field(default_factory=list)


def told(pictures: Pictures) -> dict[str, Any]:
    """What is kept of a chapter's charts: their script, which follow, which rest on nothing, why others do not."""
    return {
        "script": printed(pictures),
        "follow": list(pictures.charts),
        "fixed": pictures.fixed,
        "why_not": pictures.why_not,
    }


def printed(pictures: Pictures) -> str:
    """The script of the charts of a page, beside that of its figures; empty where none follows or rightly stands still.

    Errors: Untraceable for an operation that the page lacks.
    """
    if not pictures.charts and not pictures.fixed:
        return ""
    wanted: list[Any] = []
    guards: dict[tuple[Any, bool], int] = {}

    def numbered(cell: Any) -> int:
        wanted.append(cell)
        return len(wanted) - 1

    def told(cell: Cell) -> Any:
        if isinstance(cell, list):
            return [[numbered(p.place), p.unit, p.digits] if isinstance(p, Written) else p for p in cell]
        return numbered(cell) if isinstance(cell, (int, tuple)) else {"as": cell}

    def column(cells: Sequence[Cell]) -> Any:
        if all(isinstance(cell, (int, tuple)) for cell in cells):
            first = len(wanted)
            wanted.extend(cells)
            return first
        return [told(cell) for cell in cells]

    charts = {
        name: {
            "on": list(one.parameters),
            "guards": [guards.setdefault(guard, len(guards)) for guard in one.guards],
            "tables": [
                {"data": rows.data, "rows": len(next(iter(rows.columns.values()))),
                 "columns": {title: column(cells) for title, cells in rows.columns.items()}}
                for rows in one.tables
            ],
        }
        for name, one in pictures.charts.items()
    }  # fmt: skip
    names = sorted({name for one in pictures.charts.values() for name in one.parameters})  # as each chart tells them
    table = program(pictures.ops, {"n": wanted, "g": [at for at, _ in guards], "t": []}, DIGITS, names)
    data = {"charts": charts, "fixed": pictures.fixed, "guards": [answer for _, answer in guards]}
    parts = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (data, table))
    return "shortcase.pictures(Object.assign({},{{run:shortcase.program({})}}));\n".format(*parts)


def on_tape(kept: Kept, specifications: Mapping[str, Mapping[str, Any]]) -> Pictures:
    """The charts of a chapter that was followed, on its tape, while it is followed still; none is proved yet.

    specifications: each chart's, by its id, as the chapter has drawn it.
    """
    told = Pictures(kept.found.tape.ops)
    for name, drawn in kept.charts.items():
        try:
            with kept.found.tape.at_most(MOST_NEW):
                told.charts[name] = _picture(kept, drawn, specifications.get(name, {}).get("datasets", {}))
        except (Untraceable, ValueError, TypeError) as error:
            told.why_not[name] = error.what if isinstance(error, Untraceable) else str(error)
    for name in specifications:
        if name not in kept.charts:
            told.why_not[name] = "its rows could not be computed with their steps"
    return told


def _picture(kept: Kept, drawn: Drawn, datasets: Mapping[str, list[dict[str, Any]]]) -> Picture:
    found, columns = [], []
    if sum(map(len, drawn.tables)) > MOST_ROWS:
        raise Untraceable(f"it has more than {MOST_ROWS} rows")
    for frame in drawn.tables:
        cells = {str(column): list(_cells(kept, frame[column])) for column in frame.columns}
        moving = {column: one for column, one in cells.items() if any(map(_moves, one))}
        columns.append(moving)
        if moving:
            found.append(Rows(_named(kept, frame, datasets), moving))
    if not found:
        raise Untraceable("nothing in its rows comes from a parameter, or it was lost on the way")
    tape = kept.found.tape
    places = [place for rows in found for cells in rows.columns.values() for place in places_of(cells)]
    needed = len(reached(tape.ops, places))
    if needed > MOST_OPERATIONS:
        raise Untraceable(f"it takes {needed:,} operations")
    comes = tape.inputs(*places)
    guards = _guards(kept, drawn.decisions, comes)
    return Picture(tuple(found), tuple(sorted(comes)), guards, tuple(columns))


def _named(kept: Kept, frame: pd.DataFrame, datasets: Mapping[str, list[dict[str, Any]]]) -> str:
    """The name that a table has in the specification of its chart: that of the rows which are the same."""
    rows = [{str(column): kept.plain(value) for column, value in zip(frame.columns, row, strict=True)}
            for row in frame.itertuples(index=False)]  # fmt: skip
    for name, shown in datasets.items():
        if len(shown) == len(rows) and all(_printed(row, other) for row, other in zip(rows, shown, strict=True)):
            return name
    raise Untraceable("its rows are not those of the chart that was drawn")


def _printed(row: Mapping[str, Any], shown: Mapping[str, Any]) -> bool:
    """Whether a row is what the specification shows, in which a figure has six digits, and a day is written out."""
    if row.keys() != shown.keys():
        return False
    pairs = [(row[column], value) for column, value in shown.items()]
    figures = [(x, y) for x, y in pairs if isinstance(y, (int, float)) and not isinstance(y, bool)]
    words = [(x, y) for x, y in pairs if isinstance(x, str)]
    return all(math.isclose(x, y, rel_tol=PRINTED) for x, y in figures) and all(x == y for x, y in words)


def _cells(kept: Kept, column: Any) -> Iterator[Cell]:
    return (_cell(kept, value) for value in column)


def places_of(cells: Sequence[Cell]) -> Iterator[int]:
    """The places on the tape at which cells stand."""
    for cell in cells:
        for part in cell if isinstance(cell, list) else [cell]:
            place = part.place if isinstance(part, Written) else part
            if isinstance(place, int):
                yield place


def places_in(told: Pictures) -> Iterator[int]:
    """The places on the tape at which the cells of charts and the decisions on their way stand."""
    for one in told.charts.values():
        for rows in one.tables:
            yield from (place for column in rows.columns.values() for place in places_of(column))
        yield from (at for at, _ in one.guards if isinstance(at, int))


def _moves(cell: Cell) -> bool:
    if isinstance(cell, list):
        return any(isinstance(part, Written) and isinstance(part.place, int) for part in cell)
    return isinstance(cell, int)


def _cell(kept: Kept, value: Any) -> Cell:
    if isinstance(value, str):
        parts = MARK.split(value)  # words and numbers of marks by turns
        if len(parts) == 1:
            return value
        return [Written(_place(kept, kept.words[int(part)][0]), *kept.words[int(part)][1:]) if i % 2 else part
                for i, part in enumerate(parts)]  # fmt: skip
    return _place(kept, value)


def _place(kept: Kept, value: Any) -> Any:
    step = structures.step_of(value)
    if step is None:
        plain = isinstance(value, (bool, int, float, np.generic)) and not isinstance(value, np.datetime64)
        return const(value) if plain else value
    traced = kept.found.realise(value)
    cell = traced.nodes.item() if isinstance(traced, Traced) else traced
    return getattr(cell, "i", None) if hasattr(cell, "i") else const(cell)


def _guards(kept: Kept, decisions: int, comes: set[str]) -> tuple[tuple[Any, bool], ...]:
    """The decisions on the way to a chart that rest on nothing but what it comes from; not those to other charts."""
    found: dict[tuple[Any, bool], None] = {}
    before = kept.found.guards[:decisions]
    others = sum(1 for _ in dropwhile(lambda guard: guard.aside, reversed(before)))
    for guard in (one for i, one in enumerate(before) if i >= others or not one.aside):
        rests = steps.rests_on(guard.step)
        if rests and rests <= comes:
            traced = realising.realise(guard.step, kept.found.tape, kept.found.realised)
            cell = traced.nodes.item() if isinstance(traced, Traced) else traced
            if hasattr(cell, "i"):
                found[cell.i, guard.answer] = None
    return tuple(found)
