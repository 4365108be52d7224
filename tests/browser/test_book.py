"""Every page of the built book in a real browser: nothing from elsewhere, no error, nothing wider than the screen."""

from __future__ import annotations

import re
import statistics

import pytest
from browser_tools import DESK, PHONE, bring_to_life, opened
from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer
from test_page import STRAY

from shortcase.case.claims import ledger
from shortcase.case.parameters import registry
from shortcase.facts import names, schema


def pages(site):
    found = sorted(path.relative_to(site).as_posix() for path in (site / "book").glob("*.html"))
    assert found, "the built book has no pages"
    return found


def test_every_page_stands_alone_and_fits_the_screen(look, site, book):
    """Each page comes to life once, on a desk in light or on a phone in dark, and is held to both widths."""
    for at, name in enumerate(pages(site)):
        width, mode = [(DESK, "light"), (PHONE, "dark")][at % 2]
        with look(f"{book}/{name}", width=width, color_scheme=mode) as (page, heard):
            bring_to_life(page)
            page.wait_for_load_state("networkidle")
            for wide in (width, DESK + PHONE - width):
                page.set_viewport_size({"width": wide, "height": 850})
                assert page.evaluate("document.documentElement.scrollWidth") <= wide, (name, wide)
            assert heard.elsewhere == [], name
            assert heard.errors == [], name


@pytest.fixture(scope="module")
def still(site, book, browser):
    """What each page holds where no script runs, gathered in one visit: its charts, and what no page may hold."""
    found = {}
    for name in pages(site):
        with opened(browser, f"{book}/{name}", java_script_enabled=False) as (page, _):
            found[name] = {
                "charts": page.locator("figure.vl").evaluate_all(CHARTS),
                "named summaries": page.locator("article summary[aria-label]").count(),
                "old entries": page.locator("[role=doc-biblioentry]").count(),
                "no entries": page.locator(".citation-list > :not([role=listitem])").count(),
                "cut": page.evaluate(CUT),
                "stray": page.evaluate(STRAY),
            }
            for width in (PHONE, 320):
                page.set_viewport_size({"width": width, "height": 850})
                found[name]["cut"] += page.evaluate(CUT) if width == PHONE else []
                found[name]["stray"] += page.evaluate(STRAY)
    return found


CHARTS = """figures => figures.map(figure => ({
    label: figure.querySelector(".vl-plot[role=img]").getAttribute("aria-label"),
    drawn: figure.querySelector(".vl-wide svg").checkVisibility({visibilityProperty: true})
        && figure.querySelector(".vl-wide svg").getBoundingClientRect().width > 0,
    rows: figure.querySelectorAll("table tbody tr").length,
    files: figure.querySelectorAll("a.csv").length,
}))"""


CUT = """() => [...document.querySelectorAll("figure.vl")].flatMap((figure) => {
    const { left, right } = figure.getBoundingClientRect();
    return [...figure.querySelectorAll(".vl-plot text")].filter((text) => {
        const box = text.getBoundingClientRect();
        const seen = box.width && text.checkVisibility({ visibilityProperty: true, opacityProperty: true });
        return seen && (box.left < left - 1 || box.right > right + 1);
    }).map((text) => `${figure.id}: ${text.textContent}`);
})"""
"""Words that run out of their chart, as they do where the system's font is wider than the one it was laid out in."""


def test_no_word_runs_out_of_its_chart(still):
    assert {name: page["cut"] for name, page in still.items() if page["cut"]} == {}


def test_no_mark_stands_alone_at_the_start_of_a_line_of_the_book(still):
    assert {name: page["stray"] for name, page in still.items() if page["stray"]} == {}


def test_every_chart_says_what_it_shows_and_offers_its_data(still):
    charts = [(name, chart) for name, page in still.items() for chart in page["charts"]]
    assert charts
    for name, chart in charts:
        assert len(chart["label"]) > 40, name
        assert chart["drawn"], name
        assert chart["rows"] > 0, name
        assert chart["files"] == 1, name


def test_the_method_shows_the_committed_timings(look, book):
    with look(f"{book}/book/method.html") as (page, _):
        assert page.locator("table.cards-benchmark tbody tr").count() >= 4


def test_the_method_counts_what_each_chapter_executes(look, book):
    with look(f"{book}/book/method.html") as (page, _):
        rows = page.locator("table.cards-execution tbody tr")
        assert rows.count() >= 2
        assert all(int(figure) > 0 for figure in rows.last.locator("td").all_inner_texts()[:2])


def test_every_table_of_facts_can_be_downloaded_as_it_is(look, site, book):
    with look(f"{book}/book/facts.html", java_script_enabled=False) as (page, _):
        links = [link.get_attribute("href") for link in page.locator(".fact-table a.csv").all()]
    assert len(links) == len(names())
    for name, link in zip(names(), links, strict=True):
        assert (site / "book" / link).resolve().read_bytes() == schema(name).csv.read_bytes()


def test_every_claim_and_every_parameter_has_a_row(look, book):
    for page_name, known in (("scorecard", ledger()), ("parameters", registry())):
        with look(f"{book}/book/{page_name}.html") as (page, _):
            assert page.locator("details[data-item]").count() == len(known)
            assert str(len(known)) in page.locator("form.filters output").inner_text()


def test_what_is_folded_is_named_by_what_it_shows_and_bibliographies_are_lists(still):
    for name, page in still.items():
        assert (page["named summaries"], page["old entries"], page["no entries"]) == (0, 0, 0), name


def test_a_trace_is_short_until_more_is_asked_for(site):
    counts = []
    for name in pages(site):
        text = (site / name).read_text(encoding="utf-8")
        for trace in BeautifulSoup(text, "html.parser", parse_only=SoupStrainer("div", class_="why")).find_all(
            "div", class_="why"
        ):
            for more in trace.find_all("details"):
                more.decompose()
            words = [word for word in trace.get_text(" ").split() if any(map(str.isalnum, word))]  # a sign is no word
            counts.append((len(words), f"{name}#{trace['id']}"))
    assert statistics.median(words for words, _ in counts) < 40
    assert [told for told in counts if told[0] > 150] == []


WRITTEN = """
() => [...document.querySelectorAll("article, figure.vl .vl-live svg text")].map((part) => part.textContent)
"""
"""The words of a page, those in its charts among them."""


@pytest.mark.parametrize("chapter", ["wrapping_it_all_up", "the_major_threats", "hindsight"])
def test_days_stay_where_they_are_in_every_zone(look, book, chapter):
    told = []
    for zone in ("UTC", "America/New_York", "Pacific/Kiritimati", "Asia/Kolkata"):
        with look(f"{book}/book/{chapter}.html", timezone_id=zone) as (page, _):
            assert bring_to_life(page) > 0
            told.append(page.evaluate(WRITTEN))
    assert any(re.search(r"\b20\d\d\b", words) for words in told[0][1:])
    assert told[1:] == [told[0]] * 3


def test_a_long_table_shows_its_first_rows_on_a_phone_and_all_of_them_when_asked(look, book):
    rows = "figure#hs-forecasts tbody tr"
    seen = f"[...document.querySelectorAll('{rows}')].filter((row) => row.offsetHeight > 40).length"
    with look(f"{book}/book/hindsight.html", width=PHONE) as (page, _):
        every = page.locator(rows).count()
        assert page.evaluate(seen) == 5 < every
        page.get_by_role("button", name=f"Show all {every}: The essay's forecasts").click()
        assert page.evaluate(seen) == every
        assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 6
        page.reload()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(seen) == every
    for width, scripts in ((DESK, True), (PHONE, False)):
        with look(f"{book}/book/hindsight.html", width=width, java_script_enabled=scripts) as (page, _):
            assert page.locator(rows).filter(visible=True).count() == every
