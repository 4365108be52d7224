"""The roles on the book's pages: which figures they show, and whether each of them exists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain

from shortcase.case.claims import Claim
from shortcase.case.parameters import Parameter
from shortcase.errors import ADD, BadSource, MissingFact, ShortcaseError, nearest
from shortcase.facts import later
from shortcase.publish.read import conditions
from shortcase.publish.read.markdown import Piece, pieces
from shortcase.publish.read.pages import Page

BOUND = ("num", "par", "stated", "fact", "claim", "when", "essayval")
LITERAL = re.compile(r"\{(" + "|".join(BOUND) + r")\}")
"""A role as it stands in the source where Markdown has not read it as one."""
PLACES = {
    "alt": ("An image's alternative text drops roles", "say the figure in the caption"),
    "option": ("A directive's option shows a role as it is typed", "say the figure in the body"),
    "math": ("Mathematics shows a role as it is typed", "say the figure in the sentence"),
    "front_matter": ("Front matter shows a role as it is typed", "say the figure in the text"),
    "trap": ("A directive fenced with backticks may hold none in its first line", "fence it with ::: instead"),
    "prose": ("A role without its key", "write {num}`key`, with nothing between"),
}

KINDS = {
    "num": "number", "par": "parameter", "essay": "parameter", "claim": "claim", "stated": "claim",
    "operand": "number or parameter",
}  # fmt: skip


@dataclass(frozen=True)
class Use:
    """One thing that a page shows: a number, parameter, claim or fact, on a line."""

    kind: str
    name: str
    page: Page
    line: int


def uses(page: Page) -> Iterator[Use]:
    """Every figure that a page's roles show."""
    for piece in page.pieces:
        for kind, name, line in _named(piece):
            yield Use(kind, name, page, line)


def citations(page: Page) -> Iterator[tuple[str, int]]:
    """Every work that a page cites by `{cite}` or a kin of it, by its key, with the line."""
    for piece in page.pieces:
        if piece.kind == "role" and piece.name.partition(":")[0] == "cite":
            yield from ((key.strip(), piece.line) for key in piece.text.split(","))


def _named(piece: Piece) -> Iterator[tuple[str, str, int]]:
    if piece.kind != "role" or piece.name not in BOUND:
        return
    if piece.name != "when":
        yield {"essayval": "essay"}.get(piece.name, piece.name), piece.text.strip(), piece.line
        return
    with suppress(BadSource):  # told by `misplaced`
        condition, *wordings = conditions.parse(piece.text)
        yield from (("operand", name, piece.line) for name in conditions.names(condition))
        for wording in wordings:
            for inner in pieces(wording, piece.line):
                yield from _named(inner)


def misplaced(page: Page) -> Iterator[ShortcaseError]:
    """Roles where Markdown does not read them, and conditions that cannot be read."""
    for piece in page.pieces:
        where = page.at(piece.line)
        if piece.kind in PLACES and LITERAL.search(piece.text):
            what, mend = PLACES[piece.kind]
            yield BadSource(what, where=where, mend=mend)
        elif piece.kind == "role" and piece.name == "when":
            yield from _condition(piece.text, where)


def _condition(text: str, where: str) -> Iterator[ShortcaseError]:
    """What is wrong with a choice of words; every key counts as one here, unknown ones are told elsewhere."""
    try:
        condition, *_ = conditions.parse(text)
        for other in (0.0, "", True):  # the keys' types are not known yet; one of these fits what it is compared with
            values = dict.fromkeys(conditions.names(condition), other)
            try:
                conditions.holds(condition, values)
            except BadSource as error:
                told = error
            else:
                return
        yield BadSource(told.what, where=where, mend=told.mend)
    except BadSource as error:
        yield BadSource(error.what, where=where, mend=error.mend)


def unknown(
    use: Use, numbers: Set[str], known: Mapping[str, Parameter], ledger: Mapping[str, Claim]
) -> ShortcaseError | None:
    """What is wrong with one use, if anything."""
    where = use.page.at(use.line)
    if use.kind == "fact":
        return _fact(use.name, where)
    names: Sequence[Collection[str]] = {
        "num": (numbers,), "par": (known,), "essay": (known,), "claim": (ledger,), "stated": (ledger,),
        "operand": (numbers, known),
    }[use.kind]  # fmt: skip
    if not any(use.name in some for some in names):
        what, near = KINDS[use.kind], {*chain.from_iterable(names)}
        return BadSource(f"There is no {what} {use.name!r}", where=where, mend=nearest(use.name, near, new=ADD[what]))
    if use.kind == "stated" and not ledger[use.name].stated:
        return BadSource(f"The ledger gives no figure for {use.name}", where=where, mend="show its badge with {claim}")
    if use.kind == "essay" and known[use.name].essay is None:
        return BadSource(f"The essay states no {use.name}", where=where, mend="show the parameter with {par}")
    return None


def _fact(name: str, where: str) -> ShortcaseError | None:
    parts = name.split("/")
    if len(parts) != 3:
        return BadSource(f"{name!r} names no fact", where=where, mend="write {fact}`table/row/column`")
    try:
        getattr(later(parts[0]).row(parts[1]), parts[2])
    except MissingFact as error:
        return BadSource(error.what, where=where, mend=error.mend)
    return None
