"""The live figures of a build: a script for each page that shows some, and how much of the book is live."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shortcase.case import claims
from shortcase.case.parameters import Scalar
from shortcase.publish.check.book import Book
from shortcase.publish.live.graph import Graph
from shortcase.publish.live.kept_scripts import Room, Script, Scripts
from shortcase.publish.live.page import Asked, Build, asked
from shortcase.publish.run.outputs import CHARTS, LIVE, Notebook

FOLDER = "live"
"""Where the scripts lie, in the site's own files."""
VERDICTS, VERDICTS_FILE = "scorecard", "verdicts"
APART = ("drawn from many cases", "sets many valuations against each other")
"""Monte Carlo results, and shares of a value among many coalitions: why no page recomputes them, in words."""


def graphs(notebooks: Mapping[str, Notebook]) -> dict[str, Graph]:
    """What each executed chapter left of how its figures follow from the parameters."""
    return {
        name: Graph.from_json(book["metadata"][LIVE]) for name, book in notebooks.items() if LIVE in book["metadata"]
    }


def scripts(
    book: Book,
    found: Mapping[str, Graph],
    rows: Mapping[str, Any],
    values: Mapping[str, Scalar],
    room: Room | None = None,
) -> dict[str, Script]:
    """The script of each page, by the page's name, and of every claim, for the page of the reader's own case."""
    made = Scripts(found, Build(rows, values), room)
    return {page.name: made(asked(page, book.uses)) for page in book.pages} | {VERDICTS_FILE: _verdicts(book, made)}


def files(scripts_: Mapping[str, Script]) -> dict[str, str]:
    """What is written of the scripts, by the names of the files: nothing for a page that rests on no parameter."""
    return {f"{name}.js": script.text for name, script in scripts_.items() if script.text}


def charts(notebooks: Mapping[str, Notebook]) -> dict[str, str]:
    """The script of the charts of each chapter in which some follow, by the name of its file."""
    found = {f"{name}.charts.js": book["metadata"].get(CHARTS, "") for name, book in notebooks.items()}
    return {name: text for name, text in found.items() if text}


def _verdicts(book: Book, made: Scripts) -> Script:
    """Every claim of the book as one script, which no page loads by itself; none for a book without such a page."""
    if all(page.name != VERDICTS for page in book.pages):
        return Script()
    ledger = claims.ledger()
    script = made(Asked(VERDICTS, frozenset(), frozenset(ledger), {}, ()))
    told = json.dumps({row.id: row.paraphrase for row in ledger.values()}, ensure_ascii=False)
    return replace(script, text=f"{script.text}shortcase.paraphrases={told};\n")


def coverage(found: Mapping[str, Graph], scripts_: Mapping[str, Script]) -> dict[str, Any]:
    """How many figures that rest on a parameter are live, chapter by chapter, and why the others are not."""
    chapters = {}
    for name, graph in found.items():
        dead: dict[str, dict[str, str]] = {"number": {}, "claim": {}}
        for full, (why, _) in graph.dead.items():
            kind, _, key = full.partition(" ")
            dead[kind][key] = why
        one = scripts_.get(name, Script())
        dead["when"] = dict(one.why_not)
        apart = {kind: sum(any(told in why for told in APART) for why in of.values()) for kind, of in dead.items()}
        chapters[name] = {
            "numbers": len(graph.numbers) + len(dead["number"]) - apart["number"],
            "live_numbers": len(graph.numbers),
            "drawn": sum(apart.values()),
            "claims": len(graph.claims) + len(dead["claim"]) - apart["claim"],
            "live_claims": len(graph.claims),
            "whens": one.turns + len(dead["when"]) - apart["when"],
            "live_whens": one.turns,
            "dead": {key: why for kind in dead.values() for key, why in sorted(kind.items())},
        }
    return chapters
