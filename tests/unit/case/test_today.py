"""The page of today begins where the tables end, and nothing of it reaches what the book judges."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shortcase import cli
from shortcase.case import scenarios, thesis
from shortcase.case.parameters import as_written
from shortcase.case.thesis import last_four
from shortcase.commands.valuation import reported
from shortcase.errors import BadRequest, LookAhead, MissingFact
from shortcase.facts import later
from shortcase.model.valuation.discounted_cash_flow import beta_behind, required_return
from shortcase.publish.request import Request, asked, chosen

ROOT = Path(__file__).resolve().parents[3]
DAY = "2026-09-30"


def test_the_year_before_the_forecast_is_the_four_quarters_reported_last() -> None:
    begun = last_four.start(reported(DAY))
    # By hand from the releases, in millions: 57,006 + 68,127 + 81,615 + 96,221 of sales; of it data centres
    # 51,215 + 62,314 + 75,246 + 89,023; gross profit 41,849 + 51,093 + 61,157 + 72,142 less operating income.
    assert begun.data_center_usd + begun.other_usd == pytest.approx(302_969e6)
    assert begun.data_center_usd == pytest.approx(277_798e6)
    assert begun.operating_expenses_usd == pytest.approx(226_241e6 - 197_579e6)
    # 22,443 of cash and 34,143 of debt securities, less 33,366 of notes; diluted shares of the quarter.
    assert begun.net_cash_usd == pytest.approx(23_220e6)
    assert begun.diluted_shares == pytest.approx(24_285e6)
    assert begun.price_usd == 228.86
    # 6.5 + 8.4 + 10.8 + 16.7 of Broadcom, 8.44 of AMD as computed.
    assert begun.market_share == pytest.approx(277.798 / (277.798 + 42.4 + 8.44))


def test_the_four_quarters_are_those_of_the_day() -> None:
    assert [row.id for row in last_four.quarters(reported(DAY))] == ["fy2026q3", "fy2026q4", "fy2027q1", "fy2027q2"]
    assert [row.id for row in last_four.quarters(reported("2026-08-25"))][-1] == "fy2027q1"


def test_a_table_that_was_not_brought_up_to_the_last_quarter_is_named() -> None:
    with pytest.raises(MissingFact, match="nvidia_balance_sheet has no row 'fy2027q1'"):
        last_four.start(reported("2026-08-25"))


def test_the_price_is_the_last_that_was_known() -> None:
    assert last_four.last_close(reported(DAY)).day.isoformat() == "2026-09-28"
    assert last_four.last_close(reported("2026-09-20")).price_usd == 222.27


def test_amd_s_part_is_grown_as_the_table_says() -> None:
    facts = later("after_the_essay", DAY)
    first, second = (later("after_the_essay", day).row("amd_data_center") for day in ("2026-06-30", DAY))
    # 16.6 billion in 2025, less the first half of that year, which the growth of the rows gives, and the half of 2026.
    four = 16.6e9 - first.usd / (1 + first.share) - second.usd / (1 + second.share) + first.usd + second.usd
    grown = facts.row("amd_gpu_2025").usd * four / 16.6e9
    assert facts.row("amd_gpu_four").usd == pytest.approx(grown, rel=0.01)


def test_the_rate_is_that_of_the_day_at_the_documented_beta() -> None:
    rates, values = later("rates_of_the_day", DAY), scenarios.later_scenario("today", DAY).values()
    beta = beta_behind(
        as_written()["equity_discount_rate"].value,
        rates.row("treasury_2025_01").rate,
        rates.row("premium_2025_01").rate,
    )
    asked_for = required_return(rates.row("treasury").rate, rates.row("premium").rate, beta)
    assert values["equity_discount_rate"] == pytest.approx(asked_for, abs=0.0025)
    # Price and rate are of one day.
    assert rates.row("treasury").day == last_four.last_close(reported(DAY)).day
    months = 5 / 12 * rates.row("world_output_before").usd + 7 / 12 * rates.row("world_output").usd
    assert values["world_output_usd"] == pytest.approx(months, abs=0.5e12)


def test_a_scenario_that_begins_later_is_read_only_by_a_page_frozen_at_its_day() -> None:
    with pytest.raises(LookAhead, match="after the essay"):
        scenarios.scenario("today")
    with pytest.raises(LookAhead, match="the page looks up to"):
        scenarios.later_scenario("today", "2026-06-30")
    with pytest.raises(BadRequest, match="begins with the essay"):
        scenarios.later_scenario("bull", DAY)
    assert scenarios.later_scenario("today", DAY).looks_ahead


def test_scenarios_of_the_day_know_no_more_than_the_essay_did() -> None:
    names = scenarios.of_the_day()
    assert {"bear", "bull", "documented", "essay"} <= set(names)
    assert not {"today", "march_2025"} & set(names)


@pytest.mark.parametrize("command", [("build",), ("check",), ("run", "the_fallout")])
def test_the_book_cannot_be_built_with_what_came_later(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.main([*command, "--scenario", "today"]) == 2
    assert "shortcase value --scenario today" in capsys.readouterr().err


def test_a_request_of_today_is_for_its_worth_alone() -> None:
    with pytest.raises(BadRequest):
        chosen(Request(scenario="today"))
    scenario, values = asked(Request(scenario="today", settings=("demand_growth=0.5",)))
    assert (scenario.begins, values["demand_growth"]) == (scenarios.LAST_FOUR, 0.5)


@pytest.mark.parametrize("page", ["hindsight", "today"])
def test_a_page_that_stands_still_names_the_day_of_its_last_price(page: str) -> None:
    text = (ROOT / f"book/{page}.md").read_text(encoding="utf-8")
    assert f'FROZEN = "{DAY}"' in text
    named = set(re.findall(r"\{fact\}`nvidia_closes_after/(\w+)/day`", text))
    assert named == {last_four.last_close(reported(DAY)).id}


def test_the_documented_start_is_what_it_was() -> None:
    # By hand, in millions: 22,563 + 26,272 + 30,771, and of the outlook of 37,500 the part of the last quarter.
    begun = thesis.start(thesis.known("2025-01-25"))
    assert begun.data_center_usd == pytest.approx(22_563e6 + 26_272e6 + 30_771e6 + 37_500e6 * 30_771 / 35_082)
    assert begun.price_usd == 142.62


NEXT = "fy2027q3"
"""The row that the recipe for the next quarter gives as its example."""
ANSWERS = {"yes", "no", "void"}


def test_the_recipe_for_the_next_quarter_names_tables_and_rows_that_this_one_has() -> None:
    recipe = (ROOT / "docs/next-quarter.md").read_text(encoding="utf-8")
    assert NEXT not in {row.id for row in later("nvidia_quarters")}, "the example is no next quarter any more"
    named = 0
    for names, wants in re.findall(r"^\| (`.+?) \| (.+) \|$", recipe, re.MULTILINE):
        tables = re.findall(r"`(\w+)`", names)
        ids = {row.id for table in tables for row in later(table)}
        for row in {*re.findall(r"`(\w+…?)`", wants)} - ANSWERS - {NEXT} - set(tables) - {"realised_inputs"}:
            assert any(one.startswith(row.removesuffix("…")) for one in ids if row.endswith("…") or one == row), row
            named += 1
    assert named > 15
    pages = re.findall(r"\*([A-Z][\w ]+)\*", recipe.splitlines()[2] + recipe.splitlines()[3])
    frozen = [path for path in (ROOT / "book").glob("*.md") if re.search(r"^FROZEN = ", path.read_text("utf-8"), re.M)]
    titles = {re.search(r"^# (.+)$", path.read_text("utf-8"), re.M)[1] for path in frozen}  # type: ignore[index]
    assert set(pages) == titles
