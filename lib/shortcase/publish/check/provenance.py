"""The rows of facts behind a number, and the date since which all of them are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from operator import attrgetter
from pathlib import Path

from shortcase.case.scenarios import read_scenario
from shortcase.errors import MissingFact
from shortcase.facts import Row, Table, later, schemas, table
from shortcase.places import book
from shortcase.publish.read.dependencies import EVERY, Dependency

IN_ORDER = attrgetter("kind", "name", "row", "until")
"""As dependencies are ordered, asked once of each and not at every comparison."""
MANY = 6
"""A trace lists the rows of a table up to so many; of more it names the table and its last date."""


def rows(dependency: Dependency, as_of: dt.date) -> list[Row]:
    """The rows that one rest stands for: one, or all of the table where the code does not say which."""
    if dependency.kind not in ("fact", "later"):
        return []
    found = _table(dependency, as_of, schemas.TABLES)
    if dependency.row not in ("", EVERY):
        try:
            return [found.row(dependency.row)]
        except MissingFact:
            pass  # a row of another table that the same expression mentions
    return list(found)


def _table(dependency: Dependency, as_of: dt.date, folder: Path) -> Table:
    return _read(dependency.kind, dependency.name, dependency.until, as_of, folder)


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


def facts(dependencies: Iterable[Dependency], as_of: dt.date) -> list[dict[str, str]]:
    """What a trace says of the facts behind a number: table, row, source, date."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for dependency in sorted(dependencies, key=IN_ORDER):
        found |= _told(dependency, as_of, schemas.TABLES)
    return [dict(found[key]) for key in sorted(found)]


@cache
def _told(dependency: Dependency, as_of: dt.date, folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """What a trace says of one rest, by table and row; the folder only keeps those of two books apart."""
    behind = rows(dependency, as_of)
    if len(behind) > MANY:
        last = max(row.public_on for row in behind).isoformat()
        title = _table(dependency, as_of, folder).schema.title
        return {(dependency.name, ""): {"table": dependency.name, "row": "", "source": title, "public_on": last}}
    return {
        (row.table, row.id): {
            "table": row.table, "row": row.id, "source": row.source, "public_on": row.public_on.isoformat(),
        }
        for row in behind
    }  # fmt: skip


def known_on(dependencies: Iterable[Dependency], as_of: dt.date) -> dt.date | None:
    """The date on which the last of what was looked up ahead became public, where that is after the as-of date."""
    return max((day for day in _ahead(dependencies, as_of) if day > as_of), default=None)


def _ahead(dependencies: Iterable[Dependency], as_of: dt.date) -> Iterator[dt.date]:
    for dependency in dependencies:
        if dependency.kind == "later":
            yield from (row.public_on for row in rows(dependency, as_of))
        elif dependency.kind == "scenario":
            yield _began(dependency.name, book())


@cache
def _began(scenario: str, folder: Path) -> dt.date:
    """The day from which a scenario begins, read once; the folder only keeps those of two books apart."""
    del folder
    return dt.date.fromisoformat(str(read_scenario(scenario).values()["as_of"]))
