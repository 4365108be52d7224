"""Everything that can be known to be wrong before a kernel starts, found in one pass and told at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shortcase.case import claims, expected_verdicts, forecasts, parameters
from shortcase.case.tally import COUNTS
from shortcase.errors import BadFile, BadSource, LookAhead, MissingFact, ShortcaseError
from shortcase.facts import later, schemas
from shortcase.places import place
from shortcase.publish.check import (
    cell_arithmetic,
    cell_length,
    cells,
    citations,
    comparisons,
    configuration,
    facts_read,
    ledger,
    stray_dollars,
    valuation_inputs,
)
from shortcase.publish.check.problems import refuse
from shortcase.publish.check.provenance import known_on
from shortcase.publish.check.rules import ruled
from shortcase.publish.check.typed_figures import allowed, lint
from shortcase.publish.read import roles
from shortcase.publish.read.code import Code, parse
from shortcase.publish.read.dependencies import Dependencies, slices
from shortcase.publish.read.pages import FRONT, Page, pages
from shortcase.publish.read.roles import Use, uses

LANDING = "index"
"""The page that may show nothing that became public after the as-of date."""


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

    def dependencies(self, kind: str, name: str) -> Dependencies:
        """What a number or a claim rests on, in whichever chapter it is computed."""
        return next((found[kind, name] for found in self.slices.values() if (kind, name) in found), frozenset())


def read(root: Path, only: str | None = None) -> Book:
    """The book, or one chapter of it, parsed.

    Errors: BadSource where a chapter cannot be read or is not Python, all of them at once.
    """
    found = tuple(page for page in pages(root) if only is None or page.name == only)
    codes, broken = {}, []
    for page in found:
        if page.is_chapter:
            try:
                codes[page.name] = parse(page)
            except BadSource as error:
                broken.append(error)
    refuse(ruled("python", broken))
    shown = tuple(use for page in found for use in uses(page))
    return Book(root, found, codes, {name: slices(code) for name, code in codes.items()}, shown)


def check(root: Path, as_of: str, only: str | None = None) -> Book:
    """The book, once nothing in it breaks a rule.

    With `only`, one chapter's code is checked and nothing else.

    Errors: BadSource, LookAhead, or Refused with all of them.
    """
    book = read(root, only)
    refuse(sorted(problems(book, dt.date.fromisoformat(as_of), whole=only is None), key=_place))
    return book


def _place(error: ShortcaseError) -> tuple[str, int]:
    file, _, line = (error.where or "").rpartition(":")
    return file, int(line) if line.isdigit() else 0


def problems(book: Book, as_of: dt.date, *, whole: bool = True) -> Iterator[ShortcaseError]:
    """Everything wrong in the book's texts."""
    allow = allowed(book.root)
    for code in book.codes.values():
        yield from ruled("cells", cells.problems(code, allow))
        yield from ruled("arithmetic", cell_arithmetic.problems(code))
        yield from ruled("cell-length", cell_length.problems(code))
        yield from ruled("facts-read", facts_read.problems(code, as_of))
        yield from ruled("look-ahead", _looks_ahead(book, code, as_of))
    if not whole:
        return
    if any(code.cases for code in book.codes.values()):
        yield from ruled("valuation-inputs", valuation_inputs.problems(parameters.registry()))
    pages = {f"{page.path.parent.name}/{page.name}": page for page in book.pages}
    yield from ruled("configuration", configuration.problems(book.root, pages))
    judged = {name for code in book.codes.values() for name in code.named("claim")}
    path = book.root / "book" / "claims.csv"
    yield from ruled("ledger", ledger.problems(claims.ledger(), judged, path, set(book.codes)))
    if expected_verdicts.path().is_file():
        expected = expected_verdicts.read(expected_verdicts.path())
        wrong = ledger.unexpected(expected, judged, expected_verdicts.path())
        yield from ruled("expected-verdicts", wrong)
    yield from ruled("forecasts", _forecasts(book))
    yield from ruled("made-twice", _doubled(book))
    yield from ruled("citations", citations.problems(book.root, book.pages))
    for page in book.pages:
        yield from ruled("kernel", _without_kernel(page))
        yield from ruled("roles", roles.misplaced(page))
        yield from ruled("typed-figures", lint(page, allow))
        yield from ruled("dollars", stray_dollars.problems(page))
    compared = comparisons.problems(
        book.root, book.pages, book.codes.values(), lambda kind, name: _moves(book, kind, name)
    )
    yield from ruled("comparisons", compared)
    for problem in _shown(book, as_of):
        yield from ruled("look-ahead" if isinstance(problem, LookAhead) else "roles", [problem])
    yield from ruled("unused", _unused(book))


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
            yield _ahead(what, code.page.at(line), mend)


def _forecasts(book: Book) -> Iterator[ShortcaseError]:
    """What is wrong with the book's own forecasts, as of the last day to which a page looks."""
    frozen = [code.frozen[0] for code in book.codes.values() if code.frozen is not None]
    if not forecasts.path().is_file():
        return  # a book that gives no odds
    try:
        day = max(map(dt.date.fromisoformat, frozen))
        resolutions = {row.id: (row.due, row.resolved) for row in later("forecast_resolutions", day)}
        yield from forecasts.problems(day, resolutions)
    except ValueError:
        return  # no page looks ahead, or the day is none, which the check of the cells tells
    except (BadFile, MissingFact) as error:
        yield error


def _ahead(what: str, where: str, mend: str) -> LookAhead:
    error = LookAhead(what, where=where, mend=mend)
    error.exit_code = BadSource.exit_code  # told before anything ran: the text is wrong, no chapter failed
    return error


def _doubled(book: Book) -> Iterator[ShortcaseError]:
    for function, kind in (("number", "number"), ("claim", "claim"), ("chart", "chart"), ("grid", "chart")):
        first = dict.fromkeys(COUNTS, "the ledger's own tally") if function == "number" else {}
        for code in book.codes.values():
            for name, line in code.named(function).items():
                where = code.page.at(line)
                if name in first:
                    what = f"The {kind} {name!r} is made in two places"
                    yield BadSource(what, where=where, mend=f"the first is in {first[name]}; keep or rename one")
                first.setdefault(name, where)


def _shown(book: Book, as_of: dt.date) -> Iterator[ShortcaseError]:
    numbers = {name for code in book.codes.values() for name in code.named("number")} | set(COUNTS)
    registry, ledger = parameters.registry(), claims.ledger()
    for use in book.uses:
        wrong = roles.unknown(use, numbers, registry, ledger)
        if wrong is not None:
            yield wrong
        elif use.page.name == LANDING and (day := _day(book, use, as_of)) is not None:
            what = f"The landing page shows {use.name}, known since {day}, after the as-of date {as_of}"
            yield _ahead(what, use.page.at(use.line), "show it in the chapter instead")
        elif use.page.name == LANDING and use.kind in ("num", "operand") and (frozen := _frozen(book, use.name)):
            what = f"The landing page shows {use.name}, made on {frozen}, a page that looks ahead"
            yield _ahead(what, use.page.at(use.line), "show it there, and link to the page")
        elif use.kind == "fact" and (what := _after_its_day(book, use)):
            yield _ahead(what, use.page.at(use.line), "show what was known by then")


def _frozen(book: Book, key: str) -> str:
    """The frozen page that makes a number, if one does: what is made there may rest on later days unsaid."""
    return next((name for name, code in book.codes.items() if code.frozen and key in code.named("number")), "")


def _day(book: Book, use: Use, as_of: dt.date) -> dt.date | None:
    """Since when what a role shows has been known, where that is after the as-of date."""
    if use.kind in ("num", "operand"):
        return known_on(book.dependencies("number", use.name), as_of)
    if use.kind == "fact":
        name, row, _ = use.name.split("/")
        public = later(name).row(row).public_on
        return public if public > as_of else None
    return None


def _after_its_day(book: Book, use: Use) -> str:
    """What is wrong where a frozen page shows a fact from after its day; else nothing."""
    code = book.codes.get(use.page.name)
    name, row, _ = use.name.split("/")
    public = later(name).row(row).public_on.isoformat()
    if code is None or code.frozen is None or public <= code.frozen[0]:
        return ""
    return f"The page is frozen at {code.frozen[0]} and shows {use.name}, public on {public}"


def _unused(book: Book) -> Iterator[ShortcaseError]:
    shown = {(use.kind, use.name) for use in book.uses}
    for code in book.codes.values():
        for key, line in code.named("number").items():
            if key not in code.handed_on and not {("num", key), ("operand", key)} & shown:
                mend = "show it with {num}, or call the formula without number()"
                yield BadSource(f"The number {key!r} is shown nowhere", where=code.page.at(line), mend=mend)
    yield from _unread_tables(book)
    read_by = {name for code in book.codes.values() for name in code.parameters_read}
    for name, parameter in parameters.registry().items():
        if name not in read_by and not {("par", name), ("essay", name), ("operand", name)} & shown:
            mend = "read it in a chapter's parameters cell, or take it out"
            where = f"book/parameters.yml:{parameter.line}"
            yield BadSource(f"The parameter {name} is used nowhere", where=where, mend=mend)


def _unread_tables(book: Book) -> Iterator[ShortcaseError]:
    """Tables of the book's own that no chapter reads and no page shows."""
    if not schemas.TABLES.is_relative_to(book.root.resolve()):
        return  # a book elsewhere, which takes of the tables what it needs
    read = {name for code in book.codes.values() for name in code.tables_read}
    shown = {use.name.partition("/")[0] for use in book.uses if use.kind == "fact"}
    for name in schemas.names():
        if name not in read | shown:
            mend = "read it in a chapter, or take the table out"
            yield BadSource(f"The table {name} is read nowhere", where=place(schemas.schema(name).csv), mend=mend)
