"""No figure is typed into prose: every digit is bound to a result, a parameter, a fact or the ledger, or named here.

What may hold a digit is listed: the rules below, each for one kind of text, and the names in book/lint.yml, each in
full. There is no pattern that lets through whatever looks like a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shortcase.errors import BadFile, BadSource
from shortcase.places import place
from shortcase.publish.read.markdown import READER_OPTIONS, Piece, pieces
from shortcase.publish.read.pages import Page
from shortcase.records import About, Listed, Words, record
from shortcase.yaml_lines import read

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
YEAR = r"(?:19|20)\d{2}"
RANGE = r"(?:[–-]|\s(?:to|and)\s)"
SECTION = (
    r"(?:[Ss]ections?|[Cc]hapters?|[Tt]ables?|[Ff]igures?|[Ee]quations?|[Aa]ppendix|[Pp]ages?|[Ss]lides?|[Nn]otes?"
    r"|pp?\.|eqs?\.|no\.|vol\.|§)"
)
RULES = {
    "an address": r"https?://\S+",
    "an identifier": r"\b(?:arXiv:\s?\d{4}\.\d{4,5}(?:v\d+)?|(?:doi:\s?)?10\.\d{4,9}/\S+)",
    "an ISO date": rf"\b{YEAR}-\d{{2}}(?:-\d{{2}})?\b",
    "a spelled date": (
        rf"\b(?:\d{{1,2}}(?:{RANGE}\d{{1,2}})?\s+{MONTH}(?:\s+{YEAR})?|{MONTH}\s+\d{{1,2}}(?:,?\s+{YEAR})?"
        rf"|{MONTH}(?:{RANGE}{MONTH})?,?\s+{YEAR})\b"
    ),
    "a quarter or fiscal year": (
        rf"\b(?:[QH][1-4]\s+(?:of\s+)?(?:(?:fiscal|FY)\s?)?{YEAR}|FY\s?{YEAR}"
        rf"|fiscal\s+(?:years?\s+)?{YEAR}(?:{RANGE}{YEAR})?)\b"
    ),
    "a year": (
        r"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|[Tt]hrough|end\sof|early|mid|late"
        rf"|years?|summer|autumn|winter|spring)[\s-]{YEAR}s?(?:{RANGE}{YEAR}s?)?\b(?![.,]\d|[–-]\d|\s*[%$×])"
    ),
    "authors and year": rf"\bet al\.,?\s\(?{YEAR}\)?",
    "a decade": r"\b[Tt]he\s(?:19|20)\d0s\b",
    "a reference to a part of a document": rf"(?<!\w){SECTION}\s?(?:[A-Z]\.?)?\d+(?:\.\d+)*(?:{RANGE}\d+(?:\.\d+)*)?",
}
"""Texts that may hold digits, by what they are."""

SMALL = re.compile(r"\d+(?:[.,]\d+)*")
LARGEST_CONSTANT = 10
"""In mathematics an integer up to this one is a constant of the formula; anything else is a figure."""


@dataclass(frozen=True)
class Allowed:
    """What a text may hold: the rules above, and names."""

    names: Words

    def rest(self, text: str) -> str:
        """The text with everything that is let through blanked out, at its old length.

        >>> Allowed(("H100", "GPT-4")).rest("On 25 January 2025 an H100 ran GPT-4 at 3 tokens")
        'On                 an      ran       at 3 tokens'
        """
        for pattern in (*_name_patterns(self.names), *_PATTERNS):
            text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        return text


_PATTERNS = tuple(re.compile(pattern) for pattern in RULES.values())


@cache
def _name_patterns(names: Words) -> list[re.Pattern[str]]:
    if not names:
        return []
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    spaced = listed.replace(r"\ ", r"[\s\u00a0]")
    return [re.compile(rf"(?<![\w.])(?:{spaced})(?:s|'s|’s)?(?![\w]|\.\d)")]


@dataclass(frozen=True)
class _File:
    """What book/lint.yml holds; the rest of it is read by `comparisons`."""

    names: Words
    counts: Listed = ()  # type: ignore[assignment]
    compares: Listed = ()  # type: ignore[assignment]
    holds: Listed = ()  # type: ignore[assignment]


def allowed(root: Path) -> Allowed:
    """The names of book/lint.yml.

    Errors: BadFile for a field it does not have, a name without a digit, or one that stands twice.
    """
    path = root / "book" / "lint.yml"
    if not path.is_file():
        return Allowed(())
    names = record(_File, read(path), About("the list of names with a digit", path)).names
    for name in names:
        if not re.search(r"\d", name):
            raise BadFile(f"{name!r} holds no digit and needs no permission", where=place(path), mend="take it out")
        if not re.search(r"[^\W\d]", name):
            raise BadFile(f"{name!r} is a figure, not a name", where=place(path), mend="bind it instead")
        if names.count(name) > 1:
            raise BadFile(f"{name!r} stands twice", where=place(path), mend="keep one")
    return Allowed(names)


def typed(text: str, allow: Allowed) -> Iterator[tuple[int, str]]:
    r"""Each digit typed by hand: on which line of the text, from 0, and the words around it.

    >>> list(typed("On 25 January 2025\nit held 57 dies.", Allowed(())))
    [(1, 'held 57 dies.')]
    """
    for offset, (line, whole) in enumerate(zip(allow.rest(text).split("\n"), text.split("\n"), strict=True)):
        last = -1
        for found in re.finditer(r"\S*\d\S*", line):
            if found.start() <= last:
                continue
            before = re.search(r"\S*\s*$", whole[: found.start()])
            after = re.match(r"\s*\S*", whole[found.end() :])
            excerpt = (before[0] if before else "") + whole[found.start() : found.end()] + (after[0] if after else "")
            last = found.end() + len(after[0] if after else "")
            yield offset, excerpt.strip()


def lint(page: Page, allow: Allowed) -> Iterator[BadSource]:
    """The digits typed into a page's prose."""
    for piece in page.pieces:
        for offset, excerpt in _of(piece, allow):
            yield by_hand(excerpt, page.at(piece.line + offset))


def by_hand(excerpt: str, where: str) -> BadSource:
    """The refusal of a digit."""
    return BadSource(
        f"“{excerpt}” is typed by hand",
        where=where,
        mend="bind it with {num}, {par}, {stated} or {fact}; a name with a digit belongs in book/lint.yml, "
        "a year stands after a word such as in, since, by or until",
    )


def _of(piece: Piece, allow: Allowed) -> Iterator[tuple[int, str]]:
    if piece.kind in ("prose", "alt") or (piece.kind == "option" and piece.name in READER_OPTIONS):
        yield from typed(piece.text, allow)
    elif piece.kind == "role" and piece.name == "when":
        for wording in piece.text.split("|")[1:]:
            for inner in pieces(wording.strip()):
                yield from _of(inner, allow)
    elif piece.kind == "math":
        yield from _math(piece.text, allow)


def _math(formula: str, allow: Allowed) -> Iterator[tuple[int, str]]:
    for offset, line in enumerate(allow.rest(formula).split("\n")):
        for found in SMALL.finditer(line):
            if not found[0].isdigit() or int(found[0]) > LARGEST_CONSTANT:
                yield offset, found[0]
