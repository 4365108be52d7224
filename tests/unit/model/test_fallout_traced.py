"""The fallout's formulas give the same for figures, arrays and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.accounts import margin_bridge, operating_leverage
from shortcase.model.chips import gpu_fleet
from shortcase.model.demand import demand_shock, diffusion, price_elasticity
from shortcase.model.valuation import sales_multiple
from shortcase.show.live import evaluate, parity, trace_inputs

SHOCK = {"multiple": 7.2, "elasticity": 0.8, "growth_per_year": 0.5, "adoption_half_time_years": 0.5}

FORMULAS: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (price_elasticity.spend_multiple, {"efficiency": 45.0, "elasticity": 0.8}),
    (price_elasticity.volume_multiple, {"efficiency": 45.0, "elasticity": 0.8}),
    (price_elasticity.rebound, {"efficiency": 45.0, "elasticity": 0.8}),
    (
        price_elasticity.arc_elasticity,
        {"price_before": 3.5, "price_after": 1.25, "quantity_before": 1.0, "quantity_after": 14.0},
    ),
    (price_elasticity.task_price, {"efficiency": 7.2, "compute_share": 0.5}),
    (price_elasticity.task_elasticity_needed, {"efficiency": 7.2, "elasticity": 0.8, "compute_share": 0.5}),
    (diffusion.adoption, {"years": 1.0, "half_time_years": 0.5}),
    (demand_shock.growth_lost_years, {"multiple": 45.0, "elasticity": 0.3, "growth_per_year": 0.5}),
    (demand_shock.elasticity_for_delay, {"years": 2.0, "multiple": 7.2, "growth_per_year": 0.5}),
    (margin_bridge.cost_rise, {"margin_before": 0.75, "margin_after": 0.7}),
    (margin_bridge.price_cut, {"margin_before": 0.75, "margin_after": 0.7, "elasticity": 0.8}),
    (margin_bridge.elasticity_that_pays, {"margin_before": 0.75, "margin_after": 0.7}),
    (operating_leverage.growth_miss, {"growth_before": 1.0, "growth_after": 0.85}),
    (operating_leverage.opex_share, {"operating_expenses_usd": 16.5e9, "sales_usd": 128.7e9}),
    (operating_leverage.operating_margin, {"gross_profit": 0.9, "gross_margin": 0.75, "opex_share": 0.128}),
    (operating_leverage.operating_profit_change, {"gross_profit": 0.9, "gross_margin": 0.75, "opex_share": 0.128}),
    (sales_multiple.market_value, {"price_usd": 142.62, "shares": 24.49e9}),
    (sales_multiple.price_to_sales, {"market_value_usd": 3.49e12, "sales_usd": 177e9}),
    (sales_multiple.implied_growth, {"market_value_usd": 3.49e12, "multiple": 20.0, "last_sales_usd": 128.7e9}),
    (sales_multiple.gross_profit, {"last_sales_usd": 128.7e9, "growth_per_year": 0.85, "gross_margin": 0.7}),
    (sales_multiple.year_estimate, {"reported_usd": 91.2e9, "outlook_usd": 37.5e9}),
    (sales_multiple.revised, {"estimate": 177e9, "revision": 0.0885}),
    (sales_multiple.growth_in_price, {"price_usd": 142.62, "earnings_per_share_usd": 4.43, "required_return": 0.09}),
    (sales_multiple.next_sales, {"last_sales_usd": 128.7e9, "growth_per_year": 0.5}),
    (gpu_fleet.run_days, {"gpu_hours": 2.788e6, "fleet": 1e5}),
    (gpu_fleet.gpus_for_run, {"gpu_hours": 2.788e6, "days": 91.0}),
    (
        gpu_fleet.gpus_for_serving,
        {"users": 5e8, "tokens_per_user_per_day": 2e3, "tokens_per_s_per_gpu": 6250.0, "utilisation": 0.3},
    ),
]


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[f.__name__ for f, _ in FORMULAS])
def test_traced_like_computed(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[f.__name__ for f, _ in FORMULAS])
def test_arrays_like_figures(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    scales = np.array([0.9, 1.0])
    together = _flat(formula(**{name: value * scales for name, value in inputs.items()}))
    apart = [_flat(formula(**{name: value * s for name, value in inputs.items()})) for s in scales]
    for name, values in together.items():
        assert values == pytest.approx([one[name] for one in apart], rel=1e-12)


def _flat(result: Any) -> dict[str, Any]:
    return vars(result) if hasattr(result, "__dataclass_fields__") else {"": result}


def test_the_path_and_its_sum_can_be_traced() -> None:
    traced = demand_shock.EfficiencyShock(**trace_inputs(*SHOCK))
    plain = demand_shock.EfficiencyShock(**SHOCK)
    years = np.array([0.0, 1.0, 3.0])
    assert evaluate(demand_shock.spending(traced, years), SHOCK) == pytest.approx(demand_shock.spending(plain, years))
    summed = evaluate(demand_shock.cumulative_shortfall(traced, 4), SHOCK)
    assert float(summed) == pytest.approx(demand_shock.cumulative_shortfall(plain, 4), rel=1e-12)
