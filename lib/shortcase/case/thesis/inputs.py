"""Everything that the model reads: the facts of the day and the parameters, side by side, each a figure or an array."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from shortcase.case.parameters import SLACK, registry
from shortcase.case.thesis.start import Start, known, start
from shortcase.errors import BadRequest

HORIZON = 10
"""Fiscal years 2026 to 2035."""


@dataclass(frozen=True)
class Inputs:
    """One case, or as many as the arrays are long. Fields carry the names of the parameters in book/parameters.yml."""

    start: Start

    demand_growth: Any
    growth_half_life_years: Any
    long_run_growth: Any
    inference_sales_share: Any
    world_output_usd: Any
    world_output_growth: Any
    ai_output_share: Any
    chip_cost_share: Any
    customer_margin: Any

    efficiency_multiple: Any
    claimed_inference_efficiency: Any
    efficiency_real_share: Any
    demand_elasticity: Any
    adoption_half_time_months: Any

    large_buyers_share: Any
    own_chip_performance: Any
    performance_spread: Any
    own_silicon_half_time_years: Any
    merchant_rival_ceiling: Any
    newcomers_half_time_years: Any
    h100_price_usd: Any
    nvidia_hardware_margin: Any
    design_partner_margin: Any
    open_partner_margin: Any
    chip_design_usd: Any
    chip_volume: Any
    server_usd_per_accelerator: Any
    power_overhead: Any
    electricity_usd_per_kwh: Any
    space_usd_per_kw_month: Any
    cost_of_capital: Any
    hardware_life_years: Any

    porting_penalty: Any
    portability_half_time_years: Any
    reach_when_portable: Any
    rival_packages_per_wafer: Any
    rival_chip_performance: Any
    rival_wafer_gain: Any
    nvidia_package_yield: Any

    price_conduct: Any
    opening_gross_margin: Any
    unit_cost_rise: Any
    other_segments_margin: Any
    other_growth: Any
    expenses_scale: Any
    company_tax_rate: Any
    sales_to_capital: Any

    equity_discount_rate: Any
    flows_arrive_early_years: Any
    return_on_new_capital: Any
    exit_multiple: Any
    spread_persistence: Any
    design_escalation: Any

    architecture_chance: Any
    customers_chance: Any
    software_chance: Any
    efficiency_chance: Any
    foundry_chance: Any
    threat_correlation: Any

    def with_(self, **changes: Any) -> Inputs:
        """The same case with some inputs changed."""
        return replace(self, **changes)


PARAMETERS: tuple[str, ...] = tuple(field.name for field in fields(Inputs) if field.name != "start")
"""The parameters that the model reads."""


def case(as_of: str, values: Mapping[str, Any]) -> Inputs:
    """The case as of a day: the facts that were public then, and every parameter of the model by its name in `values`.

    A chapter hands over `globals()`: so a parameter that its notebook was run with counts here as it does in the rest
    of the chapter, and one that the chapter does not read has its value of the build. No chapter spells them out, and
    the trace of what rests on the case names all of them.

    >>> case("2025-01-25", {"demand_growth": 0.5}).demand_growth
    0.5

    Errors: as `inputs`.
    """
    return inputs(start(known(as_of)), values)


def inputs(start: Start, values: Mapping[str, Any]) -> Inputs:
    """A case from the facts of a day and parameter values; what `values` does not name has its documented value.

    Errors: BadRequest where growth for ever comes nearer to the discount rate than its gap.
    """
    known = registry()
    case = Inputs(start, **{name: values.get(name, known[name].value) for name in PARAMETERS})
    refuse_growth_at_the_rate(case)
    return case


def refuse_growth_at_the_rate(case: Inputs) -> None:
    """Refuse a case whose growth in the long run is not below its discount rate by the stated gap.

    Nearer than that, most of the value lies beyond any year that anybody can see, and a hundredth of a point decides.
    """
    growth = registry()["long_run_growth"]
    gap = float(np.min(np.asarray(case.equity_discount_rate) - np.asarray(case.long_run_growth)))
    if gap < growth.gap - SLACK:
        raise BadRequest(
            f"long_run_growth is {gap:g} below equity_discount_rate: closer than {growth.gap:g} the value says nothing",
            where="book/parameters.yml",
            mend=f"keep long_run_growth at least {growth.gap:g} below equity_discount_rate",
        )
