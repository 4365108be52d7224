"""The landing page is the argument: it answers in the first screen, follows what is moved, stands without scripts."""

from __future__ import annotations

import re

import pytest
from browser_tools import DESK, PHONE, link_of, until

from shortcase.case import thesis
from shortcase.case.parameters import registry
from shortcase.case.thesis import weighing
from shortcase.case.thesis.answer import drawn
from shortcase.publish.site.landing import SLIDERS

INDEX = "/book/index.html"
STEPS = """
() => Object.fromEntries([...document.querySelectorAll("tr[data-step]")]
  .map((row) => [row.dataset.step, row.querySelector(".hero-amount").textContent]))
"""
BARS = """
() => [...document.querySelectorAll("tr[data-step] .hero-bar > span")].map((bar) => bar.getBoundingClientRect().width)
"""
WORDS = """
(answer) => {
  const copy = answer.cloneNode(true);
  copy.querySelectorAll("button, [popover], template").forEach((part) => part.remove());
  return copy.textContent;
}
"""


def dollars(text: str) -> float:
    return float(re.sub(r"[^\d.−-]", "", text).replace("−", "-"))


@pytest.mark.parametrize(("width", "mode"), [(DESK, "light"), (PHONE, "dark")])
def test_a_slider_moves_the_steps_and_the_sentences(look, book, width, mode):
    with look(book + INDEX, width=width, color_scheme=mode) as (page, heard):
        tile = page.locator(".key-figures strong").first
        assert tile.bounding_box()["y"] < 850, "what a share was worth is not in the first screen"
        before, verdict = page.evaluate(STEPS), page.locator(".admonition.answer").inner_text()
        assert page.locator(".hero-move input[type=range]").count() == SLIDERS
        slider = page.locator(".hero-move input[type=range]").first
        slider.focus()
        for _ in range(200):
            page.keyboard.press("ArrowRight")
        until(page, "document.querySelector('.hero').dataset.draws === '4096'")
        after = page.evaluate(STEPS)
        assert after["weighed"] != before["weighed"]
        assert after["weighed"] == tile.inner_text()
        assert after["price"] == before["price"]
        assert page.locator(".admonition.answer").inner_text() != verdict
        assert page.locator(".key-figures [data-set-back]").count() == 0
        page.get_by_role("button", name="Back to the documented case").first.click()
        assert page.evaluate(STEPS) == before
        assert page.locator(".key-figures [data-moved], .key-figures [data-set-back]").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert heard.errors == []


def test_the_steps_are_those_of_the_thesis(look, book):
    moves = {"demand_growth": 0.7, "customers_chance": 0.2}
    case = thesis.case("2025-01-25", {name: p.value for name, p in registry().items()} | moves)
    query = "&".join(f"{name}={x}" for name, x in moves.items())
    with look(f"{book}{INDEX}?v=1&{query}") as (page, _):
        until(page, "document.querySelector('.hero').dataset.draws === '4096'")
        shown = page.evaluate(STEPS)
        for name, part in weighing.parts(case).items():
            assert dollars(shown[name]) == round(float(part)), name
        assert dollars(shown["weighed"]) == round(float(weighing.probability_weighted(case)))
        found = drawn(case, 2**13)
        chance = dollars(page.locator("[data-num=va_chance_dear]").first.inner_text()) / 100
        assert chance == pytest.approx(found.chance_price_above, abs=0.025)  # three standard errors of 4,096 cases


@pytest.mark.parametrize(
    ("moved", "odds"),
    [
        ("demand_growth=0.3", "The essay had the better odds"),
        ("ai_output_share=0.2&equity_discount_rate=0.055&growth_half_life_years=10", "The odds were against"),
    ],
)
def test_the_words_on_the_odds_follow_the_cases_that_are_drawn(look, book, moved, odds):
    with look(f"{book}{INDEX}?v=1&{moved}") as (page, _):
        until(page, "document.querySelector('.hero').dataset.draws === '4096'")
        chance = dollars(page.locator("[data-num=va_chance_dear]").first.inner_text()) / 100
        assert (chance > 0.5) == odds.startswith("The essay")
        words = page.locator("[data-when]", has_text=odds)
        assert words.count() == 1
        assert words.get_attribute("data-set-back") is None


def test_a_threat_that_adds_says_so_and_what_came_of_the_move_is_heard(look, book):
    with look(f"{book}{INDEX}?v=1&demand_elasticity=1.5") as (page, heard):
        until(page, "document.querySelector('.hero').dataset.draws === '4096'")
        shown = page.evaluate(STEPS)
        assert shown["efficiency"].startswith("+$"), "cheaper compute is used more than in proportion: it adds"
        assert all(shown[name][0] in "−+" for name in ("architecture", "customers", "software"))
        chance = page.locator("button[data-num=va_chance_dear]").first
        assert chance.get_attribute("aria-label").startswith(f"{chance.inner_text()}: ")
        status = ".what-if [role=status]"
        until(page, f"/each threat weighed.*: \\$\\d+, was \\$90/.test(document.querySelector('{status}').textContent)")
        assert "stay as documented" in page.locator(status).text_content()
        slow = "shortcase.valuing.drawn = async () => {}; shortcase.move([['demand_elasticity', 0.6]])"
        page.evaluate(slow)
        until(page, f"document.querySelector('{status}').textContent.includes('was $90')")
        until(page, f"!document.querySelector('{status}').textContent.includes('The price exceeds')")
        assert heard.errors == []


def test_without_scripts_the_figure_stands_and_every_chapter_has_its_box(look, book):
    with look(book + INDEX, java_script_enabled=False) as (page, _):
        shown = page.evaluate(STEPS)
        assert shown["price"] == "$143"
        assert all(width >= 1 for width in page.evaluate(BARS))
        assert not page.locator(".hero-move").is_visible()
        boxes = page.locator(".argument")
        assert boxes.count() == 12
        for box in boxes.all():
            assert "#" in box.locator(".argument-way a").get_attribute("href")
            assert box.locator("p").nth(1).inner_text().endswith("?")
            assert len(box.locator("p").nth(2).evaluate(WORDS).split()) <= 6


def test_a_new_reader_with_a_phone_turns_the_verdict_and_sends_it_on(look, book):
    with look(book + INDEX, width=PHONE) as (page, heard):
        verdict = page.locator(".admonition.answer")
        before, weighed = verdict.inner_text(), page.evaluate(STEPS)["weighed"]
        slider = page.locator(".hero-move input[type=range]").first  # what moves the answer most comes first
        assert slider.get_attribute("aria-label") or page.locator(".hero-move label").first.inner_text()
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        page.touchscreen.tap(box["x"] + 0.97 * box["width"], box["y"] + box["height"] / 2.0)
        until(page, "document.querySelector('.hero').dataset.draws === '4096'")
        after, sentences = page.evaluate(STEPS), verdict.inner_text()
        assert after["weighed"] != weighed
        assert "With none of the five threats a share would have been worth its price or more" in sentences
        assert sentences != before
        link = link_of(page)
        assert heard.errors == []
    with look(link, width=PHONE) as (page, heard):
        until(page, "document.querySelector('.hero').dataset.draws === '4096'")
        assert page.evaluate(STEPS) == after
        assert page.locator(".admonition.answer").inner_text() == sentences
        assert heard.errors == []
