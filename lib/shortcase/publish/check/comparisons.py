"""Words that compare, beside a figure that can move: what makes them true is stated, or they are refused.

"The chief cost", "only 21 %", "doubles", "for a year", "three of the five": such words are true at the book's values
and may be false at a reader's. So where one stands beside a figure which some parameter moves it is chosen, by
`{when}`; or its sentence has an entry in book/lint.yml: under `compares` with the reason why it holds at any value, or
under `holds` with a condition on recorded numbers, which a test tries at the ends and inside of every range. A number
written as a word that is no result, such as the eight cards of a node, is named there with what is counted, under
`counts`. Titles of charts and captions of tables are such sentences too; what their code chooses is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shortcase.errors import BadFile, BadSource
from shortcase.places import place
from shortcase.publish.check.sentences import TITLE, sentences, titles
from shortcase.publish.read import conditions
from shortcase.publish.read.code import Code
from shortcase.publish.read.pages import Page
from shortcase.records import About, Listed, Names, Text, Words, record
from shortcase.yaml_lines import read

SHOWN = 48
MOVING = ("num", "par")
"""Roles whose figures a reader's values can move."""


@dataclass(frozen=True)
class Reason:
    """Why sentences of some pages hold at any value: `where` gives their first words, page by page."""

    because: Text
    where: Names


@dataclass(frozen=True)
class Stated:
    """The condition under which one sentence of a page holds; `begins` gives its first words."""

    page: Text
    begins: Text
    condition: Text


@dataclass(frozen=True)
class Counts:
    """Numbers written as words that no value moves, each with what is counted."""

    because: Text
    phrases: Words


@dataclass(frozen=True)
class Listing:
    """What book/lint.yml says of comparing words; the longest phrase of a count first."""

    reasons: Mapping[tuple[str, str], int]
    stated: Mapping[tuple[str, str], tuple[str, int]]
    counted: Mapping[str, int]


@dataclass(frozen=True)
class _File:
    names: Listed
    counts: Listed = ()  # type: ignore[assignment]
    compares: Listed = ()  # type: ignore[assignment]
    holds: Listed = ()  # type: ignore[assignment]


def listing(root: Path) -> Listing:
    """The sentences and counts that book/lint.yml names, each with the line that names it.

    Errors: BadFile for an entry of another shape, a reason, a sentence or a count that is empty, or a condition that
    cannot be read.
    """
    path = root / "book" / "lint.yml"
    if not path.is_file():
        return Listing({}, {}, {})
    file = record(_File, read(path), About("the list of what may stand in prose", path))
    reasons: dict[tuple[str, str], int] = {}
    stated: dict[tuple[str, str], tuple[str, int]] = {}
    for raw in file.compares:
        entry = record(Reason, raw, About("a reason", path))
        for page, begins in entry.where.items():
            if not isinstance(begins, list):
                raise BadFile("A page is given no list of sentences", where=place(path, entry.where.lines[page]))
            for words in begins:
                reasons[str(page), str(words)] = entry.where.lines[page]
    for raw in file.holds:
        one = record(Stated, raw, About("a condition", path))
        line = raw.lines["condition"]
        try:
            conditions.parse(f"{one.condition} | |")
        except BadSource as error:
            raise BadFile(error.what, where=place(path, line), mend=error.mend) from None
        stated[one.page, one.begins] = one.condition, line
    counted = {
        phrase: raw.lines["phrases"]
        for raw in file.counts
        for phrase in record(Counts, raw, About("a reason", path)).phrases
    }
    return Listing(reasons, stated, {phrase: counted[phrase] for phrase in sorted(counted, key=len, reverse=True)})


@dataclass(frozen=True)
class Compared:
    """What one page's sentences came to: what is wrong, and which entries of book/lint.yml they need."""

    wrong: tuple[BadSource, ...]
    used: frozenset[tuple[str, str]]
    counted: frozenset[str]

    def to_json(self) -> list[list[Any]]:
        """The entries needed, of a page with nothing wrong."""
        return [sorted(self.used), sorted(self.counted)]

    @classmethod
    def from_json(cls, told: list[list[Any]]) -> Compared:
        """The same again."""
        used, counted = told
        return cls((), frozenset((page, words) for page, words in used), frozenset(counted))


def compared(page: Page, code: Code | None, known: Listing, moves: Callable[[str, str], bool]) -> Compared:
    """Comparing words of a page that stand without a condition.

    moves: whether a parameter moves what a role of this name shows.
    """
    named = [entry for entry in (*known.reasons, *known.stated) if entry[0] == page.name]
    wrong, used, counted = list[BadSource](), set[tuple[str, str]](), set[str]()
    for sentence in (*sentences(page), *(titles(code) if code else ())):
        if not sentence.compares():
            continue
        if not any(name == TITLE or (name in MOVING and moves(name, text)) for name, text in sentence.roles):
            continue
        counted |= {phrase for phrase in known.counted if sentence.counts(phrase)}
        here = {entry for entry in named if sentence.words.startswith(entry[1])}
        used |= here
        if not here and sentence.compares(known.counted):
            error = BadSource(
                f"“{sentence.words[:SHOWN]}…” compares or counts beside a figure that can move",
                where=page.at(sentence.line),
                mend="choose the words with {when}, or say in book/lint.yml why they hold: compares, holds, counts",
            )
            wrong.append(error)
    return Compared(tuple(wrong), frozenset(used), frozenset(counted))


def unneeded(known: Listing, pages: Iterable[Compared]) -> Iterator[BadSource]:
    """Entries of the list that no sentence of any page needs."""
    every = list(pages)
    used, counted = {entry for one in every for entry in one.used}, {word for one in every for word in one.counted}
    where = {**known.reasons, **{entry: line for entry, (_, line) in known.stated.items()}}
    for page_name, begins in sorted({*known.reasons, *known.stated} - used):
        yield BadSource(
            f"No sentence of {page_name} that compares begins with “{begins}”",
            where=f"book/lint.yml:{where[page_name, begins]}",
            mend="take the entry out",
        )
    for phrase in sorted(known.counted.keys() - counted):
        yield BadSource(
            f"No sentence beside a figure that can move counts “{phrase}”",
            where=f"book/lint.yml:{known.counted[phrase]}",
            mend="take it out",
        )
