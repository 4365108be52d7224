"""The frame of every page, on the sample: its policy, its size, its type, its names, what can be taken along."""

from __future__ import annotations

import struct

import pytest
from browser_tools import DESK, PHONE, bring_to_life

CHAPTER = "/book/the_sample.html"
STRAY = r"""
() => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const block = node.parentElement.closest("p, li, dd, td, th, h1, h2, h3, figcaption, caption");
    if (!block || !node.parentElement.checkVisibility()) continue;
    if (node.parentElement.closest("svg, pre, template, [aria-hidden]")) continue;
    for (const { index } of node.textContent.matchAll(/[.,;:!?)\]’”]/g)) {
      if (index > 0 && !/\s/.test(node.textContent[index - 1])) continue; // inside a word a browser never breaks so
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + 1);
      const [mark] = range.getClientRects();
      const style = getComputedStyle(block);
      const inset = parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth);
      const left = block.getBoundingClientRect().left + inset;
      if (mark && mark.left - left < 2) found.push(node.textContent.slice(index, index + 20));
    }
  }
  return found;
}
"""
"""Marks that stand first on a line."""


def test_no_mark_stands_alone_at_the_start_of_a_line(look, sample):
    with look(sample + CHAPTER) as (page, _):
        for width in range(320, 1281, 40):
            page.set_viewport_size({"width": width, "height": 850})
            assert page.evaluate(STRAY) == [], width


@pytest.mark.parametrize("name", ["the_sample", "scorecard", "parameters", "facts"])
def test_text_at_twice_its_size_fits_the_page(look, sample, name):
    with look(f"{sample}/book/{name}.html", width=640) as (page, _):
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == 640


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_what_is_pressed_is_large_enough_or_stands_in_a_sentence(look, sample, width):
    small = """[...document.querySelectorAll("button, summary, select, input, nav a, .verdict")].filter((part) => {
      const { width, height } = part.getBoundingClientRect();
      const inline = part.matches(".bound:not(.verdict), .word, .visually-hidden");
      return part.checkVisibility() && !inline && height && Math.min(width, height) < 24;
    }).map((part) => part.outerHTML.slice(0, 90))"""
    for name in ("the_sample", "scorecard"):
        with look(f"{sample}/book/{name}.html", width=width) as (page, _):
            assert page.evaluate(small) == []


def test_everything_works_from_a_file_under_the_policy(look, sample_site):
    with look((sample_site / "book" / "the_sample.html").as_uri()) as (page, heard):
        assert bring_to_life(page) == 3
        page.locator(".theme-switch-button").click()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        page.locator("p button.bound-num").first.click()
        assert page.locator(".why:popover-open").is_visible()
        assert heard.errors == []


def test_a_figure_says_what_it_is_and_goes_on_saying_it(look, sample):
    with look(sample + CHAPTER) as (page, _):
        assert page.get_by_role("button", name="44.3%: Share of dies that work").count() > 1
        page.evaluate("shortcase.move([['demand_elasticity', 1.2]])")
        assert page.get_by_role("button", name="66.4%: Share of dies that work").count() > 1


def test_the_picture_of_a_chart_can_be_saved(look, sample):
    with look(sample + CHAPTER) as (page, _):
        bring_to_life(page)
        page.locator("#s-lines summary").click()
        for kind, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
            with page.expect_download() as saved:
                page.locator("#s-lines").get_by_role("button", name=f"{kind}: the picture").click()
            assert saved.value.suggested_filename == f"s-lines.{kind.lower()}"
            assert saved.value.path().read_bytes().startswith(begins)


def test_a_tooltip_comes_beside_a_line_as_the_table_has_it(look, sample):
    with look(sample + CHAPTER) as (page, _):
        bring_to_life(page)
        point = page.locator("#s-lines .vl-live .role-mark.mark-symbol path").first
        point.scroll_into_view_if_needed()
        box = point.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.move(box["x"] + box["width"] / 2 + 4, box["y"] + box["height"] / 2 + 3)
        page.locator("#vg-tooltip-element.visible").wait_for(timeout=5000)
        told = page.locator("#vg-tooltip-element").inner_text()
        assert "Share of dies that work" in told
        assert "95." in told


def test_a_tap_beside_a_line_shows_the_tooltip_and_one_elsewhere_hides_it(look, sample):
    with look(sample + CHAPTER, width=PHONE) as (page, _):
        bring_to_life(page)
        point = page.locator("#s-lines .vl-live .role-mark.mark-symbol path").first
        point.scroll_into_view_if_needed()
        box = point.bounding_box()
        page.touchscreen.tap(box["x"] + box["width"] / 2 + 4, box["y"] + box["height"] / 2 + 3)
        page.locator("#vg-tooltip-element.visible").wait_for(timeout=5000)
        page.locator("#s-lines figcaption").tap()
        assert page.locator("#vg-tooltip-element.visible").count() == 0


def test_a_page_says_what_it_is_and_how_it_is_cited(look, sample, sample_site):
    with look(sample + CHAPTER) as (page, _):
        about = page.locator("meta[name=description]").get_attribute("content")
        assert about.startswith("A die without repair works with a probability of 44.3%.")
        assert page.locator("meta[property='og:title']").get_attribute("content") == "A sample chapter"
        page.get_by_text("Cite, reuse, take along").click()
        assert "A sample chapter" in page.locator(".citation-text").inner_text()


def test_a_shared_link_has_a_picture_of_what_the_page_finds(look, sample, sample_site):
    with look(sample + CHAPTER) as (page, _):
        address = page.locator("meta[property='og:image']").get_attribute("content")
        assert "A die without repair works" in page.locator("meta[property='og:image:alt']").get_attribute("content")
        assert page.locator("meta[name='twitter:card']").get_attribute("content") == "summary_large_image"
    picture = (sample_site / "book" / address).resolve().read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)


def test_a_heading_gives_its_link(look, sample):
    with look(sample + CHAPTER, permissions=["clipboard-read", "clipboard-write"]) as (page, _):
        page.locator("#the-share a.headerlink").first.click()
        page.wait_for_timeout(100)
        assert page.evaluate("navigator.clipboard.readText()").endswith("the_sample.html#the-share")


def test_a_figure_is_cited_with_what_it_rests_on_and_where_it_stands(look, sample):
    with look(sample + CHAPTER, permissions=["clipboard-read", "clipboard-write"]) as (page, _):
        page.locator("p [data-num=yield_share]").first.click()
        page.get_by_role("button", name="Copy with its trace").first.click()
        copied = page.evaluate("navigator.clipboard.readText()")
    assert all(part in copied for part in ("Share of dies that work: 44.3%", "Y = exp(−A·D)", "As documented"))
    assert copied.endswith("the_sample.html#number-yield_share")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_charts_claims_and_figures_are_reached_by_their_names(look, sample, width):
    with look(sample + CHAPTER, width=width) as (page, _):
        for kind, selector in (
            ("Charts and tables", "figure.vl, figure.grid"),
            ("Claims", ".claim-anchor + button"),
            ("Figures", "button[id^='number-']"),
        ):
            if width == PHONE:
                page.get_by_role("button", name="On this page").click()
            contents = page.get_by_role("navigation", name="On this page")
            many = page.locator(f"article :is({selector})").count()
            contents.get_by_text(f"{kind} ({many})").click()
            links = contents.locator(".page-parts[open]").get_by_role("link")
            links.first.wait_for()  # the list is made once it is open
            assert links.count() == many > 0
            last, name = links.last, links.last.inner_text()
            last.click()
            page.wait_for_timeout(50)
            there = page.locator(":focus")
            told = there.locator("figcaption, caption").first.text_content() if kind.startswith("Charts") else ""
            assert name in (told, there.get_attribute("aria-label"))
            assert 0 <= there.bounding_box()["y"] < 850


def test_a_list_of_figures_says_what_they_are_now(look, sample):
    with look(sample + CHAPTER) as (page, _):
        page.evaluate("shortcase.move([['demand_elasticity', 1.2]])")
        page.get_by_role("navigation", name="On this page").get_by_text("Figures (").click()
        page.get_by_role("link", name="66.4%: Share of dies that work").wait_for()  # made once the list is open
