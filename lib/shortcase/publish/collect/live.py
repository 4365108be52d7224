"""The live figures of a build: a script for each page that shows some, and how much of the book is live."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from shortcase.case import claims
from shortcase.case.parameters import Scalar
from shortcase.publish.check.book import Book
from shortcase.publish.live.graph import Graph, Written
from shortcase.publish.live.kept_scripts import Room, Script, Scripts, Wanted
from shortcase.publish.live.page import Asked, Build, asked
from shortcase.publish.read.pages import Page
from shortcase.publish.run.beside import together
from shortcase.publish.run.outputs import CHARTS, LIVE, Notebook

FOLDER = "live"
"""Where the scripts lie, in the site's own files."""
SCORECARD = "scorecard"
CASE, THESIS, PARAPHRASES = "your_case", "thesis", "paraphrases"
FEW = 3
"""So many scripts are made one after the other: a copy of the process costs more."""
STILL = "no parameter that a page moves is behind it"
"""Why a chart stands still, and rightly."""
Charts = Mapping[str, Any]
"""As `live.pictures.told` left it."""
APART = ("drawn from many cases", "sets many valuations against each other")
"""Monte Carlo results, and shares of a value among many coalitions: why no page recomputes them, in words."""


def graphs(notebooks: Mapping[str, Notebook]) -> dict[str, Graph]:
    """What each executed chapter left of how its figures follow from the parameters."""
    return {
        name: Graph.from_json(book["metadata"][LIVE]) for name, book in notebooks.items() if LIVE in book["metadata"]
    }


def scripts(
    book: Book, found: Mapping[str, Graph], rows: Mapping[str, Any], values: Mapping[str, Scalar], room: Room
) -> dict[str, Script]:
    """The script of each page, by the page's name, and those that the page of the reader's own case fetches.

    Where many are not kept two processes make them, those of the chapters with the longest graphs first.
    """
    made, longest = Scripts(found, Build(rows, values)), sorted(book.pages, key=lambda page: -_length(found, page.name))
    wanted = [*_of_a_case(book, values), *(made.wanted(_asked(page, book)) for page in longest)]
    before = {one.name: script for one in wanted if (script := room.kept(one)) is not None}
    missing = {one.name: partial(room.made, one) for one in wanted if one.name not in before}
    return before | (together(missing) if len(missing) > FEW else {name: make() for name, make in missing.items()})


def files(scripts_: Mapping[str, Script], charts_: Mapping[str, Charts]) -> dict[str, str]:
    """What is written of the scripts, by the names of the files: nothing for a page that rests on no parameter."""
    figures = {f"{name}.js": script.text for name, script in scripts_.items()}
    return {
        name: text
        for name, text in (figures | {f"{name}.charts.js": one["script"] for name, one in charts_.items()}).items()
        if text
    }


def charts(notebooks: Mapping[str, Notebook]) -> dict[str, Charts]:
    """What each executed chapter left of its charts."""
    return {name: book["metadata"][CHARTS] for name, book in notebooks.items() if book["metadata"].get(CHARTS)}


def _asked(page: Page, book: Book) -> Asked:
    """What a page asks: the scorecard of every claim, whoever weighs it."""
    one = asked(page, book.uses)
    return replace(one, claims=frozenset(claims.ledger())) if page.name == SCORECARD else one


def _length(found: Mapping[str, Graph], name: str) -> int:
    """Of a chapter's graph as it was kept; what no chapter is, such as the landing page, may take from all of them."""
    graph = found.get(name)
    if graph is None:
        return sys.maxsize
    return len(graph.ops.text if isinstance(graph.ops, Written) else graph.ops)


def _of_a_case(book: Book, values: Mapping[str, Scalar]) -> Iterator[Wanted]:
    """What the page of a case fetches beside the script of the scorecard: the chain to a share, the claims in words."""
    pages = {page.name for page in book.pages}
    if CASE in pages:
        yield Wanted(THESIS, lambda: _thesis(values), {"values": dict(values)})
        yield Wanted(PARAPHRASES, _paraphrases, {})


def _thesis(values: Mapping[str, Scalar]) -> Script:
    from shortcase.publish.live.thesis_script import thesis_script  # noqa: PLC0415 - numerics, where it is not kept

    return Script(thesis_script(str(values["as_of"]), values))


def _paraphrases() -> Script:
    told = {row.id: row.paraphrase for row in claims.ledger().values()}
    return Script(f"shortcase.paraphrases={json.dumps(told, ensure_ascii=False)};\n")


def coverage(
    found: Mapping[str, Graph], scripts_: Mapping[str, Script], charts_: Mapping[str, Charts]
) -> dict[str, Any]:  # fmt: skip
    """How many figures and charts that rest on a parameter are live, chapter by chapter, and why the others are not."""
    chapters = {}
    for name, graph in found.items():
        dead: dict[str, dict[str, str]] = {"number": {}, "claim": {}}
        for full, (why, _) in graph.dead.items():
            kind, _, key = full.partition(" ")
            dead[kind][key] = why
        one = scripts_.get(name, Script())
        dead["when"] = dict(one.why_not)
        pictures = charts_.get(name, {"follow": [], "fixed": [], "why_not": {}})
        dead["chart"] = {f"chart {key}": why for key, why in pictures["why_not"].items()}
        apart = {kind: sum(any(told in why for told in APART) for why in of.values()) for kind, of in dead.items()}
        chapters[name] = {
            "numbers": len(graph.numbers) + len(dead["number"]) - apart["number"],
            "live_numbers": len(graph.numbers),
            "drawn": sum(apart.values()),
            "claims": len(graph.claims) + len(dead["claim"]) - apart["claim"],
            "live_claims": len(graph.claims),
            "whens": one.turns + len(dead["when"]) - apart["when"],
            "live_whens": one.turns,
            "charts": len(pictures["follow"]) + len(dead["chart"]) - apart["chart"],
            "live_charts": len(pictures["follow"]),
            "dead": {key: why for kind in dead.values() for key, why in sorted(kind.items())}
            | {f"chart {key}": STILL for key in pictures["fixed"]},
        }
    return chapters
