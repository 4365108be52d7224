"""The sentences of a page and of its charts, and the words in them that compare or count."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shortcase.publish.read.code import Code
from shortcase.publish.read.markdown import MASK
from shortcase.publish.read.pages import Page

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
TITLED = {"chart": "title", "grid": "caption"}
"""What is drawn, with the word under which its code gives its title."""
TITLE = "title"


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


def titles(code: Code) -> Iterator[Sentence]:
    """The titles of a chapter's charts and the captions of its tables."""
    for call in code.calls:
        if call.function in TITLED:
            for word in call.node.keywords:
                if word.arg == TITLED[call.function]:
                    yield Sentence(
                        " ".join(_written(word.value).split()), word.value.lineno, ((TITLE, call.name or ""),)
                    )


def _written(node: ast.expr) -> str:
    """The words of a text in code, with a sign for whatever is computed or chosen.

    >>> _written(ast.parse("f'In {years} years ' + ('more' if dear else 'less')", mode="eval").body)
    'In # years #'
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_written, node.values))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _written(node.left) + _written(node.right)
    return FIGURE
