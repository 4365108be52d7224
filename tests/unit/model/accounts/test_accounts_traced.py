"""The formulas of accounts give the same for figures, arrays of draws and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.accounts import (
    backlog,
    capital_spending,
    gross_margin,
    inventory,
    margin_bridge,
    operating_leverage,
    product_mix,
    profit_pool,
)
from shortcase.model.accounts.inventory import OrderRule
from shortcase.show.live import evaluate, parity, trace_inputs

SALES = np.array([1.16, 1.28, 1.25, 1.27, 0.88, 0.89])
RULE = {"smoothing": 0.36, "adjustment": 0.26, "supply_line_weight": 0.34, "cover_months": 2.6, "growth": 0.025}


def flow(part: str, **rule: Any) -> Any:
    return getattr(inventory.inventory_path(OrderRule(**rule, lead_months=4), SALES, 0.8), part)


PATHS: list[Callable[..., Any]] = [
    lambda **rule: flow("inventory", **rule)[..., -1],
    lambda **rule: flow("receipts", **rule)[..., 2],
    lambda **rule: inventory.fall(flow("receipts", **rule)),
    lambda **rule: inventory.largest_excess(flow("inventory", **rule), SALES[1:], rule["cover_months"]),
    lambda **rule: inventory.misfit(flow("inventory", **rule), SALES[1:]),
    lambda **rule: inventory.largest_miss(flow("inventory", **rule), SALES[1:]),
    lambda **rule: inventory.best_lead(OrderRule(**rule, lead_months=4), SALES, 0.8, SALES[1:], (3, 4, 5)),
    lambda **rule: inventory.months_of_cover(flow("inventory", **rule), SALES[1:]),
]


CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (margin_bridge.cost_rise, {"margin_before": 0.75, "margin_after": 0.7}),
    (margin_bridge.price_cut, {"margin_before": 0.75, "margin_after": 0.7, "elasticity": 0.8}),
    (margin_bridge.elasticity_that_pays, {"margin_before": 0.75, "margin_after": 0.7}),
    (operating_leverage.growth_miss, {"growth_before": 1.0, "growth_after": 0.85}),
    (operating_leverage.opex_share, {"operating_expenses_usd": 16.5e9, "sales_usd": 128.7e9}),
    (operating_leverage.operating_margin, {"gross_profit": 0.9, "gross_margin": 0.75, "opex_share": 0.128}),
    (operating_leverage.operating_profit_change, {"gross_profit": 0.9, "gross_margin": 0.75, "opex_share": 0.128}),
    (gross_margin.gross_margin, {"revenue_usd": 215.9, "gross_profit_usd": 153.5, "charge_usd": 4.5}),
    (capital_spending.use_for_spending, {"use_growth": 6.7, "spending_growth": 0.65}),
    (inventory.growth_a_period, {"before_usd": 2.2e9, "after_usd": 2.9e9, "periods": 12.0}),
    (inventory.inventory_for, {"quarter_at_cost": 2.2e9, "cover_months": 2.6}),
    (inventory.excess, {"inventory_usd": 2.9e9, "quarter_at_cost": 2.2e9, "cover_months": 2.6}),
    (inventory.at_cost, {"sales_usd": 2.2e9, "gross_margin": 0.6}),
    (inventory.received, {"cost_usd": 1.2e9, "inventory_before_usd": 1.0e9, "inventory_after_usd": 1.4e9}),
    (inventory.margin_after_charge, {"gross_margin": 0.75, "charge_usd": 5e9, "sales_usd": 26e9}),
    (backlog.cover, {"promised_usd": 28.9e9, "quarter_usd": 8.9e9}),
    (backlog.firm_cover, {"cover_quarters": 4.0, "cancelled": 0.3}),
    (backlog.quarters_hidden, {"cover_quarters": 2.8, "shortfall": 0.3, "growth": 0.07}),
    (backlog.drop, {"shortfall": 0.3, "growth": 0.07, "quarters": 6.0}),
    (backlog.cover_that_hides, {"quarters": 6.0, "shortfall": 0.3, "growth": 0.07}),
    (product_mix.segment_margin, {"company_margin": 0.746, "segment_share": 0.877, "other_margin": 0.5}),
    (product_mix.other_margin_needed, {"company_margin": 0.746, "segment_share": 0.877, "segment_margin": 0.9}),
    (product_mix.share_allowed, {"company_margin": 0.746, "segment_margin": 0.9, "other_margin": 0.5}),
    (product_mix.drag, {"segment_margin": 0.78, "other_margin": 0.5, "segment_share": 0.877}),
    (product_mix.price_over_cost, {"gross_margin": 0.746}),
    (profit_pool.profit, {"sales_usd": 98e9, "margin": 0.746}),
    (profit_pool.margin_after_toll, {"gross_margin": 0.746, "toll": 0.26, "price_rise": 0.5}),
]


@pytest.mark.parametrize(("formula", "inputs"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_figures_arrays_and_traces_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize("path", PATHS)
def test_a_path_can_be_traced(path: Callable[..., Any]) -> None:
    assert parity(path, **RULE) < 1e-10


@pytest.mark.parametrize("part", ["inventory", "receipts"])
def test_several_rules_like_each(part: str) -> None:
    scales = np.array([0.9, 1.0])
    together = flow(part, **{name: value * scales for name, value in RULE.items()})
    apart = [flow(part, **{name: value * s for name, value in RULE.items()}) for s in scales]
    assert np.allclose(together, apart, rtol=1e-12)


def test_a_cycle_can_be_traced() -> None:
    margins = {"first": 0.61, "second": -0.33, "third": 0.25}
    traced = product_mix.average_margin(list(trace_inputs(*margins).values()))
    assert float(evaluate(traced, margins)) == pytest.approx(0.53 / 3, rel=1e-12)
