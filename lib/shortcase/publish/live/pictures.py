"""Charts that follow what a reader moves: the rows behind a picture, with the steps behind their figures.

A chapter's code is run again with its charts kept and its tables holding figures with steps. Which charts may follow is
proved: the chapter is run at other values, and where anything of a chart changes that the rows on the tape do not give
(another number of rows, a line at a computed place, words), the chart stays as documented.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from shortcase.case.parameters import Scalar
from shortcase.publish.live.graph import inputs_of, reached
from shortcase.publish.live.kept import MARK, Kept, run, skeleton
from shortcase.publish.live.program import program
from shortcase.publish.live.proof import TOLERANCE, points
from shortcase.publish.read.code import Code
from shortcase.show import units
from shortcase.show.live import carried
from shortcase.show.live.tape import Tape, Untraceable, const, replay
from shortcase.show.live.traced import Traced

POINTS = 2
MOST_ROWS = 600
"""A chart of more rows, or of more operations, is too heavy to be computed at every touch of a slider."""
MOST_OPERATIONS = 20_000


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
    """A chart that follows: its tables, the parameters it comes from, and the decisions that it needs."""

    tables: tuple[Rows, ...]
    parameters: tuple[str, ...]
    guards: tuple[tuple[Any, bool], ...] = ()


@dataclass
class Pictures:
    """The charts of a chapter that follow, on one tape; why others do not; and those that rest on no parameter."""

    ops: list[tuple[Any, ...]] = field(default_factory=list)
    charts: dict[str, Picture] = field(default_factory=dict)
    why_not: dict[str, str] = field(default_factory=dict)
    fixed: list[str] = field(default_factory=list)


def printed(pictures: Pictures) -> str:
    """The script of a page's charts, beside that of its figures; empty where no chart follows.

    Errors: Untraceable for an operation that the page lacks.
    """
    if not pictures.charts:
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
    table = program(pictures.ops, {"n": wanted, "g": [at for at, _ in guards], "t": []})
    data = {"charts": charts, "fixed": pictures.fixed, "guards": [answer for _, answer in guards]}
    parts = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (data, table))
    return "shortcase.pictures(Object.assign({},{{run:shortcase.program({})}}));\n".format(*parts)


def follow(code: Code, values: Mapping[str, Scalar]) -> Pictures:
    """The charts of a chapter that follow, proved at other values."""
    documented = run(code, values, followed=False)
    traced = run(code, values, followed=True)
    told = Pictures(traced.found.tape.ops)
    specs = {name: skeleton(drawing) for name, (drawing, _, _) in documented.charts.items()}
    others = [(point, run(code, point, followed=False)) for point in _points(values)]
    for name, (_, tables) in specs.items():
        if all(name in kept.charts and _alike(specs[name], skeleton(kept.charts[name][0])) for _, kept in others):
            told.fixed.append(name)
        elif name in traced.charts:
            try:
                told.charts[name] = _picture(traced, name, tables)
            except (Untraceable, ValueError, TypeError) as error:
                told.why_not[name] = str(error)
        else:
            told.why_not[name] = "its rows could not be computed with their steps"
    for name in list(told.charts):
        why = _differs(told, name, specs[name], others)
        if why:
            told.why_not[name] = why
            del told.charts[name]
    return told


def _points(values: Mapping[str, Scalar]) -> Iterator[dict[str, Scalar]]:
    yield from list(points(values, POINTS + 2))[2:]


def _alike(one: tuple[str, Any], other: tuple[str, Any]) -> bool:
    return one[0] == other[0] and [rows for _, rows in one[1]] == [rows for _, rows in other[1]]


def _picture(kept: Kept, name: str, tables: Sequence[tuple[str, list[dict[str, Any]]]]) -> Picture:
    _, frames, decisions = kept.charts[name]
    if sum(len(rows) for _, rows in tables) > MOST_ROWS:
        raise Untraceable(f"it has more than {MOST_ROWS} rows")
    found = []
    for data, rows in tables:
        frame = next(
            (one for one in frames if len(one) == len(rows) and set(rows[0]) <= set(map(str, one.columns))), None
        )
        columns = {} if frame is None else {
            column: list(_cells(kept, frame[column])) for column in frame.columns if column in rows[0]
        }  # fmt: skip
        moving = {str(column): cells for column, cells in columns.items() if any(map(_moves, cells))}
        if moving:
            found.append(Rows(data, moving))
    if not found:
        raise Untraceable("nothing in its rows comes from a parameter, or it was lost on the way")
    ops = kept.found.tape.ops
    needed = len(reached(ops, [place for rows in found for cells in rows.columns.values() for place in _places(cells)]))
    if needed > MOST_OPERATIONS:
        raise Untraceable(f"it takes {needed:,} operations")
    comes = {op for rows in found for cells in rows.columns.values() for cell in cells for op in _inputs(ops, cell)}
    return Picture(tuple(found), tuple(sorted(comes)), _guards(kept, decisions, comes))


def _cells(kept: Kept, column: Any) -> Iterator[Cell]:
    """The cells of a column; a column that takes too many operations is given up before all of them are on the tape."""
    begun = len(kept.found.tape.ops)
    for value in column:
        yield _cell(kept, value)
        if len(kept.found.tape.ops) - begun > MOST_OPERATIONS:
            raise Untraceable(f"a column of it takes more than {MOST_OPERATIONS:,} operations")


def _places(cells: Sequence[Cell]) -> Iterator[int]:
    for cell in cells:
        for part in cell if isinstance(cell, list) else [cell]:
            place = part.place if isinstance(part, Written) else part
            if isinstance(place, int):
                yield place


def _inputs(ops: list[tuple[Any, ...]], cell: Cell) -> set[str]:
    if isinstance(cell, list):
        return {name for part in cell if isinstance(part, Written) for name in _inputs(ops, part.place)}
    return inputs_of(ops, cell) if isinstance(cell, int) else set()


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
    step = carried.step_of(value)
    if step is None:
        plain = isinstance(value, (bool, int, float, np.generic)) and not isinstance(value, np.datetime64)
        return const(value) if plain else value
    traced = kept.found.realise(value)
    cell = traced.nodes.item() if isinstance(traced, Traced) else traced
    return getattr(cell, "i", None) if hasattr(cell, "i") else const(cell)


def _guards(kept: Kept, decisions: int, comes: set[str]) -> tuple[tuple[Any, bool], ...]:
    """The decisions before a chart that rest on nothing but what it comes from."""
    found: dict[tuple[Any, bool], None] = {}
    for guard in kept.found.guards[:decisions]:
        rests = carried.rests_on(guard.step)
        if rests and rests <= comes:
            traced = carried.realise(guard.step, kept.found.tape, kept.found.realised)
            cell = traced.nodes.item() if isinstance(traced, Traced) else traced
            if hasattr(cell, "i"):
                found[cell.i, guard.answer] = None
    return tuple(found)


def _differs(
    told: Pictures,
    name: str,
    documented: tuple[str, Any],
    others: Sequence[tuple[Mapping[str, Scalar], Kept]],
) -> str:
    """Why a chart may not follow; nothing where its rows on the tape are what the chapter gives at every point."""
    picture = told.charts[name]
    held = 0
    for point, kept in others:
        if name not in kept.charts:
            continue
        at = _values(told.ops, picture, point)
        if not all(bool(at(place)) is answer for place, answer in picture.guards):
            continue
        held += 1
        bare, tables = skeleton(kept.charts[name][0])
        if bare != documented[0] or len(tables) != len(documented[1]):
            return "something of it besides its rows is computed"
        for (data, before), (_, real) in zip(documented[1], tables, strict=True):
            columns = next((rows.columns for rows in picture.tables if rows.data == data), {})
            if len(real) != len(before):
                return "the number of its rows is computed"
            for i, row in enumerate(real):
                for column, shown in row.items():
                    expected = _shown(columns[column][i], at) if column in columns else before[i].get(column)
                    if not _same(expected, shown):
                        return f"its column {column} is computed in a way that cannot be followed"
    return "" if held else "it could not be held against the chapter at other values"


def _values(ops: list[tuple[Any, ...]], picture: Picture, point: Mapping[str, Scalar]) -> Callable[[Any], Any]:
    """The figures of a chart at a point, by their places: its part of the tape, played."""
    cells = [place for rows in picture.tables for column in rows.columns.values() for place in _places(column)]
    needed = sorted(reached(ops, [*cells, *(at for at, _ in picture.guards)]))
    new = {old: i for i, old in enumerate(needed)}
    tape = Tape()
    tape.ops = [(ops[i][0], *(new[a] if isinstance(a, int) else a for a in ops[i][1:])) for i in needed]
    found = replay(tape, {op[1]: float(point[op[1]]) for op in tape.ops if op[0] == "input"})
    return lambda place: (
        found[new[place]] if isinstance(place, int) else place[1] if isinstance(place, tuple) else place
    )


def _shown(cell: Cell, at: Callable[[Any], Any]) -> Any:
    if isinstance(cell, list):
        return "".join(
            units.fmt(float(at(part.place)), part.unit, part.digits) if isinstance(part, Written) else part
            for part in cell
        )
    return at(cell)


def _same(expected: Any, shown: Any) -> bool:
    if isinstance(shown, bool) or isinstance(expected, (str, bool)) or not isinstance(shown, (int, float)):
        return bool(expected == shown)
    x, y = float(expected), float(shown)
    return x == y or abs(x - y) <= TOLERANCE * max(abs(x), abs(y)) or (math.isnan(x) and math.isnan(y))
