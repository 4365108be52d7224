"""The build's results: numbers and verdicts, collected from the executed chapters and set beside the whole ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shortcase.case import claims
from shortcase.case.claims import Claim
from shortcase.errors import BuildFailed
from shortcase.publish.check.book import Book
from shortcase.publish.check.provenance import facts, known_on
from shortcase.publish.read.dependencies import Dependencies
from shortcase.publish.run.outputs import Notebook, records
from shortcase.show.record import SWINGS

Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Results:
    """Numbers by key, every claim of the ledger by id, and how far a figure moves with each parameter."""

    numbers: Rows
    claims: Rows
    swings: Rows = field(default_factory=dict)


def collect(book: Book, notebooks: Mapping[str, Notebook], as_of: str) -> Results:
    """What the chapters recorded, with what each number rests on.

    Errors: BuildFailed where a chapter recorded something that its text does not name, or not what it names.
    """
    day = dt.date.fromisoformat(as_of)
    numbers: Rows = {}
    swung: Rows = {}
    found: dict[str, dict[str, Any]] = {}
    for chapter, notebook in notebooks.items():
        made = {"number": set[str](), "claim": set[str]()}
        for record in records(notebook):
            if record["record"] == SWINGS:
                _add_swings(swung, record, chapter)
                continue
            kind, name = record["record"], record.get("key") or record["id"]
            made[kind].add(name)
            dependencies = book.slices[chapter].get((kind, name), frozenset())
            entry = {**{k: v for k, v in record.items() if k != "record"}, "chapter": chapter}
            if kind == "number":
                numbers[name] = {**entry, **_behind(dependencies, day)}
            else:
                found[name] = {**entry, "parameters": _parameters(dependencies), "facts": facts(dependencies, day)}
        _complete(book, chapter, made)
    judged = {name: _claim(row, found.get(name)) for name, row in claims.ledger().items()}
    return Results(numbers, judged, swung)


def _add_swings(swung: Rows, record: Mapping[str, Any], chapter: str) -> None:
    for name, (at_low, at_high) in record["ends"].items():
        if name in swung:
            what = f"{chapter} and {swung[name]['chapter']} both say how far a figure moves with {name}"
            raise BuildFailed(what, mend="keep one of the two")
        swung[name] = {"of": record["of"], "unit": record["unit"], "low": at_low, "high": at_high, "chapter": chapter}


def _complete(book: Book, chapter: str, made: Mapping[str, set[str]]) -> None:
    for kind, names in made.items():
        written = book.codes[chapter].named(kind)
        for name in sorted(names ^ set(written)):
            what = f"{chapter} never recorded the {kind} {name!r}" if name in written else (
                f"{chapter} recorded the {kind} {name!r}, which its text does not name"
            )  # fmt: skip
            where = book.codes[chapter].page.at(written[name]) if name in written else None
            raise BuildFailed(what, where=where, mend=f'record it with {kind}("{name}", …) in a cell that always runs')


def _behind(dependencies: Dependencies, as_of: dt.date) -> dict[str, Any]:
    day = known_on(dependencies, as_of)
    return {
        "parameters": _parameters(dependencies),
        "facts": facts(dependencies, as_of),
        "known_on": day.isoformat() if day else None,
    }


def _parameters(dependencies: Dependencies) -> list[str]:
    return sorted({dependency.name for dependency in dependencies if dependency.kind == "parameter"})


def _claim(row: Claim, found: Mapping[str, Any] | None) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": row.id,
        "section": row.section,
        "chapter": row.chapter,
        "kind": row.kind,
        "weight": row.weight,
        "paraphrase": row.paraphrase,
        "stated": row.stated,
        "unit": row.unit,
        "rule": row.rule.value,
        "rule_text": row.rule_text,
        "note": row.note,
        "why_not": row.why_not,
        "lead": row.lead,
        "resolution": row.resolution,
        "verdict": claims.untested(row).value,
    }
    if found is not None:
        entry |= {k: found.get(k) for k in ("computed", "computed_text", "verdict", "turns_on", "threshold")}
        entry |= {k: found.get(k) for k in ("threshold_text", "side", "distance", "distance_text")}
        entry |= {k: found.get(k) for k in ("parameters", "facts")}
        entry["computed_in"] = found["chapter"]
        entry["as_computed"] = row.judge(found["computed"]).value
    return entry
