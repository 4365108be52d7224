"""The live figures of a build: a script for each page that shows some, and how much of the book is live."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from shortcase.case import claims
from shortcase.case.parameters import Scalar
from shortcase.publish.check.book import Book
from shortcase.publish.live.graph import Graph
from shortcase.publish.live.page import Build, Shown, printed, shown
from shortcase.publish.read.roles import Use
from shortcase.publish.run.outputs import CHARTS, LIVE, Notebook

FOLDER = "live"
"""Where the scripts lie, in the site's own files."""
VERDICTS = "scorecard"
APART = ("drawn from many cases", "sets many valuations against each other")
"""Monte Carlo results, and shares of a value among many coalitions: why no page recomputes them, in words."""


def graphs(notebooks: Mapping[str, Notebook]) -> dict[str, Graph]:
    """What each executed chapter left of how its figures follow from the parameters."""
    return {
        name: Graph.from_json(book["metadata"][LIVE]) for name, book in notebooks.items() if LIVE in book["metadata"]
    }


def pages(book: Book, found: Mapping[str, Graph], rows: Mapping[str, Any]) -> dict[str, Shown]:
    """For each page what it shows that rests on a parameter; pages that show nothing of the kind are left out."""
    every = {page.name: shown(page, book.uses, found, rows) for page in book.pages}
    return {name: one for name, one in every.items() if one.parameters}


def scripts(found: Mapping[str, Shown], rows: Mapping[str, Any], values: Mapping[str, Scalar]) -> dict[str, str]:
    """The script of each page, by the name of its file."""
    edition = hashlib.sha256(json.dumps(dict(values), sort_keys=True).encode())
    for one in found.values():
        edition.update(repr(one.tape.ops).encode())
    stamp = edition.hexdigest()[:12]
    build = Build(rows, values, stamp)
    return {f"{name}.js": printed(name, one, build) for name, one in found.items()}


def charts(notebooks: Mapping[str, Notebook]) -> dict[str, str]:
    """The script of the charts of each chapter in which some follow, by the name of its file."""
    found = {f"{name}.charts.js": book["metadata"].get(CHARTS, "") for name, book in notebooks.items()}
    return {name: text for name, text in found.items() if text}


def verdicts(book: Book, found: Mapping[str, Graph], rows: Mapping[str, Any], values: Mapping[str, Scalar]) -> str:
    """Every claim of the book as one script, for the page of the reader's own case; no page loads it by itself.

    Empty for a book that has no such page.
    """
    page = next((one for one in book.pages if one.name == VERDICTS), None)
    if page is None:
        return ""
    uses = tuple(Use("claim", name, page, 1) for name in claims.ledger())
    every = printed(VERDICTS, shown(page, uses, found, rows), Build(rows, values, ""))
    told = json.dumps({row.id: row.paraphrase for row in claims.ledger().values()}, ensure_ascii=False)
    return f"{every}shortcase.paraphrases={told};\n"


def coverage(found: Mapping[str, Graph], shown_: Mapping[str, Shown]) -> dict[str, Any]:
    """How many figures that rest on a parameter are live, chapter by chapter, and why the others are not."""
    chapters = {}
    for name, graph in found.items():
        dead: dict[str, dict[str, str]] = {"number": {}, "claim": {}}
        for full, (why, _) in graph.dead.items():
            kind, _, key = full.partition(" ")
            dead[kind][key] = why
        one = shown_.get(name, Shown())
        dead["when"] = {f"words on {ast.unparse(one.turns[key])}": why for key, (why, _) in one.dead["when"].items()}
        apart = {kind: sum(any(told in why for told in APART) for why in of.values()) for kind, of in dead.items()}
        chapters[name] = {
            "numbers": len(graph.numbers) + len(dead["number"]) - apart["number"],
            "live_numbers": len(graph.numbers),
            "drawn": sum(apart.values()),
            "claims": len(graph.claims) + len(dead["claim"]) - apart["claim"],
            "live_claims": len(graph.claims),
            "whens": len(one.whens) + len(dead["when"]) - apart["when"],
            "live_whens": len(one.whens),
            "dead": {key: why for kind in dead.values() for key, why in sorted(kind.items())},
        }
    return chapters
