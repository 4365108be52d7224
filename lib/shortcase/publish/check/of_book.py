"""What is wrong with the book as a whole: what its pages, its chapters and its lists say of each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shortcase.case import claims, expected_verdicts, forecasts, parameters
from shortcase.case.tally import COUNTS
from shortcase.errors import BadFile, BadSource, LookAhead, MissingFact, ShortcaseError
from shortcase.facts import later, schemas
from shortcase.places import place
from shortcase.publish.check import citations, configuration, ledger, valuation_inputs
from shortcase.publish.check.of_page import ahead
from shortcase.publish.check.provenance import known_on
from shortcase.publish.check.rules import ruled
from shortcase.publish.read import roles
from shortcase.publish.read.roles import Use

if TYPE_CHECKING:
    from shortcase.publish.check.book import Book

LANDING = "index"
"""The page that may show nothing that became public after the as-of date."""


def of_lists(book: Book) -> Iterator[ShortcaseError]:
    """What is wrong in the book's lists, and between them and the code of its chapters, whatever its words are."""
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


def of_words(book: Book, as_of: dt.date) -> Iterator[ShortcaseError]:
    """What is wrong between the words of the pages and all that they show."""
    yield from ruled("citations", citations.problems(book.root, book.pages))
    for problem in _shown(book, as_of):
        yield from ruled("look-ahead" if isinstance(problem, LookAhead) else "roles", [problem])
    yield from ruled("unused", _unused(book))


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
            yield ahead(what, use.page.at(use.line), "show it in the chapter instead")
        elif use.page.name == LANDING and use.kind in ("num", "operand") and (frozen := _frozen(book, use.name)):
            what = f"The landing page shows {use.name}, made on {frozen}, a page that looks ahead"
            yield ahead(what, use.page.at(use.line), "show it there, and link to the page")
        elif use.kind == "fact" and (what := _after_its_day(book, use)):
            yield ahead(what, use.page.at(use.line), "show what was known by then")


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
    yield from unread_tables(book)
    read_by = {name for code in book.codes.values() for name in code.parameters_read}
    for name, parameter in parameters.registry().items():
        if name not in read_by and not {("par", name), ("essay", name), ("operand", name)} & shown:
            mend = "read it in a chapter's parameters cell, or take it out"
            where = f"book/parameters.yml:{parameter.line}"
            yield BadSource(f"The parameter {name} is used nowhere", where=where, mend=mend)


def unread_tables(book: Book) -> Iterator[ShortcaseError]:
    """Tables of the book's own that no chapter reads and no page shows."""
    if not schemas.TABLES.is_relative_to(book.root.resolve()):
        return  # a book elsewhere, which takes of the tables what it needs
    read = {name for code in book.codes.values() for name in code.tables_read}
    shown = {use.name.partition("/")[0] for use in book.uses if use.kind == "fact"}
    for name in schemas.names():
        if name not in read | shown:
            mend = "read it in a chapter, or take the table out"
            yield BadSource(f"The table {name} is read nowhere", where=place(schemas.schema(name).csv), mend=mend)
