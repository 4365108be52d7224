"""The same thesis a year later: what the first year of the forecast brought, group by group, and what that is worth.

The model is left as it was: its growth from the second year on, its threats and their chances, its discount rate. A
year that is known moves the levels from which it goes on, and replaces the cash and the shares. The caller brings the
figures of the year; nothing here looks them up.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from shortcase.case.thesis import chain, reverse, weighing
from shortcase.case.thesis.combinations import under_each
from shortcase.case.thesis.inputs import Inputs
from shortcase.case.thesis.market import Market, market_of
from shortcase.case.thesis.once import once
from shortcase.case.thesis.threats import NONE
from shortcase.model.probability import shapley
from shortcase.model.valuation import discounted_cash_flow as dcf

GROUPS = {
    "spending": "Spending on accelerators",
    "share": "Share of it kept",
    "other": "Sales outside data centres",
    "margin": "Gross margin",
    "costs": "Expenses and tax",
    "cash": "Cash and number of shares",
}
"""What a year's report says, in groups of inputs that are told apart."""


DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Year:
    """The first year of the forecast as it came: dollars, shares of one, and shares of stock at its end.

    gross_margin: on data-centre products, and what of it recurs; a charge that does not is in the cash all the same.
    """

    spending_usd: float
    market_share: float
    other_usd: float
    gross_margin: float
    operating_expenses_usd: float
    tax_rate: float
    net_cash_usd: float
    diluted_shares: float


UNKNOWN = Year(*(math.nan,) * len(fields(Year)))
"""A year of which nothing is known: whoever reads a figure of it gets none."""


def path(
    case: Inputs, year: Year, known: Collection[str] = tuple(GROUPS), threats: Sequence[Any] = NONE
) -> chain.Valuation:
    """The ten years of a case whose first year came as it did in some groups, and in the others as the case expected.

    The value of a share in it is that at the end of the first year, whose cash is in the till; what a buyer would pay
    at the horizon is left as of the first day, and not to be used.
    """
    return _gone_on(case, year, known, market_of(case), threats)


def value_per_share(
    case: Inputs, year: Year, known: Collection[str] = tuple(GROUPS), threats: Sequence[Any] = NONE
) -> Any:
    """What a share is worth a year on, some groups of the year known and the others as the case expected them.

    Equation: v₁ = (Σ d(t − 1)·FCF(t), t = 2…n, + d(n − 1)·TV + cash of year one) / shares

    known: names out of GROUPS; with none it is what the case expected of itself.
    """
    return path(case, year, known, threats).value_per_share


def probability_weighted(case: Inputs, year: Year, known: Collection[str] = tuple(GROUPS)) -> Any:
    """The same on average over which threats succeed, their chances as they were.

    Equation: v₁ = Σ P(T) · v₁(T)
    """
    market = market_of(case)
    ways = under_each(case, lambda threats: _gone_on(case, year, known, market, threats).value_per_share)
    return weighing.mean(ways, weighing.chances(case))


def without_news(case: Inputs) -> Any:
    """What a share is worth a year on if the year comes as the case expects, threats weighed.

    Equation: v₁ = Σ P(T) · v₁(T), nothing of the year known; about (1 + r) times today's value
    """
    return probability_weighted(case, UNKNOWN, ())


def in_year(case: Inputs, year: Year, field: str, at: int) -> Any:
    """One figure of the path that goes on from the year as it came, without any threat.

    Equation: the field at t, from the chain

    at: t, from one, which is the known year, to ten.
    """
    return getattr(path(case, year), field)[at - 1]


def difference_in_value(price_usd: Any, value_usd: Any) -> Any:
    """What a price, or a later value, holds beyond a value.

    Equation: p − v
    """
    return price_usd - value_usd


def expected(case: Inputs, field: str) -> Any:
    """What a case expects of its first year on average over which threats succeed: spending, share, sales or profit.

    Equation: Σ P(T) · x₁(T)

    field: one of the paths of a value, by name.
    """
    ways = under_each(case, lambda threats: chain.in_year(case, field, 1, threats))
    return weighing.mean(ways, weighing.chances(case))


@once
def parts(case: Inputs, year: Year) -> dict[str, Any]:
    """What each group of the year's figures adds to a share, threats weighed: its Shapley value, computed once.

    Equation: φᵢ of v₁(S) over the sets S of groups that are known; they add up to v₁(all) − v₁(none)
    """
    names = list(GROUPS)
    game = [
        probability_weighted(case, year, [name for i, name in enumerate(names) if mask >> i & 1])
        for mask in range(1 << len(names))
    ]
    return dict(zip(names, shapley.shapley_values(game), strict=True))


def implied(case: Inputs, year: Year, name: str, price_usd: float, days_after: float = 0.0) -> float:
    """Value of one parameter at which a share is worth a later price, threats weighed and the year as it came.

    Equation: x such that v₁(x) · (1 + r)^a = price

    days_after: from the end of the year to the day of the price; a is the same in years.
    Errors: BadRequest where no value inside the parameter's bounds gives the price.
    """
    later = case.with_(start=replace(case.start, price_usd=price_usd))
    return reverse.implied(
        later, name, lambda changed: carried_forward(probability_weighted(changed, year), changed, days_after)
    )


def carried_forward(value_usd: Any, case: Inputs, days: float) -> Any:
    """A value some days later, if nothing new becomes known and nothing is paid out.

    Equation: v · (1 + r)^a
    """
    return value_usd / dcf.discount_factor(case.equity_discount_rate, days / DAYS_A_YEAR)


def _gone_on(
    case: Inputs,
    year: Year,
    known: Collection[str],
    market: Market,
    threats: Sequence[Any],
) -> chain.Valuation:
    wanted = chain.wanted(case, market, threats[3])
    shares, prices, bought = chain.rivalry(case, market, threats)
    price = prices[0]
    expected_usd = wanted[0] * bought[0]
    more = year.spending_usd / expected_usd if "spending" in known else 1.0
    kept = year.market_share / shares[0] if "share" in known else 1.0
    other = year.other_usd / market.other_usd[0] if "other" in known else 1.0
    opening, tax = market.margin, case.company_tax_rate
    if "margin" in known:  # the opening margin from which the rise of unit cost leads to the one of the year
        opening = 1.0 - (1.0 - year.gross_margin) * price / market.unit_cost[0]
    expenses = case.start.operating_expenses_usd
    shares = tuple(np.minimum(share * kept, 1.0) for share in shares)
    if "costs" in known:
        tax = year.tax_rate
        sold = shares[0] * expected_usd * more / price / case.start.data_center_usd
        expenses = year.operating_expenses_usd / sold**case.expenses_scale
    begun = replace(case.start, operating_expenses_usd=expenses, net_cash_usd=0.0, diluted_shares=1.0)
    on = replace(
        market,
        other_usd=tuple(usd * other for usd in market.other_usd),
        discount=(0.0, *market.discount[:-1]),
        margin=opening,
    )
    moved = case.with_(start=begun, company_tax_rate=tax)
    found = chain.finance(moved, on, tuple(usd * more for usd in wanted), (shares, prices, bought))
    cash, stock = case.start.net_cash_usd + found.free_cash_usd[0], case.start.diluted_shares
    if "cash" in known:
        cash, stock = year.net_cash_usd, year.diluted_shares
    return replace(found, value_per_share=dcf.value_per_share(found.value_per_share, 0.0, cash, stock))
