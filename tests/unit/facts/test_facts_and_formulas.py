"""What the formulas give on the book's own facts."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from shortcase.facts import later, table
from shortcase.publish.read.code import parse
from shortcase.publish.read.pages import Page, chapters

ROOT = Path(__file__).resolve().parents[3]
CONVENTIONS = {
    "backlog.cover": "purchase commitments, in quarters of cost",
    "discounted_cash_flow.multiple_implied": "the same turned round: of the last year's profit after tax",
    "discounted_cash_flow.terminal_value_by_multiple": "a multiple of profit after tax",
    "event_study.in_standard_errors": "the test statistic",
    "build_out.all_in": "chips are a share of the whole cost",
    "lead_fade.posterior_events": "the conjugate update of a gamma prior",
    "margin_bridge.cost_rise": "gross profit at an unchanged price and volume",
    "market_structure.elasticity_implied": "the mean Lerner index of a Cournot market",
    "market_structure.lerner_market": "the same, solved for the index",
    "market_structure.lerner_of_seller": "the same for one seller",
    "operating_leverage.opex_share": "operating expenses are held against sales",
    "price_parity.all_in_usd": "what belongs to the price of a card in service",
    "profit_pool.profit": "gross margin is a share of sales",
    "sales_multiple.market_value": "shares outstanding",
    "sales_multiple.net_cash": "securities count as cash",
    "sales_multiple.price_to_sales": "the multiple of a year's sales",
    "sales_multiple.without_cash": "enterprise value",
    "sales_multiple.year_estimate": "the outlook stands for the quarter not yet reported",
    "server_power.watts_each": "the most that the whole server draws, fans and links included",
    "serving_cost.concurrent_requests": "Little's law",
    "speculative_decoding.draft_share": "drafting is held against one pass of the large model",
    "training_compute.utilisation": "model FLOP, against the peak at the precision used",
    "training_cost.rented": "hours billed, idle ones as well",
}


def one_sign_formulas() -> Iterator[str]:
    for path in sorted((ROOT / "lib" / "shortcase" / "model").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            match node:
                case ast.FunctionDef(
                    name=name,
                    args=ast.arguments(args=given),
                    body=[ast.Expr(), ast.Return(value=ast.BinOp(ast.Name(left), sign, ast.Name(right)))],
                ) if {left, right} <= {one.arg for one in given} and not isinstance(sign, ast.Pow):
                    yield f"{path.stem}.{name}"


def unnamed(chapter: Page) -> Iterator[str]:
    for call in parse(chapter).calls:
        match call.node:
            case ast.Call(
                func=ast.Name(id="number"),
                args=[_, _, ast.Attribute(value=ast.Name(id="arithmetic"), attr=formula)],
                keywords=given,
            ) if formula != "growth" and not any(word.arg == "words" for word in given):
                yield f"{chapter.name}: {call.name}"


AS_OF = "2025-01-25"
MODELS, RUNS = table("language_models", AS_OF), table("training_runs", AS_OF)
V3_RUN, LLAMA_RUN = RUNS.row("deepseek_v3"), RUNS.row("llama_3_1_405b")
# Parameters in the released weights, to the last one, as the safetensors index of each repository gives them;
# GPT-3 by hand: 96 layers of 12h² + 13h with h = 12,288, 50,257 + 2,048 embeddings, and one last LayerNorm of 2h.
RELEASED = {
    "deepseek_v3": 671_026_404_352,
    "deepseek_v2": 235_741_434_880,
    "deepseek_v2_lite": 15_706_484_224,
    "llama_3_2_1b": 1_235_814_400,
    "llama_3_1_8b": 8_030_261_248,
    "llama_3_1_70b": 70_553_706_496,
    "llama_3_1_405b": 405_853_388_800,
    "qwen_2_5_72b": 72_706_203_648,
    "mixtral_8x7b": 46_702_792_704,
    "gpt_3": 96 * (12 * 12_288**2 + 13 * 12_288) + (50_257 + 2_048) * 12_288 + 2 * 12_288,
}


def test_only_a_convention_gives_plain_arithmetic_another_name() -> None:
    found = {name for name in one_sign_formulas() if not name.startswith("arithmetic.")}
    assert sorted(found) == sorted(CONVENTIONS)


def test_every_number_by_plain_arithmetic_names_its_amounts_for_the_reader() -> None:
    assert [key for chapter in chapters(ROOT) for key in unnamed(chapter)] == []


def test_nothing_was_public_later_than_the_essay() -> None:
    for name in ("buyers_cash_flow", "gpu_rents", "text_stock", "text_collections", "scaling_laws", "ai_sales"):
        for row in table(name, AS_OF):
            assert row.public_on <= dt.date.fromisoformat(AS_OF), f"{name}/{row.id}"


def test_the_quarters_add_up_to_the_years() -> None:
    # Form 10-K: revenue of fiscal 2017, 2019 and 2023.
    quarters = table("nvidia_quarters", AS_OF)
    for year, revenue in ((2017, 6910e6), (2019, 11716e6), (2023, 26974e6)):
        assert sum(row.revenue_usd for row in quarters if row.fiscal_year == year) == pytest.approx(revenue)


def test_parts_of_the_wafers_add_up() -> None:
    packed = table("packaging", AS_OF)
    parts = [packed.row(f"{who}_share").value for who in ("nvidia", "broadcom", "amd", "marvell", "other")]
    assert sum(parts) == pytest.approx(1.01)  # as printed


def test_the_market_table_and_the_closes_agree() -> None:
    closes = list(table("nvidia_closes", AS_OF))
    assert closes[-1].price_usd == table("nvidia_market", AS_OF).row("close_2025_01_24").price_usd
    assert [row.day for row in closes] == sorted({row.day for row in closes})
    assert all(row.day == row.public_on for row in closes)


def test_reported_hours_are_consistent() -> None:
    # table 1 of arXiv 2412.19437: 2,664K + 119K + 5K, and 180K for each of 14.8 trillion tokens
    assert V3_RUN.gpu_hours_total == (2664 + 119 + 5) * 1e3
    assert V3_RUN.gpu_hours_pretraining == pytest.approx(180e3 * 14.8, rel=1e-12)


def test_every_model_of_the_table_is_tested() -> None:
    assert set(MODELS.ids) == set(RELEASED)


def test_sales_by_place_add_to_those_reported() -> None:
    quarters, geography = table("nvidia_quarters", AS_OF), table("nvidia_geography", AS_OF)
    assert geography.row("quarter_2024_10").total_usd == quarters.row("fy2025q3").revenue_usd
    assert geography.row("quarter_2023_10").total_usd == quarters.row("fy2024q3").revenue_usd
    year = sum(quarters.row(f"fy2024q{k}").revenue_usd for k in (1, 2, 3, 4))
    assert geography.row("fy2024").total_usd == year
    nine = sum(quarters.row(f"fy2025q{k}").revenue_usd for k in (1, 2, 3))
    assert geography.row("nine_months_2024_10").total_usd == nine
    for row in later("nvidia_geography"):
        if row.has("us_usd"):
            named = row.china_usd + row.singapore_usd + row.us_usd + row.taiwan_usd
            assert 0.8 * row.total_usd < named < row.total_usd


def test_singapore_is_known_of_a_quarter_and_only_later_of_the_years() -> None:
    known = table("nvidia_geography", AS_OF)
    # The annual report of February 2024 has it among the other countries; that of February 2025 splits them.
    others = {"fy2023": 5_911e6, "fy2024": 10_245e6}
    for year, other in others.items():
        row = known.row(year)
        assert not row.has("singapore_usd")
        assert row.total_usd - row.china_usd - row.us_usd - row.taiwan_usd == other
        assert 0 < later("nvidia_geography").row(year).singapore_usd < other
    quarter = known.row("quarter_2023_10")
    assert quarter.singapore_usd / quarter.total_usd == pytest.approx(0.15, abs=0.005)


def test_chinas_part_agrees_between_reports() -> None:
    geography = table("nvidia_geography", AS_OF)
    quarter, before = geography.row("quarter_2024_10"), geography.row("quarter_2023_10")
    # Reported as 15 per cent of the quarter, and as a rise of 34 per cent on the year.
    assert quarter.china_usd / quarter.total_usd == pytest.approx(0.15, abs=0.005)
    assert quarter.china_usd / (before.china_share * before.total_usd) == pytest.approx(1.34, abs=0.01)


def test_nothing_of_2025_but_the_rule_was_known() -> None:
    known = table("export_controls", AS_OF)
    assert "diffusion_2025" in known.ids
    assert not {"h20_charge", "h20_unshipped"} & set(known.ids)
