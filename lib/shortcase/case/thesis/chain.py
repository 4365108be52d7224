"""The chain: spending, the share of it, the price, the margin, the cash, the value of a share.

Everything is computed year by year, so each step reads like the sentence that explains it, and every quantity may be a
figure or an array of draws. What does not depend on the threats is computed once for all their combinations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortcase.case.thesis.inputs import HORIZON, Inputs
from shortcase.case.thesis.market import YEARS, Market, Path, market_of
from shortcase.case.thesis.threats import NONE
from shortcase.model.demand import accelerator_demand as demand
from shortcase.model.demand import build_out, build_out_ceiling, diffusion
from shortcase.model.demand.price_elasticity import spend_multiple
from shortcase.model.markets import (
    custom_silicon,
    price_conduct,
    share_loss,
)
from shortcase.model.valuation import discounted_cash_flow as dcf

MONTHS = 12.0
BEGUN = 2025
"""The last fiscal year before the forecast."""
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


def valuation(case: Inputs, threats: Sequence[Any] = NONE) -> Valuation:
    """What a share is worth if given threats succeed, each from 0 (not at all) to 1 (in full).

    Equation: v = (Σ d(t)·FCF(t) + d(n)·TV + net cash) / diluted shares, with FCF = NOPAT − ΔS/(S/K)

    Sales of accelerators are the spending (wanted, or what can be paid) times Nvidia's share of it at the price that
    rivalry leaves.
    """
    market = market_of(case)
    return finance(case, market, wanted(case, market, threats[3]), rivalry(case, market, threats))


def wanted(case: Inputs, market: Market, efficiency: Any) -> Path:
    """Spending wanted at the price of the start, with the jump in efficiency, year by year."""
    return tuple(usd * left for usd, left in zip(market.wanted_usd, spending_left(case, efficiency), strict=True))


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
    left = demand.left_while_spreading(efficiency, once_all_have_it)
    reached = diffusion.adoption_by_year(half_time, HORIZON, first=0.5)
    return tuple(demand.left_while_spreading(part, left) for part in reached)


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


def taken_by_own_chips(case: Inputs, year: int) -> Any:
    """Part of the sales that customers' own chips take in a year of the forecast if customers alone succeed in full.

    year: from one to ten.
    Equation: large buyers' share · part of the work for which such a chip pays · how far they have come, at t
    """
    return own_chips(case, market_of(case), NONE)[year - 1]


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


def finance(case: Inputs, market: Market, wanted_usd: Path, rivals: tuple[Path, Path, Path]) -> Valuation:
    """Sales, margin, profit, cash and the value of a share, from spending, share and price."""
    shares, prices, _ = rivals
    path = list(_years(case, market, wanted_usd, rivals))
    flows, at_horizon = _discounted(case, market, path)
    profit = path[-1].profit_usd
    after = market.discount[-1] * at_horizon
    # A buyer at the horizon pays at its end, so this value is discounted from there whatever the flows do.
    sold = market.discount_at_end * dcf.terminal_value_by_multiple(profit, case.exit_multiple)
    rest = (case.start.net_cash_usd, case.start.diluted_shares)
    return Valuation(
        value_per_share=dcf.value_per_share(flows, after, *rest),
        value_per_share_by_multiple=dcf.value_per_share(flows, sold, *rest),
        terminal_part=after / (flows + after),
        multiple_implied=dcf.multiple_implied(at_horizon, profit),
        spending_usd=tuple(year.spending_usd for year in path),
        share=shares,
        price=prices,
        gross_margin=tuple(year.gross_margin for year in path),
        sales_usd=tuple(year.sales_usd for year in path),
        profit_usd=tuple(year.profit_usd for year in path),
        free_cash_usd=tuple(year.free_cash_usd for year in path),
    )


def worth(case: Inputs, market: Market, wanted_usd: Path, rivals: tuple[Path, Path, Path]) -> Any:
    """The value of a share alone: of many cases no year is kept, so that the next is computed in the same memory."""
    flows, at_horizon = _discounted(case, market, _years(case, market, wanted_usd, rivals))
    after = market.discount[-1] * at_horizon
    return dcf.value_per_share(flows, after, case.start.net_cash_usd, case.start.diluted_shares)


@dataclass(frozen=True)
class _Year:
    spending_usd: Any
    centre_usd: Any
    gross_margin: Any
    sales_usd: Any
    profit_usd: Any
    free_cash_usd: Any


def _years(case: Inputs, market: Market, wanted_usd: Path, rivals: tuple[Path, Path, Path]) -> Iterator[_Year]:
    shares, prices, bought = rivals
    begun = case.start.data_center_usd
    sales_before = begun + case.start.other_usd
    for year in range(HORIZON):
        price = prices[year]
        spending = build_out_ceiling.capped(wanted_usd[year] * bought[year], market.most_usd[year])
        centre = shares[year] * spending
        margin = price_conduct.gross_margin_of(market.margin, price, market.unit_cost[year])
        gross = margin * centre + case.other_segments_margin * market.other_usd[year]
        # Research and sales grow with what is sold, not with what is charged for it, and less than in proportion.
        expenses = case.start.operating_expenses_usd * _power(centre / (price * begun), case.expenses_scale)
        profit = dcf.operating_profit_after_tax(gross, expenses, case.company_tax_rate)
        sales = centre + market.other_usd[year]
        free = profit - dcf.reinvestment(sales_before, sales, case.sales_to_capital)
        yield _Year(spending, centre, margin, sales, profit, free)
        sales_before = sales


def _discounted(case: Inputs, market: Market, path: Iterable[_Year]) -> tuple[Any, Any]:
    """The flows as of the first day, and the value at the horizon of all that follows."""
    flows: Any = 0.0
    for discount, year in zip(market.discount, path, strict=True):
        flows = flows + discount * year.free_cash_usd
    margin = year.gross_margin
    excess = (margin - np.minimum(margin, market.long_run_margin)) * year.centre_usd
    return flows, dcf.terminal_value_with_fade(
        year.profit_usd, excess * (1.0 - case.company_tax_rate), case.spread_persistence,
        growth=case.long_run_growth, rate=case.equity_discount_rate, return_on_new_capital=case.return_on_new_capital,
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
