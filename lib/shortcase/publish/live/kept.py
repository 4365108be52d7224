"""The charts of a chapter that is run again: what was asked of each drawing, the tables behind it, figures in words.

Followed, tables of figures hold the figures with the steps behind them, one by one, as objects.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd

from shortcase.publish.live import again, drawings
from shortcase.publish.live.replaced import Replaced
from shortcase.show import units
from shortcase.show.live import carried, structures
from shortcase.show.units import fmt

MARK = re.compile("\ue000(\\d+)\ue001")
"""A figure inside words: its number among those that were written while the chapter ran."""


@dataclass(frozen=True)
class Drawn:
    """A chart: what was asked of it besides its rows, its tables, and how many decisions had been taken before."""

    said: str
    tables: tuple[pd.DataFrame, ...]
    decisions: int


@dataclass
class Kept:
    """The charts of a run by their ids, and the figures in words, each with its unit and digits.

    left_out: a cell that fails because tables of cells before it hold steps is left out, with what rests on it, and
    fails the run else.
    """

    followed: bool = False
    left_out: bool = False
    charts: dict[str, Drawn] = field(default_factory=dict)
    words: list[tuple[Any, str, int | None]] = field(default_factory=list)
    found: again.Found = field(default_factory=again.Found)

    def chart(self, drawing: Any, *, id: str, **_: Any) -> None:  # noqa: A002 - the name that chapters use
        """As `show.chart`: keeps what was asked of the drawing."""
        tables = tuple(table.copy() for table in drawings.tables(drawing))
        self.charts[id] = Drawn(drawings.said(drawing, self.plain), tables, len(self.found.guards))

    def fmt(self, value: Any, unit: str, digits: int | None = None) -> str:
        """As `show.fmt`: a figure with a step becomes a mark, so that it is found again in the words around it."""
        if structures.step_of(value) is None:
            return fmt(value, unit, digits)
        self.words.append((value, unit, digits))
        return f"\ue000{len(self.words) - 1}\ue001"

    def plain(self, value: Any) -> Any:
        """A figure without its step, and words with their figures written out."""
        if isinstance(value, str):
            return MARK.sub(lambda mark: self._written(int(mark[1])), value)
        return structures.plain(value)

    def _written(self, mark: int) -> str:
        value, unit, digits = self.words[mark]
        return fmt(structures.plain(value), unit, digits)

    def cell(self, cell: Any, space: dict[str, Any]) -> None:
        """Run a cell. One that fails where tables hold steps is run again where its own hold none."""
        try:
            with _tables_with_steps() if self.followed else contextlib.nullcontext():
                exec(cell, space)  # noqa: S102 - the book's own code
        except Exception:
            if not self.followed:
                raise
            try:
                exec(cell, space)  # noqa: S102
            except Exception:
                if not self.left_out:
                    raise

    @contextlib.contextmanager
    def keeping(self, put: Replaced, found: again.Found) -> Iterator[None]:
        """While it lasts, charts and figures in words come here, and Altair draws nothing."""
        from shortcase import show  # noqa: PLC0415
        from shortcase.show import chart_parts, charts  # noqa: F401, PLC0415 - with Altair itself, while it is there

        self.found = found
        put.put(show, "chart", self.chart)
        for home in (show, units):  # chapters import it from either
            put.put(home, "fmt", self.fmt)
        put.put(show, "reference_line", drawings.reference_line)
        put.put(show, "zero_line", drawings.zero_line)
        with _standing_for("altair", drawings.Drawing()):
            yield


@contextlib.contextmanager
def _standing_for(name: str, thing: Any) -> Iterator[None]:
    before = sys.modules.get(name)
    sys.modules[name] = thing
    try:
        yield
    finally:
        del sys.modules[name]
        if before is not None:
            sys.modules[name] = before


@contextlib.contextmanager
def _tables_with_steps() -> Iterator[None]:
    """Tables of figures keep the figures that they are given, with their steps, as objects."""
    made: Any = pd.DataFrame.__init__
    put: Any = pd.DataFrame.__setitem__

    def init(self: Any, data: Any = None, *args: Any, **options: Any) -> None:
        made(self, _objects(data, options), *args, **options)

    def setitem(self: Any, key: Any, value: Any) -> None:
        put(self, key, _column(value))

    with (
        mock.patch.object(pd.DataFrame, "__init__", init),
        mock.patch.object(pd.DataFrame, "__setitem__", setitem),
    ):
        yield


def _objects(data: Any, options: Mapping[str, Any]) -> Any:
    if isinstance(data, Mapping):
        return {key: _column(value) for key, value in data.items()}
    if isinstance(data, list) and data and all(isinstance(row, Mapping) for row in data):
        names = list(dict.fromkeys(name for row in data for name in row))
        return {name: _column([row.get(name) for row in data]) for name in names}
    if isinstance(data, list) and data and all(isinstance(row, (tuple, list)) for row in data) and "columns" in options:
        return dict(zip(options["columns"], (_column(list(column)) for column in zip(*data, strict=True)), strict=True))
    return data


def _column(value: Any) -> Any:
    """A column as objects where one of its figures has a step; anything else as it is."""
    if isinstance(value, carried.CarriedArray) and value.ndim == 1:
        return _array(list(value)) if value.size <= carried.MOST else value.plain()
    if isinstance(value, (list, tuple)) and any(isinstance(part, structures.Carried) for part in value):
        return _array(list(value))
    return value


def _array(parts: Sequence[Any]) -> np.ndarray[Any, Any]:
    found = np.empty(len(parts), dtype=object)
    for i, part in enumerate(parts):
        found[i] = part
    return found
