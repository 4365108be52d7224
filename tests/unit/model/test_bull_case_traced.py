"""The formulas of The Bull Case give the same for figures, arrays and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model import arithmetic
from shortcase.model.demand import asset_life, build_out
from shortcase.model.language_models import checked_data, data_budget, scaling_law
from shortcase.model.language_models.scaling_law import ScalingLaw
from shortcase.show.live import parity

LAW = {"floor": 1.8, "a": 482.0, "alpha": 0.35, "b": 2085.0, "beta": 0.37}
SIZE = {"parameters": 4e11, "tokens": 1.5e13}
CHECK = {"success": 0.05, "passes_right": 0.95, "passes_wrong": 0.001}
VINTAGES = {"growth_per_year": 0.5, "years": 4.0, "decline": 0.3}


def with_law(formula: Callable[..., Any]) -> Callable[..., Any]:
    """The formula with the constants of its law as inputs of their own."""

    def spelled_out(*, floor: Any, a: Any, alpha: Any, b: Any, beta: Any, **inputs: Any) -> Any:
        return formula(ScalingLaw(floor, a, alpha, b, beta), **inputs)

    spelled_out.__name__ = formula.__name__
    return spelled_out


def spreads_of_three(*, first: Any, second: Any, third: Any) -> Any:
    return data_budget.combined_spread([first, second, third])


def total_of_three(*, first: Any, second: Any, third: Any) -> Any:
    return arithmetic.total([first, second, third])


THREE = {"first": 0.3, "second": 0.5, "third": 0.2}
FORMULAS: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (with_law(scaling_law.parameter_term), {**LAW, "parameters": 4e11}),
    (with_law(scaling_law.token_term), {**LAW, "tokens": 1.5e13}),
    (with_law(scaling_law.loss), {**LAW, **SIZE}),
    (with_law(scaling_law.saved_by_text), {**LAW, "tokens": 1.5e13, "more_tokens": 7e12}),
    (with_law(scaling_law.saved_by_compute), {**LAW, **SIZE, "multiple": 4.5}),
    (with_law(scaling_law.larger_model_instead), {**LAW, "parameters": 4e11, "saved": 0.004}),
    (with_law(scaling_law.compute_multiple_for), {**LAW, **SIZE, "saved": 0.004}),
    (scaling_law.effective_tokens, {"unique_tokens": 1.5e13, "passes": 4.0, "half_worth": 15.4}),
    (scaling_law.months_of_compute, {"multiple": 1.4, "growth_multiple": 4.5}),
    (data_budget.collection_tokens, {"items": 4e7, "words_each": 9e4, "tokens_per_word": 1.3}),
    (data_budget.new_tokens, {"tokens": 5e12, "usable_share": 0.25, "overlap": 0.5}),
    (data_budget.spread, {"low": 0.1, "high": 0.4}),
    (data_budget.spread_of_rest, {"low": 0.2, "high": 0.6}),
    (spreads_of_three, THREE),
    (data_budget.quantile_of_product, {"central": 6e11, "log_spread": 0.9, "z": 1.645}),
    (data_budget.share_of_spread, {"log_spread": 0.5, "combined": 0.9}),
    (data_budget.yearly_growth, {"orders_of_magnitude_per_year": 0.38}),
    (
        data_budget.years_of_text_left,
        {"stock": 3e14, "used": 1.5e13, "growth_per_year": 1.4, "stock_growth_per_year": 0.05},
    ),
    (data_budget.text_used_after, {"used": 1.5e13, "growth_per_year": 1.4, "years": 2.0}),
    (data_budget.year_reached, {"year": 2025.0, "years": 3.4}),
    (data_budget.sequencing_bytes, {"bases": 3.1e9, "coverage": 30.0, "read_letters": 150.0, "name_bytes": 60.0}),
    (data_budget.difference_bytes, {"people": 1e8, "sites": 5e6, "bytes_each": 2.0}),
    (checked_data.precision, CHECK),
    (checked_data.passes_wrong_allowed, {"precision": 0.95, "success": 0.05, "passes_right": 0.95}),
    (checked_data.tries_per_accepted, CHECK),
    (asset_life.rent_decline, {"gain_per_year": 0.4}),
    (asset_life.first_year_charge, {"rate": 0.1, "years": 4.0, "decline": 0.29}),
    (asset_life.gain_after, {"gain_per_year": 0.4, "years": 2.0}),
    (asset_life.yearly_gain, {"multiple": 2.0, "years": 2.0}),
    (asset_life.cash_share_to_scrap, {"charge": 0.47, "gain_per_dollar": 2.0, "gain_per_watt": 1.8}),
    (
        asset_life.age_at_scrap,
        {"charge": 0.47, "cash_share": 0.1, "dollar_gain_per_year": 0.4, "watt_gain_per_year": 0.33},
    ),
    (
        asset_life.rent_needed,
        {"outlay_usd": 37_500.0, "charge": 0.47, "cash_usd_per_year": 3_800.0, "busy_share": 0.8},
    ),
    (asset_life.rent_over_cash, {"rent_usd_per_hour": 2.0, "cash_usd_per_year": 3_800.0, "busy_share": 0.8}),
    (asset_life.cash_per_hour, {"cash_usd_per_year": 3_800.0, "busy_share": 0.8}),
    (asset_life.rent_to_replace, {"outlay_usd": 37_500.0, "charge": 0.47, "gain_per_watt": 2.0, "busy_share": 0.8}),
    (asset_life.rent_per_kilowatt, {"rent_usd_per_hour": 2.0, "watts": 1_275.0}),
    (asset_life.scaled_watts, {"card_watts": 300.0, "server_watts": 812.0, "server_card_watts": 400.0}),
    (total_of_three, THREE),
    (build_out.all_in, {"chip_sales_usd": 98e9, "chip_share": 0.5}),
    (build_out.lifetime_sales, {"chip_sales_usd": 98e9, "chip_share": 0.5, "customer_margin": 0.5}),
    (build_out.vintages, VINTAGES),
    (build_out.charge_of_all, {"purchases_usd": 196e9, "charge": 0.47, "vintages": 1.3}),
    (build_out.sales_needed, {"charge_usd_per_year": 120e9, "customer_margin": 0.5}),
    (build_out.purchases_carried, {"sales_usd_per_year": 20e9, "customer_margin": 0.5, "charge": 0.47, **VINTAGES}),
    (build_out.years_to_reach, {"needed": 240e9, "actual": 20e9, "growth_per_year": 1.0}),
    (
        build_out.years_within_cash,
        {"cash_usd": 443e9, "spending_usd": 210e9, "spending_growth": 0.39, "cash_growth": 0.15},
    ),
]
NAMES = [formula.__name__ for formula, _ in FORMULAS]


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=NAMES)
def test_traced_like_computed(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=NAMES)
def test_arrays_like_figures(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    scales = np.array([0.95, 1.0])
    together = formula(**{name: value * scales for name, value in inputs.items()})
    apart = [formula(**{name: value * s for name, value in inputs.items()}) for s in scales]
    assert together == pytest.approx(apart, rel=1e-12)
