"""Which tables of facts are due to be looked at again: what the calendar may say, and it never decides a build."""

from __future__ import annotations

import datetime as dt

from shortcase.facts.lookup import later
from shortcase.facts.schemas import Schema, names, schema


def due(on: dt.date) -> list[Schema]:
    """The tables whose date of review has passed on a day, the most overdue first.

    Whoever has looked at a table and leaves it as it is sets its `acknowledged_until`; up to and with that day it is
    silent.
    """
    passed = [table for table in map(schema, names()) if is_due(table, on)]
    return sorted(passed, key=lambda table: (table.review_by, table.name))


def is_due(table: Schema, on: dt.date) -> bool:
    """Whether the last day of grace is before a day.

    >>> table = Schema("sales", "Sales", "none", dt.date(2026, 6, 30), dt.date(2026, 12, 31), {})
    >>> [is_due(table, day) for day in (dt.date(2026, 7, 1), dt.date(2026, 12, 31), dt.date(2027, 1, 1))]
    [False, False, True]
    """
    return on > max(table.review_by, table.acknowledged_until or table.review_by)


def outlived(table: Schema) -> dt.date | None:
    """The date of the newest row, where that is past the table's own date of review.

    Somebody has worked on the table after it was due, and left the date as it was. Both dates stand in the files, so
    this is the same on every day.
    """
    newest = max((row.public_on for row in later(table.name)), default=None)
    return newest if newest is not None and is_due(table, newest) else None
