"""A chapter run with its charts kept: the drawings, the tables behind them, and figures inside words.

Followed, tables of figures hold the figures with the steps behind them, one by one, as objects.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd

from shortcase.case import parameters
from shortcase.places import book
from shortcase.publish.live import again
from shortcase.publish.read.code import Code
from shortcase.show import units
from shortcase.show.live import carried, choices

MARK = re.compile("\ue000(\\d+)\ue001")
"""A figure inside words: its number among those that were written while the chapter ran."""
Skeleton = tuple[str, list[tuple[str, list[dict[str, Any]]]]]
"""A chart without its rows, and the rows by the name of their table."""


@dataclass
class Kept:
    """What a run kept: each chart's specification and its tables, figures in words, the decisions."""

    charts: dict[str, tuple[Any, list[pd.DataFrame], int]] = field(default_factory=dict)
    words: list[tuple[Any, str, int | None]] = field(default_factory=list)
    found: again.Found = field(default_factory=again.Found)

    def chart(self, drawing: Any, *, id: str, **_: Any) -> None:  # noqa: A002 - the name that chapters use
        """As `show.chart`: keeps the drawing."""
        self.charts[id] = (drawing, _tables(drawing), len(self.found.guards))

    def fmt(self, value: Any, unit: str, digits: int | None = None) -> str:
        """As `show.fmt`: a figure with a step becomes a mark, so that it is found again in the words around it."""
        if carried.step_of(value) is None:
            return units.fmt(value, unit, digits)
        self.words.append((value, unit, digits))
        return f"\ue000{len(self.words) - 1}\ue001"


def run(code: Code, values: Mapping[str, Any], *, followed: bool) -> Kept:
    """A chapter with its charts kept. A cell that fails where tables hold steps is left out, with what rests on it."""
    kept = Kept()
    kept.found.follow = followed
    held = {
        name: carried.given(name, value) if followed and again._moves(value) else value
        for name, value in values.items()
    }
    space: dict[str, Any] = {"__name__": again.CHAPTER, **(choices.NAMES if followed else {})}
    read = choices.chosen if followed else choices.quiet
    with contextlib.ExitStack() as stack:
        enter = stack.enter_context
        enter(mock.patch.object(choices, "SILENT", ("grid", "parameter_table")))
        trees = [compile(read(tree), f"<{code.page.name}>", "exec") for _, tree in code.trees]
        for patch in again._patches(kept.found):
            enter(patch)
        if followed:
            enter(again._followed(kept.found))
            enter(_tables_with_steps())
        _see(kept, enter)
        enter(parameters.holding(held))
        enter(contextlib.chdir(book()))
        enter(contextlib.redirect_stdout(io.StringIO()))  # what cells print is in the notebook already
        enter(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        for tree in trees:
            try:
                exec(tree, space)  # noqa: S102 - the book's own code
            except Exception:  # noqa: BLE001, S112 - the charts that need this cell are missing, and say so
                continue
    return kept


def _see(kept: Kept, enter: Callable[[Any], Any]) -> None:
    from shortcase import show  # noqa: PLC0415

    enter(mock.patch.object(show, "chart", kept.chart))
    enter(mock.patch.object(show, "fmt", kept.fmt))


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
        return _array(list(value))
    if isinstance(value, (list, tuple)) and any(isinstance(part, carried.CARRIED) for part in value):
        return _array(list(value))
    return value


def _array(parts: Sequence[Any]) -> np.ndarray[Any, Any]:
    found = np.empty(len(parts), dtype=object)
    for i, part in enumerate(parts):
        found[i] = part
    return found


def _tables(drawing: Any) -> list[pd.DataFrame]:
    """The tables of a drawing and its layers, each once."""
    parts = [drawing, *getattr(drawing, "layer", [])]
    found: dict[int, pd.DataFrame] = {}
    for part in parts:
        data = getattr(part, "data", None)
        if isinstance(data, pd.DataFrame):
            found[id(data)] = data
    return list(found.values())


def skeleton(drawing: Any) -> Skeleton:
    """A chart's specification and its rows; the names of tables are digests, told apart by their order."""
    spec = drawing.to_dict()
    tables = list(spec.pop("datasets", {}).items())
    text = json.dumps(spec, sort_keys=True, default=str)
    for i, (name, _) in enumerate(tables):
        text = text.replace(name, f"table {i}")
    return text, tables
