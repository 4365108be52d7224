"""The formulas of demand give the same for figures, arrays of draws and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.demand import (
    accelerator_demand,
    asset_life,
    build_out,
    build_out_ceiling,
    demand_shock,
    diffusion,
    efficiency_ledger,
    price_elasticity,
    price_identification,
    price_parity,
)
from shortcase.model.demand.efficiency_ledger import Ledger
from shortcase.show.live import evaluate, parity, trace_inputs

VINTAGES = {"growth_per_year": 0.5, "years": 4.0, "decline": 0.3}
SHOCK = {"multiple": 7.2, "elasticity": 0.8, "growth_per_year": 0.5, "adoption_half_time_years": 0.5}
LEDGER = Ledger(10.0, 1.05, 0.95, 1.1, 1.0)


CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
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
    (build_out.all_in, {"chip_sales_usd": 98e9, "chip_share": 0.5}),
    (build_out.lifetime_sales, {"chip_sales_usd": 98e9, "chip_share": 0.5, "customer_margin": 0.5}),
    (
        build_out.lifetime_sales_with_interest,
        {"chip_sales_usd": 98e9, "chip_share": 0.5, "customer_margin": 0.5, "rate": 0.1, "years": 4.0},
    ),
    (build_out.vintages, VINTAGES),
    (build_out.charge_of_all, {"purchases_usd": 196e9, "charge": 0.47, "vintages": 1.3}),
    (build_out.sales_needed, {"charge_usd_per_year": 120e9, "customer_margin": 0.5}),
    (build_out.purchases_carried, {"sales_usd_per_year": 20e9, "customer_margin": 0.5, "charge": 0.47, **VINTAGES}),
    (build_out.years_to_reach, {"needed": 240e9, "actual": 20e9, "growth_per_year": 1.0}),
    (
        build_out.years_within_cash,
        {"cash_usd": 443e9, "spending_usd": 210e9, "spending_growth": 0.39, "cash_growth": 0.15},
    ),
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
    (efficiency_ledger.log_share, {"factor": 11.0, "claimed": 45.0}),
    (efficiency_ledger.months_between, {"days": 156.0}),
    (efficiency_ledger.scheduled_gain, {"months": 28.0, "halving_months": 8.0}),
    (efficiency_ledger.months_of_progress, {"multiple": 7.1, "halving_months": 8.0}),
    (efficiency_ledger.halving_for_no_surprise, {"documented": 11.0, "months": 5.0}),
    (efficiency_ledger.documented, {"ledger": LEDGER}),
    (price_identification.discount, {"ratio": 20.0}),
    (price_identification.ratio_of_discount, {"discount": 0.5}),
    (price_identification.blended_price, {"input_usd": 2.5, "output_usd": 10.0, "input_tokens_per_output": 3.0}),
    (price_identification.efficiency, {"price_ratio": 20.0, "rival_margin": 0.5, "own_margin": 0.2}),
    (price_identification.rival_margin, {"price_ratio": 20.0, "efficiency": 45.0, "own_margin": 0.2}),
    (price_identification.own_margin, {"price_ratio": 20.0, "efficiency": 45.0, "rival_margin": 0.2}),
    (price_identification.price_on_trend, {"start_usd": 37.5, "factor_per_year": 11.9, "months": 21.0}),
    (accelerator_demand.real_multiple, {"claimed": 45.0, "real_share": 0.5}),
    (accelerator_demand.left_of_spending, {"multiple": 7.0, "elasticity": 0.8, "years": 1.5, "half_time_years": 0.5}),
    (accelerator_demand.left_of_both, {"training": 0.7, "inference": 0.8, "inference_share": 0.4}),
    (accelerator_demand.left_while_spreading, {"reached": 0.6, "left": 0.3}),
    (accelerator_demand.at_a_price, {"price": 0.8, "elasticity": 0.7}),
    (
        build_out_ceiling.ceiling_usd,
        {
            "world_output_usd": 110e12,
            "output_growth": 0.05,
            "year": 4.0,
            "ai_share": 0.02,
            "chip_share": 0.5,
            "customer_margin": 0.45,
            "rate": 0.1,
            "life_years": 4.0,
        },
    ),
    (build_out_ceiling.capped, {"wanted_usd": 3.0, "most_usd": 2.0}),
    (price_parity.all_in_usd, {"price_usd": 27.5e3, "overhead_usd": 22e3}),
    (
        price_parity.parity_price_usd,
        {"rival_all_in_usd": 37e3, "own_overhead_usd": 22e3, "rival_speed": 0.75},
    ),
]


@pytest.mark.parametrize(("formula", "inputs"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_figures_arrays_and_traces_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


def test_the_path_and_its_sum_can_be_traced() -> None:
    traced = demand_shock.EfficiencyShock(**trace_inputs(*SHOCK))
    plain = demand_shock.EfficiencyShock(**SHOCK)
    years = np.array([0.0, 1.0, 3.0])
    assert evaluate(demand_shock.spending(traced, years), SHOCK) == pytest.approx(demand_shock.spending(plain, years))
    summed = evaluate(demand_shock.cumulative_shortfall(traced, 4), SHOCK)
    assert float(summed) == pytest.approx(demand_shock.cumulative_shortfall(plain, 4), rel=1e-12)


@pytest.mark.parametrize("year", range(3))
def test_the_path_of_adoption_agrees_year_by_year(year: int) -> None:
    def reached(half_time_years: Any) -> Any:
        return diffusion.adoption_by_year(half_time_years, 3, first=0.5)[year]

    assert parity(reached, half_time_years=0.5) < 1e-12
    assert reached(0.5) == pytest.approx(diffusion.adoption(year + 0.5, 0.5), rel=1e-12)
