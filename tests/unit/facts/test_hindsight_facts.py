"""The facts of the year after, held against each other."""

from __future__ import annotations

import datetime as dt
import math
import re
from pathlib import Path

import pytest

from shortcase.case import claims
from shortcase.facts import later
from shortcase.publish.check import book
from shortcase.publish.check.provenance import known_on

FROZEN = "2026-06-30"
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
    # The reported growth of 68 per cent leads back to fiscal 2025: 115.2 billion, of which 79.6 in three quarters.
    reported = sum(row.data_center_usd for row in later("nvidia_data_center", FROZEN) if row.fiscal_year == 2025)
    assert center.usd / (1.0 + center.share) == pytest.approx(reported + 35.6e9, rel=0.005)
    assert center.usd < year.revenue_usd
    units = later("accelerators_shipped", FROZEN).row("amd")
    floor = later("value_capture", FROZEN).row("amd_gpu_2024").usd
    assert facts.row("amd_gpu_2025").usd == pytest.approx(floor * units.shipped_2025 / units.shipped_2024, rel=0.001)
    broadcom = facts.row("broadcom_ai_2025")
    before = later("value_capture", FROZEN).row("broadcom_ai_2024").usd
    assert broadcom.usd / before - 1.0 == pytest.approx(broadcom.share, abs=0.02)


def test_what_rests_on_later_facts_stays_on_the_page() -> None:
    found = book.read(ROOT)
    code = found.codes["hindsight"]
    ahead = {key for key in code.named("number") if known_on(found.dependencies("number", key), AS_OF)}
    assert {"hs_v_came", "hs_left", "hs_needed_return", "hs_part_spending"} <= ahead
    elsewhere = {use.name for use in found.uses if use.page.name != "hindsight"}
    assert not ahead & elsewhere
    assert not code.named("claim")
    assert not [key for key in code.named("number") if key.startswith("hs_v_") and key not in ahead]


def test_the_page_says_the_day_at_which_it_is_frozen() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    assert re.search(rf'^FROZEN = "{FROZEN}"$', text, re.MULTILINE)
    assert "30 June 2026" in text


def test_no_floor_below_the_chapters_looks_ahead() -> None:
    lib = ROOT / "lib" / "shortcase"
    files = [path for floor in ("case", "model", "show") for path in (lib / floor).rglob("*.py")]
    assert files
    assert [path.name for path in files if re.search(r"\blater\(", path.read_text(encoding="utf-8"))] == []
