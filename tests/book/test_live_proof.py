"""Every live figure of every chapter, against the chapter run again at seeded values of the parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from shortcase.case import parameters
from shortcase.publish.check.book import Book, read
from shortcase.publish.live import page, proof
from shortcase.publish.live.chapter import live
from shortcase.publish.live.graph import Graph
from shortcase.publish.read import conditions
from shortcase.publish.read.pages import Page, chapters
from shortcase.show.live.replay import Player

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = [one.name for one in chapters(ROOT)]


@cache
def book() -> Book:
    """The book, read once."""
    return read(ROOT)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_live_figure_is_what_the_chapter_gives_at_other_values(chapter: str) -> None:
    values = {name: p.value for name, p in parameters.registry().items()}
    code = book().codes[chapter]
    followed, _ = live(code, book().slices[chapter], values, {})
    runs = [proof.ran(code, number, point) for number, point in enumerate(proof.points(values))]
    found = proof.compare(followed, runs)
    assert found.wrong == {}
    assert len(found.refused) < proof.POINTS / 4, found.refused
    never = {f"number {key}" for key in followed.numbers} - found.held.keys()
    assert never == set(), "these were set back at every point, so nothing was proved of them"
    assert words_that_differ(code.page, followed, [one for one in runs if one.found is not None]) == []


def words_that_differ(one: Page, graph: Graph, runs: Sequence[proof.Ran]) -> list[tuple[int, str]]:
    """Turns of phrase that the page's tape decides otherwise than the chapter's own numbers do, and at which point."""
    asked = page.asked(one, book().uses)
    still = values_of(runs[0], {})  # a number of the chapter that rests on no parameter is the same in every run
    elsewhere = {name: {"value": still.get(name, 0.0)} for name in asked.operands - parameters.registry().keys()}
    shown = page.shown(asked, {one.name: graph}, elsewhere)
    player = Player(shown.tape.ops)
    found = []
    for run in runs:
        told = player({name: float(run.point[name]) for _, name in player.inputs})
        real = values_of(run, elsewhere)
        for mark, when in shown.whens.items():
            guards = [shown.guards[i] for i in when.guards]
            holds = all(bool(told[at] if isinstance(at, int) else at[1]) is answer for at, answer in guards)
            if holds and bool(told[when.at]) is not conditions.holds(shown.turns[mark], real):
                found.append((run.number, mark))
    return found


def values_of(run: proof.Ran, elsewhere: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What a condition may ask of a run: parameters and numbers; a figure of another chapter stands still."""
    assert run.found is not None
    numbers = {key: float(number.value) for key, number in run.found.numbers.items()}
    return {name: row["value"] for name, row in elsewhere.items()} | dict(run.point) | numbers
