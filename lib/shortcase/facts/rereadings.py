"""Rows of facts that were drawn at random and read again in a public copy, and what was found of each.

`rereadings.csv` has the findings, a line for each row; `rereadings.yml` says how the rows were drawn, and what had been
read before. A verdict stands as it was found: a row that was wrong has been mended since, and its note says so.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shortcase import csv_lines, scalars
from shortcase.errors import BadFile, nearest
from shortcase.facts.lookup import names, schema, vintages
from shortcase.facts.schemas import PROVENANCE
from shortcase.places import place
from shortcase.scalars import shown
from shortcase.yaml_lines import Lined, read

FOUND = Path(__file__).with_suffix(".csv")
PLAN = Path(__file__).with_suffix(".yml")

VERDICTS = {
    "right": "What was read agrees with the row, in the columns named",
    "wrong": "A figure, a day or a source differs",
    "uncertain": "What was read neither bears the row out nor refutes it",
    "could not be checked": "No public copy was found",
}
"""What may be found of a row."""
CHECKED = ("right", "wrong", "uncertain")
HEADER = ("table", "row", "columns", "verdict", "opened", "read_on", "note")


@dataclass(frozen=True)
class Rereading:
    """One row read again: which of its columns, what was found, what was opened for it, and when."""

    table: str
    row: str
    columns: tuple[str, ...]
    verdict: str
    opened: str
    read_on: dt.date
    note: str


@dataclass(frozen=True)
class Plan:
    """How the rows were drawn: the seed, how much likelier a row known on `as_of` is, and what had been read before."""

    seed: str
    drawn_from: str
    as_of: dt.date
    weight: float
    least: int
    most: int
    tables_before: tuple[str, ...]
    rows_before: Mapping[str, tuple[str, ...]]


def draw(table: str, rows: Mapping[str, bool], plan: Plan) -> list[str]:
    """Which rows of a table to read again; `rows` says of each whether it was public on the plan's day.

    Each row gets -ln(u) / w, where u in (0, 1) comes from a digest of the seed and the names, and w is its weight: an
    exponential variate of rate w. The k smallest are a sample without replacement in which weights act as they should
    (Efraimidis and Spirakis, Weighted random sampling with a reservoir, Information Processing Letters 97, 2006); k is
    the root of the number of rows, within the plan's bounds. A row's number does not hang on the other rows.

    >>> plan = Plan("1", "", dt.date(2025, 1, 25), 3, 1, 7, (), {"sales": ("a",)})
    >>> draw("sales", {"a": True, "b": True, "c": False, "d": False}, plan)
    ['b', 'c']
    >>> draw("sales", {"a": True}, plan)
    []
    """
    if table in plan.tables_before:
        return []
    pool = [row for row in rows if row not in plan.rows_before.get(table, ())]
    wanted = min(plan.most, max(plan.least, round(math.sqrt(len(rows)))))
    weights = {row: plan.weight if rows[row] else 1.0 for row in pool}
    return sorted(pool, key=lambda row: -math.log(_uniform(f"{plan.seed}/{table}/{row}")) / weights[row])[:wanted]


def _uniform(name: str) -> float:
    """A number in (0, 1) that a name always gets."""
    return (int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") + 0.5) / 2**64


def known(table: str, on: dt.date) -> dict[str, bool]:
    """Every row of a table, and whether some vintage of it was public on a day.

    >>> known("nvidia_market", dt.date(2025, 1, 25))["close_2025_01_27"]
    False
    """
    found: dict[str, bool] = {}
    for row in vintages(table):
        found[row.id] = found.get(row.id, False) or row.public_on <= on
    return found


def tally(found: Iterable[Rereading]) -> dict[str, int]:
    """How many rows got which verdict, every verdict named.

    >>> day = dt.date(2026, 11, 29)
    >>> tally([Rereading("sales", row, ("usd",), "right", "page", day, "") for row in "ab"])["right"]
    2
    """
    verdicts = [one.verdict for one in found]
    return {verdict: verdicts.count(verdict) for verdict in VERDICTS}


@cache
def rereadings() -> tuple[Rereading, ...]:
    """Every row that was read again, in the order of the file.

    Errors: BadFile with file and line for a table, row, column or verdict that there is not, a row that stands twice
    or was read before, a row checked without a word on where, or found other than right without a word on what.
    """
    before, tables, there = plan(), names(), cache(_there)
    found: dict[tuple[str, str], Rereading] = {}
    for line, raw in csv_lines.read(FOUND, HEADER):
        where = place(FOUND, line)
        _one_of(raw["table"], tables, "no table of facts", where)
        one = _rereading(raw, there(raw["table"]), where)
        if (one.table, one.row) in found:
            raise BadFile(f"{one.table}/{one.row} stands twice", where=where, mend="keep the later reading")
        if one.table in before.tables_before or one.row in before.rows_before.get(one.table, ()):
            mend = f"take it out, or take it out of {PLAN.name}"
            raise BadFile(f"{one.table}/{one.row} had been read before", where=where, mend=mend)
        found[one.table, one.row] = one
    return tuple(found.values())


def _there(table: str) -> dict[str, dict[str, bool]]:
    """Of each row of a table, whether some vintage of it fills a column."""
    columns = [*schema(table).columns, *PROVENANCE]
    found: dict[str, dict[str, bool]] = {}
    for row in vintages(table):
        filled = found.setdefault(row.id, dict.fromkeys(columns, False))
        filled.update({column: True for column in columns if row.has(column)})
    return found


def _rereading(raw: Mapping[str, str], rows: Mapping[str, Mapping[str, bool]], where: str) -> Rereading:
    table, row, verdict = raw["table"], raw["row"], raw["verdict"]
    _one_of(row, rows, f"no row of {table}", where)
    _one_of(verdict, VERDICTS, "no verdict", where)
    columns = tuple(raw["columns"].split())
    for column in columns:
        _one_of(column, rows[row], f"no column of {table}", where)
        if not rows[row][column]:
            raise BadFile(f"{table}/{row} has no {column}", where=where, mend="name a column that the row fills")
    if not columns or (verdict in CHECKED and not raw["opened"]):
        missing = "columns" if not columns else "opened"
        mend = "name them" if not columns else "name the page or file, or write `could not be checked`"
        raise BadFile(f"The reading of {table}/{row} does not say its {missing}", where=where, mend=mend)
    if verdict != "right" and not raw["note"]:
        raise BadFile(f"The reading of {table}/{row} does not say what was found", where=where, mend="write a note")
    try:
        day = scalars.day(raw["read_on"])
    except ValueError:
        raise BadFile(f"read_on is {shown(raw['read_on'])}, not a date", where=where, mend="write YYYY-MM-DD") from None
    return Rereading(table, row, columns, verdict, raw["opened"], day, raw["note"])


def _one_of(name: str, known_names: Iterable[str], what: str, where: str) -> None:
    known_names = list(known_names)
    if name not in known_names:
        raise BadFile(f"{shown(name)} is {what}", where=where, mend=nearest(name, known_names))


@cache
def plan() -> Plan:
    """How the rows were drawn.

    Errors: BadFile for a file that lacks a field, or names a table or row that there is not.
    """
    raw = read(PLAN)
    fields = Plan.__dataclass_fields__
    for field in fields:
        if field not in raw:
            raise BadFile(f"The plan does not say its {field}", where=place(PLAN), mend="add it")
    for field, line in raw.lines.items():
        _one_of(field, fields, "no part of the plan", place(PLAN, line))
    rows = raw["rows_before"]
    assert isinstance(rows, Lined)  # noqa: S101 - a mapping, which `read` has made
    known = names()
    for table in (*raw["tables_before"], *rows):
        _one_of(table, known, "no table of facts", place(PLAN, rows.lines.get(table, raw.lines["tables_before"])))
    for table, ids in rows.items():
        there = [vintage.id for vintage in vintages(table)]
        for row in ids:
            _one_of(row, there, f"no row of {table}", place(PLAN, rows.lines[table]))
    before = {table: tuple(ids) for table, ids in rows.items()}
    return Plan(**{**raw, "tables_before": tuple(raw["tables_before"]), "rows_before": before})
