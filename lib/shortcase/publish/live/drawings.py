"""What stands for Altair while a chapter is run again: it draws nothing and keeps what was asked of it.

Two drawings of which the same was asked, with the same tables, are the same chart; so nothing has to be drawn to find
out whether a chart changes with the parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from shortcase.errors import BadRecord


class Drawing:
    """Altair, or what came of it by asking for a name or calling with arguments.

    >>> alt = Drawing()
    >>> said(alt.Chart("rows").mark_line(point=True).encode(x=alt.X("years:Q")))
    "alt.Chart('rows').mark_line(point=True).encode(x=alt.X('years:Q'))"
    """

    __slots__ = ("arguments", "asked", "before", "options")

    def __init__(
        self, before: Any = None, asked: str = "alt", arguments: tuple[Any, ...] = (), options: Any = None
    ) -> None:
        self.before, self.asked, self.arguments, self.options = before, asked, arguments, options or {}

    def __getattr__(self, name: str) -> Drawing:
        if name.startswith("__"):
            raise AttributeError(name)
        return Drawing(self, f".{name}")

    def __call__(self, *arguments: Any, **options: Any) -> Drawing:
        """What comes of calling it."""
        return Drawing(self, "", arguments, options)

    __hash__ = object.__hash__


def _operator(name: str) -> Callable[[Any, Any], Drawing]:
    return lambda self, other: Drawing(self, f".{name}", (other,))


for _name in ("add", "radd", "and", "rand", "or", "ror", "eq", "ne", "lt", "le", "gt", "ge", "getitem", "mul", "sub"):
    setattr(Drawing, f"__{_name}__", _operator(f"__{_name}__"))


def reference_line(value: Any, along: Drawing, name: str = "", **options: Any) -> Drawing:
    """As `show.reference_line`: a table of one row, along the field of an axis.

    Errors: BadRecord for an axis that names no field.
    """
    field = _field(along)
    return Drawing(None, "reference_line", (pd.DataFrame({field: [value], "line": [name]}), along), options)


def zero_line(along: Drawing) -> Drawing:
    """As `show.zero_line`: a table of one row with zero, along the field of an axis.

    Errors: BadRecord for an axis that names no field.
    """
    return Drawing(None, "zero_line", (pd.DataFrame({_field(along): [0.0]}), along))


def _field(along: Any) -> str:
    while isinstance(along, Drawing):
        named = along.options.get("shorthand", along.arguments[0] if along.arguments else None)
        if isinstance(named, str) and along.asked == "" and along.before.asked in (".X", ".Y"):
            return named.split(":", maxsplit=1)[0]
        along = along.before
    raise BadRecord("The axis of a reference line names no field", mend='write alt.X("field:Q")')


def tables(drawing: Any) -> list[pd.DataFrame]:
    """The tables that a drawing was given, each once, in the order in which they are met."""
    found: dict[int, pd.DataFrame] = {}
    for part in _parts(drawing):
        found.setdefault(id(part), part)
    return list(found.values())


def _parts(value: Any) -> Iterator[pd.DataFrame]:
    if isinstance(value, pd.DataFrame):
        yield value
    elif isinstance(value, Drawing):
        for part in (value.before, *value.arguments, *value.options.values()):
            yield from _parts(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _parts(part)
    elif isinstance(value, Mapping):
        yield from _parts(list(value.values()))


def said(value: Any, plain: Callable[[Any], Any] = lambda value: value, known: Mapping[int, int] | None = None) -> str:
    """What was asked of a drawing, in words that two drawings share where they are the same but for their rows.

    plain: makes of a figure or text what it is without steps and marks; known: the number of each table, by its id.
    """
    numbers = {id(table): number for number, table in enumerate(tables(value))} if known is None else known

    def inner(part: Any) -> str:
        return said(part, plain, numbers)

    if isinstance(value, Drawing):
        given = [*map(inner, value.arguments), *(f"{name}={inner(part)}" for name, part in value.options.items())]
        called = f"({', '.join(given)})" if given or value.asked == "" else ""
        found = f"{'' if value.before is None else inner(value.before)}{value.asked}{called}"
    elif isinstance(value, pd.DataFrame):
        found = f"table {numbers[id(value)]}"
    elif isinstance(value, (list, tuple)):
        found = f"[{', '.join(map(inner, value))}]"
    elif isinstance(value, Mapping):
        found = f"{{{', '.join(f'{key!r}: {inner(part)}' for key, part in value.items())}}}"
    elif isinstance(value, np.ndarray):
        found = inner(np.asarray(plain(value)).tolist())
    else:
        found = str(getattr(value, "__qualname__", value)) if callable(value) else repr(plain(value))
    return found
