"""Everything that can be known to be wrong before a kernel starts, found in one pass and told at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shortcase.errors import BadSource, ShortcaseError
from shortcase.publish.check import comparisons
from shortcase.publish.check.comparisons import Compared
from shortcase.publish.check.known import Known, as_one
from shortcase.publish.check.of_book import of_lists, of_words
from shortcase.publish.check.of_page import compared, of_code, of_text
from shortcase.publish.check.problems import refuse
from shortcase.publish.check.rules import ruled
from shortcase.publish.check.typed_figures import allowed
from shortcase.publish.read.code import Code, parse
from shortcase.publish.read.dependencies import Dependencies, slices
from shortcase.publish.read.pages import Page, pages
from shortcase.publish.read.roles import Use, uses

LISTS = "-lists"
"""The name under which it is kept that nothing is wrong with the lists of the book."""


@dataclass(frozen=True)
class Book:
    """The checked book: its pages, its chapters' code, and what each page shows."""

    root: Path
    pages: tuple[Page, ...]
    codes: Mapping[str, Code]
    slices: Mapping[str, Mapping[tuple[str, str], Dependencies]]
    uses: tuple[Use, ...]

    @property
    def chapters(self) -> tuple[Page, ...]:
        """The pages that are notebooks."""
        return tuple(page for page in self.pages if page.is_chapter)

    @cached_property
    def shown_on(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The pages that show each thing, by its kind and name: once for each role that does."""
        found: dict[tuple[str, str], list[str]] = {}
        for use in self.uses:
            found.setdefault((use.kind, use.name), []).append(use.page.name)
        return {what: tuple(pages) for what, pages in found.items()}

    def dependencies(self, kind: str, name: str) -> Dependencies:
        """What a number or a claim rests on, in whichever chapter it is computed."""
        return next((found[kind, name] for found in self.slices.values() if (kind, name) in found), frozenset())


@dataclass(frozen=True)
class Reading:
    """One page as it reads: its code and what that rests on, if it is a chapter, and what it shows."""

    page: Page
    code: Code | None
    slices: Mapping[tuple[str, str], Dependencies]
    uses: tuple[Use, ...]


def read(root: Path, only: str | None = None, known: Known | None = None) -> Book:
    """The book, or one chapter of it, parsed.

    known: what earlier checks have found out, so that a page is parsed once and not each time.

    Errors: BadSource where a chapter cannot be read or is not Python, all of them at once.
    """
    found, broken = list[Reading](), list[BadSource]()
    for page in pages(root):
        if only is None or page.name == only:
            try:
                found.append(_read(page, known))
            except BadSource as error:
                broken.append(error)
    refuse(ruled("python", broken))
    return Book(
        root,
        tuple(one.page for one in found),
        {one.page.name: one.code for one in found if one.code is not None},
        {one.page.name: one.slices for one in found if one.code is not None},
        tuple(use for one in found for use in one.uses),
    )


def _read(page: Page, known: Known | None) -> Reading:
    if known is not None and isinstance(before := known.reading(page), Reading):
        return before
    code = parse(page) if page.is_chapter else None
    found = Reading(page, code, slices(code) if code else {}, tuple(uses(page)))
    if known is not None:
        known.keep_reading(page, found)
    return found


def check(root: Path, as_of: str, only: str | None = None, *, fresh: bool = False) -> Book:
    """The book, once nothing in it breaks a rule.

    With `only`, one chapter's code is checked and nothing else.

    fresh: nothing that an earlier check has found out is used.

    Errors: BadSource, LookAhead, or Refused with all of them.
    """
    known = None if fresh else Known.of(root)
    book = read(root, only, known)
    hold(book, as_of, known, whole=only is None)
    return book


def hold(book: Book, as_of: str, known: Known | None = None, *, whole: bool = True) -> None:
    """Refuse a book that breaks a rule.

    Errors: BadSource, LookAhead, or Refused with all of them.
    """
    refuse(sorted(problems(book, dt.date.fromisoformat(as_of), whole=whole, known=known), key=_place))


def _place(error: ShortcaseError) -> tuple[str, int]:
    file, _, line = (error.where or "").rpartition(":")
    return file, int(line) if line.isdigit() else 0


def problems(
    book: Book, as_of: dt.date, *, whole: bool = True, known: Known | None = None
) -> Iterator[ShortcaseError]:  # fmt: skip
    """Everything wrong in the book's texts."""
    allow = allowed(book.root)
    if not whole:
        for code in book.codes.values():
            yield from of_code(book, code, as_of, allow)
        return
    listing = comparisons.listing(book.root)
    needed = list[Compared]()
    written = as_one(cell.source for page in book.chapters for cell in page.code)
    beside = [as_of.isoformat(), *(page.shown for page in book.pages), written]
    for page in book.pages:
        rests_on = [page.name, page.text, *beside]
        told = None if known is None else known.good(page.name, rests_on)
        if told is not None:
            needed.append(Compared.from_json(told))
            continue
        wrong = [*of_code(book, book.codes[page.name], as_of, allow)] if page.is_chapter else []
        words = compared(book, page, listing)
        wrong += [*of_text(page, allow), *ruled("comparisons", words.wrong)]
        if known is not None and not wrong:
            known.keep_good(page.name, rests_on, words.to_json())
        needed.append(words)
        yield from wrong
    yield from ruled("comparisons", comparisons.unneeded(listing, needed))
    if known is None or known.good(LISTS, beside) is None:
        wrong = [*of_lists(book)]
        if known is not None and not wrong:
            known.keep_good(LISTS, beside, {})
        yield from wrong
    yield from of_words(book, as_of)
