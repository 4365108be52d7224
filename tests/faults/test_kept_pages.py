"""A change of words reads and prints its own page alone, and leaves the site that a clean build would make."""

from __future__ import annotations

import shutil

from small_book import SmallBook

PAGES = {"die_yield", "cost", "parameters", "index"}
FIRST = "index"
"""The first page of a book, which is printed where nothing has changed."""


def printed(book: SmallBook) -> set[str]:
    """The pages that a build printed."""
    pages = {name: book.root / f"_build/pages/html/book/{name}.html" for name in PAGES}
    before = {name: page.stat().st_mtime_ns for name, page in pages.items() if page.is_file()}
    ran = book.shortcase("build")
    assert ran.code == 0, ran.err
    return {name for name, page in pages.items() if before.get(name) != page.stat().st_mtime_ns}


def same_as_clean(book: SmallBook) -> bool:
    """Whether the site is, to the byte, what a build makes that has kept no page."""
    site = book.site()
    shutil.rmtree(book.root / "_build/pages")
    (book.root / "_build/results/manifest.json").unlink()
    assert printed(book) == PAGES
    return site == book.site()


def settle(book: SmallBook) -> None:
    """Keep the pages of the book where it lies: it has been built elsewhere, and Sphinx knows a moved book for new."""
    assert same_as_clean(book)


def test_words_print_the_pages_that_show_them(built: SmallBook) -> None:
    settle(built)
    built.edit("book/die_yield.md", "of the dies.\n", "of the dies, line by line.\n\nOne more.\n")
    assert printed(built) == {"die_yield"}
    assert same_as_clean(built)
    built.edit("book/cost.md", "# Cost", "# What it costs")  # which the contents on every page say
    assert printed(built) == PAGES
    assert same_as_clean(built)
    built.edit("book/index.md", "The yield is", "The yield of a wafer is")
    style = built.root / "book/_static/landing.css"  # which the first page loads, by its checksum
    style.parent.mkdir(exist_ok=True)
    style.write_text("p { margin: 0 }", encoding="utf-8")
    assert printed(built) == {FIRST}
    assert same_as_clean(built)


def test_a_site_of_kept_pages_alone_is_whole(built: SmallBook) -> None:
    settle(built)
    site = built.site()
    (built.root / "_build/results/manifest.json").unlink()  # as a build leaves it that is stopped at its end
    assert printed(built) == {FIRST}
    assert built.site() == site


def test_what_every_page_may_show_prints_every_page(built: SmallBook) -> None:
    settle(built)
    built.edit("book/parameters.yml", "value: 0.1,", "value: 0.11,")
    assert printed(built) == PAGES
    built.edit("book/claims.csv", "At least half of the dies work.", "Half of the dies or more work.")
    assert printed(built) == PAGES


def test_pages_are_kept_whole_or_made_again(built: SmallBook) -> None:
    settle(built)
    built.edit("book/die_yield.md", "of the dies.", "of the dies [](nowhere.md).")
    assert built.shortcase("build").code != 0
    built.edit("book/die_yield.md", " of the dies [](nowhere.md)", "of all dies")
    assert printed(built) == {"die_yield"}  # the failed rendering has left what was kept
    kept = built.root / "_build/pages/html/book/cost.html"
    kept.write_bytes(kept.read_bytes()[:1000])
    built.edit("book/die_yield.md", "of all dies", "of every die")
    assert printed(built) == PAGES
