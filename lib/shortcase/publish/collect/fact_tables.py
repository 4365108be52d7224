"""What the page of facts says of each table: its schema, its sources, its first rows, and which pages use it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from shortcase.facts import Row, names, schema
from shortcase.facts.lookup import vintages
from shortcase.facts.schemas import Schema
from shortcase.publish.check.book import Book
from shortcase.show.units import UNITS, fmt

PREVIEW = 5
"""Rows of a table that the page shows; the file has all of them."""
FOLDER = "facts"
"""Where the site has the files, under its static folder."""


def tables(book: Book, as_of: str) -> dict[str, Any]:
    """Every table by name."""
    day, used = dt.date.fromisoformat(as_of), used_by(book)
    return {name: _table(schema(name), used.get(name, set()), day) for name in names()}


def _table(described: Schema, used: Iterable[str], as_of: dt.date) -> dict[str, Any]:
    rows = vintages(described.name)
    days = sorted(row.public_on for row in rows)
    return {
        "title": described.title,
        "licence": described.licence,
        "review_by": described.review_by.isoformat(),
        "acknowledged_until": described.acknowledged_until.isoformat() if described.acknowledged_until else "",
        "columns": [
            {"name": name, "unit": column.unit, "unit_about": UNITS[column.unit].about, "about": column.about}
            for name, column in described.columns.items()
        ],
        "rows": len(rows),
        "later": sum(row.public_on > as_of for row in rows),
        "first_public": days[0].isoformat() if days else "",
        "last_public": days[-1].isoformat() if days else "",
        "sources": _sources(rows),
        "confidence": {kind: n for kind in _kinds(rows) if (n := sum(_confidence(row) == kind for row in rows))},
        "preview": [_shown(row, described, as_of) for row in rows[:PREVIEW]],
        "used_by": sorted(used),
        "file": f"{FOLDER}/{described.name}.csv",
    }


def used_by(book: Book) -> dict[str, set[str]]:
    """The pages that read each table in their code, or show a row of it in a sentence."""
    found: dict[str, set[str]] = {}
    for page, code in book.codes.items():
        for name in code.tables_read:
            found.setdefault(name, set()).add(page)
    for (kind, fact), pages in book.shown_on.items():
        if kind == "fact":
            found.setdefault(fact.split("/")[0], set()).update(pages)
    return found


def _sources(rows: Iterable[Row]) -> list[dict[str, Any]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.source, []).append(row)
    return [
        {
            "source": source,
            "rows": len(theirs),
            "first_public": min(row.public_on for row in theirs).isoformat(),
            "last_public": max(row.public_on for row in theirs).isoformat(),
        }
        for source, theirs in found.items()
    ]


def _confidence(row: Row) -> str:
    return row.provenance()["confidence"]


def _kinds(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(map(_confidence, rows)))


def _shown(row: Row, described: Schema, as_of: dt.date) -> dict[str, Any]:
    cells = {
        name: fmt(getattr(row, name), column.unit) if row.has(name) else ""
        for name, column in described.columns.items()
    }
    return {
        "id": row.id,
        "cells": cells,
        "public_on": row.public_on.isoformat(),
        "late": row.public_on > as_of,
    }
