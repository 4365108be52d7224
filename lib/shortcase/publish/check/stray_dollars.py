"""Dollars that would be set as mathematics: `US$ per chip, not in HK$` holds a formula, as Markdown sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortcase.errors import BadSource
from shortcase.publish.read.markdown import INLINE, Piece
from shortcase.publish.read.pages import Page

NAMED = re.compile(r"\\(?:text|mathrm|operatorname|mathit)\s*\{[^}]*\}|\\[A-Za-z]+")
"""What a formula may say in words, and its commands."""
WORDS = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}[,;.]?\s+[A-Za-z]{2,}(?![A-Za-z])")


def problems(page: Page) -> Iterator[BadSource]:
    """The formulas in a page's sentences that are no formulas."""
    for piece in page.pieces:
        if reads_as_prose(piece):
            what = f"“${piece.text}$” would be set as mathematics"
            mend = "write \\$ for a dollar, or bind the amount; words in a formula stand in \\text{…}"
            yield BadSource(what, where=page.at(piece.line), mend=mend)


def reads_as_prose(piece: Piece) -> bool:
    r"""Whether a formula in a sentence is words between two dollars: no author sets a space beside the sign.

    >>> reads_as_prose(Piece("math", " per chip, not in HK", 1, INLINE))
    True
    >>> [reads_as_prose(Piece("math", text, 1, INLINE)) for text in (r"\frac{P}{u}", r"f = \text{best size}", "x y")]
    [False, False, False]
    """
    if piece.kind != "math" or piece.name != INLINE:
        return False
    return piece.text != piece.text.strip() or bool(WORDS.search(NAMED.sub(" ", piece.text)))
