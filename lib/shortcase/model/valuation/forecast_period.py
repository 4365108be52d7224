"""How many years of value-creating growth a price pays for: the market-implied forecast period."""

from __future__ import annotations

from typing import Any

import numpy as np

from shortcase.model.quantity import Quantity
from shortcase.model.valuation.discounted_cash_flow import discount_factor

LONGEST = 40


def value_after_years(
    first_sales_usd: Quantity,
    *,
    growth: Quantity,
    margin: Quantity,
    reinvested: Quantity,
    rate: Quantity,
    inflation: Quantity,
    years: int,
    early: Quantity,
) -> list[Quantity]:
    """Value of a company if its advantage lasts no year, one year, two years, and so on up to a number of years.

    Equation: V(N) = Σ over t ≤ N of d(t)·(m·S(t) − q·ΔS(t)) + d(N)·m·S(N)·(1 + π)/(r − π)

    While the advantage lasts sales grow by g (growth) and each new dollar of them takes q (reinvested); after N years
    profit only keeps up with prices, π (inflation), and growth earns what capital costs. first_sales_usd: S(1),
    reached from S(1)/(1 + g). margin: m, profit after tax over sales. Units: dollars. Shapes broadcast; entry N − 1
    belongs to N.

    >>> [round(float(v)) for v in value_after_years(
    ...     100.0, growth=0.2, margin=0.5, reinvested=0.0, rate=0.1, inflation=0.0, years=2, early=0.0)]
    [500, 591]

    Source: Rappaport and Mauboussin, Expectations Investing, on the market-implied forecast period; perpetuity with
    inflation.
    """
    worth, flows, sales = [], 0.0, first_sales_usd
    for year in range(1, years + 1):
        before = sales / (1.0 + growth) if year == 1 else sales
        sales = first_sales_usd if year == 1 else sales * (1.0 + growth)
        factor = discount_factor(rate, float(year), early)
        flows = flows + factor * (margin * sales - reinvested * (sales - before))
        worth.append(flows + factor * margin * sales * (1.0 + inflation) / (rate - inflation))
    return worth


def implied_years(value_usd: Quantity, value_by_year: list[Quantity]) -> Quantity:
    """Years of advantage at which a company is worth what it costs, in between whole years on a straight line.

    Equation: N such that V(N) = worth

    value_by_year: V(1), V(2), … rising. Zero below V(1); the last year where even that is not enough.
    Units: years. Shapes broadcast.

    >>> round(float(implied_years(545.5, [500.0, 591.0])), 2)
    1.5

    Source: linear interpolation.
    """
    found: Any = 0.0 * value_usd
    for year in range(1, len(value_by_year)):
        step = value_by_year[year] - value_by_year[year - 1]
        part = np.minimum(np.maximum((value_usd - value_by_year[year - 1]) / step, 0.0), 1.0)
        found = found + part
    return np.where(value_usd < value_by_year[0], 0.0, 1.0 + found)
