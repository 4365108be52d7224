"""Every parser of what a person has written, fed with one text: it takes it, or says what is wrong, where, and how."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import small_book

from shortcase.case import claims, parameters, scenarios
from shortcase.case.thesis import correlations
from shortcase.errors import ShortcaseError
from shortcase.facts import lookup, schemas
from shortcase.publish.check import book as books
from shortcase.publish.check.problems import Refused

LONGEST_S = 5.0
"""Seconds of processor that one input may take."""
DESCRIPTION = """\
title: Sales
licence: Made for a test
review_by: 2030-01-01
columns:
  sales_usd: {unit: USD, about: Sales}
  ended: {unit: date, about: Last day}
"""
ROWS = """\
id,sales_usd,ended,source,where,public_on,confidence,note
a,1.5,2024-12-31,A report,p. 3,2025-01-02,verified-in-source,
b,2e9,,"A, quoted",p. 4,2025-01-03,computed,note
"""
PAIRS = """\
pairs:
  - {between: [defects, discount_rate], correlation: 0.3, reason: Made for a test}
"""
NASTY = (
    "1_000", "３", "\u00a0", "\u2028", "1e999", "-1e999", ".nan", ".inf", "nan", "0x1F", "010", "1:30", "9" * 5000,
    "2025-02-30", "20250331", "0001-01-01", "9999-12-31", "2025-W13-1",
    "!!int", "!!float x", "!!binary x", "!!set", "!!python/name:os.system", "&a", "*a", "<<: ", "? ", "~",
    "null", "yes",
    "[" * 40, "{a: " * 40, "- " * 40, "((" * 200, "-" * 3000, "'" * 3, '"', '""', ",", ",,,,",
    "\t", "\r", "\x00", "\x1b", "\ufeff", "\n\n", "x" * 140_000, "é", "𝟙",
    "```", "```{code-cell} ipython3\n", "---\n", "{num}`", "$$", ":tags: [parameters]\n", 'value("', "number(",
    "lambda: ",
    "\\", "%s", "{0}", "../", "--set", "=", "==", ": ", "#", "|\n", ">\n", "_", "class", "True", "None",
)  # fmt: skip
"""What has broken parsers before, here and elsewhere."""


class TooSlow(Exception):
    """One input has taken too long."""


@dataclass(frozen=True)
class Parser:
    """A parser, and valid texts from which bad ones are made."""

    seeds: tuple[str, ...]
    feed: Callable[[str], Any]


def parsers(root: Path) -> dict[str, Parser]:
    """The parsers, over a small book in a folder whose files they read again for each text."""
    book = small_book.make(root)
    tables = root / "tables"
    tables.mkdir()
    for source in schemas.schema("accelerators").sources:  # which the chapters of the small book read
        shutil.copy(source, tables)
    schemas.TABLES = tables

    def file(name: str, read: Callable[[Path], Any]) -> Callable[[str], Any]:
        path = root / name

        def feed(text: str) -> Any:
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
            return read(path)

        return feed

    def description(path: Path) -> Any:
        return schemas._schema.__wrapped__(path, 0)

    def rows(path: Path) -> Any:
        (tables / "sales.yml").write_text(DESCRIPTION, encoding="utf-8")
        return lookup._read.__wrapped__(path.stem)

    def chapter(path: Path) -> Any:
        found = books.read(book.root, path.stem)
        return list(books.problems(found, dt.date(2025, 1, 25), whole=False))

    settings = ("defects=0.2", "as_of=2025-03-31", "discount_rate=1e-1")
    scenario = "title: A\nreason: B\nbase: essay\nset:\n  defects: 0.2\n  as_of: 2025-03-31\n"
    return {
        "settings": Parser(settings, lambda text: scenarios.settings([text])),
        "names of scenarios": Parser(("documented", "essay"), scenarios.scenario),
        "scenario file": Parser((scenario,), file("book/scenarios/mine.yml", lambda p: scenarios.scenario(p.stem))),
        "parameters": Parser((small_book.PARAMETERS,), file("made.yml", parameters.as_written.__wrapped__)),
        "ledger": Parser((small_book.CLAIMS,), file("claims.csv", claims.ledger.__wrapped__)),
        "description of a table": Parser((DESCRIPTION,), file("tables/other.yml", description)),
        "rows of a table": Parser((ROWS,), file("tables/sales.csv", rows)),
        "correlations": Parser((PAIRS,), file("pairs.yml", correlations.pairs.__wrapped__)),
        "chapter": Parser((small_book.YIELD, small_book.COST), file("book/die_yield.md", chapter)),
    }  # fmt: skip


def told(parser: Parser, text: str) -> str:
    """What came of a text: `taken`, `refused`, or what is wrong with how it was refused."""

    def late(*_: object) -> None:
        raise TooSlow

    signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST_S)
    refusals: list[ShortcaseError] = []
    try:
        found = parser.feed(text)
        refusals = found if isinstance(found, list) else []
    except Refused as error:
        refusals = list(error.problems)
    except ShortcaseError as error:
        refusals = [error]
    except TooSlow:
        return f"took more than {LONGEST_S:g} s"
    except Exception as error:  # noqa: BLE001 - a traceback for whoever wrote the text
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return next(filter(None, map(_poorly, refusals)), "refused" if refusals else "taken")


def _poorly(error: ShortcaseError) -> str:
    """What a refusal leaves out; empty where it says all."""
    if not error.where:
        return f"no place: {error.what[:80]}"
    if not error.mend:
        return f"no advice: {error.what[:80]}"
    return f"a message of {len(str(error))} characters: {error.what[:80]}" if len(str(error)) > 2000 else ""


def mutated(text: str, draw: random.Random) -> str:
    """A text with one to four things wrong with it."""
    for _ in range(draw.randint(1, 4)):
        at, end = sorted(draw.randrange(len(text) + 1) for _ in range(2))
        lines = text.split("\n")
        match draw.randrange(7):
            case 0:
                text = text[:at] + draw.choice(NASTY) + text[at:]
            case 1:
                text = text[:at] + draw.choice(NASTY) + text[min(end, at + 12) :]
            case 2:
                text = text[:at] + text[min(end, at + 30) :]
            case 3:
                draw.shuffle(lines)
                text = "\n".join(lines)
            case 4:
                text = text[:at] + chr(draw.choice((draw.randrange(128), draw.randrange(0x3000)))) + text[at + 1 :]
            case 5:
                lines.insert(draw.randrange(len(lines) + 1), draw.choice(lines))
                text = "\n".join(lines)
            case _:
                text = text[:end] + text[at:end] + text[end:]
    return text
