"""Every live figure of every chapter, against the chapter run again at seeded values of the parameters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from shortcase.case import parameters
from shortcase.publish.check.book import Book, read
from shortcase.publish.live import proof
from shortcase.publish.live.chapter import live

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = [page.name for page in read(ROOT).chapters]


@cache
def book() -> Book:
    """The book, read once."""
    return read(ROOT)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_live_figure_is_what_the_chapter_gives_at_other_values(chapter: str) -> None:
    values = {name: p.value for name, p in parameters.registry().items()}
    code = book().codes[chapter]
    followed, _ = live(code, book().slices[chapter], values, {})
    found = proof.prove(code, followed, values)
    assert found.wrong == {}
    assert len(found.refused) < proof.POINTS / 4, found.refused
    never = {f"number {key}" for key in followed.numbers} - found.held.keys()
    assert never == set(), "these were set back at every point, so nothing was proved of them"
