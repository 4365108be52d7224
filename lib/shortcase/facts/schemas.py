"""What a table of facts declares about itself: title, licence, review date, and each column's unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from shortcase.errors import BadFile, MissingFact, at, nearest
from shortcase.places import root

TABLES = Path(__file__).parent / "tables"
"""The folder that holds NAME.csv and NAME.yml for each table."""

PROVENANCE = ("source", "where", "public_on", "confidence", "note")
"""Columns that every table has behind its own: who said so, where, since when, and how sure we are."""

SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one written in C where there is one, which is ten times as fast."""

CONFIDENCE = ("verified-in-source", "verified-in-secondary", "computed", "vendor-claim")
"""What a row may say of itself. A figure from memory is a lead, and has no place in a table."""


@dataclass(frozen=True)
class Column:
    """One column: its unit (a key of show.units, or `text`) and what it holds."""

    unit: str
    about: str


@dataclass(frozen=True)
class Schema:
    """One table's description."""

    name: str
    title: str
    licence: str
    review_by: dt.date
    acknowledged_until: dt.date | None
    columns: dict[str, Column]

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
        raise MissingFact(f"There is no table of facts named {name!r}", mend=nearest(name, names()))
    where = at(path, root=_checkout())
    raw: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE_LOADER)  # noqa: S506 - it is safe
    missing = {"title", "licence", "review_by", "columns"} - set(raw)
    if missing:
        raise BadFile(f"The table {name} does not say its {', '.join(sorted(missing))}", where=where)
    columns = {}
    for key, described in raw["columns"].items():
        if not isinstance(described, dict) or set(described) != {"unit", "about"}:
            raise BadFile(f"Column {key} needs exactly `unit` and `about`", where=where)
        columns[key] = Column(str(described["unit"]), str(described["about"]))
    return Schema(
        name=name,
        title=str(raw["title"]),
        licence=str(raw["licence"]),
        review_by=raw["review_by"],
        acknowledged_until=raw.get("acknowledged_until"),
        columns=columns,
    )


def _checkout() -> Path | None:
    package = Path(__file__).resolve().parents[3]
    return package if (package / "book").is_dir() else root()
