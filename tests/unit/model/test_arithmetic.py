"""The house's bare arithmetic, by figures worked by hand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from shortcase.model import arithmetic
from shortcase.publish.read.code import parse
from shortcase.publish.read.pages import Page, chapters

ROOT = Path(__file__).resolve().parents[3]
CONVENTIONS = {
    "backlog.cover": "purchase commitments, in quarters of cost",
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
    "serving_cost.concurrent_requests": "Little's law",
    "training_compute.utilisation": "model FLOP, against the peak at the precision used",
    "training_cost.rented": "hours billed, idle ones as well",
}
"""Formulas that are one sign between two arguments, and the convention for which each has a name of its own."""


def test_a_share_is_of_the_whole_and_a_ratio_of_the_other() -> None:
    assert arithmetic.share(21.0, 140.0) == pytest.approx(0.15)
    assert arithmetic.ratio(30.0, 2.5) == 12.0


def test_growth_and_excess_have_their_signs() -> None:
    assert arithmetic.growth(before=80.0, after=100.0) == pytest.approx(0.25)
    assert arithmetic.growth(before=100.0, after=80.0) == pytest.approx(-0.2)
    assert arithmetic.excess(amount=80.0, base=100.0) == pytest.approx(-0.2)


def test_a_difference_takes_the_second_from_the_first() -> None:
    assert arithmetic.difference(amount=7.0, less=9.0) == -2.0
    assert arithmetic.product(amount=7.0, times=3.0) == 21.0


def test_a_total_is_of_its_parts_and_of_arrays_place_by_place() -> None:
    assert arithmetic.total([]) == 0.0
    assert arithmetic.total([1.0, 2.0, 4.0]) == 7.0
    assert np.array_equal(arithmetic.total([np.array([1.0, 2.0]), np.array([10.0, 20.0])]), [11.0, 22.0])
    assert arithmetic.identity(142.62) == 142.62


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


def test_only_a_convention_gives_plain_arithmetic_another_name() -> None:
    found = {name for name in one_sign_formulas() if not name.startswith("arithmetic.")}
    assert sorted(found) == sorted(CONVENTIONS)


def unnamed(chapter: Page) -> Iterator[str]:
    for call in parse(chapter).calls:
        match call.node:
            case ast.Call(
                func=ast.Name(id="number"),
                args=[_, _, ast.Attribute(value=ast.Name(id="arithmetic"), attr=formula)],
                keywords=given,
            ) if formula != "growth" and not any(word.arg == "words" for word in given):
                yield f"{chapter.name}: {call.name}"


def test_every_number_by_plain_arithmetic_names_its_amounts_for_the_reader() -> None:
    assert [key for chapter in chapters(ROOT) for key in unnamed(chapter)] == []
