"""The long generated lists in a real browser: search, filters, their address, and the whole list without scripts."""

from __future__ import annotations

import pytest
from browser_sample import CSV
from browser_tools import DESK, PHONE, until

SCORECARD = "/book/scorecard.html"
CLAIMS = 7


def shown(page) -> list[str]:
    return [row.get_attribute("id") for row in page.locator("details[data-item]").filter(visible=True).all()]


def told(page) -> str:
    return page.locator("form.filters output").inner_text()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_one_verdict_or_several_alone_and_all_again(look, sample, width):
    with look(sample + SCORECARD, width=width) as (page, heard):
        assert (len(shown(page)), told(page)) == (CLAIMS, "7 claims")
        fails, depends = (page.locator(f"[data-toggle=verdict][value={name}]") for name in ("fails", "depends"))
        fails.click()
        assert (shown(page), told(page)) == (["hw-three"], "1 of 7 claims shown")
        assert fails.get_attribute("aria-pressed") == "true"
        assert not page.locator("#section-theory").is_visible()
        depends.click()
        assert shown(page) == ["hw-three", "hw-four"]
        assert page.locator("#section-hardware .entries-count").inner_text() == "1 of 3 claims"
        assert page.url.endswith("?verdict=fails,depends#every-claim")
        page.get_by_role("button", name="Show all").click()
        assert len(shown(page)) == CLAIMS
        assert page.url.endswith(SCORECARD)
        assert not page.get_by_role("button", name="Show all").is_visible()
        assert heard.errors == []


def test_the_filters_work_by_keyboard_and_say_what_they_did(look, sample):
    with look(sample + SCORECARD) as (page, _):
        status = page.get_by_role("status")
        assert status.get_attribute("aria-live") == "polite"
        page.get_by_label("Search the claims").focus()
        page.keyboard.type("TASTE  matter")
        assert (shown(page), status.inner_text()) == (["hw-five"], "1 of 7 claims shown")
        page.keyboard.press("Enter")  # sends nothing and leaves the page
        assert shown(page) == ["hw-five"]
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert shown(page) == ["hw-one"]
        page.keyboard.press("Space")
        page.get_by_label("Weight").focus()
        page.keyboard.type("main")
        assert shown(page) == ["hw-one", "hw-two", "hw-three"]
        page.locator("select[name=kind]").select_option("forecast")
        assert (shown(page), status.inner_text()) == ([], "0 of 7 claims shown")


def test_a_filtered_view_can_be_sent(look, sample):
    with look(f"{sample}{SCORECARD}?verdict=fails,holds&q=number+three&weight=none#every-claim") as (page, _):
        assert shown(page) == ["hw-three"]  # a weight that no claim has is no filter
        assert page.get_by_label("Search the claims").input_value() == "number three"
        assert page.locator("[aria-pressed=true]").count() == 2


def test_a_count_leads_to_its_claims_and_back_again(look, sample):
    with look(sample + SCORECARD) as (page, _):
        page.locator("#verdicts-counted a[href*='verdict=fails']").first.click()
        assert shown(page) == ["hw-three"]
        assert page.evaluate("document.activeElement.tagName") == "H2"
        page.go_back()
        until(page, "document.querySelectorAll('details[data-item][hidden]').length === 0")
        assert len(shown(page)) == CLAIMS


def test_a_link_to_a_claim_finds_it_whatever_is_filtered(look, sample):
    with look(f"{sample}{SCORECARD}?verdict=holds#hw-three") as (page, _):
        assert len(shown(page)) == CLAIMS
        page.locator("[data-toggle=verdict][value=holds]").click()
        page.locator("#group-fails-main a.to-claim").click()
        until(page, "document.querySelectorAll('details[data-item][hidden]').length === 0")
        assert page.url.endswith("#hw-three")
        assert page.locator("#hw-three dl").is_visible()


def test_filters_work_on_a_page_opened_from_a_file(look, sample_site, sample):
    with look(sample + SCORECARD) as (page, heard):
        page.goto((sample_site / "book" / "scorecard.html").as_uri())
        page.locator("[data-toggle=verdict][value=fails]").click()
        assert shown(page) == ["hw-three"]
        assert [error for error in heard.errors if "history" in error.lower()] == []


@pytest.mark.parametrize(
    ("name", "items"), [("scorecard", "details"), ("parameters", "details"), ("facts", ".fact-table")]
)
def test_without_scripts_the_whole_list_stands(look, sample, name, items):
    with look(f"{sample}/book/{name}.html?q=nothing", java_script_enabled=False) as (page, _):
        assert not page.locator("form.filters").is_visible()
        found = page.locator(f"{items}[data-item]")
        assert found.count() == found.filter(visible=True).count() > 1


def test_what_matters_stands_first(look, sample):
    with look(sample + SCORECARD, java_script_enabled=False) as (page, _):
        headings = page.locator("article h2").all_inner_texts()
        assert [heading.rstrip("#") for heading in headings] == [
            "What fails, and a main conclusion hangs on it",
            "What turns on one assumption",
            "What could not be confirmed",
            "Verdicts by section and by kind",
            "Every claim",
        ]
        turns = page.locator("#group-turns tbody tr")
        assert "0.1\u00a0per cm²: holds" in turns.inner_text()
        turns.get_by_role("link", name="Defects").click()
        assert page.url.endswith("parameters.html#par-defects")


def test_parameters_are_found_by_word_and_by_menu(look, sample):
    with look(sample + "/book/parameters.html") as (page, _):
        page.get_by_label("Search the parameters").fill("élasticity")
        assert shown(page) == ["par-demand_elasticity"]
        page.get_by_role("button", name="Show all").click()
        page.get_by_label("Essay").select_option("gives-another-value")
        assert shown(page) == ["par-defects"]
        page.locator("#par-defects > summary").click()
        page.locator("#par-defects details summary").click()
        page.locator("#par-defects li a").first.click()
        assert page.url.endswith("the_sample.html#number-late_speed") or page.url.endswith("#number-yield_share")
        page.wait_for_selector("button:target")  # the address changes before the page is there


def test_a_table_of_facts_is_saved_byte_for_byte(look, sample, tmp_path):
    with look(sample + "/book/facts.html", width=PHONE) as (page, _):
        page.get_by_label("Search the tables").fill("makers specify")
        assert page.locator(".fact-table").filter(visible=True).count() == 1
        page.locator("#table-chips .fact-table > summary").tap()
        with page.expect_download() as saved:
            page.locator("#table-chips a.csv").click()
        assert saved.value.suggested_filename == "chips.csv"
        saved.value.save_as(tmp_path / "chips.csv")
        assert (tmp_path / "chips.csv").read_bytes() == CSV


def test_a_table_of_facts_fits_a_phone(look, sample):
    with look(sample + "/book/facts.html", width=PHONE) as (page, _):
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE
        rows = page.locator("#table-chips .table-scroll").last
        assert rows.evaluate("node => node.scrollWidth > node.clientWidth")
