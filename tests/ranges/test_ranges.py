"""Every chapter computes wherever its parameters may stand, and its sentences are true wherever their ranges reach.

Alone at both hard bounds and at random corners of them, values are refused by name before anything runs, or the chapter
computes. At both ends of every stated range and at random points inside, every choice of words can be made, and every
condition that book/lint.yml states for a sentence that compares is met: on the chapter's own page, and on every other
that speaks of its numbers, such as the first.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from rehearsal import ROOT, rehearse

from shortcase.case.parameters import Parameter, Scalar, as_written, together
from shortcase.errors import BadParameter, BadSource
from shortcase.publish.check.comparisons import listing
from shortcase.publish.read import conditions
from shortcase.publish.read.code import parse
from shortcase.publish.read.pages import Page, chapters, pages

POINTS = int(os.environ.get("SHORTCASE_POINTS", "6"))
"""Random points, and random corners, of each chapter; `make ranges` takes two hundred."""
HEAVY = {"what_a_share_was_worth"}
"""The chapter that draws cases for seconds: it gets a point for every twenty of the others."""
PAGES = {page.name: page for page in chapters(ROOT)}


@pytest.fixture(autouse=True)
def in_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@cache
def documented() -> dict[str, Scalar]:
    return {name: p.value for name, p in as_written().items()}


def read_by(page: Page) -> list[Parameter]:
    known = as_written()
    return [known[name] for name in parse(page).parameters if known[name].kind in ("float", "int")]


def typed(p: Parameter, value: float) -> Scalar:
    return round(value) if p.kind == "int" else value


def ends(p: Parameter, *, hard: bool) -> list[Scalar]:
    both = (p.min, p.max) if hard else (p.low, p.high)
    return [typed(p, end) for end in both if end is not None]


def how_many(page: Page) -> int:
    return max(1, POINTS // 20) if page.name in HEAVY else POINTS


def corners(page: Page) -> Iterator[dict[str, Scalar]]:
    """Every parameter that the chapter reads at one of its hard bounds, by the toss of a coin."""
    toss = random.Random(f"corners of {page.name}")  # noqa: S311 - the same corners at every run
    for _ in range(how_many(page)):
        yield {p.name: toss.choice(ends(p, hard=True)) for p in read_by(page)}


def points(page: Page) -> Iterator[dict[str, Scalar]]:
    """Every parameter that states a range somewhere inside it."""
    toss = random.Random(f"points of {page.name}")  # noqa: S311 - the same points at every run
    for _ in range(how_many(page)):
        yield {
            p.name: typed(p, toss.uniform(p.low, p.high))
            for p in read_by(page)
            if p.low is not None and p.high is not None
        }


def outcome(page: Page, changed: Mapping[str, Scalar]) -> tuple[str, dict[str, Any]]:
    """What happens at some values: how it fails, in words, and the numbers; refused values have neither."""
    values = documented() | dict(changed)
    try:
        together(values)
    except BadParameter:
        return "", {}
    try:
        return "", values | rehearse(page, values).numbers
    except Exception as error:  # noqa: BLE001 - whatever a chapter raises is told
        return f"{dict(changed)}: {type(error).__name__}: {error}", {}


@pytest.mark.parametrize("name", PAGES)
def test_a_chapter_computes_at_the_bounds_of_each_parameter(name: str) -> None:
    page = PAGES[name]
    tried = [{p.name: end} for p in read_by(page) for end in ends(p, hard=True)]
    assert [told for one in tried if (told := outcome(page, one)[0])] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_chapter_computes_at_corners_of_its_bounds(name: str) -> None:
    page = PAGES[name]
    assert [told for one in corners(page) if (told := outcome(page, one)[0])] == []


@cache
def choices_of_words() -> tuple[tuple[str, str], ...]:
    """Every choice of words in the book, with its page."""
    return tuple(
        (page.name, piece.text)
        for page in pages(ROOT)
        for piece in page.pieces
        if piece.kind == "role" and piece.name == "when"
    )


def spoken_of(page: Page, condition: str) -> bool:
    """Whether a condition asks for the numbers of one chapter, and for parameters, and for nothing else."""
    asked = set(conditions.names(conditions.parse(condition)[0])) - documented().keys()
    return asked <= recorded(page)


@cache
def recorded(page: Page) -> frozenset[str]:
    return frozenset(parse(page).named("number"))


MIXED = {("today", "td_dear > hs_dear_then")}
"""Choices that set a number of one chapter against one of another: both are frozen with their pages."""


def test_every_condition_of_every_page_is_tried_with_the_numbers_of_some_chapter() -> None:
    every = [(on, f"{text.split('|')[0].strip()} | |") for on, text in choices_of_words()]
    every += [(on, f"{condition} | |") for (on, _), (condition, _) in listing(ROOT).stated.items()]
    untried = {
        (on, text.removesuffix(" | |"))
        for on, text in every
        if not any(spoken_of(page, text) for page in PAGES.values())
    }
    assert untried == MIXED
    assert any(on == "index" for on, _ in every), "the first page chooses its words, too"


@pytest.mark.parametrize("name", PAGES)
def test_sentences_hold_wherever_the_ranges_reach(name: str) -> None:
    page = PAGES[name]
    stated = {
        f"{on}: {begins}": condition
        for (on, begins), (condition, _) in listing(ROOT).stated.items()
        if spoken_of(page, f"{condition} | |")
    }
    chosen = [text for _, text in choices_of_words() if spoken_of(page, text)]
    tried = [{p.name: end} for p in read_by(page) for end in ends(p, hard=False)] + list(points(page))
    wrong = []
    for one in tried:
        told, numbers = outcome(page, one)
        wrong += [told] if told else []
        if not numbers:
            continue
        for text in chosen:
            _holds(text, numbers)
        wrong += [
            f"{one}: “{begins}” does not hold: {condition}"
            for begins, condition in stated.items()
            if not _holds(f"{condition} | |", numbers)
        ]
    assert wrong == []


def _holds(text: str, numbers: Mapping[str, Any]) -> bool:
    return conditions.holds(conditions.parse(text)[0], numbers)


def test_a_false_condition_is_noticed() -> None:
    assert not _holds("price < 2 | |", {"price": 3.0})
    with pytest.raises(BadSource):
        _holds("price | |", {"price": 3.0})
