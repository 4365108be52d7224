"""Expectations of a small book: run, kept, shown on a page of it, and red where a formula turns around."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from small_book import SmallBook

import shortcase

EXPECTED = """\
yield_falls:
  says: Fewer dies work the more defects a wafer has.
  why: Each can kill one.
  chapter: die_yield
  of: die_yield
  falls_with: defects
yield_is_a_share:
  says: A yield is a share.
  why: Dies work or do not.
  chapter: die_yield
  of: die_yield
  within: [0, 1]
  over: [bounds, matrix, draws, scenarios]
"""
PAGE = "# Expectations\n\nWhat must hold.\n\n```{expectation-index}\n```\n"


def expecting(book: SmallBook) -> SmallBook:
    (book.root / "book" / "expectations.yml").write_text(EXPECTED, encoding="utf-8")
    (book.root / "book" / "expectations.md").write_text(PAGE, encoding="utf-8")
    book.edit("_toc.yml", "  - file: book/cost\n", "  - file: book/cost\n  - file: book/expectations\n")
    return book


def test_what_was_found_stands_on_the_page(book: SmallBook) -> None:
    expecting(book)
    assert book.shortcase("expect", "--write").code == 0
    built = book.shortcase("build")
    assert built.code == 0, built.err
    html = (book.root / "_build" / "html" / "book" / "expectations.html").read_text(encoding="utf-8")
    for words in ("Fewer dies work", "Each can kill one", "die_yield falls with defects", "Holds", "Yield"):
        assert words in html
    # An outcome counts for the test that it was found for, and for no other.
    book.edit("book/expectations.yml", "falls_with: defects", "never_rises_with: defects")
    assert book.shortcase("build").code == 0
    assert "Not run" in (book.root / "_build" / "html" / "book" / "expectations.html").read_text(encoding="utf-8")


def test_a_formula_that_turns_around_is_red(book: SmallBook) -> None:
    expecting(book)
    own = book.root / "lib" / "shortcase"
    shutil.copytree(Path(shortcase.__file__).parent, own, ignore=shutil.ignore_patterns("__pycache__"))
    book.edit("lib/shortcase/model/chips/wafer_yield.py", "np.exp(-defects)", "1.0 - np.exp(-defects)")
    ran = book.shortcase_afresh("expect", "--json", lib=own.parent)
    found = json.loads(ran.out)
    assert ran.code == 1
    assert found["tally"] == {"failed": 1, "error": 0, "not run": 0, "passed": 1}
    assert "it rises as defects rises" in found["expectations"]["yield_falls"]["told"]
