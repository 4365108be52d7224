"""What a table of facts declares about itself: title, licence, review date, and each column's unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shortcase.errors import ADD, BadFile, MissingFact, nearest
from shortcase.places import place
from shortcase.yaml_lines import Lined, read

TABLES = Path(__file__).parent / "tables"
"""The folder that holds NAME.csv and NAME.yml for each table."""

PROVENANCE = ("source", "where", "public_on", "confidence", "note")
"""Columns that every table has behind its own: who said so, where, since when, and how sure we are."""

REQUIRED, OPTIONAL = ("title", "licence", "review_by", "columns"), ("acknowledged_until", "fiscal")

TAKEN = ("id", "table", "columns", "has", "into", *PROVENANCE)
"""What a row has already, and so no column may be called."""

CONFIDENCE = ("verified-in-source", "verified-in-secondary", "computed", "vendor-claim")
"""What a row may say of itself. A figure from memory is a lead, and has no place in a table."""


@dataclass(frozen=True)
class Column:
    """One column: its unit (a key of show.units, or `text`) and what it holds."""

    unit: str
    about: str


@dataclass(frozen=True)
class Fiscal:
    """The column with the last day of a fiscal quarter, and the company whose it is; `id` where each row names one."""

    column: str
    company: str


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


def names() -> list[str]:
    """Names of all tables."""
    return sorted(path.stem for path in TABLES.glob("*.yml"))


def schema(name: str) -> Schema:
    """Read one table's description.

    Errors: MissingFact for an unknown table (with the nearest name), BadFile for a description that lacks a field.
    """
    path = TABLES / f"{name}.yml"
    if not path.is_file():
        raise MissingFact(
            f"There is no table of facts named {name!r}", mend=nearest(name, names(), new=ADD["table of facts"])
        )
    return _schema(path, path.stat().st_mtime_ns)


@cache
def _schema(path: Path, changed: int) -> Schema:
    """A description, read once however many lookups ask for it, and again once its file has changed."""
    del changed
    name = path.stem
    raw = read(path)
    missing = [field for field in REQUIRED if raw.get(field) is None]
    if missing:
        raise BadFile(f"The table {name} does not say its {', '.join(missing)}", where=place(path))
    for field, line in raw.lines.items():
        if field not in REQUIRED + OPTIONAL:
            mend = nearest(field, REQUIRED + OPTIONAL)
            raise BadFile(f"The table {name} has an unknown field {field!r}", where=place(path, line), mend=mend)
    review_by = _day(raw, "review_by", path)
    acknowledged = _day(raw, "acknowledged_until", path) if raw.get("acknowledged_until") else None
    if acknowledged is not None and acknowledged <= review_by:
        where = place(path, raw.lines["acknowledged_until"])
        mend = f"name a day after {review_by}, or take it out"
        raise BadFile(f"acknowledged_until of {name} puts nothing off", where=where, mend=mend)
    return Schema(
        name=name,
        title=str(raw["title"]),
        licence=str(raw["licence"]),
        review_by=review_by,
        acknowledged_until=acknowledged,
        columns=_columns(raw["columns"], place(path, raw.lines["columns"]), path),
        fiscal=_fiscal(raw, path) if raw.get("fiscal") is not None else None,
    )


def _columns(raw: object, where: str, path: Path) -> dict[str, Column]:
    if not isinstance(raw, Lined):
        raise BadFile("`columns` is not a list of names", where=where, mend="write name: {unit: …, about: …}")
    columns = {}
    for name, described in raw.items():
        here = place(path, raw.lines[name])
        if not name.isidentifier() or name.startswith("_") or name in TAKEN:
            mend = f"use small letters, digits and _, and none of {', '.join(TAKEN)}"
            raise BadFile(f"{name!r} cannot be a column's name", where=here, mend=mend)
        if not isinstance(described, dict) or set(described) != {"unit", "about"}:
            raise BadFile(f"Column {name} needs exactly `unit` and `about`", where=here)
        columns[name] = Column(str(described["unit"]), str(described["about"]))
    return columns


def _fiscal(raw: Lined, path: Path) -> Fiscal:
    described, where = raw["fiscal"], place(path, raw.lines["fiscal"])
    if not isinstance(described, dict) or set(described) != {"column", "company"}:
        raise BadFile("`fiscal` needs exactly `column` and `company`", where=where)
    column = str(described["column"])
    if not isinstance(raw["columns"], dict) or (raw["columns"].get(column) or {}).get("unit") != "date":
        raise BadFile(f"`fiscal` names {column!r}, which is no column of days", where=where)
    return Fiscal(column, str(described["company"]))


def _day(raw: Lined, field: str, path: Path) -> dt.date:
    found = raw[field]
    if not isinstance(found, dt.date) or isinstance(found, dt.datetime):
        where = place(path, raw.lines[field])
        raise BadFile(f"{field} is {found!r}, not a date", where=where, mend="write YYYY-MM-DD, without quotes")
    return found
