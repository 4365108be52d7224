"""Words that compare, beside a figure that can move: what makes them true is stated, or they are refused.

"The chief cost", "only 21 %", "doubles", "for a year", "three of the five": such words are true at the book's values
and may be false at a reader's. So where one stands beside a figure which some parameter moves it is chosen, by
`{when}`; or its sentence has an entry in book/lint.yml: under `compares` with the reason why it holds at any value, or
under `holds` with a condition on recorded numbers, which a test tries at the ends and inside of every range. A number
written as a word that is no result, such as the eight cards of a node, is named there with what is counted, under
`counts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shortcase.errors import BadFile, BadSource
from shortcase.places import place
from shortcase.publish.read import conditions
from shortcase.publish.read.markdown import MASK
from shortcase.publish.read.pages import Page
from shortcase.records import About, Listed, Names, Text, Words, record
from shortcase.yaml_lines import read

COMPARING = re.compile(
    r"\b(?:more|less|most|mostly|least|fewer|fewest|only|chief|chiefly|best|worst|better|worse|larger|largest|smaller"
    r"|smallest|higher|highest|lower|lowest|cheaper|cheapest|dearer|dearest|faster|fastest|slower|slowest|longer"
    r"|longest|shorter|shortest|nearer|nearest|farther|further|above|below|beyond|exceeds?|doubles?|halves|halved"
    r"|doubled|twice|half|hardly|barely|outweighs?|outgrows?)\b",
    re.IGNORECASE,
)
COUNTING = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen|none|neither|both"
    r"|thirds?|quarters? of|fifths?|tenths?|hundredth)\b"
    r"|(?<!# )\ba (?:day|week|month|year|decade|century)\b",
    re.IGNORECASE,
)
"""A count written as a word, or a span of time; behind a figure "a year" is a rate."""
IDIOMS = re.compile(
    r"half-li(?:fe|ves)|\bat least one\b|\bone at least\b|\b(?:one|two|three) or more\b|\bno longer\b|\bfor most\b"
    r"|\b(?:one|the) half of\b|\bhalf of the way\b|\bor more\b",
    re.IGNORECASE,
)
"""Turns of phrase in which such a word compares nothing."""
END = re.compile(r"(?<=[.;:?!])\s+(?=[A-Z“\"])")
FIGURE = "#"
"""Stands for a figure in the words of a sentence."""
SHOWN = 48
MOVING = ("num", "par")
"""Roles whose figures a reader's values can move."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a page: its words, a sign for each figure; its line; the roles in it, as (name, text)."""

    words: str
    line: int
    roles: tuple[tuple[str, str], ...]

    def compares(self, counted: Iterable[str] = ()) -> bool:
        """Whether it holds a comparing word outside of a turn of phrase, or a count that is not among those named.

        >>> Sentence("It lasts for # in two quarters", 1, ()).compares()
        True
        >>> Sentence("It lasts for # in two quarters", 1, ()).compares(["two quarters"])
        False
        """
        rest = IDIOMS.sub(" ", self.words)
        for phrase in counted:
            rest = re.sub(rf"\b{re.escape(phrase)}\b", " ", rest, flags=re.IGNORECASE)
        return bool(COMPARING.search(rest) or COUNTING.search(rest))

    def counts(self, phrase: str) -> bool:
        """Whether it holds a count with what is counted, in these words."""
        return bool(re.search(rf"\b{re.escape(phrase)}\b", self.words, re.IGNORECASE))


def sentences(page: Page) -> Iterator[Sentence]:
    """The sentences of a page's prose that hold a role."""
    waiting: list[tuple[str, str]] = []
    for piece in page.pieces:
        if piece.kind in ("role", "math"):
            waiting.append((piece.name or piece.kind, piece.text.strip()))
        elif piece.kind == "prose":
            # A displayed formula stands before the prose and not in it, so the last of them are the ones within.
            within = piece.text.count(MASK)
            roles, waiting = iter(waiting[-within:] if within else []), []
            line = piece.line
            for part in re.split(f"({END.pattern})", piece.text):
                found = tuple(role for _ in range(part.count(MASK)) if (role := next(roles, None)))
                if found:
                    yield Sentence(" ".join(_said(part, found).split()), line + _leading(part), found)
                line += part.count("\n")


def _leading(part: str) -> int:
    return part[: len(part) - len(part.lstrip())].count("\n")


def _said(part: str, roles: tuple[tuple[str, str], ...]) -> str:
    """The words with a sign for each figure, and nothing for badges and references."""
    signs = iter("" if name in ("claim", "cite") else FIGURE for name, _ in roles)
    return re.sub(MASK, lambda _: next(signs, FIGURE), part)


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


def problems(root: Path, pages: tuple[Page, ...], moves: Callable[[str, str], bool]) -> Iterator[BadSource]:
    """Comparing words without a condition, and entries of the list that no sentence needs.

    moves: whether a parameter moves what a role of this name shows.
    """
    known = listing(root)
    named, used, counted = {*known.reasons, *known.stated}, set[tuple[str, str]](), set[str]()
    for page in pages:
        for sentence in sentences(page):
            if not sentence.compares() or not any(
                name in MOVING and moves(name, text) for name, text in sentence.roles
            ):
                continue
            counted |= {phrase for phrase in known.counted if sentence.counts(phrase)}
            here = {entry for entry in named if entry[0] == page.name and sentence.words.startswith(entry[1])}
            used |= here
            if not here and sentence.compares(known.counted):
                yield BadSource(
                    f"“{sentence.words[:SHOWN]}…” compares or counts beside a figure that can move",
                    where=page.at(sentence.line),
                    mend="choose the words with {when}, or say in book/lint.yml why they hold: compares, holds, counts",
                )
    where = {**known.reasons, **{entry: line for entry, (_, line) in known.stated.items()}}
    for page_name, begins in sorted(named - used):
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
