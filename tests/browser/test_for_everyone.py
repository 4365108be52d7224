"""The page for who reads it in large letters, by keyboard, in colours of their own, or on paper."""

from __future__ import annotations

import pytest
from browser_tools import DESK, PHONE

CHAPTER = "/book/the_sample.html"
MOVED = f"{CHAPTER}?v=1&demand_elasticity=1.2"


def settled(page) -> None:
    """Two frames on, by when what watches the size of the bar has told it."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_letters_of_twice_the_size_leave_the_text_its_width(large, book, width):
    for name in ("index", "the_fallout", "scorecard", "your_case"):
        with large(f"{book}/book/{name}.html", width=width) as (page, _):
            assert page.evaluate("document.documentElement.scrollWidth") == width, name
            assert page.evaluate("document.querySelector('main').offsetWidth") >= min(width, 700), name


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("name", ["index", "the_fallout", "scorecard"])
def test_text_enlarged_by_a_style_sheet_leaves_room_too(look, book, width, name):
    if (width, name) == (PHONE, "the_fallout"):
        width = 640
    with look(f"{book}/book/{name}.html", width=width) as (page, _):
        page.add_style_tag(content="html { font-size: 200%; }")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate("document.querySelector('main').offsetWidth") >= min(width, 700)


@pytest.mark.parametrize("link", [CHAPTER, MOVED])
def test_the_closed_bar_takes_a_fifth_of_the_screen_at_most(large, sample, link):
    with large(sample + link, width=PHONE) as (page, _):
        assert page.locator(".what-if").bounding_box()["height"] <= 850 / 5


UNDER = """() => {
  const [at, bar] = [document.activeElement, document.querySelector(".what-if")];
  if (bar.contains(at) || at === document.body) return false;
  const [found, foot] = [at, bar].map((part) => part.getBoundingClientRect());
  return found.bottom > foot.top + 1 && found.top > foot.top - 1 && foot.bottom >= innerHeight - 1;
}"""


@pytest.mark.parametrize("opened", [False, True])
def test_what_has_the_focus_never_lies_under_the_bar(look, sample, opened):
    with look(sample + MOVED, reduced_motion="reduce") as (page, _):
        if opened:
            page.get_by_role("button", name="What if").click()
        settled(page)
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.locator("article a, article button").first.focus()
        hidden, steps = [], 0
        while not page.evaluate("document.querySelector('.what-if').contains(document.activeElement)") and steps < 120:
            page.keyboard.press("Tab")
            steps += 1
            if page.evaluate(UNDER):
                hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
        assert steps > 20
        assert hidden == []


def test_a_control_of_the_bar_takes_the_focus_without_moving_the_page(look, sample):
    with look(sample + MOVED, reduced_motion="reduce") as (page, _):
        settled(page)
        page.evaluate("scrollTo(0, 300)")
        page.locator(".wi-open").focus()
        page.locator(".wi-reset").focus()
        assert page.evaluate("scrollY") == 300


UNSEEN = """(selectors) => {
  const plain = (colour) => /^rgba\\(.*, 0\\)$/.test(colour) || colour === "transparent" || colour === "none";
  const canvas = getComputedStyle(document.body).backgroundColor;
  const seen = (part, after, names) => names.some((name) => {
    const colour = getComputedStyle(part, after)[name];
    return !plain(colour) && colour !== canvas;
  });
  return selectors.flatMap(([selector, after, ...names]) => {
    const parts = [...document.querySelectorAll(selector)];
    if (!parts.length) return [`${selector}: there is none`];
    return parts.some((part) => !seen(part, after || null, names)) ? [`${selector}${after}`] : [];
  });
}"""
DRAWN = {
    "index": [(".hero-bar > span", "", "backgroundColor")],
    "the_fallout": [
        (".wi-track", "::before", "backgroundColor"), (".wi-range", "", "backgroundColor"),
        (".wi-documented", "", "backgroundColor"), (".wi-about .wi-key-range", "::before", "backgroundColor"),
        (".wi-about .wi-key-documented", "::before", "backgroundColor"),
    ],
    "your_case": [
        (".case-fill", "", "backgroundColor"), ("[data-case] svg circle", "", "fill", "stroke"),
        ("[data-case] svg text", "", "fill"), (".case-axis", "", "stroke"),
    ],
    "parameters": [(".range-span", "", "stroke"), (".range-value", "", "stroke"), (".range-essay", "", "stroke")],
}  # fmt: skip


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", list(DRAWN))
def test_what_is_drawn_is_seen_in_the_colours_of_the_reader(look, book, name, mode):
    with look(f"{book}/book/{name}.html", color_scheme=mode, forced_colors="active") as (page, _):
        if name == "the_fallout":
            page.get_by_role("button", name="What if").click()
        if name == "your_case":
            page.locator(".case-fill").first.wait_for(state="attached")
        if name == "parameters":
            page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        assert page.evaluate(UNSEEN, DRAWN[name]) == []


def test_paper_says_what_is_moved_and_where_it_is_found(look, sample):
    with look(sample + MOVED) as (page, _):
        line = page.locator(".only-on-paper")
        assert not line.is_visible()
        page.emulate_media(media="print")
        address = f"{page.url.partition('?')[0]}{line_of(page)}"
        assert line.inner_text() == f"Moved: Price elasticity of demand for compute 1.2 (documented 0.8). {address}"
        page.evaluate("shortcase.move([['demand_elasticity', undefined]])")
        assert not line.is_visible()


def test_a_heading_is_named_by_its_words_and_the_link_in_it_by_what_it_does(look, sample):
    with look(sample + CHAPTER, width=PHONE) as (page, _):
        assert page.get_by_role("heading", name="A sample chapter", exact=True).count() == 1
        assert page.get_by_role("link", name="Link to this heading", exact=True).count() >= 2
        page.evaluate("shortcase.move([['demand_elasticity', 1.2]])")
        heading = page.get_by_role("heading", level=2).first
        assert heading.get_attribute("aria-labelledby") == "the-share-name"
        assert page.get_by_role("heading", name="A share of 66.4%", exact=False).count() == 1
        sign = page.locator("h1 a.headerlink")
        assert sign.evaluate("(sign) => getComputedStyle(sign).opacity") in (
            "1",
            "0",
        )  # with a finger always, and whole
        assert page.get_by_role("heading", name="#").count() == 0


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_link_alone_in_a_cell_is_large_enough(look, book, width):
    alone = """() => [...document.querySelectorAll("td > a, th > a, td > button, th > button")].filter((way) => {
      const alone = way.textContent.trim() === way.parentElement.textContent.trim();
      return alone && way.checkVisibility() && way.getBoundingClientRect().height < 24;
    }).map((way) => way.outerHTML.slice(0, 90))"""
    for name in ("scorecard", "scenarios", "expectations", "method", "parameters", "status"):
        with look(f"{book}/book/{name}.html", width=width) as (page, _):
            assert page.evaluate(alone) == [], name


def test_a_field_in_a_trace_shows_its_unit(look, book):
    cut = """() => [...document.querySelectorAll(".why:popover-open .wi-row input[type=text]")]
      .filter((field) => field.scrollWidth > field.clientWidth).map((field) => field.value)"""
    with look(f"{book}/book/index.html", width=PHONE) as (page, _):
        page.locator(".key-figures [data-num=va_p10]").click()
        assert page.locator(".why:popover-open .wi-row").count() > 2
        assert page.evaluate(cut) == []


def line_of(page) -> str:
    return page.evaluate("shortcase.address.written(shortcase.state, { edition: true })")


def test_a_page_that_does_not_follow_says_that_a_case_is_moved(look, sample):
    with look(sample + MOVED) as (page, heard):
        page.goto(sample + "/book/facts.html")
        bar = page.get_by_role("complementary", name="Your case")
        assert bar.locator(".wi-said").inner_text() == "As documented; your case moves 1 assumption."
        page.goto(
            f"{sample}/book/parameters.html?v=1&demand_elasticity=1.2&search=cards&defects.range=0.1..0.2&price=100"
        )
        assert bar.locator(".wi-said").inner_text() == "As documented; your case moves 2 assumptions."
        bar.get_by_role("button", name="Back to the documented case").click()
        assert bar.count() == 0
        assert page.evaluate("location.search") in ("", "?search=cards")
        page.goto(sample + CHAPTER)
        assert page.locator("p [data-num=yield_share]").first.inner_text() == "44.3%"
        page.goto(sample + "/book/facts.html")
        assert bar.count() == 0
        assert [error for error in heard.errors if "ERR_ABORTED" not in error] == []


def test_the_line_on_a_moved_case_shifts_nothing(look, sample):
    places = "[...document.querySelectorAll('article *')].map((part) => part.getBoundingClientRect().top)"
    found = []
    for link in ("", "?v=1&demand_elasticity=1.2"):
        with look(f"{sample}/book/facts.html{link}") as (page, _):
            assert page.locator(".what-if").count() == bool(link)
            found.append(page.evaluate(places))
    assert found[0] == found[1]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_badge_that_is_set_back_is_still_read(look, book, mode):
    """It takes the quiet colour of the page, which is held to 4.5:1, and is not made pale."""
    paint = "(part) => ['color', 'opacity'].map((name) => getComputedStyle(part)[name])"
    with look(f"{book}/book/index.html?v=1&demand_elasticity=1.2", color_scheme=mode) as (page, _):
        badge = page.locator(".argument-verdicts a[data-set-back]").first
        quiet = page.locator(".key-figures li p").first.evaluate("(part) => getComputedStyle(part).color")
        assert badge.evaluate(paint) == [quiet, "1"]
