"""The rows of facts behind a number, and the date since which all of them are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from shortcase.errors import MissingFact
from shortcase.facts import Row, Table, later, schemas, table
from shortcase.publish.read.dependencies import EVERY, Rest

MANY = 6
"""A trace lists the rows of a table up to so many; of more it names the table and its last date."""


def rows(rest: Rest, as_of: dt.date) -> list[Row]:
    """The rows that one rest stands for: one, or all of the table where the code does not say which."""
    if rest.kind not in ("fact", "later"):
        return []
    found = _table(rest, as_of, schemas.TABLES)
    if rest.row not in ("", EVERY):
        try:
            return [found.row(rest.row)]
        except MissingFact:
            pass  # a row of another table that the same expression mentions
    return list(found)


def _table(rest: Rest, as_of: dt.date, folder: Path) -> Table:
    return _read(rest.kind, rest.name, rest.until, as_of, folder)


@cache
def _read(kind: str, name: str, until: str, as_of: dt.date, folder: Path) -> Table:
    """A table, read once for all the numbers that rest on it; the folder only keeps those of two books apart."""
    del folder
    if kind != "later":
        return table(name, as_of)
    try:
        return later(name, dt.date.fromisoformat(until))
    except ValueError:  # no day, or one that the check of the calls refuses
        return later(name)


def facts(rests: Iterable[Rest], as_of: dt.date) -> list[dict[str, str]]:
    """What a trace says of the facts behind a number: table, row, source, date."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for rest in sorted(rests):
        behind = rows(rest, as_of)
        if len(behind) > MANY:
            last = max(row.public_on for row in behind).isoformat()
            title = _table(rest, as_of, schemas.TABLES).schema.title
            found[rest.name, ""] = {"table": rest.name, "row": "", "source": title, "public_on": last}
            continue
        for row in behind:
            entry = {"table": row.table, "row": row.id, "source": row.source, "public_on": row.public_on.isoformat()}
            found[row.table, row.id] = entry
    return [found[key] for key in sorted(found)]


def known_on(rests: Iterable[Rest], as_of: dt.date) -> dt.date | None:
    """The date on which the last of the facts looked up ahead became public, where that is after the as-of date."""
    return max((day for day in _ahead(rests, as_of) if day > as_of), default=None)


def _ahead(rests: Iterable[Rest], as_of: dt.date) -> Iterator[dt.date]:
    for rest in rests:
        if rest.kind == "later":
            yield from (row.public_on for row in rows(rest, as_of))
