"""The book on paper: one page of all, printed with tags, an outline and every table whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser_sample import SALES
from playwright.sync_api import Browser, Page

from shortcase.commands import paper
from shortcase.errors import BadRequest
from shortcase.publish.site.facts_page import WIDEST
from shortcase.publish.site.one_page import one_page, order
from shortcase.show.html_table import NOTHING

PRINTED = 717
"""Pixels across a sheet of A4 within a browser's own margins of 0.4 inch, at 96 to an inch."""
READABLE = 8 / 72 * 96
"""Pixels of the smallest letters of a table on paper: eight points."""


def test_the_one_page_holds_every_page_unfolded_and_leads_inside(sample_site):
    page = one_page(sample_site)
    assert order(sample_site) == ["index", "the_sample", "parameters", "scorecard", "facts"]
    assert page.count("<article") == 5
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for inside in re.findall(r'href="#([^"]+)"', page):
        name, _, anchor = inside.partition("--")
        there = f'id="{anchor}"' in (sample_site / "book" / f"{name}.html").read_text(encoding="utf-8")
        assert inside in ids or (anchor and not there), inside  # the sample links to a parameter that it leaves out
    assert not re.search(r'href="(?!#|https?:|_static/)', page)
    assert "<button" not in page
    assert not re.search(r"<details(?![^>]* open)", page)


def test_the_pdf_is_tagged_and_has_an_outline(sample_site, tmp_path, chromium, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(chromium))
    made = paper.pdf(sample_site, tmp_path / "out" / "sample.pdf").read_bytes()
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Outlines" in made
    assert f"/Title ({SALES})".encode() in made  # a heading of two lines keeps the space between them
    assert len(re.findall(rb"/Type\s*/Page\b", made)) >= 5
    assert b"Three curves fall." in made or b"/Alt" in made


def test_a_file_in_the_site_is_offered_on_its_landing_page(sample_site, tmp_path, chromium, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(chromium))
    site = tmp_path / "html"
    shutil.copytree(sample_site, site)
    landing = site / "book" / "index.html"
    way = '<div class="on-paper docutils container"><p>How it is made</p></div>'
    landing.write_text(landing.read_text(encoding="utf-8").replace("</article>", f"{way}</article>"), encoding="utf-8")
    made = paper.pdf(site, site / "sample.pdf")
    text = landing.read_text(encoding="utf-8")
    assert 'href="../sample.pdf">The whole book as one PDF</a>' in text
    assert "How it is made" not in text
    assert b"How it is made" not in made.read_bytes()
    assert one_page(site).count("<article") == 5


def test_the_landing_page_says_how_the_book_comes_onto_paper(site):
    landing = (site / "book" / "index.html").read_text(encoding="utf-8")
    assert paper.offered(landing, "../a.pdf", 5_000_000).count('href="../a.pdf"') == 1


@contextmanager
def printed(browser: Browser, site: Path) -> Iterator[Page]:
    """The one page as it comes onto a sheet."""
    with paper.laid_out(site) as page:
        context = browser.new_context(viewport={"width": PRINTED, "height": 1000}, java_script_enabled=False)
        shown = context.new_page()
        shown.goto(page.as_uri())
        shown.emulate_media(media="print")
        yield shown
        context.close()


WHERE_EACH_FIGURE_STANDS = """() => [...document.querySelectorAll(".fact-table .table-scroll table")].map((table) => ({
    name: table.caption.textContent,
    heads: [...table.tHead.rows[0].cells].slice(1).map((head) => head.textContent),
    cells: [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1).map((cell) => ({
        head: getComputedStyle(cell, "::before").content,
        nothing: getComputedStyle(cell).display === "none",
        text: cell.textContent,
        size: parseFloat(getComputedStyle(cell).fontSize),
        right: cell.getBoundingClientRect().right,
    }))),
}))"""

WHAT_IS_CUT = """() => {
    const parts = [...document.querySelectorAll(".table-scroll, pre, figure.vl, dl, main")];
    const cut = parts.filter((part) => part.scrollWidth > part.clientWidth + 1);
    return [parts.length, cut.map((part) => part.getAttribute("aria-label") || part.className)];
}"""


@pytest.fixture(scope="module", params=["sample_site", "site"])
def sheets(browser, request):
    """Where everything stands on the sheets of a site, which are laid out once."""
    with printed(browser, request.getfixturevalue(request.param)) as page:
        return page.evaluate(WHERE_EACH_FIGURE_STANDS), page.evaluate(WHAT_IS_CUT)


def test_a_table_of_facts_that_is_wider_than_a_sheet_is_printed_as_cards(sheets):
    tables, _ = sheets
    for table in tables:
        for cell in (cell for row in table["cells"] for cell in row):
            assert cell["size"] >= READABLE, table["name"]
            assert cell["right"] <= PRINTED, table["name"]
    wide = [table for table in tables if len(table["heads"]) >= WIDEST]
    assert wide, "each book has a table that is wider than a sheet"
    for table in wide:
        for row in table["cells"]:
            assert [cell["head"] for cell in row] == [f'"{head}"' for head in table["heads"]], table["name"]
            assert all(cell["nothing"] == (cell["text"].strip() == NOTHING) for cell in row), table["name"]
    for table in tables:
        assert table in wide or {cell["head"] for row in table["cells"] for cell in row} == {"none"}, table["name"]


def test_no_table_is_cut_at_the_edge_of_the_paper(sheets):
    _, (parts, cut) = sheets
    assert parts > 1
    assert cut == []


def test_without_a_browser_or_a_book_it_says_what_to_do(sample_site, tmp_path, monkeypatch):
    with pytest.raises(BadRequest, match="run shortcase build first"):
        paper.pdf(tmp_path, tmp_path / "x.pdf")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(paper.shutil, "which", lambda _: None)
    with pytest.raises(BadRequest, match="install one"):
        paper.pdf(sample_site, tmp_path / "x.pdf")
