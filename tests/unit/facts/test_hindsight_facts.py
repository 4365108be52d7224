"""The facts of the year after, held against each other."""

from __future__ import annotations

import datetime as dt
import math
import re
from pathlib import Path

import pytest

from shortcase.case import claims
from shortcase.facts import later, names
from shortcase.publish.check import book
from shortcase.publish.check.provenance import known_on

FROZEN = "2026-09-30"
AS_OF = dt.date(2025, 1, 25)
ROOT = Path(__file__).parents[3]
CHAPTER = ROOT / "book" / "hindsight.md"


def test_the_quarters_make_the_year() -> None:
    quarters = later("nvidia_quarters", FROZEN)
    for year in ("fy2025", "fy2026"):
        whole = later("realised_inputs", FROZEN).row(year)
        parts = [quarters.row(f"{year}q{i}") for i in (1, 2, 3, 4)]
        for column in ("revenue_usd", "gross_profit_usd", "operating_income_usd"):
            # Rounded to a million in each quarter.
            assert sum(getattr(q, column) for q in parts) == pytest.approx(getattr(whole, column), abs=3e6)
        assert whole.pretax_income_usd - whole.tax_usd == whole.net_income_usd


def test_what_the_four_buyers_spent_in_a_quarter() -> None:
    rows = list(later("buyers_capex", FROZEN))
    # Added by hand: 44.924 + 54.208 + 30.116 + 35.802, and a year before 22.446 + 32.183 + 16.538 + 17.079.
    for year, usd in (("2026", 165.050e9), ("2025", 88.246e9)):
        spent = [row.cash_usd for row in rows if row.period == f"second quarter of {year}"]
        assert len(spent) == 4
        assert sum(spent) == pytest.approx(usd)
    # Microsoft's calendar year 2025 is the sum of its quarters: 16.745 + 17.079 + 19.394 + 29.876.
    assert later("buyers_capex", FROZEN).row("microsoft_2025").cash_usd == pytest.approx(83.094e9)


def test_the_half_year_of_fiscal_2027() -> None:
    first, second = (later("nvidia_quarters", FROZEN).row(f"fy2027q{i}") for i in (1, 2))
    centre, money = later("nvidia_data_center", FROZEN), later("after_the_essay", FROZEN)
    # The release's own words: 106 per cent on the year, 18 on the quarter, a margin of 75.0; data centres 117.
    assert second.revenue_usd / later("nvidia_quarters", FROZEN).row("fy2026q2").revenue_usd == pytest.approx(
        2.06, abs=5e-3
    )
    assert second.revenue_usd / first.revenue_usd == pytest.approx(1.18, abs=5e-3)
    assert second.gross_profit_usd / second.revenue_usd == pytest.approx(0.750, abs=5e-4)
    assert centre.row("fy2027q2").data_center_usd / centre.row("fy2026q2").data_center_usd == pytest.approx(
        1 + money.row("nvidia_data_center").share, abs=5e-3
    )
    # The year's quarters of the centre add up to the year that the press reported, 193.7 billion.
    year = sum(row.data_center_usd for row in centre if row.fiscal_year == 2026)
    assert year == pytest.approx(money.row("data_center_fy2026").usd, rel=1e-3)
    # 279 of supply is more than twice the 119 of the quarter before; 13.0 and 2.944 to Groq are 15.9.
    assert money.row("groq_fy2026").usd + money.row("groq_later").usd == pytest.approx(15.944e9)
    # Broadcom: 6.5 + 8.4 + 10.8 + 16.7.
    assert money.row("broadcom_ai_four").usd == pytest.approx(42.4e9)


def test_the_days_of_the_two_tables_are_the_same() -> None:
    market = {row.day: row.change for row in later("sp500_changes", FROZEN)}
    shares = [row.day for row in later("nvidia_closes", FROZEN)]
    first = min(market)
    assert [day for day in shares if day >= first] == [day for day in market if day <= max(shares)]
    # Compounded, the year's changes are the rise of the index from 4,739.21 to 6,101.24 (FRED, series SP500).
    assert math.prod(1.0 + c for d, c in market.items() if d <= max(shares)) == pytest.approx(
        6101.24 / 4739.21, rel=2e-4
    )


def test_every_forecast_of_the_ledger_is_resolved_by_its_own_rule_and_has_a_word_of_the_scale() -> None:
    found = {row.id: row for row in later("forecast_resolutions", FROZEN)}
    rules = {c.id: c.resolution for c in claims.ledger().values() if c.kind == "forecast"}
    assert sorted(found) == sorted(rules)
    assert all(rules.values())
    # The rule stands in the ledger alone, so that no second wording of it can differ.
    assert "rule" not in later("forecast_resolutions", FROZEN).schema.columns
    words = {row.word: row.share for row in later("estimative_words", FROZEN)}
    for row in found.values():
        assert row.resolved in ("yes", "no", "open", "void")
        assert row.has("resolved_on") == (row.resolved in ("yes", "no"))
        assert row.resolved == "open" or row.resolved_on <= row.due
        assert row.due > dt.date.fromisoformat(FROZEN) or row.resolved != "open"
        assert str(row.due.year) in rules[row.id] or row.id.startswith("wr-")
        assert row.word in words


def test_what_the_rules_on_sales_and_margin_say() -> None:
    # By hand: 215.9 of sales against 177, and 153.463/215.938 = 71.07 per cent against 70; fiscal 2027 is not over.
    year = later("realised_inputs", FROZEN).row("fy2026")
    consensus = later("nvidia_estimates", FROZEN).row("consensus_fy2026").revenue_usd
    found = {row.id: row.resolved for row in later("forecast_resolutions", FROZEN)}
    assert year.revenue_usd > consensus
    assert found["wr-demand-lower-than-projected"] == "no"
    assert year.gross_profit_usd / year.revenue_usd == pytest.approx(0.7107, abs=5e-5)
    assert found["wr-rockier-than-implied"] == "open"


def test_the_year_as_it_came_adds_up() -> None:
    facts, year = later("after_the_essay", FROZEN), later("realised_inputs", FROZEN).row("fy2026")
    center = facts.row("data_center_fy2026")
    # The reported growth of 68 per cent leads back to fiscal 2025: 115.2 billion in four quarters.
    reported = sum(row.data_center_usd for row in later("nvidia_data_center", FROZEN) if row.fiscal_year == 2025)
    assert center.usd / (1.0 + center.share) == pytest.approx(reported, rel=0.005)
    assert center.usd < year.revenue_usd
    units = later("accelerators_shipped", FROZEN).row("amd")
    floor = later("value_capture", FROZEN).row("amd_gpu_2024").usd
    assert facts.row("amd_gpu_2025").usd == pytest.approx(floor * units.shipped_2025 / units.shipped_2024, rel=0.001)
    broadcom = facts.row("broadcom_ai_2025")
    before = later("value_capture", FROZEN).row("broadcom_ai_2024").usd
    assert broadcom.usd / before - 1.0 == pytest.approx(broadcom.share, abs=0.02)


def test_what_rests_on_later_facts_stays_on_the_page() -> None:
    found = book.read(ROOT)
    pages = ("hindsight", "today")
    made = {key for page in pages for key in found.codes[page].named("number")}
    ahead = {key for key in made if known_on(found.dependencies("number", key), AS_OF)}
    assert {"hs_v_came", "hs_left", "hs_needed_return", "hs_part_spending"} <= ahead
    assert {"td_weighed", "td_dear", "td_needed_paid", "td_chance_dear", "td_cost_customers", "td_growth"} <= ahead
    elsewhere = {use.name for use in found.uses if use.page.name not in pages}
    assert not ahead & elsewhere
    assert not {key for key in made if key.startswith("td_")} & elsewhere
    assert not any(found.codes[page].named("claim") for page in pages)
    assert not [key for key in made if key.startswith("hs_v_") and key not in ahead]


def test_the_page_says_the_day_at_which_it_is_frozen() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    assert re.search(rf'^FROZEN = "{FROZEN}"$', text, re.MULTILINE)
    day = dt.date.fromisoformat(FROZEN)
    assert f"{day.day} {day:%B} {day.year}" in text


def test_no_floor_below_the_chapters_looks_ahead() -> None:
    lib = ROOT / "lib" / "shortcase"
    files = [path for floor in ("case", "model", "show") for path in (lib / floor).rglob("*.py")]
    assert files
    assert [path.name for path in files if re.search(r"\blater\(", path.read_text(encoding="utf-8"))] == []


def test_what_was_found_in_notes_alone_is_not_said_to_be_read_in_the_source() -> None:
    """No filing of the summer of 2026 could be opened: what stands here was quoted by those who had read it."""
    unread, rows = dt.date(2026, 6, 30), 0
    for name in names():
        for row in later(name, FROZEN):
            if row.public_on > unread:
                rows += 1
                assert row.provenance()["confidence"] != "verified-in-source", f"{name}/{row.id}"
    assert rows > 30
