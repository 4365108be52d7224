"""The event study and the scores of forecasts, against figures worked by hand and another route."""

from __future__ import annotations

import datetime as dt
import math
import re
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import linregress

from shortcase.case import claims
from shortcase.facts import later, table
from shortcase.model import arithmetic
from shortcase.model.accounts import capital_spending, gross_margin
from shortcase.model.probability import forecast_score
from shortcase.model.trading import event_study
from shortcase.publish.check import book
from shortcase.publish.check.provenance import known_on

FROZEN = "2026-06-30"
AS_OF = dt.date(2025, 1, 25)
ROOT = Path(__file__).parents[3]
CHAPTER = ROOT / "book" / "hindsight.md"


def test_the_market_model_is_a_regression() -> None:
    rng = np.random.default_rng(7)
    market = rng.normal(0.001, 0.01, 120)
    share = 0.002 + 1.7 * market + rng.normal(0.0, 0.02, 120)
    found, other = event_study.market_model(share, market), linregress(market, share)
    assert found.beta == pytest.approx(other.slope, rel=1e-12)
    assert found.alpha == pytest.approx(other.intercept, rel=1e-12)
    # scipy's error of the slope is s/√Sxx.
    assert found.noise == pytest.approx(other.stderr * math.sqrt(found.market_spread), rel=1e-12)


def test_the_market_model_by_hand() -> None:
    # m = −1, 0, 1 and r = −1, 3, 1: m̄ = 0, r̄ = 1, Sxx = 2, Sxy = 2, so β = 1, α = 1; left −1, 2, −1, s² = 6/1.
    found = event_study.market_model(np.array([-1.0, 3.0, 1.0]), np.array([-1.0, 0.0, 1.0]))
    assert (found.alpha, found.beta, found.days, found.market_mean, found.market_spread) == (1.0, 1.0, 3, 0.0, 2.0)
    assert found.noise == pytest.approx(math.sqrt(6.0))
    # A day with m = 2 and r = 7: AR = 7 − 1 − 2 = 4; its variance is 6·(1 + 1/3 + 4/2) = 20.
    assert event_study.abnormal_return(found, 7.0, 2.0) == pytest.approx(4.0)
    assert event_study.abnormal_error(found, 2.0) == pytest.approx(math.sqrt(20.0))
    # Two such days: CAR = 8; its variance is 6·(2 + 4/3 + 16/2) = 68, more than twice 20.
    days = np.array([2.0, 2.0])
    assert event_study.cumulative_abnormal_return(found, np.array([7.0, 7.0]), days) == pytest.approx(8.0)
    assert event_study.cumulative_error(found, days) == pytest.approx(math.sqrt(68.0))
    assert event_study.cumulative_error(found, days[:1]) == pytest.approx(math.sqrt(20.0))
    assert event_study.in_standard_errors(8.0, 2.0) == 4.0


def test_the_error_of_a_window_is_that_of_many_draws() -> None:
    rng = np.random.default_rng(3)
    market, window = rng.normal(0.0, 0.01, 60), np.array([0.02, 0.015, -0.01])
    noise = rng.normal(0.0, 0.02, (20_000, 63))
    fitted = event_study.market_model(market + noise[:, :60], np.broadcast_to(market, (20_000, 60)))
    cars = np.sum(window + noise[:, 60:] - fitted.alpha[:, None] - fitted.beta[:, None] * window, axis=-1)
    known = event_study.MarketModel(0.0, 1.0, 0.02, 60, market.mean(), ((market - market.mean()) ** 2).sum())
    assert np.std(cars) == pytest.approx(event_study.cumulative_error(known, window), rel=0.02)


def test_scores_by_hand() -> None:
    p, o = np.array([0.9, 0.6, 0.2]), np.array([1.0, 0.0, 0.0])
    # (0.01 + 0.36 + 0.04)/3; −(log₂ 0.9 + log₂ 0.4 + log₂ 0.8)/3 = −log₂ 0.288 / 3.
    assert forecast_score.brier(p, o) == pytest.approx(0.41 / 3.0)
    assert forecast_score.log_score(p, o) == pytest.approx(-math.log2(0.288) / 3.0)
    # 0.09 + 0.24 + 0.16; and 0.64·0.09 + 0.04·0.24 + 0.36·0.16 = 0.1248.
    assert forecast_score.expected_brier(p) == pytest.approx(0.49 / 3.0)
    assert forecast_score.brier_error(p) == pytest.approx(math.sqrt(0.1248) / 3.0)
    assert forecast_score.calibration_z(p, o) == pytest.approx((0.41 - 0.49) / math.sqrt(0.1248))
    assert (forecast_score.decided(o), forecast_score.came_true(o)) == (3.0, 1.0)
    assert forecast_score.skill(0.41 / 3.0, 0.25) == pytest.approx(1.0 - 0.41 / 0.75)


def test_a_coin_gets_a_quarter_and_a_bit_whatever_happens() -> None:
    half = np.full(4, 0.5)
    for happened in (np.zeros(4), np.ones(4), np.array([1.0, 0.0, 1.0, 1.0])):
        assert forecast_score.brier(half, happened) == 0.25
        assert forecast_score.log_score(half, happened) == pytest.approx(1.0)


def test_both_scores_are_proper() -> None:
    # Whoever believes 0.7 does best, on average, by saying 0.7.
    said = np.linspace(0.05, 0.95, 91)[:, None]
    for score in (forecast_score.brier, forecast_score.log_score):
        mean = 0.7 * score(said, np.ones((91, 1))) + 0.3 * score(said, np.zeros((91, 1)))
        assert said[np.argmin(mean), 0] == pytest.approx(0.7)


def test_the_spread_of_the_score_is_that_of_many_draws() -> None:
    rng = np.random.default_rng(5)
    p = np.array([0.75, 0.75, 0.93, 0.3])
    drawn = (rng.random((200_000, 4)) < p).astype(float)
    scores = forecast_score.brier(p, drawn)
    assert np.mean(scores) == pytest.approx(forecast_score.expected_brier(p), rel=0.01)
    assert np.std(scores) == pytest.approx(forecast_score.brier_error(p), rel=0.01)


def test_how_many_forecasts_it_takes() -> None:
    # By hand: at n the error of a share is √(0.75·0.25/n); it is a half of the gap of 0.25 at n = 12.
    n = forecast_score.forecasts_to_tell(0.75, 0.5, 2.0)
    assert math.sqrt(0.75 * 0.25 / n) == pytest.approx(0.125)


def test_the_margin_with_the_charge_apart() -> None:
    # The audit of the plan: 4.5 of 215.9 billion is 2.1 points, 73.2 % without it, and 1.8 of 3.9 points are left.
    year, before = (later("realised_inputs", FROZEN).row(i) for i in ("fy2026", "fy2025"))
    charge = later("after_the_essay", FROZEN).row("h20_charge").usd
    without = gross_margin.gross_margin(year.revenue_usd, year.gross_profit_usd, charge)
    old = gross_margin.gross_margin(before.revenue_usd, before.gross_profit_usd, 0.0)
    assert arithmetic.share(charge, year.revenue_usd) == pytest.approx(0.021, abs=5e-4)
    assert without == pytest.approx(0.732, abs=5e-4)
    assert arithmetic.difference(old, without) == pytest.approx(0.018, abs=5e-4)


def test_the_quarters_make_the_year() -> None:
    quarters = later("nvidia_quarters", FROZEN)
    for year in ("fy2025", "fy2026"):
        whole = later("realised_inputs", FROZEN).row(year)
        parts = [quarters.row(f"{year}q{i}") for i in (1, 2, 3, 4)]
        for column in ("revenue_usd", "gross_profit_usd", "operating_income_usd"):
            # Rounded to a million in each quarter.
            assert sum(getattr(q, column) for q in parts) == pytest.approx(getattr(whole, column), abs=3e6)
        assert whole.pretax_income_usd - whole.tax_usd == whole.net_income_usd


def test_what_the_four_buyers_spent() -> None:
    rows = list(later("buyers_capex", FROZEN))
    spent = {
        period: arithmetic.total(np.array([row.cash_usd for row in rows if row.period == period]))
        for period in ("2024", "2025")
    }
    # Added by hand from the four cash-flow statements: 52.5 + 83.0 + 37.3 + 55.6 and 91.4 + 131.8 + 69.7 + 83.1.
    assert spent["2024"] == pytest.approx(228.342e9)
    assert spent["2025"] == pytest.approx(376.051e9)
    # A count with leases grew by 66 per cent; in cash it is 65.
    assert arithmetic.growth(spent["2024"], spent["2025"]) == pytest.approx(0.66, abs=0.02)
    assert capital_spending.use_for_spending(6.6, 0.65) == pytest.approx(4.0)


def test_the_day_of_the_fall() -> None:
    before = table("nvidia_market", "2025-01-25").row("close_2025_01_24").price_usd
    after = later("nvidia_market", FROZEN).row("close_2025_01_27").price_usd
    assert arithmetic.growth(before, after) == pytest.approx(-0.1697, abs=5e-5)


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
