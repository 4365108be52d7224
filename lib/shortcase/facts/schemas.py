"""What a table of facts declares about itself: title, licence, review date, and each column's unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shortcase.errors import ADD, BadFile, MissingFact, nearest
from shortcase.places import ours, place
from shortcase.records import About, Date, Names, Text, record
from shortcase.scalars import shown
from shortcase.yaml_lines import Lined, read

TABLES = Path(__file__).parent / "tables"
"""The folder that holds NAME.csv and NAME.yml for each table."""

PROVENANCE = ("source", "where", "public_on", "confidence", "note")
"""Columns that every table has behind its own: who said so, where, since when, and how sure we are."""

TAKEN = ("id", "table", "columns", "has", "into", *PROVENANCE)
"""What a row has already, and so no column may be called."""

CONFIDENCE = ("verified-in-source", "verified-in-secondary", "computed", "vendor-claim")
"""What a row may say of itself. A figure from memory is a lead, and has no place in a table."""


@dataclass(frozen=True)
class Column:
    """One column: its unit (a key of show.units, or `text`) and what it holds."""

    unit: Text
    about: Text


@dataclass(frozen=True)
class Fiscal:
    """The column with the last day of a fiscal quarter, and the company whose it is; `id` where each row names one."""

    column: Text
    company: Text


@dataclass(frozen=True)
class Schema:
    """One table's description."""

    name: str
    title: str
    licence: str
    review_by: dt.date
    acknowledged_until: dt.date | None
    columns: dict[str, Column]
    fiscal: Fiscal | None = None

    @property
    def csv(self) -> Path:
        """The file with the rows."""
        return TABLES / f"{self.name}.csv"

    @property
    def sources(self) -> tuple[Path, Path]:
        """Both files that make the table."""
        return self.csv, TABLES / f"{self.name}.yml"


@dataclass(frozen=True)
class _Described:
    """What the file says of a table."""

    title: Text
    licence: Text
    review_by: Date
    columns: Names
    acknowledged_until: Date | None = None
    fiscal: Any = None


def names() -> list[str]:
    """Names of all tables."""
    return [path.stem for path in ours(TABLES, "*.yml")]


def schema(name: str) -> Schema:
    """Read one table's description.

    Errors: MissingFact for an unknown table (with the nearest name), BadFile for a description that lacks a field.
    """
    path = TABLES / f"{name}.yml"
    if not path.is_file():
        raise MissingFact(
            f"There is no table of facts named {shown(name)}", mend=nearest(name, names(), new=ADD["table of facts"])
        )
    return _schema(path, path.stat().st_mtime_ns)


@cache
def _schema(path: Path, changed: int) -> Schema:
    """A description, read once however many lookups ask for it, and again once its file has changed."""
    del changed
    name = path.stem
    raw = read(path)
    said = record(_Described, raw, About(f"the table {name}", path))
    if said.acknowledged_until is not None and said.acknowledged_until <= said.review_by:
        where = place(path, raw.lines["acknowledged_until"])
        mend = f"name a day after {said.review_by}, or take it out"
        raise BadFile(f"acknowledged_until of {name} puts nothing off", where=where, mend=mend)
    return Schema(
        name=name,
        title=said.title,
        licence=said.licence,
        review_by=said.review_by,
        acknowledged_until=said.acknowledged_until,
        columns=_columns(said.columns, path),
        fiscal=None if said.fiscal is None else _fiscal(said.fiscal, said.columns, path, raw.lines["fiscal"]),
    )


def _columns(raw: Lined, path: Path) -> dict[str, Column]:
    columns = {}
    for name, described in raw.items():
        line = raw.lines[name]
        if not (name.isascii() and name.isidentifier()) or name.startswith("_") or name in TAKEN:
            mend = f"use small letters, digits and _, and none of {', '.join(TAKEN)}"
            raise BadFile(f"{shown(name)} cannot be a column's name", where=place(path, line), mend=mend)
        columns[name] = record(Column, described, About(f"the column {name}", path, line))
    return columns


def _fiscal(raw: object, columns: Lined, path: Path, line: int) -> Fiscal:
    fiscal = record(Fiscal, raw, About("the field fiscal", path, line))
    if fiscal.column not in columns or columns[fiscal.column]["unit"] != "date":
        mend = "name a column whose unit is date"
        what = f"`fiscal` names {shown(fiscal.column)}, which is no column of days"
        raise BadFile(what, where=place(path, line), mend=mend)
    return fiscal
