"""The market in which a case is valued: what no threat changes, and how far each novelty has spread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from shortcase.case.thesis.inputs import HORIZON, Inputs
from shortcase.model.accounts import product_mix
from shortcase.model.demand import build_out_ceiling, diffusion
from shortcase.model.markets import custom_silicon, packaging_limit, price_conduct, revenue_at_risk, sunk_cost_entry
from shortcase.model.valuation import discounted_cash_flow as dcf
from shortcase.model.valuation import growth_path

Path = tuple[Any, ...]
YEARS: tuple[float, ...] = tuple(float(year) for year in range(1, HORIZON + 1))
MOST_WAFERS = 0.99
"""Rivals are never taken to have every wafer, which would leave nothing to compare with."""
MOST_MARGIN = 0.97
"""No product costs nothing to make, whatever the margins of the company and of its other products imply."""


@dataclass(frozen=True)
class Market:
    """What no threat changes: the wanted spending, the most that can be paid, and how far each novelty has spread."""

    wanted_usd: Path
    most_usd: Path
    portable: Path
    own_chips: Path
    newcomers: Path
    other_usd: Path
    unit_cost: Path
    margin: Any
    discount: Path
    discount_at_end: Any
    long_run_margin: Any
    chip_overhead_usd: Any
    packaged: Path


def market_of(case: Inputs) -> Market:
    """The market without any threat, and the pace of each."""
    growth = [
        growth_path.fading_growth(case.demand_growth, case.long_run_growth, case.growth_half_life_years, year)
        for year in YEARS
    ]
    most = build_out_ceiling.ceiling_usd(
        case.world_output_usd, case.world_output_growth, 0.0, ai_share=case.ai_output_share,
        chip_share=case.chip_cost_share, customer_margin=case.customer_margin,
        rate=case.cost_of_capital, life_years=case.hardware_life_years,
    )  # fmt: skip
    rate = case.equity_discount_rate
    first = dcf.discount_factor(rate, YEARS[0], case.flows_arrive_early_years)
    return Market(
        wanted_usd=growth_path.levels(case.start.data_center_usd / case.start.market_share, [1.0 + g for g in growth]),
        most_usd=growth_path.levels(most, [1.0 + case.world_output_growth] * HORIZON),
        portable=diffusion.adoption_by_year(case.portability_half_time_years, HORIZON),
        own_chips=diffusion.adoption_by_year(case.own_silicon_half_time_years, HORIZON),
        newcomers=diffusion.adoption_by_year(case.newcomers_half_time_years, HORIZON),
        other_usd=growth_path.levels(case.start.other_usd, [1.0 + case.other_growth] * HORIZON),
        unit_cost=tuple(price_conduct.unit_cost_path(case.unit_cost_rise, year, float(HORIZON)) for year in YEARS),
        margin=centre_margin(case),
        discount=(first, *growth_path.levels(first, [dcf.discount_factor(rate, 1.0)] * (HORIZON - 1))),
        discount_at_end=dcf.discount_factor(rate, YEARS[-1]),
        long_run_margin=margin_in_the_long_run(case),
        chip_overhead_usd=custom_silicon.running_cost_usd(
            server_usd=case.server_usd_per_accelerator, watts=case.start.watts_per_chip,
            overhead_of_power=case.power_overhead, usd_per_kwh=case.electricity_usd_per_kwh,
            space_usd_per_kw_month=case.space_usd_per_kw_month, rate=case.cost_of_capital,
            years=case.hardware_life_years,
        ),
        packaged=tuple(packaged(case, year) for year in YEARS),
    )  # fmt: skip


def centre_margin(case: Inputs) -> Any:
    """Gross margin on data-centre products that the company's margin leaves, given what its other products earn.

    Equation: m = min((m_company − (1 − w)·m_other)/w, most), with w the data-centre part of the sales
    """
    part = case.start.data_center_usd / (case.start.data_center_usd + case.start.other_usd)
    return np.minimum(
        product_mix.segment_margin(case.opening_gross_margin, part, case.other_segments_margin), MOST_MARGIN
    )


def margin_in_the_long_run(case: Inputs) -> Any:
    """Gross margin on data-centre products towards which rivals wear the margin after the horizon.

    Equation: m = 1/N, with N + 1/N − 2 = β/2

    The sellers that a market of any size feeds where performance is bought with research, and the margin they leave:
    the same long run as in the chapter on rivals.
    """
    return sunk_cost_entry.margin_with(sunk_cost_entry.sellers_at_rising_cost(case.design_escalation))


def packaged(case: Inputs, year: float) -> Any:
    """Part of Nvidia's sales that rivals can replace with the wafers of advanced packaging that they have by then."""
    now = packaging_limit.Packaging(
        case.start.rival_wafer_share, case.rival_packages_per_wafer, case.rival_chip_performance,
        case.start.packages_per_wafer * case.nvidia_package_yield, case.start.package_in_h100s,
    )  # fmt: skip
    more = case.rival_wafer_gain * (year - 1.0)
    then = replace(now, rival_wafer_share=np.minimum(np.maximum(now.rival_wafer_share + more, 0.0), MOST_WAFERS))
    return revenue_at_risk.possible_loss(packaging_limit.rival_output_share(now), then)
