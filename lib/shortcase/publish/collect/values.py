"""values.json: every figure that the pages' roles show, already written by unit, for the Sphinx extension."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shortcase.case import claims, parameters
from shortcase.case.claims import Claim, Verdict
from shortcase.case.parameters import Parameter, Scalar
from shortcase.case.tally import COUNTS, tally
from shortcase.errors import LookAhead
from shortcase.facts import Row, later, table
from shortcase.publish.check.book import Book
from shortcase.publish.collect.contents import contents
from shortcase.publish.collect.expected import expected
from shortcase.publish.collect.fact_tables import tables
from shortcase.publish.collect.rereadings import reread
from shortcase.publish.collect.results import Results
from shortcase.publish.collect.swings import shown as swings
from shortcase.show.record import equation
from shortcase.show.stated import stated_text
from shortcase.show.units import UNITS, fmt

NAME = "values.json"
SHOWN = ("par", "essay", "operand")
"""Roles by which a page shows a parameter."""
MEASURED = {
    "benchmark": "build_times", "draws": "thesis_draws", "sweeps": "sweep_speed", "answers": "live_pages",
    "weight": "page_weight", "noticed": "expectations_notice",
}  # fmt: skip
"""Results of benchmarks that a page shows, by the name of what shows them."""


def _measured(root: Path, name: str) -> dict[str, Any]:
    path = root / "benchmarks" / "results" / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def values(book: Book, results: Results, chosen: Mapping[str, Scalar], scenario: str) -> dict[str, Any]:
    """The content of values.json."""
    titles = {page.name: page.title for page in book.pages}
    as_of = str(chosen["as_of"])
    return {
        "num": {key: _number(row, titles, book) for key, row in results.numbers.items()} | _counts(results),
        "par": {name: _parameter(p, chosen[name], book) for name, p in parameters.registry().items()},
        "stated": {name: _stated(claim) for name, claim in claims.ledger().items()},
        "claim": {name: _claim(row, claims.ledger()[name], book) for name, row in results.claims.items()},
        "fact": {use.name: _fact(use.name, as_of, _frozen(book, use.name)) for use in book.uses if use.kind == "fact"},
        "table": tables(book, as_of),
        "reread": reread(),
        "page": contents(book),
        "swing": swings(results),
        "expectation": expected(book.root),
        "as_of": as_of,
        "frozen": {name: code.frozen[0] for name, code in book.codes.items() if code.frozen},
        "scenario": scenario,
        **{shown: _measured(book.root, name) for shown, name in MEASURED.items()},
    }


def _number(row: Mapping[str, Any], titles: Mapping[str, str], book: Book) -> dict[str, Any]:
    kept = ("value", "unit", "digits", "label", "formula", "function", "inputs", "parameters", "facts", "known_on")
    found = {key: row[key] for key in (*kept, "chapter")}
    return found | {
        "text": fmt(row["value"], row["unit"], row["digits"]),
        "chapter_title": titles[row["chapter"]],
        "in_code": row["key"] in book.codes[row["chapter"]].handed_on,
    }


def _counts(results: Results) -> dict[str, Any]:
    """The ledger's own figures, in the form of a chapter's numbers."""
    verdicts = [Verdict(row["verdict"]) for row in results.claims.values()]
    nothing: dict[str, Any] = {"inputs": [], "parameters": [], "facts": [], "known_on": None, "in_code": True}
    formula = {"unit": "count", "function": f"{tally.__module__}.tally", "formula": equation(tally)}
    page = {"chapter": "scorecard", "chapter_title": "Scorecard"}
    counts = {key: tally(key, verdicts) for key in COUNTS}
    return {
        key: nothing | formula | page | {"value": n, "text": fmt(n, "count"), "label": COUNTS[key][0]}
        for key, n in counts.items()
    }


def _parameter(p: Parameter, value: Scalar, book: Book) -> dict[str, Any]:
    def shown(figure: Scalar | None) -> str:
        return "" if figure is None else fmt(figure, p.unit)

    return {
        "value": value,
        "unit": p.unit,
        "unit_about": UNITS[p.unit].about,
        "order": p.line,
        "text": shown(value),
        "essay_text": shown(p.essay),
        "label": p.label,
        "low_text": shown(p.low),
        "high_text": shown(p.high),
        "interval": p.interval or "",
        "source": p.source,
        "date": p.date,
        "note": p.note,
        "used_by": sorted(name for name, code in book.codes.items() if p.name in code.parameters_read),
        "shown_on": sorted({page for kind in SHOWN for page in book.shown_on.get((kind, p.name), ())}),
    }


def _stated(claim: Claim) -> dict[str, Any]:
    return {"text": stated_text(claim), "unit": claim.unit, "paraphrase": claim.paraphrase}


def _claim(row: Mapping[str, Any], claim: Claim, book: Book) -> dict[str, Any]:
    kept = ("id", "section", "chapter", "paraphrase", "kind", "weight", "verdict", "rule_text", "note", "why_not")
    badges = book.shown_on.get(("claim", claim.id), ())
    made_in = row.get("computed_in")
    badge = made_in if made_in in badges else next(iter(badges), None)
    return {key: row[key] for key in (*kept, "lead", "resolution")} | {
        "stated_text": stated_text(claim),
        "computed_text": _computed(row),
        "threshold_text": row.get("threshold_text") or "",
        "side": row.get("side") or "",
        "distance_text": row.get("distance_text") or "",
        "turns_on": row.get("turns_on") or "",
        "as_computed": row.get("as_computed") or "",
        "facts": row.get("facts") or [],
        "computed_in": row.get("computed_in") or "",
        "anchor": f"{badge}.html#claim-{claim.id}" if badge else "",
        "order": claim.line,
    }


def _computed(row: Mapping[str, Any]) -> str:
    """What was computed, as the claim's row shows it; of a condition, whether it is met."""
    if isinstance(row.get("computed"), bool):
        return "condition met" if row["computed"] else "condition not met"
    return str(row.get("computed_text") or "")


def _frozen(book: Book, name: str) -> str | None:
    """The day up to which the pages that show a fact look, if all of them are frozen; the first of several."""
    pages = set(book.shown_on.get(("fact", name), ()))
    days = [code.frozen[0] for page in pages if (code := book.codes.get(page)) is not None and code.frozen is not None]
    return min(days) if len(days) == len(pages) else None


def _fact(name: str, as_of: str, until: str | None = None) -> dict[str, Any]:
    table_name, row_id, column = name.split("/")
    found = later(table_name, until).row(row_id) if until else _row(table_name, row_id, as_of)
    unit = later(table_name).schema.columns[column].unit if column in later(table_name).schema.columns else "text"
    public = found.public_on.isoformat()
    kept = {key: found.provenance()[key] for key in ("source", "where", "confidence")}
    return kept | {
        "text": fmt(getattr(found, column), unit),
        "unit": unit,
        "public_on": public,
        "known_on": public if dt.date.fromisoformat(public) > dt.date.fromisoformat(as_of) else None,
    }


def _row(table_name: str, row_id: str, as_of: str) -> Row:
    """The row as it was known, or, where it was not yet, as it became known."""
    try:
        return table(table_name, as_of).row(row_id)
    except LookAhead:
        return later(table_name).row(row_id)
