"""What is wrong with one page: with its code, if it is a chapter, and with what it says and shows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shortcase.errors import BadSource, LookAhead, MissingFact, ShortcaseError
from shortcase.publish.check import cell_arithmetic, cell_length, cells, comparisons, facts_read, stray_dollars
from shortcase.publish.check.comparisons import Compared, Listing
from shortcase.publish.check.provenance import known_on
from shortcase.publish.check.rules import ruled
from shortcase.publish.check.typed_figures import Allowed, lint
from shortcase.publish.read import roles
from shortcase.publish.read.code import Code
from shortcase.publish.read.pages import FRONT, Page

if TYPE_CHECKING:
    from shortcase.publish.check.book import Book


def of_code(book: Book, code: Code, as_of: dt.date, allow: Allowed) -> Iterator[ShortcaseError]:
    """What is wrong with the code of a chapter."""
    yield from ruled("cells", cells.problems(code, allow))
    yield from ruled("arithmetic", cell_arithmetic.problems(code))
    yield from ruled("cell-length", cell_length.problems(code))
    yield from ruled("facts-read", facts_read.problems(code, as_of))
    yield from ruled("look-ahead", _looks_ahead(book, code, as_of))


def of_text(page: Page, allow: Allowed) -> Iterator[ShortcaseError]:
    """What is wrong with the words of a page, whatever the book holds beside them."""
    yield from ruled("kernel", _without_kernel(page))
    yield from ruled("roles", roles.misplaced(page))
    yield from ruled("typed-figures", lint(page, allow))
    yield from ruled("dollars", stray_dollars.problems(page))


def compared(book: Book, page: Page, listing: Listing) -> Compared:
    """Comparing words beside a figure that can move."""
    return comparisons.compared(page, book.codes.get(page.name), listing, lambda kind, name: _moves(book, kind, name))


def _moves(book: Book, kind: str, name: str) -> bool:
    """Whether a parameter moves what a role shows; the day of the book is a date and no figure."""
    if kind == "par":
        return name != "as_of"
    return any(d.kind == "parameter" and d.name != "as_of" for d in book.dependencies("number", name))


def _without_kernel(page: Page) -> Iterator[ShortcaseError]:
    found = None if page.is_chapter else re.search(r"^`{3,}\{code-cell\}", page.text, re.MULTILINE)
    if found:
        where = page.at(page.text.count("\n", 0, found.start()) + 1)
        yield BadSource(
            "The page has code but names no kernel", where=where, mend=f"begin the page with these lines:\n{FRONT}"
        )


def _looks_ahead(book: Book, code: Code, as_of: dt.date) -> Iterator[ShortcaseError]:
    for claim_id, line in code.named("claim").items():
        try:
            day = known_on(book.slices[code.page.name].get(("claim", claim_id), frozenset()), as_of)
        except MissingFact:
            continue  # the unknown table is told by the check of the calls
        if day is not None:
            mend = "judge it with what was public then, and show what came later as a number"
            what = f"The claim {claim_id} rests on facts that became public on {day}, after the as-of date {as_of}"
            yield ahead(what, code.page.at(line), mend)


def ahead(what: str, where: str, mend: str) -> LookAhead:
    """A look-ahead that the text shows before anything has run."""
    error = LookAhead(what, where=where, mend=mend)
    error.exit_code = BadSource.exit_code  # told before anything ran: the text is wrong, no chapter failed
    return error
