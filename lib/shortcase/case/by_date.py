"""Verdicts and figures as of later days: the same chapters and parameters, read with what was public by then.

`book/by_date.csv` is written by `python -m shortcase.commands.by_date`, and a test holds it to what the chapters give.
The parameters are judgements of the essay's day and stay; only the facts move. None of it enters the documented case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shortcase import csv_lines, scalars
from shortcase.case.claims import ESSAY_PUBLISHED, ledger
from shortcase.errors import BadFile
from shortcase.places import book, place

QUARTERS = (
    "2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30", "2026-09-30",
)  # fmt: skip
"""The ends of quarters from the essay to the freeze of Hindsight."""
DAYS = (ESSAY_PUBLISHED.isoformat(), *QUARTERS)
COLUMNS = ("kind", "id", "chapter", "unit", "label", *DAYS, "new_facts")
CLAIM, NUMBER = "claim", "number"
DIGITS = 12
"""Significant digits that the file has of a figure: enough for the same reading anywhere."""


@dataclass(frozen=True)
class History:
    """One claim's verdict, or one figure, day by day; and the facts that had become public when it first moved."""

    kind: str
    id: str
    chapter: str
    unit: str
    label: str
    values: Mapping[str, str]
    new_facts: str

    @property
    def moved_on(self) -> str:
        """The first day as of which it is not what it was on the essay's; empty where it stays."""
        return next((day for day, told in self.values.items() if told != self.values[DAYS[0]]), "")

    def figure(self, day: str) -> float:
        """The figure as of a day."""
        return scalars.number(self.values[day])


def path() -> Path:
    """The file."""
    return book() / "by_date.csv"


@cache
def histories() -> tuple[History, ...]:
    """Every claim that a chapter judges, then every figure of the first page.

    Errors: BadFile where the file is not as it is written by the command, or names a claim that there is not.
    """
    found = []
    for line, row in csv_lines.read(path(), COLUMNS):
        if row["kind"] == CLAIM and row["id"] not in ledger():
            mend = "write the file anew: python -m shortcase.commands.by_date"
            raise BadFile(f"There is no claim {row['id']}", where=place(path(), line), mend=mend)
        days = {day: row[day] for day in DAYS}
        found.append(History(row["kind"], row["id"], row["chapter"], row["unit"], row["label"], days, row["new_facts"]))
    return tuple(found)


def followed(kind: str = CLAIM) -> int:
    """How many verdicts, or figures, are followed from day to day.

    Equation: number of rows of the kind
    """
    return sum(one.kind == kind for one in histories())


def days_followed() -> int:
    """As of how many ends of quarters each is read again.

    Equation: number of quarters from the essay to the freeze
    """
    return len(QUARTERS)


def turned(kind: str = CLAIM) -> int:
    """How many of them are another, as of any of the days, than on the essay's.

    Equation: number of rows of the kind whose values differ
    """
    return sum(one.kind == kind and bool(one.moved_on) for one in histories())


def largest_move(key: str) -> float:
    """The furthest that a figure goes from what it was on the essay's day, as a part of that.

    Equation: max |x(t) − x(0)|/|x(0)| over the days
    """
    return max(abs(change(key, day)) for day in DAYS)


def change(key: str, day: str) -> float:
    """How far a figure of the first page is, as of a day, from what it was on the essay's; zero where that was.

    Equation: x(t)/x(0) − 1
    """
    one = next(row for row in histories() if row.id == key)
    begun = one.figure(DAYS[0])
    return one.figure(day) / begun - 1.0 if begun else 0.0
