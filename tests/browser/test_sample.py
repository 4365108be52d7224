"""The sample book in a real browser: charts, figures in prose, tables, formulas, with and without scripts."""

from __future__ import annotations

import csv
import io
from urllib.parse import unquote

import pytest
from browser_tools import DESK, PHONE, bring_to_life, until

CHAPTER = "/book/the_sample.html"
TEXT_OF_CHART = "getComputedStyle(document.querySelector('.vl-live svg text')).fill"


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_charts_come_to_life_in_the_colour_of_the_page(look, sample, width, mode):
    with look(sample + CHAPTER, width=width, color_scheme=mode) as (page, heard):
        assert bring_to_life(page) == 3
        assert page.locator(".vl-plot .vl-wide, .vl-plot .vl-narrow").count() == 0
        red = int(page.evaluate(TEXT_OF_CHART).removeprefix("rgb(").split(",")[0])
        assert red > 150 if mode == "dark" else red < 100
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert (heard.elsewhere, heard.errors) == ([], [])


def test_a_chart_follows_the_switch_without_being_drawn_again(look, sample):
    with look(sample + CHAPTER, color_scheme="light") as (page, _):
        bring_to_life(page)
        page.evaluate("document.querySelector('.vl-live svg').dataset.mark = 'same'")
        seen = {page.evaluate(TEXT_OF_CHART)}
        for _ in range(3):
            page.locator(".theme-switch-button").first.click()
            seen.add(page.evaluate(TEXT_OF_CHART))
        assert len(seen) == 2
        assert page.locator(".vl-live svg[data-mark=same]").count() == 1


def test_a_narrowed_page_draws_the_narrow_chart(look, sample):
    with look(sample + CHAPTER) as (page, _):
        bring_to_life(page)
        page.set_viewport_size({"width": PHONE, "height": 850})
        page.locator("figure.vl[data-live=narrow]").first.wait_for(timeout=15_000)
        until(page, "document.querySelectorAll('#s-lines .vl-live').length === 1")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE


@pytest.mark.parametrize(("width", "shown"), [(DESK, ".vl-wide"), (PHONE, ".vl-narrow")])
def test_without_scripts_each_chart_is_a_still_picture(look, sample, width, shown):
    with look(sample + CHAPTER, width=width, java_script_enabled=False) as (page, _):
        assert page.locator(f"{shown} svg").filter(visible=True).count() == 3
        assert page.locator(".vl-plot svg").filter(visible=True).count() == 3
        box = page.locator(f"{shown} svg").first.bounding_box()
        assert box["width"] > width * 0.5
        size = page.locator(f"#s-lines {shown} svg").get_attribute("width")
        assert box["width"] / float(size) > 0.85  # letters keep their size


def test_a_chart_stays_a_picture_where_vega_does_not_load(look, sample):
    with look(sample + "/book/index.html") as (page, _):
        page.route("**/vega.js*", lambda route: route.abort())
        page.goto(sample + CHAPTER)
        page.locator("figure.vl").first.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        assert page.locator(".vl-wide svg").filter(visible=True).count() == 3
        assert page.locator(".vl-live").count() == 0


def test_vega_is_loaded_once_and_only_where_there_are_charts(look, sample):
    asked = []
    with look(sample + "/book/index.html") as (page, _):
        page.on("request", lambda r: asked.append(r.url))
        page.reload(wait_until="networkidle")
        assert not [url for url in asked if "vega" in url]
        page.goto(sample + CHAPTER)
        bring_to_life(page)
        assert len([url for url in asked if "vega.js" in url]) == 1


def test_the_data_behind_a_chart_can_be_read_and_saved(look, sample):
    with look(sample + CHAPTER) as (page, _):
        page.locator("#s-lines summary").focus()
        page.keyboard.press("Enter")
        table = page.locator("#s-lines table")
        assert table.locator("thead th[scope=col]").all_inner_texts() == ["Area mm2", "Good", "Model"]
        link = page.locator("#s-lines a.csv")
        assert link.get_attribute("download") == "s-lines.csv"
        rows = list(csv.reader(io.StringIO(unquote(link.get_attribute("href").split(",", 1)[1]))))
        assert rows[0] == ["area_mm2 (mm2)", "good (share)", "model"]
        assert len(rows) == 121
        with page.expect_download() as saved:
            link.click()
        assert saved.value.suggested_filename == "s-lines.csv"


def opened_trace(page):
    return page.locator(".why:popover-open")


def test_a_figure_opens_its_trace_by_keyboard_and_gives_the_focus_back(look, sample):
    with look(sample + CHAPTER) as (page, _):
        figure = page.locator("p button.bound-num").first
        for key in ("Enter", "Space"):
            figure.focus()
            page.keyboard.press(key)
            assert "Y = exp(−A·D)" in opened_trace(page).inner_text()
            page.keyboard.press("Escape")
            assert opened_trace(page).count() == 0
            assert figure.evaluate("node => node === document.activeElement")


def test_escape_closes_a_trace_from_inside_it(look, sample):
    with look(sample + CHAPTER) as (page, _):
        figure = page.locator("p button.bound-num").first
        figure.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert opened_trace(page).locator(":focus").count() == 1
        page.keyboard.press("Escape")
        assert opened_trace(page).count() == 0
        assert figure.evaluate("node => node === document.activeElement")


def test_a_trace_opens_by_mouse_and_closes_by_a_click_elsewhere(look, sample):
    with look(sample + CHAPTER) as (page, _):
        page.locator("p button.bound-num").first.click()
        opened_trace(page).get_by_text("More", exact=True).click()
        told = opened_trace(page).inner_text()
        assert "area mm2 = 814; defect density per cm2 = 0.1" in told
        assert "A data sheet & more (22\u00a0March\u00a02022; table chips)" in told
        page.mouse.click(700, 60)
        assert opened_trace(page).count() == 0


def test_a_trace_opens_by_touch_and_stays_on_the_screen(look, sample):
    with look(sample + CHAPTER, width=PHONE) as (page, _):
        for button in page.locator("button.bound").all():
            button.scroll_into_view_if_needed()
            button.tap()
            box = opened_trace(page).bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= page.viewport_size["height"]
            page.keyboard.press("Escape")


def test_a_badge_says_its_verdict_in_words_and_leads_to_its_row(look, sample):
    with look(sample + CHAPTER) as (page, _):
        badge = page.get_by_role("button", name="⇄ depends: Claim number")
        badge.click()
        told = opened_trace(page)
        assert (
            "Flips at 0.12\u00a0per cm², 0.02\u00a0per cm² above the value taken, where it holds" in told.inner_text()
        )
        told.get_by_text("More", exact=True).click()
        assert ": holds" in told.inner_text()
        assert told.get_by_role("link", name="Defects").get_attribute("href") == "parameters.html#par-defects"
        told.get_by_role("link", name="See it in the scorecard").click()
        assert page.url.endswith("scorecard.html#hw-four")
        page.locator("details#hw-four a.in-chapter").click()
        assert page.url.endswith("the_sample.html#claim-hw-four")
        assert page.locator("#claim-hw-four").count() == 1


def test_formulas_are_set_without_any_script(look, sample):
    with look(sample + "/book/index.html", java_script_enabled=False) as (page, heard):
        assert page.locator("math").count() == 2
        above, below = (page.locator("math mi", has_text=name).last.bounding_box() for name in ("D", "e"))
        assert above["y"] < below["y"]  # the exponent stands above the line
        assert (heard.elsewhere, heard.errors) == ([], [])


def test_a_wide_table_scrolls_in_its_own_box(look, sample):
    with look(sample + CHAPTER, width=PHONE) as (page, _):
        box = page.locator("#s-grid .table-scroll")
        assert box.evaluate("node => node.scrollWidth > node.clientWidth")
        box.focus()
        page.keyboard.press("ArrowRight")
        until(page, "document.querySelector('#s-grid .table-scroll').scrollLeft > 0")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_that_is_read_in_the_dark_is_printed_black_on_white(look, sample, scripts):
    colours = "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    with look(sample + CHAPTER, color_scheme="dark", java_script_enabled=scripts) as (page, _):
        page.emulate_media(media="print")
        assert page.locator(".parameter-table td").first.is_visible()
        if scripts:
            assert page.evaluate(colours) == ["rgb(29, 33, 39)", "rgb(255, 255, 255)"]


def test_the_keyboard_never_stands_where_nobody_sees_it(look, sample):
    with look(sample + CHAPTER, width=PHONE, reduced_motion="reduce") as (page, _):
        page.locator("article button.bound").last.focus()
        for _ in range(40):  # over the end of the page, past the contents that are folded away at its side
            page.keyboard.press("Tab")
            at = page.evaluate("(({left, right}) => [left, right])(document.activeElement.getBoundingClientRect())")
            assert at[0] < PHONE, page.evaluate("document.activeElement.outerHTML")
            assert at[1] > 0


@pytest.mark.parametrize("scripts", [True, False])
def test_the_drawers_open_on_a_phone_and_give_the_focus_back(look, sample, scripts):
    with look(sample + CHAPTER, width=PHONE, java_script_enabled=scripts) as (page, _):
        for name, drawer in (("Chapters", "#book-nav"), ("On this page", "#page-nav")):
            button = page.get_by_role("button", name=name)
            button.click()
            assert page.locator(f"{drawer} li a").last.is_visible()
            page.keyboard.press("Escape")
            assert not page.locator(f"{drawer} li a").last.is_visible()
            assert page.get_by_role("button", name=name).evaluate("node => node === document.activeElement")


def test_a_drawer_closes_when_a_section_is_chosen(look, sample):
    with look(sample + CHAPTER, width=PHONE) as (page, _):
        page.get_by_role("button", name="On this page").tap()
        page.locator("#page-nav a[href='#the-share']").tap()
        assert not page.locator("#page-nav").is_visible()
        assert page.url.endswith("#the-share")


def test_without_a_script_the_colours_are_those_of_the_system(look, sample):
    for mode, ground in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 23, 27)")):
        with look(sample + CHAPTER, color_scheme=mode) as (page, _):
            page.route("**/*.js*", lambda route: route.abort())
            page.goto(sample + CHAPTER)
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground


CONTRAST = """
() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return {rgb: m.slice(0, 3), a: m[3] ?? 1}; };
  const light = (rgb) => rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const c = parse(getComputedStyle(at).backgroundColor);
      if (c.a === 1) return c.rgb;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll('article *')) {
    const own = [...node.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim());
    if (!own || !node.checkVisibility() || node.closest('svg, math, pre')) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color).rgb), light(ground(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.push(`${node.className} ${node.textContent.slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return poor;
}
"""


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", ["the_sample", "scorecard", "parameters", "facts"])
def test_every_text_stands_out_from_its_ground(look, sample, name, mode):
    with look(f"{sample}/book/{name}.html", color_scheme=mode, reduced_motion="reduce") as (page, _):
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert page.evaluate(CONTRAST) == []


def test_the_way_in_is_a_page_with_a_title_and_a_link(sample_site):
    door = (sample_site / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in door
    assert "<title>The sample</title>" in door
    assert '<a href="book/index.html">' in door


BLOCKED = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); }, configurable: true,
});
"""
"""What a private window or a frame of another site may do."""


def test_everything_works_for_the_visit_where_storage_is_blocked(look, sample):
    with look(sample + "/book/index.html", color_scheme="light") as (page, heard):
        page.add_init_script(BLOCKED)
        page.wait_for_load_state("networkidle")  # what is still on its way would be told as broken off
        page.goto(sample + CHAPTER)
        seen = {page.evaluate("document.documentElement.dataset.mode")}
        for _ in range(3):
            page.locator(".theme-switch-button").first.click()
            seen.add(page.evaluate("document.documentElement.dataset.mode"))
        assert seen == {"auto", "dark", "light"}
        assert heard.errors == []
