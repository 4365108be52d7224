"""The proof that a chart may follow: it is held to the chapter that was run again at other values.

Where anything of a chart changes that the rows on the tape do not give (another number of rows, a line at a computed
place, words), the chart stays as documented.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from shortcase.publish.live import pictures
from shortcase.publish.live.kept import Drawn, Kept
from shortcase.publish.live.pictures import Cell, Picture, Pictures, Written
from shortcase.publish.live.proof import TOLERANCE, Figures, Played, Ran
from shortcase.show import units

UNHELD = "it could not be held against the chapter at other values"


def proved(told: Pictures, kept: Kept, runs: Sequence[Ran], played: Played | None = None) -> Pictures:
    """The charts that follow, held to the chapter that was run at other values with its charts kept.

    played: their tape at the points of the runs, where it has been played.
    """
    others = [(one.number, one.kept) for one in runs if one.kept is not None]
    found = Pictures(told.ops, why_not=dict(told.why_not))
    moving = []
    for name, drawn in kept.charts.items():
        if others and all(name in other.charts and _alike(kept, drawn, other.charts[name]) for _, other in others):
            found.fixed.append(name)
            found.why_not.pop(name, None)
        elif name in told.charts:
            moving.append(name)
    if moving:
        played = played or Played(told.ops, pictures.places_in(told), {one.number: one.point for one in runs})
        at = [(played.at(number), other) for number, other in others]
        for name in moving:
            why = _differs(told.charts[name], kept, name, at)
            if why:
                found.why_not[name] = why
            else:
                found.charts[name] = told.charts[name]
    return found


def _alike(kept: Kept, one: Drawn, other: Drawn) -> bool:
    same = one.said == other.said and len(one.tables) == len(other.tables)
    return same and all(
        len(here) == len(there) and all(_same(kept.plain(x), y) for x, y in zip(_flat(here), _flat(there), strict=True))
        for here, there in zip(one.tables, other.tables, strict=True)
    )


def _flat(frame: pd.DataFrame) -> list[Any]:
    return [value for column in frame.columns for value in frame[column]]


def _differs(picture: Picture, kept: Kept, name: str, others: Sequence[tuple[Figures, Kept]]) -> str:
    """Why a chart may not follow; nothing where its rows on the tape are what the chapter gives at every point."""
    documented, held = kept.charts[name], 0
    for at, other in others:
        if name not in other.charts:
            continue
        if not all(bool(at(place)) is answer for place, answer in picture.guards):
            continue
        held += 1
        real = other.charts[name]
        if real.said != documented.said or len(real.tables) != len(documented.tables):
            return "something of it besides its rows is computed"
        for before, table, columns in zip(documented.tables, real.tables, picture.columns, strict=True):
            if len(table) != len(before):
                return "the number of its rows is computed"
            for column in map(str, table.columns):
                if column in columns:
                    expected = [_shown(cell, at) for cell in columns[column]]
                else:
                    expected = [kept.plain(value) for value in before[column]]
                if not all(map(_same, expected, table[column])):
                    return f"its column {column} is computed in a way that cannot be followed"
    return "" if held else UNHELD


def _shown(cell: Cell, at: Figures) -> Any:
    if isinstance(cell, list):
        return "".join(
            units.fmt(float(at(part.place)), part.unit, part.digits) if isinstance(part, Written) else part
            for part in cell
        )
    return at(cell)


def _same(expected: Any, shown: Any) -> bool:
    figures = isinstance(shown, (int, float, np.number)) and isinstance(expected, (int, float, np.number))
    if not figures or isinstance(shown, bool) or isinstance(expected, bool):
        return bool(expected == shown) or bool(pd.isna(expected) and pd.isna(shown))
    x, y = float(expected), float(shown)
    return x == y or abs(x - y) <= TOLERANCE * max(abs(x), abs(y)) or (math.isnan(x) and math.isnan(y))
