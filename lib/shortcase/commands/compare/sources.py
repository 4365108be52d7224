"""What the figures of a book rest on, read from its files: parameters, rows of facts, definitions, statements.

Read by this lib whatever revision the book is of, and never run; so two books are read in one way.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from shortcase import yaml_lines
from shortcase.case.parameters import Scalar
from shortcase.errors import BadFile
from shortcase.places import ours
from shortcase.publish.check.book import Book, read
from shortcase.publish.read import definitions, library
from shortcase.publish.read.dependencies import DEFINITION, EVERY, STATEMENT, Dependency, slices
from shortcase.publish.run.cache_key import READ_BY

COMPUTED_WITH = ("value", "essay", "kind", "low", "high", "interval", "min", "max", "choices", "below", "gap")
"""What of a parameter's entry a figure can depend on; the rest is for the reader."""
JUDGED_BY = ("stated", "unit", "rule", "tolerance")
"""What of a claim's row its verdict depends on."""
PROVENANCE = ("source", "where", "confidence", "note", "notes")
"""Columns of a table that say where a row is from, and of which nothing is computed."""
Part = tuple[str, str]
"""A kind and a name: ("fact", "accelerators/h100_sxm")."""


@dataclass(frozen=True)
class Sources:
    """A book's files, and the values of its parameters."""

    root: Path
    values: Mapping[str, Scalar]

    def on(self, values: Mapping[str, Scalar]) -> Sources:
        """The same files with other values: what has been read of them is not read again."""
        other = Sources(self.root, values)
        for name in ("book", "traced", "_tables", "_registry", "_ledger"):
            other.__dict__[name] = getattr(self, name)
        return other

    @property
    def home(self) -> Path:
        """The book's own lib where it has one, else the one that is installed."""
        own = self.root / "lib" / library.PACKAGE
        return own if own.is_dir() else library.HOME

    @cached_property
    def book(self) -> Book:
        """The pages and their code."""
        with library.at(self.home):
            return read(self.root)

    @cached_property
    def traced(self) -> Mapping[tuple[str, str], tuple[str, frozenset[Dependency]]]:
        """By ("number", key) and ("claim", id): its chapter, and what it rests on."""
        with library.at(self.home):
            return {
                key: (name, found)
                for name, code in self.book.codes.items()
                for key, found in slices(code, traced=True).items()
            }

    def behind(self, kind: str, name: str) -> Mapping[Part, Mapping[str, Any]]:
        """Everything that a number or claim rests on, each with what it says."""
        _, dependencies = self.traced.get((kind, name), ("", frozenset()))
        found: dict[Part, Mapping[str, Any]] = {}
        with library.at(self.home):
            for one in dependencies:
                found |= self._says(one)
        if kind == "claim":
            found["ledger", name] = self._ledger.get(name, {})
        return found

    def _says(self, one: Dependency) -> dict[Part, Mapping[str, Any]]:
        if one.kind == "parameter":
            return {("parameter", one.name): self._parameter(one.name)}
        if one.kind in ("fact", "later"):
            return {("fact", f"{one.name}/{row}"): cells for row, cells in self._rows(one.name, one.row).items()}
        if one.kind == "scenario":
            return {("file", f"book/scenarios/{one.name}.yml"): self._file(f"book/scenarios/{one.name}.yml")}
        if one.kind == STATEMENT:
            return {("chapter", one.name): {"": ""}}
        return self._defined(one.name) if one.kind == DEFINITION else {}

    def _parameter(self, name: str) -> dict[str, Any]:
        entry = self._registry.get(name, {})
        said = {field: entry[field] for field in COMPUTED_WITH if field in entry}
        return {**said, "value": self.values.get(name, said.get("value"))}

    def _defined(self, name: str) -> dict[Part, Mapping[str, Any]]:
        found: dict[Part, Mapping[str, Any]] = {}
        for full, digest in definitions.reached(name).items():
            found["formula", full.removeprefix(f"{library.PACKAGE}.")] = {"": digest}
            for module, patterns in READ_BY.items():
                if full.startswith(f"{module}."):
                    files = [path for pattern in patterns for path in ours(self.root, pattern)]
                    names = [path.relative_to(self.root).as_posix() for path in files]
                    found |= {("file", file): self._file(file) for file in names if not file.endswith("parameters.yml")}
        return found

    def _rows(self, table: str, row: str) -> Mapping[str, Mapping[str, Any]]:
        known = self._table(table)
        return {row: known[row]} if row != EVERY and row in known else known

    @cached_property
    def _tables(self) -> dict[str, Mapping[str, Mapping[str, Any]]]:
        return {}

    def _table(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """The rows of a table by id; of a row with several vintages, each cell with all of them."""
        if name not in self._tables:
            path = self.home / "facts" / "tables" / f"{name}.csv"
            found: dict[str, dict[str, Any]] = {}
            for row in csv.DictReader(io.StringIO(_text(path))):
                cells = found.setdefault(str(row.get("id")), {})
                for column, cell in row.items():
                    if column and column not in PROVENANCE:
                        cells[column] = "; ".join(filter(None, [cells.get(column, ""), cell]))
            self._tables[name] = found
        return self._tables[name]

    @cached_property
    def _registry(self) -> Mapping[str, Mapping[str, Any]]:
        return dict(yaml_lines.read(self.root / "book" / "parameters.yml"))

    @cached_property
    def _ledger(self) -> Mapping[str, Mapping[str, Any]]:
        rows = csv.DictReader(io.StringIO(_text(self.root / "book" / "claims.csv")))
        return {str(row["id"]): {field: row.get(field, "") for field in JUDGED_BY} for row in rows}

    def _file(self, name: str) -> dict[str, Any]:
        return {"": hashlib.sha256(_text(self.root / name).encode()).hexdigest()}

    def expected(self) -> dict[str, str]:
        """The verdicts that the book says it expects, by claim."""
        from shortcase.case import expected_verdicts  # noqa: PLC0415

        path = self.root / "book" / expected_verdicts.FILE
        try:
            return dict(expected_verdicts.read(path)) if path.is_file() else {}
        except BadFile:
            return {}

    def texts(self) -> dict[str, tuple[str, str]]:
        """Every page by name: its prose, and its code."""
        found = {}
        for page in self.book.pages:
            code = "\n".join(cell.source for cell in page.code) if page.is_chapter else ""
            prose = (
                "\n".join(cell.source for cell in page.cells if cell.kind != "code") if page.is_chapter else page.text
            )
            found[page.name] = (prose, code)
        return found


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig") if path.is_file() else ""


def changed(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> Iterable[tuple[str, Any, Any]]:
    """The fields in which two differ, old and new; None for what is not there."""
    before, after = one or {}, other or {}
    for field in dict.fromkeys([*before, *after]):
        if before.get(field) != after.get(field):
            yield field, before.get(field), after.get(field)
