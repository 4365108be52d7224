"""Which vintage of a fact a page shows: that of the build's day, or of the day at which the page stands still."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.publish.check.book import Book
from shortcase.publish.collect import values
from shortcase.publish.read.code import parse
from shortcase.publish.read.pages import Page
from shortcase.publish.read.roles import uses

HEADER = "---\nkernelspec: {display_name: Python 3, language: python, name: python3}\n---\n"
FACT = "after_the_essay/amd_data_center/usd"
"""Two vintages: the first quarter of 2026, public on 5 May, and the second, public on 4 August."""


def book(*days: str) -> Book:
    """A book whose pages all show the fact, each frozen at its day, or not where there is none."""
    pages = []
    for number, day in enumerate(days):
        code = f"FROZEN = {day!r}" if day else "pass"
        text = f"{HEADER}\n# T\n\n{{fact}}`{FACT}`\n\n```{{code-cell}} ipython3\n{code}\n```\n"
        pages.append(Page(Path(f"/x/book/p{number}.md"), Path("/x"), text))
    codes = {page.name: parse(page) for page in pages}
    return Book(Path("/x"), tuple(pages), codes, {}, tuple(use for page in pages for use in uses(page)))


@pytest.mark.parametrize(
    ("days", "until"),
    [
        (("2026-06-30",), "2026-06-30"),
        (("2026-09-30", "2026-06-30"), "2026-06-30"),
        (("2026-09-30", ""), None),
        (("",), None),
    ],
)
def test_a_fact_stands_still_where_every_page_that_shows_it_does(days: tuple[str, ...], until: str | None) -> None:
    assert values._frozen(book(*days), FACT) == until


@pytest.mark.parametrize(
    ("as_of", "until", "public"),
    [
        ("2025-01-25", "2026-06-30", "2026-05-05"),
        ("2025-01-25", "2026-09-30", "2026-08-04"),
        ("2026-06-30", "2026-09-30", "2026-08-04"),
        ("2026-06-30", None, "2026-05-05"),
    ],
)
def test_the_vintage_is_that_of_the_day(as_of: str, until: str | None, public: str) -> None:
    assert values._fact(FACT, as_of, until)["public_on"] == public
