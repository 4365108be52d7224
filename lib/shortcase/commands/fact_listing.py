"""The tables of facts, listed for a reader or for a program; and which of them are due for review."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from shortcase.commands.listing import columns
from shortcase.errors import ADD, BadRequest, nearest
from shortcase.facts import names, review, schema
from shortcase.facts.lookup import vintages
from shortcase.facts.schemas import Schema

DUE = 3
"""The exit code of `--stale` where a table is due; neither a failure of the book nor of the request."""


def facts(name: str | None, on: str | None, *, stale: bool, as_json: bool) -> int:
    """Every table, one in full, or with `stale` those that are due on a day; the exit code says whether any is.

    Errors: BadRequest for an unknown table, or a day that is none.
    """
    day = _day(on)
    if name is not None and name not in names():
        raise BadRequest(f"There is no table of facts {name!r}", mend=nearest(name, names(), new=ADD["table of facts"]))
    wanted = [schema(name)] if name else list(map(schema, names()))
    if stale:
        passed = review.due(day)
        wanted = [table for table in passed if name in (None, table.name)]
    if as_json:
        found = [_record(table, day) for table in wanted]
        print(json.dumps(found[0] if name and not stale else found, indent=1, ensure_ascii=False))
    elif stale:
        print(told(wanted, day))
    elif name:
        print("\n".join(_in_full(wanted[0])))
    else:
        print(columns((t.name, _rows(t), f"review by {t.review_by}", t.title) for t in wanted))
    return DUE if stale and wanted else 0


def due_today() -> list[Schema]:
    """The tables that are due now: a word to whoever checks the book, and nothing that a build looks at."""
    return review.due(_day(None))


def told(tables: Sequence[Schema], day: dt.date) -> str:
    """What is due on a day, a line for each table."""
    if not tables:
        return f"No table of facts is due for review on {day}."
    lines = [f"  {table.name}: was to be reviewed by {table.review_by} ({table.title})" for table in tables]
    several = f"{len(tables)} tables of facts are" if len(tables) > 1 else "One table of facts is"
    mend = "check its rows against their sources and set review_by, or acknowledged_until, in its .yml"
    return "\n".join([f"{several} due for review on {day}:", *lines, f"To put it right: {mend}."])


def _day(on: str | None) -> dt.date:
    if on is None:
        return dt.datetime.now(tz=dt.UTC).date()
    try:
        return dt.date.fromisoformat(on)
    except ValueError:
        raise BadRequest(f"{on!r} is no date", where="--on", mend="write YYYY-MM-DD") from None


def _record(table: Schema, day: dt.date) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "licence": table.licence,
        "review_by": table.review_by.isoformat(),
        "acknowledged_until": table.acknowledged_until.isoformat() if table.acknowledged_until else None,
        "due": review.is_due(table, day),
        "rows": len(vintages(table.name)),
        "columns": {name: {"unit": c.unit, "about": c.about} for name, c in table.columns.items()},
        "sources": _sources(table),
    }


def _sources(table: Schema) -> dict[str, str]:
    """Each source with the day on which the last of its rows became public."""
    found: dict[str, dt.date] = {}
    for row in vintages(table.name):
        found[row.source] = max(row.public_on, found.get(row.source, row.public_on))
    return {source: day.isoformat() for source, day in found.items()}


def _rows(table: Schema) -> str:
    count = len(vintages(table.name))
    return f"{count} row{'s' * (count != 1)}"


def _in_full(table: Schema) -> Iterable[str]:
    yield f"{table.name}: {table.title}"
    yield f"  rows          {len(vintages(table.name))}, in {table.csv.name}"
    yield f"  licence       {table.licence}"
    yield f"  review by     {table.review_by}"
    if table.acknowledged_until:
        yield f"  put off until {table.acknowledged_until}"
    width = max(map(len, table.columns))
    for name, column in table.columns.items():
        yield f"  column        {name.ljust(width)}  {column.unit}: {column.about}"
    for source, day in _sources(table).items():
        yield from textwrap.wrap(
            f"{source} (public {day})",
            100,
            initial_indent="  source        ",
            subsequent_indent=" " * 16,
            break_on_hyphens=False,
        )
