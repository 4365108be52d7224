"""The formulas of the major threats give the same for figures, arrays and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.accounts import backlog, inventory
from shortcase.model.accounts.inventory import OrderRule
from shortcase.model.markets import sunk_cost_entry
from shortcase.model.valuation import return_fade
from shortcase.model.valuation.return_fade import Fade
from shortcase.show.live import parity

ENTRY = {"sales_usd": 98e9, "chance": 0.2, "discounted_years": 2.38}
FADE = {"start": 0.75, "target": 0.38, "persistence": 0.7, "lag_years": 1.0}

FORMULAS: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (sunk_cost_entry.discounted_years, {"rate": 0.1, "lag_years": 3.0, "life_years": 4.0}),
    (sunk_cost_entry.sellers_at_fixed_cost, {"attempt_usd": 3e9, **ENTRY}),
    (sunk_cost_entry.attempt_for_sellers, {"sellers": 2.6, **ENTRY}),
    (sunk_cost_entry.attempts, {"sellers": 3.9, "chance": 0.2}),
    (sunk_cost_entry.sellers_at_rising_cost, {"escalation": 2.0}),
    (sunk_cost_entry.margin_with, {"sellers": 2.6}),
    (sunk_cost_entry.outlay_each, {"sales_usd": 98e9, "sellers": 2.6, "discounted_years": 2.38}),
    (sunk_cost_entry.margin_after_research, {"gross_margin": 0.75, "research_usd": 3.1e9, "sales_usd": 30e9}),
    (return_fade.half_life, {"persistence": 0.9}),
    (return_fade.persistence_of, {"half_life_years": 6.6}),
    (return_fade.persistence_between, {"start": 0.29, "end": 0.15, "level": 0.09, "years": 15.0}),
    (return_fade.persistence_for_half, {"lag_years": 1.0, "years": 10.0}),
    (return_fade.advantage_period, {"persistence": 0.7, "lag_years": 1.0, "rate": 0.1}),
    (return_fade.chance_of_staying, {"top_share": 0.2, "persistence": 0.7, "years": 3.0}),
    (inventory.growth_a_period, {"before_usd": 2.2e9, "after_usd": 2.9e9, "periods": 12.0}),
    (inventory.inventory_for, {"quarter_at_cost": 2.2e9, "cover_months": 2.6}),
    (inventory.at_cost, {"sales_usd": 2.2e9, "gross_margin": 0.6}),
    (inventory.received, {"cost_usd": 1.2e9, "inventory_before_usd": 1.0e9, "inventory_after_usd": 1.4e9}),
    (inventory.margin_after_charge, {"gross_margin": 0.75, "charge_usd": 5e9, "sales_usd": 26e9}),
    (backlog.cover, {"promised_usd": 28.9e9, "quarter_usd": 8.9e9}),
    (backlog.firm_cover, {"cover_quarters": 4.0, "cancelled": 0.3}),
    (backlog.quarters_hidden, {"cover_quarters": 2.8, "shortfall": 0.3, "growth": 0.07}),
    (backlog.drop, {"shortfall": 0.3, "growth": 0.07, "quarters": 6.0}),
    (backlog.cover_that_hides, {"quarters": 6.0, "shortfall": 0.3, "growth": 0.07}),
]


def margin_after(years: Any, **fade: Any) -> Any:
    return return_fade.margin(Fade(**fade), years)


def mean_over(years: Any, **fade: Any) -> Any:
    return return_fade.mean_margin(Fade(**fade), years)


def time_to(level: Any, **fade: Any) -> Any:
    return return_fade.years_until(Fade(**fade), level)


FADES: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (margin_after, {"years": 5.0, **FADE}),
    (mean_over, {"years": 10.0, **FADE}),
    (time_to, {"level": 0.6, **FADE}),
]


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS + FADES)
def test_traced_like_computed(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS + FADES)
def test_arrays_like_figures(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    scales = np.array([0.9, 1.0])
    together = formula(**{name: value * scales for name, value in inputs.items()})
    apart = [formula(**{name: value * s for name, value in inputs.items()}) for s in scales]
    assert together == pytest.approx(apart, rel=1e-12)


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
    lambda **rule: inventory.best_lead(OrderRule(**rule, lead_months=4), SALES, 0.8, SALES[1:], (3, 4, 5)),
    lambda **rule: inventory.months_of_cover(flow("inventory", **rule), SALES[1:]),
]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_can_be_traced(path: Callable[..., Any]) -> None:
    assert parity(path, **RULE) < 1e-10


@pytest.mark.parametrize("part", ["inventory", "receipts"])
def test_several_rules_like_each(part: str) -> None:
    scales = np.array([0.9, 1.0])
    together = flow(part, **{name: value * scales for name, value in RULE.items()})
    apart = [flow(part, **{name: value * s for name, value in RULE.items()}) for s in scales]
    assert np.allclose(together, apart, rtol=1e-12)
