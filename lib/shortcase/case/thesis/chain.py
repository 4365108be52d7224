"""The chain: spending, the share of it, the price, the margin, the cash, the value of a share.

Everything is computed year by year, so each step reads like the sentence that explains it, and every quantity may be a
figure or an array of draws. What does not depend on the threats is computed once for all their combinations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import mul
from typing import Any

import numpy as np

from shortcase.case.thesis.inputs import HORIZON, Inputs
from shortcase.case.thesis.threats import NONE
from shortcase.model.accounts import product_mix
from shortcase.model.demand import accelerator_demand as demand
from shortcase.model.demand import build_out, build_out_ceiling, diffusion
from shortcase.model.demand.price_elasticity import spend_multiple
from shortcase.model.markets import (
    custom_silicon,
    packaging_limit,
    price_conduct,
    revenue_at_risk,
    share_loss,
    sunk_cost_entry,
)
from shortcase.model.valuation import discounted_cash_flow as dcf
from shortcase.model.valuation import growth_path

Path = tuple[Any, ...]
YEARS: tuple[float, ...] = tuple(float(year) for year in range(1, HORIZON + 1))
MONTHS = 12.0
BEGUN = 2025
"""The last fiscal year before the forecast."""
MOST_WAFERS = 0.99
"""Rivals are never taken to have every wafer, which would leave nothing to compare with."""
MOST_MARGIN = 0.97
"""No product costs nothing to make, whatever the margins of the company and of its other products imply."""

LEAST = 1e-300
"""What stands for nothing under a logarithm."""


@dataclass(frozen=True)
class Valuation:
    """What a share is worth, the path that leads there, and what the figures imply."""

    value_per_share: Any
    value_per_share_by_multiple: Any
    terminal_part: Any
    multiple_implied: Any
    spending_usd: Path
    share: Path
    price: Path
    gross_margin: Path
    sales_usd: Path
    profit_usd: Path
    free_cash_usd: Path


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


def valuation(case: Inputs, threats: Sequence[Any] = NONE) -> Valuation:
    """What a share is worth if given threats succeed, each from 0 (not at all) to 1 (in full).

    Equation: v = (Σ d(t)·FCF(t) + d(n)·TV + net cash) / diluted shares, with FCF = NOPAT − ΔS/(S/K)

    Sales of accelerators are the spending (wanted, or what can be paid) times Nvidia's share of it at the price that
    rivalry leaves.
    """
    market = market_of(case)
    return finance(case, market, spending_left(case, threats[3]), rivalry(case, market, threats))


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
        wanted_usd=_year_by_year(case.start.data_center_usd / case.start.market_share, [1.0 + g for g in growth]),
        most_usd=_year_by_year(most, [1.0 + case.world_output_growth] * HORIZON),
        portable=tuple(diffusion.adoption(year, case.portability_half_time_years) for year in YEARS),
        own_chips=tuple(diffusion.adoption(year, case.own_silicon_half_time_years) for year in YEARS),
        newcomers=tuple(diffusion.adoption(year, case.newcomers_half_time_years) for year in YEARS),
        other_usd=_year_by_year(case.start.other_usd, [1.0 + case.other_growth] * HORIZON),
        unit_cost=tuple(price_conduct.unit_cost_path(case.unit_cost_rise, year, float(HORIZON)) for year in YEARS),
        margin=centre_margin(case),
        discount=(first, *_year_by_year(first, [dcf.discount_factor(rate, 1.0)] * (HORIZON - 1))),
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


def _year_by_year(level: Any, factors: Sequence[Any]) -> Path:
    """Levels after one year, two and so on: a product each, since a power takes forty times as long."""
    return tuple(accumulate(factors, mul, initial=level))[1:]


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


def spending_left(case: Inputs, efficiency: Any) -> Path:
    """Spending over what it would have been, with the jump in efficiency, at the middle of each year."""
    half_time = case.adoption_half_time_months / MONTHS
    training = demand.real_multiple(case.efficiency_multiple, case.efficiency_real_share)
    inference = demand.real_multiple(case.claimed_inference_efficiency, case.efficiency_real_share)
    once_all_have_it = demand.left_of_both(
        spend_multiple(training, case.demand_elasticity),
        spend_multiple(inference, case.demand_elasticity),
        case.inference_sales_share,
    )
    lost = efficiency * (1.0 - once_all_have_it)
    return tuple(1.0 - diffusion.adoption(year - 0.5, half_time) * lost for year in YEARS)


def own_chips(case: Inputs, market: Market, threats: Sequence[Any]) -> Path:
    """Part of the sales that customers' own chips take if customers build them, year by year.

    Of the threats only software and foundry bear on it.
    """
    software, foundry = threats[2], threats[4]
    partner = case.design_partner_margin * (1.0 - foundry) + case.open_partner_margin * foundry
    made = custom_silicon.made_for(case.h100_price_usd, case.nvidia_hardware_margin)
    break_even = custom_silicon.break_even_performance(
        case.h100_price_usd, made, market.chip_overhead_usd,
        partner_margin=partner, design_usd=case.chip_design_usd, volume=case.chip_volume,
    )  # fmt: skip
    taken = []
    for portable, arrived in zip(market.portable, market.own_chips, strict=True):
        good = share_loss.after_porting(case.own_chip_performance, case.porting_penalty, software * portable)
        pays = share_loss.share_for_whom_it_pays(good, break_even, case.performance_spread)
        taken.append(case.large_buyers_share * pays * arrived)
    return tuple(taken)


def rivalry(case: Inputs, market: Market, threats: Sequence[Any], own: Path | None = None) -> tuple[Path, Path, Path]:
    """Nvidia's share of the spending, its price over what it was, and what is spent at that price, year by year.

    own: what `own_chips` gives for these threats, where it is known already.
    """
    architecture, customers, software, _, foundry = threats
    own = own_chips(case, market, threats) if own is None else own
    ceiling = share_loss.beyond_present(case.merchant_rival_ceiling, case.start.merchant_share)
    before = price_conduct.concentration(case.start.market_share)
    shares, prices, bought = [], [], []
    for year in range(HORIZON):
        portable = software * market.portable[year]
        arrived = architecture * market.newcomers[year]
        new = share_loss.taken_by_makers(ceiling, arrived, portable, case.reach_when_portable)
        most = market.packaged[year] * (1.0 - foundry) + foundry
        share = case.start.market_share * (1.0 - share_loss.combined_loss(customers * own[year], new, most))
        now = price_conduct.concentration(share)
        margin = price_conduct.margin_under_conduct(market.margin, before, now, case.price_conduct)
        shares.append(share)
        prices.append(price_conduct.price_at_margin(market.margin, margin))
        bought.append(demand.at_a_price(prices[-1], case.demand_elasticity))
    return tuple(shares), tuple(prices), tuple(bought)


def finance(case: Inputs, market: Market, left: Path, rivals: tuple[Path, Path, Path]) -> Valuation:
    """Sales, margin, profit, cash and the value of a share, from spending, share and price."""
    shares, prices, bought = rivals
    begun = case.start.data_center_usd
    sales_before = begun + case.start.other_usd
    spendings, margins, sales_path, profits, cash = [], [], [], [], []
    flows: Any = 0.0
    for year in range(HORIZON):
        price = prices[year]
        wanted = market.wanted_usd[year] * left[year] * bought[year]
        spending = build_out_ceiling.capped(wanted, market.most_usd[year])
        centre = shares[year] * spending
        margin = price_conduct.gross_margin_of(market.margin, price, market.unit_cost[year])
        gross = margin * centre + case.other_segments_margin * market.other_usd[year]
        # Research and sales grow with what is sold, not with what is charged for it, and less than in proportion.
        expenses = case.start.operating_expenses_usd * _power(centre / price / begun, case.expenses_scale)
        profit = dcf.operating_profit_after_tax(gross, expenses, case.company_tax_rate)
        sales = centre + market.other_usd[year]
        free = profit - dcf.reinvestment(sales_before, sales, case.sales_to_capital)
        flows = flows + market.discount[year] * free
        sales_before = sales
        spendings.append(spending)
        margins.append(margin)
        sales_path.append(sales)
        profits.append(profit)
        cash.append(free)
    rate, growth, earned = case.equity_discount_rate, case.long_run_growth, case.return_on_new_capital
    excess = (margins[-1] - np.minimum(margins[-1], market.long_run_margin)) * centre
    at_horizon = dcf.terminal_value_with_fade(
        profits[-1], excess * (1.0 - case.company_tax_rate), case.spread_persistence,
        growth=growth, rate=rate, return_on_new_capital=earned,
    )  # fmt: skip
    after = market.discount[-1] * at_horizon
    # A buyer at the horizon pays at its end, so this value is discounted from there whatever the flows do.
    sold = market.discount_at_end * dcf.terminal_value_by_multiple(profits[-1], case.exit_multiple)
    rest = (case.start.net_cash_usd, case.start.diluted_shares)
    return Valuation(
        value_per_share=dcf.value_per_share(flows, after, *rest),
        value_per_share_by_multiple=dcf.value_per_share(flows, sold, *rest),
        terminal_part=after / (flows + after),
        multiple_implied=dcf.multiple_implied(at_horizon, profits[-1]),
        spending_usd=tuple(spendings), share=shares, price=prices, gross_margin=tuple(margins),
        sales_usd=tuple(sales_path), profit_usd=tuple(profits), free_cash_usd=tuple(cash),
    )  # fmt: skip


def _power(base: Any, exponent: Any) -> Any:
    """A power of what is not below zero by its logarithm: half the time that numpy takes for any power."""
    return np.exp(exponent * np.log(np.maximum(base, LEAST)))


def year_of_the_ceiling(case: Inputs) -> Any:
    """Fiscal year in which wanted spending meets what can be paid; the one after the horizon if it does in none.

    Equation: 2025 + least t with wanted(t) ≥ ceiling(t), without any threat
    """
    market = market_of(case)
    year: Any = HORIZON + 1.0
    for t, wanted, most in reversed(list(zip(YEARS, market.wanted_usd, market.most_usd, strict=True))):
        year = np.where(wanted >= most, t, year)
    return (BEGUN + year)[()]


def output_needed(case: Inputs) -> Any:
    """Part of the world's output that must be paid for artificial intelligence to bear the spending of the start.

    Equation: S/h · n · CRF(r, n)/(1 − m)/Y, with S the data-centre sales of all makers

    Interest is paid, and the machines are replaced at the same pace.
    """
    needed = build_out.lifetime_sales_with_interest(
        case.start.data_center_usd / case.start.market_share, case.chip_cost_share, case.customer_margin,
        case.cost_of_capital, case.hardware_life_years,
    )  # fmt: skip
    return needed / case.world_output_usd


def in_year(case: Inputs, path: str, year: int, threats: Sequence[Any] = NONE) -> Any:
    """One figure of the path: what a field of the value is in a year of the forecast, from one to ten.

    Equation: the field at t, from the chain
    """
    return getattr(valuation(case, threats), path)[year - 1]
