"""Figures follow the reader: by keyboard, mouse and touch, across pages and reload, from a file, under a policy."""

from __future__ import annotations

import functools
import json
import threading
from contextlib import contextmanager
from http.server import ThreadingHTTPServer

import pytest
import yaml
from browser_tools import DESK, PHONE, Quiet, bring_to_life, until

from shortcase.publish.site import editions

CHAPTER = "/book/the_sample.html"
PLACES = """
() => [...document.querySelectorAll("#s-points .vl-live svg .mark-symbol path")]
  .map((mark) => mark.getAttribute("transform")).join()
"""
MOVED = f"{CHAPTER}?v=1&demand_elasticity=1.2"


def figure(page):
    return page.locator("p [data-num=yield_share]").first


def said(page) -> str:
    return page.locator(".wi-said").inner_text()


def opened_bar(page):
    page.get_by_role("button", name="What if").click()
    return page.get_by_role("slider", name="Price elasticity of demand")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_slider_moves_every_figure_that_rests_on_it(look, sample, width):
    with look(sample + CHAPTER, width=width) as (page, heard):
        slider = opened_bar(page)
        assert slider.get_attribute("aria-valuetext") == "0.8"
        slider.focus()
        for _ in range(300):
            if slider.get_attribute("aria-valuetext") == "1.2":
                break
            page.keyboard.press("ArrowRight")
        texts = page.locator("[data-num=yield_share]").all_text_contents()
        assert len(texts) >= 6
        assert set(texts) == {"66.4%"}
        assert page.locator("article [data-par=demand_elasticity]").count() == 0
        assert figure(page).get_attribute("data-was") == "44.3%"
        assert figure(page).get_attribute("data-moved") == "up"
        assert said(page) == "2 figures moved on this page, 1 verdict flipped, 1 figure stays as documented."
        assert page.locator("[data-num=late_speed]").first.get_attribute("data-set-back") is not None
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert ", as documented: " in page.locator("[data-num=late_speed][aria-label]").first.get_attribute(
            "aria-label"
        )
        until(page, "document.querySelector('.what-if [role=status]').textContent.includes('2 figures')")
        page.locator(".wi-reset").click()
        until(page, "document.querySelector('.what-if [role=status]').textContent === 'Back to the documented case.'")
        assert page.locator("[aria-label*='as documented']").count() == 0
        assert heard.errors == []


def test_a_slider_is_dragged_with_the_mouse_and_taken_back(look, sample):
    with look(sample + CHAPTER) as (page, _):
        slider = opened_bar(page)
        box = slider.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + 12, box["y"] + box["height"] / 2, steps=8)
        page.mouse.up()
        assert figure(page).get_attribute("data-moved") == "down"
        assert page.locator("[data-claim=hw-one]").first.inner_text() == "✗ fails"
        assert "does not hold" in page.locator("[data-when]").first.inner_text()
        page.get_by_role("button", name="Back to the documented case").click()
        assert figure(page).inner_text() == "44.3%"
        assert page.locator("[data-moved]:not(.what-if)").count() == 0
        assert page.locator("[data-claim=hw-one]").first.inner_text() == "✓ holds"
        assert "at that value" in page.locator("[data-when]").first.inner_text()


def test_a_book_under_other_values_does_not_call_them_documented(look, sample):
    with look(sample + CHAPTER) as (page, _):
        page.evaluate("""() => {
            const parameters = Object.fromEntries(shortcase.address.known());
            shortcase.registry({ parameters, built: { demand_elasticity: 0.8 } });
        }""")
        page.get_by_role("button", name="What if").click()
        panel = page.locator("#what-if-panel")
        assert "as built 0.8" in panel.inner_text()
        assert panel.get_by_role("button", name="As built").is_visible()
        assert "ocumented" not in panel.locator(".wi-par, .wi-beside").first.inner_text()


def test_a_finger_moves_a_slider_too(look, sample):
    with look(sample + CHAPTER, width=PHONE) as (page, _):
        slider = opened_bar(page)
        box = slider.bounding_box()
        assert box["height"] >= 24
        page.touchscreen.tap(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
        assert figure(page).get_attribute("data-moved") == "up"


def test_a_figure_is_typed_and_what_is_none_is_refused(look, sample):
    with look(sample + CHAPTER) as (page, _):
        opened_bar(page)
        field = page.get_by_role("textbox", name="Price elasticity of demand, as a figure")
        field.fill("1.2")
        field.press("Enter")
        assert figure(page).inner_text() == "66.4%"
        for text, told in (("much", "Write a figure."), ("7", "From 0 to 3.")):
            field.fill(text)
            field.press("Enter")
            assert page.locator(".wi-wrong").first.inner_text() == told
            assert field.input_value() == "1.2"
            assert figure(page).inner_text() == "66.4%"
        field.press("ArrowDown")
        assert figure(page).inner_text() != "66.4%"


def test_a_guard_that_no_longer_holds_sets_a_figure_back(look, sample):
    with look(f"{sample}{CHAPTER}?v=1&demand_elasticity=2.5") as (page, _):
        guarded = page.locator("[data-num=guarded]").first
        assert guarded.inner_text() == "8.0\u00a0years"
        assert guarded.get_attribute("data-set-back") is not None
        guarded.click()
        told = page.locator(".why:popover-open").inner_text()
        assert "As documented" in told
        assert "shortcase run the_sample --set demand_elasticity=2.5" in told


def test_a_parameter_is_moved_from_the_trace_of_a_figure(look, sample):
    with look(sample + MOVED) as (page, _):
        figure(page).click()
        trace = page.locator(".why:popover-open")
        assert "Now 66.4%; documented 44.3%." in trace.inner_text()
        assert trace.locator(".why-head").inner_text() == "Share of dies that work: 66.4%"
        page.keyboard.press("Escape")
        badge = page.locator("[data-claim=hw-four]").first
        assert badge.inner_text() == "✗ fails"
        badge.click()
        head = page.locator(".why:popover-open .why-head .verdict")
        assert (head.inner_text(), head.get_attribute("class")) == ("✗ fails", "verdict verdict-fails")
        page.keyboard.press("Escape")
        page.evaluate("shortcase.move([['demand_elasticity', undefined]])")
        figure(page).click()
        assert trace.locator(".why-head").inner_text() == "Share of dies that work: 44.3%"


def test_scenarios_are_presets(look, sample):
    with look(sample + CHAPTER) as (page, _):
        opened_bar(page)
        bear = page.get_by_role("button", name="Bear")
        bear.click()
        assert bear.get_attribute("aria-pressed") == "true"
        assert figure(page).inner_text() == "22.2%"
        page.get_by_role("button", name="As documented", exact=True).click()
        assert figure(page).inner_text() == "44.3%"
        assert bear.get_attribute("aria-pressed") == "false"


def test_the_documented_value_stands_beside_on_demand(look, sample):
    with look(sample + MOVED) as (page, _):
        opened_bar(page)
        beside = "node => getComputedStyle(node, '::before').content"
        assert "44.3%" not in figure(page).evaluate(beside)
        page.get_by_label("The documented value beside each figure that moved").check()
        assert "44.3%" in figure(page).evaluate(beside)


def test_what_moved_is_listed_with_links(look, sample):
    with look(sample + f"{CHAPTER}?v=1&demand_elasticity=0.4") as (page, _):
        opened_bar(page)
        page.get_by_text("What moved").click()
        listed = page.locator(".wi-moves li")
        assert "holds → fails" in listed.all_inner_texts()[0]
        listed.get_by_role("link", name="44.3% → 22.2%").click()
        assert figure(page).evaluate("node => document.activeElement.dataset.num === 'yield_share'")


def test_the_state_holds_across_pages_and_reload(look, sample):
    with look(sample + MOVED) as (page, _):
        page.reload()
        assert figure(page).inner_text() == "66.4%"
        page.locator(".bd-article a", has_text="A link with").click()
        assert page.url.endswith("parameters.html?v=1&demand_elasticity=1.2")
        page.goto(sample + "/book/facts.html")
        page.goto(sample + CHAPTER)
        assert figure(page).inner_text() == "66.4%"
        until(page, "location.search === '?v=1&demand_elasticity=1.2'")
        page.get_by_role("button", name="Back to the documented case").click()
        until(page, "location.search === ''")
        page.goto(sample + CHAPTER)
        assert figure(page).inner_text() == "44.3%"


DRAWN_ALONG = """
() => {
  const slider = document.querySelector(".wi-par input[type=range]");
  for (let i = 1; i <= 150; i += 1) {
    slider.value = Number(slider.min) + ((Number(slider.max) - Number(slider.min)) * i) / 300;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return shortcase.address.written(shortcase.state);
}
"""


def test_a_slider_that_is_drawn_along_writes_its_last_address_once(look, sample):
    """A browser refuses addresses after a hundred or so within some seconds: the link would be that of another case."""
    with look(sample + CHAPTER) as (page, heard):
        opened_bar(page)
        page.evaluate("() => { history.put = history.replaceState; history.count = 0; }")
        page.evaluate("() => { history.replaceState = (...all) => { history.count += 1; history.put(...all); }; }")
        last = page.evaluate(DRAWN_ALONG)
        assert last.startswith("?v=1&demand_elasticity=")
        until(page, f"location.search === '{last}'")
        assert page.evaluate("history.count") == 1
        page.evaluate(DRAWN_ALONG.replace("150", "75"))  # gone before the hand has rested, and nothing is lost
        moved = figure(page).inner_text()
        page.goto(sample + "/book/facts.html")
        page.goto(sample + CHAPTER)
        assert figure(page).inner_text() == moved
        assert heard.errors == []


def test_it_can_be_taken_along(look, sample, tmp_path):
    with look(sample + MOVED) as (page, _):
        opened_bar(page)
        page.get_by_text("Take it along").click()
        until(page, "document.querySelector('.wi-take input').value !== ''")  # it is filled once the box has opened
        link = page.get_by_label("Link to this case").input_value()
        assert link.endswith(f"?v=1&demand_elasticity=1.2&edition={editions.this().name}")
        assert page.locator(".wi-take code").first.inner_text() == "shortcase build --set demand_elasticity=1.2"
        with page.expect_download() as saved:
            page.get_by_role("link", name="Scenario file").click()
        assert saved.value.suggested_filename == "my_case.yml"
        saved.value.save_as(tmp_path / "my_case.yml")
        told = yaml.safe_load((tmp_path / "my_case.yml").read_text(encoding="utf-8"))
        assert told["set"] == {"demand_elasticity": 1.2}
        assert set(told) == {"title", "reason", "set"}


def test_a_link_of_an_older_edition_says_what_has_changed(look, sample, sample_site):
    told = (sample_site / "_static" / "live" / "registry.js").read_text(encoding="utf-8")
    then = {"date": "2026-10-01", "formulas": True, "values": [["demand_elasticity", 0.7, 0.8]]}
    first = f'"editions":{{"0123abcd":{json.dumps(then)},'
    known = told.replace('"editions":{', first).replace(",}", "}")
    assert known != told
    with look(sample + CHAPTER) as (page, _):
        page.route("**/live/registry.js*", lambda route: route.fulfill(body=known))
        page.goto(f"{sample}{MOVED}&edition=0123abcd")
        notice = page.locator(".wi-notice").inner_text()
        assert "the edition of 2026-10-01" in notice
        assert "Price elasticity of demand: 0.7, now 0.8" in notice
        assert figure(page).inner_text() == "66.4%"
        page.goto(f"{sample}{MOVED}&edition=ffffffff")
        assert "does not know" in page.locator(".wi-notice").inner_text()
        page.goto(f"{sample}{MOVED}&edition={editions.this().name}")
        assert page.locator(".wi-notice").count() == 0


def test_a_chart_that_follows_is_drawn_again_and_one_that_does_not_says_so(look, sample):
    with look(sample + CHAPTER) as (page, heard):
        bring_to_life(page)
        before = page.evaluate(f"({PLACES})()")
        page.evaluate("shortcase.move([['demand_elasticity', 0.4]])")
        until(page, f"(before) => ({PLACES})() !== before", arg=before)
        assert page.locator("#s-points .as-documented").inner_text().startswith("This chart follows")
        assert page.locator("#s-lines .as-documented").inner_text().startswith("As documented")
        told = [page.locator(f"#s-{name} .vl-plot").get_attribute("aria-label") for name in ("points", "lines", "bars")]
        moved = "As documented: Three points. The drawing has moved since; this description has not."
        assert told == [moved, "As documented: Three curves fall.", "Three stacks of bars."]
        assert "its title, its description and the table" in page.locator("#s-points .as-documented").inner_text()
        assert not page.locator("#s-bars .as-documented").is_visible()
        page.evaluate("shortcase.move([['demand_elasticity', 0.8]])")
        until(page, f"(before) => ({PLACES})() === before", arg=before)
        assert not page.locator("#s-lines .as-documented").is_visible()
        assert page.locator("#s-points .vl-plot").get_attribute("aria-label") == "Three points."
        assert heard.errors == []


def test_a_figure_whose_formula_gives_another_text_stays_as_it_is(look, sample, sample_site):
    with look(sample + CHAPTER) as (page, _):
        page.route(
            "**/the_sample.js*", lambda route: route.fulfill(body=route.fetch().text().replace("0.443", "0.444"))
        )
        page.goto(sample + MOVED)
        assert figure(page).inner_text() == "44.3%"
        assert figure(page).get_attribute("data-set-back") is not None


def test_a_page_that_rests_on_no_parameter_loads_nothing_of_it(look, sample):
    asked = []
    with look(sample + CHAPTER) as (page, _):
        page.on("request", lambda r: asked.append(r.url))
        page.goto(sample + "/book/facts.html", wait_until="networkidle")
        assert not [url for url in asked if "/live/" in url]
        assert page.locator(".what-if").count() == 0


def test_it_works_from_a_file_where_links_carry_the_state(look, sample, sample_site):
    with look(sample + CHAPTER) as (page, heard):
        page.goto((sample_site / "book" / "the_sample.html").as_uri() + "?v=1&demand_elasticity=1.2")
        assert figure(page).inner_text() == "66.4%"
        page.locator(".bd-article a", has_text="A link with").click()
        assert page.url.endswith("?v=1&demand_elasticity=1.2")
        assert [error for error in heard.errors if "live/" in error] == []


@contextmanager
def strict(folder):
    """A server that allows scripts of its own alone."""

    class Strict(Quiet):
        def end_headers(self):
            self.send_header("Content-Security-Policy", "script-src 'self'")
            super().end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_it_works_where_only_the_sites_own_scripts_may_run(look, sample_site):
    with strict(sample_site) as home, look(home + MOVED) as (page, _):
        assert figure(page).inner_text() == "66.4%"
        slider = opened_bar(page)
        slider.focus()
        page.keyboard.press("ArrowRight")
        assert figure(page).inner_text() != "66.4%"


def test_it_works_without_storage(look, sample):
    with look(sample + CHAPTER) as (page, _):
        page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no'); } })")
        page.goto(sample + MOVED)
        assert figure(page).inner_text() == "66.4%"
        page.locator(".bd-article a", has_text="A link with").click()
        assert page.url.endswith("?v=1&demand_elasticity=1.2")


def test_without_scripts_and_on_paper_the_page_is_as_it_was(look, sample):
    with look(sample + MOVED, java_script_enabled=False) as (page, _):
        assert figure(page).inner_text() == "44.3%"
        assert page.locator(".what-if").count() == 0
        assert "does not hold" not in page.locator("article").inner_text()
    with look(sample + CHAPTER) as (page, _):
        page.emulate_media(media="print")
        assert not page.locator(".what-if").is_visible()
