"""A chapter at the values around which it is swept: run once by the press, or kept; what its columns are, its graph."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shortcase.case import claims, parameters
from shortcase.case.parameters import Scalar
from shortcase.publish.check.book import Book, check
from shortcase.publish.collect.results import Rows, collect
from shortcase.publish.files import build_lock
from shortcase.publish.live.graph import Graph
from shortcase.publish.read.code import Code
from shortcase.publish.request import Layout, Progress, Request
from shortcase.publish.run.chapters import execute_all
from shortcase.publish.run.outputs import LIVE
from shortcase.results.columns import NUMBER, PARAMETER, VERDICT, Column

FOLDER = "sweep"
"""Where the press works for a sweep, so that the book's own notebooks stay as they are."""


@dataclass(frozen=True)
class Baseline:
    """A chapter at some values: its code, its numbers and verdicts, and how they follow from the parameters."""

    chapter: str
    book: Book
    values: Mapping[str, Scalar]
    numbers: Rows
    claims: Rows
    graph: Graph

    @property
    def code(self) -> Code:
        """The chapter's code."""
        return self.book.codes[self.chapter]


def baseline(chapter: str, values: Mapping[str, Scalar], request: Request, paths: Layout, say: Progress) -> Baseline:
    """The chapter at these values, from the press's cache where nothing differs; without a graph where none is asked.

    Errors: those of a build of it.
    """
    as_of = str(values["as_of"])
    own = dataclasses.replace(paths, base=paths.root / "_build" / FOLDER)
    book = check(paths.root, as_of, only=chapter)
    with build_lock(own, say):
        executed = execute_all(book, values, request, own, say)
    found = collect(book, executed.notebooks, as_of)
    judged = {name: row for name, row in found.claims.items() if row.get("computed_in") == chapter}
    followed = executed.notebooks[chapter]["metadata"].get(LIVE)
    graph = Graph.from_json(followed) if followed else Graph()
    return Baseline(chapter, book, values, found.numbers, judged, graph)


def columns_of(found: Baseline) -> Iterator[Column]:
    """The columns of a chapter's numbers and verdicts."""
    for key, row in found.numbers.items():
        yield Column(
            key, NUMBER, unit=row["unit"], label=row["label"], formula=row["formula"], function=row["function"],
            source=_source(found, row["facts"]),
        )  # fmt: skip
    for name, row in found.claims.items():
        claim = claims.ledger()[name]
        yield Column(
            name, VERDICT, "text", label=claim.paraphrase, formula=claim.rule_text,
            source=_source(found, row["facts"]),
        )  # fmt: skip


def swept(names: Iterable[str]) -> Iterator[Column]:
    """The columns of the parameters that are swept over."""
    for p in map(parameters.find, names):
        kind = p.kind if p.kind in ("float", "int", "bool") else "text"
        yield Column(p.name, PARAMETER, kind, unit=p.unit, label=p.label, source=f"{p.source} ({p.date})")


def _source(found: Baseline, facts: Iterable[Mapping[str, Any]]) -> str:
    """The page that computes it, and the rows of facts behind it."""
    rows = [f"{one['table']}/{one['row']}".rstrip("/") for one in facts]
    return "; ".join([f"book/{found.chapter}.md", *rows])
