"""Every chapter read as of later days: the verdicts of its claims, the figures that the first page shows of it."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from shortcase.case.by_date import CLAIM, DAYS, DIGITS, NUMBER, History
from shortcase.case.claims import ledger
from shortcase.errors import BadSource
from shortcase.facts import table
from shortcase.places import root
from shortcase.publish.check.book import Book
from shortcase.publish.check.of_book import LANDING
from shortcase.publish.check.provenance import facts
from shortcase.publish.live import again, proof
from shortcase.publish.read.code import Code
from shortcase.publish.read.dependencies import Dependencies
from shortcase.publish.run import cache_key

DRAWING = "shortcase.case.thesis.answer"
"""A chapter whose code names something of this module shows what is drawn from many cases."""


def histories(
    book: Book, values: Mapping[str, Any], say: Callable[[str], None], days: Sequence[str] = DAYS
) -> list[History]:
    """All of them, claims first.

    days: in order; fewer cost less, and the facts behind a turn are then all those between two of them.

    Errors: BadSource where a verdict turns although nothing that it rests on became public: then it was measured from
    the day of the build, and not from the essay's.
    """
    shown = {use.name for use in book.uses if use.page.name == LANDING and use.kind in ("num", "operand", "when")}
    found: list[History] = []
    for page in book.chapters:
        code = book.codes[page.name]
        if code.frozen:
            continue
        say(f"{page.name}: as of {len(days)} days")
        runs = _runs(code, values, days)
        found += _claims(book, page.name, runs)
        found += _numbers(book, page.name, runs, shown)
    _nothing_turns_by_itself(found)
    return sorted(found, key=lambda one: (one.kind != CLAIM, one.chapter))


def _runs(code: Code, values: Mapping[str, Any], days: Sequence[str]) -> dict[str, again.Found]:
    """The chapter as of each day; run again on those as of which it reads other facts, or the day itself."""
    few = not any(home.startswith(DRAWING) for home in code.names.values())
    parts = cache_key.key(code, values, "", root())[1]
    tables = [part.removeprefix("table ") for part in parts if part.startswith("table ")]
    looked_up = _looks_up_only(code)
    known: dict[Any, again.Found] = {}
    runs: dict[str, again.Found] = {}
    for day in days:
        read = tuple(tuple(table(name, day).ids) for name in tables) if looked_up else day
        if read not in known:
            known[read] = again.run(code, {**values, "as_of": day}, few=few)
        runs[day] = known[read]
    return runs


def _looks_up_only(code: Code) -> bool:
    """Whether the day of the build does nothing in a chapter but choose which facts are read."""
    given = {id(word) for node in code.nodes if isinstance(node, ast.Call) and _reads_facts(node) for word in node.args}
    every = [node for node in code.nodes if isinstance(node, ast.Name) and node.id == "as_of"]
    return all(id(node) in given for node in every)


def _reads_facts(node: ast.Call) -> bool:
    return ast.unparse(node.func) in ("table", "thesis.known", "thesis.case")


def _first(runs: Mapping[str, again.Found]) -> again.Found:
    return next(iter(runs.values()))


def _claims(book: Book, chapter: str, runs: Mapping[str, again.Found]) -> Iterator[History]:
    for name in _first(runs).claims:
        told = {day: run.claims[name] for day, run in runs.items()}
        verdicts = {day: proof.verdict(name, [one.computed, *one.ends]) for day, one in told.items()}
        label = ledger()[name].paraphrase
        rests = book.slices[chapter].get((CLAIM, name), frozenset())
        yield History(CLAIM, name, chapter, "", label, verdicts, _new(rests, verdicts))


def _numbers(book: Book, chapter: str, runs: Mapping[str, again.Found], shown: set[str]) -> Iterator[History]:
    spoken = {call.name: call.node for call in book.codes[chapter].calls if call.function == NUMBER}
    for key in _first(runs).numbers:
        if key in shown:
            values = {day: f"{float(run.numbers[key].value):.{DIGITS}g}" for day, run in runs.items()}
            words = {word.arg: word.value for word in spoken[key].keywords}
            unit, label = (getattr(node, "value", "") for node in (spoken[key].args[1], words.get("label")))
            rests = book.slices[chapter].get((NUMBER, key), frozenset())
            yield History(NUMBER, key, chapter, str(unit), str(label or key), values, _new(rests, values))


def _new(rests: Dependencies, values: Mapping[str, str]) -> str:
    """The facts behind it that had become public by the day on which it first moved, and not by the day before."""
    for before, day in pairwise(values):
        if values[day] != values[before]:
            then = dt.date.fromisoformat(day)
            return "; ".join(
                f"{row['table']}/{row['row']} ({row['public_on']})".replace("/ ", " ")
                for row in facts(rests, then)
                if before < row["public_on"] <= day
            )
    return ""


def _nothing_turns_by_itself(found: list[History]) -> None:
    for one in found:
        if one.kind == CLAIM and one.moved_on and not one.new_facts:
            what = f"The verdict on {one.id} turns by {one.moved_on}, and no fact behind it had become public"
            mend = "measure it from the essay's day, claims.ESSAY_PUBLISHED, whatever the day of the build"
            raise BadSource(what, where=f"book/{one.chapter}.md", mend=mend)
