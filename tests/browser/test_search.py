"""Search answers: the right place among the first three, by keyboard, from a file, under a policy, without storage."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from browser_tools import DESK, PHONE, until
from test_live_page import strict

WANTED = {
    "4090": "Where do the small models run?",
    "45x": "Efficiency multiple claimed for DeepSeek-V3",
    "45×": "Efficiency multiple claimed for DeepSeek-V3",
    "$142.62": "What was a share worth?",
    "Jevons": "Does cheaper compute raise spending?",
    "DeepSeek cost": "What did the model cost, and on whose books?",
    "CUDA": "Can a language model carry the stack over?",
    "Sobol": "Case, draw",
    "H100 price": "Price of one H100",
    "gross margin": "Gross margin",
    "Groq": "Groq’s machine",
    "wafer": "How many GPUs is one wafer?",
}
"""The queries of a test of the site by readers, and the title that answers each."""
ASKED = {
    "a year after the essay": "Hindsight",
    "what happened after the essay": "Hindsight",
    "did the forecasts come true": "How good were the forecasts?",
    "how much is the stock worth": "What was a share worth?",
    "why did the shares fall in one day": "What did the first day say?",
    "can Google do without Nvidia": "Whose orders are they?",
    "how much did it cost to train DeepSeek": "What did the model cost, and on whose books?",
    "what does GPU mean": "GPU, accelerator",
    "is there enough data left to train on": "How much text is left?",
    "what happens if growth slows": "What do slower growth and a lower margin do to profit?",
    "what is the most important assumption": "Which assumption decides?",
    "can I run it on my laptop": "Where do the small models run?",
    "how big is the risk of export rules": "The threat that is not on the list",
    "$5.6m": "When is a twentieth of the speed worth a team?",
    "CAPM": "Beta",
}
"""What newcomers ask, in words and short forms that the book does not use, and the title that answers."""
BUDGET = 250_000
SAID = (
    "() => [...document.querySelectorAll('[role=option]')].map((one) => one.querySelector('.find-title').textContent)"
)
TERMS = """
(text) => {
  const { split, indexed, meant } = shortcase.words;
  return [split(text).map(indexed).flat(), meant(text).map(({ readings }) => readings[0][0])];
}
"""
NO_STORAGE = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new Error("no"); } });
}
"""


def asked(page, query):
    page.get_by_role("combobox").fill(query)
    until(page, "(q) => document.querySelector('.find').dataset.query === q", arg=query)
    return page.evaluate(SAID)


def test_each_query_finds_its_place_among_the_first(look, book):
    with look(f"{book}/search.html") as (page, heard):
        for query, title in ASKED.items():
            assert title in asked(page, query)[:5], query
        for query, title in WANTED.items():
            assert title in asked(page, query)[:3], query
        assert asked(page, "zzqx") == []
        assert "Nothing in the book" in page.locator(".find-hint").inner_text()
        assert "All" in (asked(page, "gross margin") and page.locator(".find-more").inner_text())
        assert heard.elsewhere == []


def test_figures_keep_their_sign_and_plurals_are_singular(look, book):
    with look(f"{book}/search.html?q=45x") as (page, _):
        page.get_by_role("option").first.wait_for()
        assert page.evaluate(TERMS, "45× $142.62 61% 1,285 wafers’ Groq's") == [
            ["45x", "45", "142.62", "61%", "61", "1285", "wafer", "groq"],
            ["45x", "142.62", "61%", "1285", "wafer", "groq"],
        ]
        assert page.evaluate(TERMS, "what does the companies’ basis mean")[1] == ["company", "basis"]
        assert page.evaluate(TERMS, "what is it")[1] == ["what", "is", "it"]
        assert page.evaluate(TERMS, "$5.6m")[1] == ["5.6", "million"]
        assert page.evaluate("shortcase.words.meant('stocks')[0].readings") == [
            ["stock", 1],
            ["share", 0.5],
            ["equity", 0.5],
        ]


def test_what_is_loaded_is_light_and_only_when_asked_for(look, site, book):
    folder = site / "_static" / "search"
    weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in folder.glob("*.js"))
    assert weight < BUDGET
    requests = []
    with look(f"{book}/book/words.html") as (page, _):
        page.on("request", lambda request: requests.append(request.url))
        page.wait_for_load_state("networkidle")
        assert not [url for url in requests if "minisearch" in url or "search/index" in url]


def test_every_result_leads_to_a_place_that_is_there(site):
    text = (site / "_static" / "search" / "index.js").read_text(encoding="utf-8")
    told = json.loads(text.removeprefix("shortcase.searchable(").removesuffix(");\n"))
    places = {
        address: set(re.findall(r'\bid="([^"]+)"', (site / address).read_text(encoding="utf-8")))
        for address, _ in told["pages"]
    }
    for _, page, anchor, title, _, parts, *_ in told["entries"]:
        address = told["pages"][page][0]
        assert title, (address, anchor)
        assert {anchor, *(part for part, _ in parts if part)} <= places[address], (address, title)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_by_keyboard_from_any_page_to_the_paragraph(look, site, width):
    with look((site / "book" / "words.html").as_uri(), width=width) as (page, heard):
        page.keyboard.press("Control+k")
        page.keyboard.type("Jevons")
        field = page.get_by_role("dialog").get_by_role("combobox")
        page.get_by_role("option").first.wait_for()
        assert field.get_attribute("aria-expanded") == "true"
        chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
        assert chosen.get_attribute("aria-selected") == "true"
        page.keyboard.press("ArrowDown")
        assert chosen.get_attribute("aria-selected") == "false"
        page.keyboard.press("ArrowUp")
        until(page, "document.querySelector('.find [role=status]').textContent.endsWith('found')")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Enter")
        page.wait_for_url("**/the_fallout.html#p-*")
        assert "Jevons" in page.locator(":target").inner_text()
        assert page.locator(":target").evaluate("(p) => p.getBoundingClientRect().top") < 600
        assert [error for error in heard.errors if "search" in error] == []


def test_escape_leaves_and_gives_the_focus_back(look, book):
    with look(f"{book}/book/words.html") as (page, _):
        page.locator("a.search-way:visible").first.click()
        assert page.get_by_role("dialog").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("dialog.find-dialog").is_visible()
        assert page.evaluate("document.activeElement.classList.contains('search-way')")


def test_it_works_where_only_the_sites_own_scripts_may_run_and_nothing_is_stored(look, site):
    with strict(site) as home, look(f"{home}/book/words.html") as (page, _):
        page.add_init_script(NO_STORAGE)
        page.goto(f"{home}/search.html?q=wafer")
        page.get_by_role("option").first.wait_for()
        assert WANTED["wafer"] in page.evaluate(SAID)[:3]


def test_without_scripts_the_page_names_the_ways(look, book):
    with look(f"{book}/book/words.html", java_script_enabled=False) as (page, _):
        page.locator("a.search-way:visible").first.click()
        assert page.url.endswith("/search.html")
        assert page.locator("[data-find] a").count() == 4
