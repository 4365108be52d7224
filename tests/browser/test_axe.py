"""axe-core finds nothing: on any page of the book, in light and in dark, on a phone and on a desk, with what opens."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_tools import DESK, PHONE, bring_to_life, until

from shortcase.publish.check.book import read

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "/book/the_sample.html"
STATES = [(width, mode) for width in (DESK, PHONE) for mode in ("light", "dark")]
ALL = os.environ.get("SHORTCASE_AXE") == "all"
OF_COLOUR = ("color-contrast", "link-in-text-block")
"""The rules that the mode can change; the others see the same page in both."""
PLAIN_PICTURES = "document.querySelectorAll('figure.vl svg').forEach((picture) => picture.replaceChildren())"
"""A chart is one image with a name; to look at each of its marks would take most of the time and change nothing."""
RUN = """
async (rules) => {
  const { violations } = await axe.run(document, {
    resultTypes: ["violations"],
    elementRef: false,
    ...(rules ? { runOnly: { type: "rule", values: rules } } : {}),
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.length}, first ${nodes[0].html.slice(0, 120)}`);
}
"""


def found(page: Any, rules: tuple[str, ...] | None = None) -> list[str]:
    """What axe-core holds against the page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return list(page.evaluate(RUN, list(rules) if rules else None))


def found_anywhere(page: Any, states: Sequence[tuple[int, str]] = STATES) -> dict[str, list[str]]:
    """The same in some states, both widths in both modes without it; the page is loaded once."""
    told = {}
    for width, mode in states:
        page.set_viewport_size({"width": width, "height": 850})
        page.evaluate("(mode) => { document.documentElement.dataset.theme = mode; }", mode)
        told[f"{width} {mode}"] = found(page, OF_COLOUR if mode == "dark" and len(states) > 1 else None)
    return {state: faults for state, faults in told.items() if faults}


def test_every_page_of_the_book(look, site, book):
    """Each page in one of the four states, the next page in the next; of the chapters, which are alike, each fourth.

    Every week (`review.yml`) every page in all of them.
    """
    names = sorted(path.relative_to(site).as_posix() for path in (site / "book").glob("*.html"))
    chapters = sorted(f"book/{one.name}.html" for one in read(ROOT).chapters)
    assert len(chapters) > 10
    assert set(chapters) < set(names)
    left_out = {name for at, name in enumerate(chapters) if at % 4 and not ALL}
    told = {}
    for at, name in enumerate([*(name for name in names if name not in left_out), "search.html"]):
        states = STATES if ALL else [STATES[at % len(STATES)]]
        with look(f"{book}/{name}") as (page, _):
            page.evaluate(PLAIN_PICTURES)
            told[name] = found_anywhere(page, states)
    assert {name: faults for name, faults in told.items() if faults} == {}


def test_a_page_that_has_a_fault_is_told(look, sample):
    with look(sample + CHAPTER) as (page, _):
        page.evaluate("document.querySelector('article').append(document.createElement('button'))")
        assert [fault.partition(":")[0] for fault in found(page)] == ["button-name"]


def test_charts_that_live_and_what_was_folded(look, sample):
    with look(sample + CHAPTER) as (page, _):
        bring_to_life(page)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        assert found_anywhere(page) == {}


@pytest.mark.parametrize("name", ["scorecard", "parameters", "facts"])
def test_an_unfolded_list(look, sample, name):
    with look(f"{sample}/book/{name}.html") as (page, _):
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        assert found_anywhere(page) == {}


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_bar_a_trace_the_contents_and_the_search_when_open(look, sample, width, mode):
    with look(sample + CHAPTER, width=width, color_scheme=mode) as (page, _):
        rules = OF_COLOUR if mode == "dark" else None
        page.get_by_role("button", name="What if").click()
        page.get_by_role("slider", name="Price elasticity of demand").press("ArrowRight")
        assert found(page, rules) == []
        page.keyboard.press("Escape")
        page.locator("p button.bound-num").first.click()
        assert found(page, rules) == []
        page.keyboard.press("Escape")
        if width == PHONE:
            page.get_by_role("button", name="Chapters").click()
            assert found(page, rules) == []
            page.keyboard.press("Escape")
            page.get_by_role("button", name="On this page").click()
            page.get_by_text("Figures (").click()
            assert found(page, rules) == []
            page.keyboard.press("Escape")
        page.locator("a.search-way:visible").first.click()
        page.get_by_role("combobox").fill("share")
        until(page, "document.querySelectorAll('[role=option]').length > 0")
        assert found(page, rules) == []
