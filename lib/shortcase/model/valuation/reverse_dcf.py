"""A price read backwards: the growth, the margin or the years of advantage that it takes for granted.

One simple company: sales of year one, growth that fades on a straight line to the terminal rate, a constant share of
sales left as free cash flow, and growth for ever after. Roots are found by a search, so these formulas cannot be traced
for a reader's browser.
"""

from __future__ import annotations

from typing import Any

from shortcase.model.quantity import Quantity
from shortcase.model.root_finding import find_root
from shortcase.model.valuation.discounted_cash_flow import YEAR_END, discount_factor
from shortcase.model.valuation.growth_path import linear_growth

GROWTH_BETWEEN = (-0.5, 2.0)
"""Between which growth a year is searched."""


def sales_path(
    first_sales_usd: Quantity, first_growth: Quantity, terminal_growth: Quantity, years: int
) -> list[Quantity]:
    """Sales of each year: the first given, the others grown from it with a fading growth.

    Equation: S(1) = S₁; S(t) = S(t − 1)·(1 + g(t)) with g(t) = g₀ + (g_T − g₀)·(t − 1)/n

    first_growth: g₀, from which the line starts; years: n. Units: dollars a year. Shapes broadcast; one entry a year.

    >>> [round(float(s), 1) for s in sales_path(100.0, 0.33, 0.03, 3)]
    [100.0, 123.0, 139.0]

    Source: the convention of the reference values, in the tests.
    """
    path = [first_sales_usd]
    for year in range(2, years + 1):
        path.append(path[-1] * (1.0 + linear_growth(first_growth, terminal_growth, float(years), float(year))))
    return path


def value_of_sales(
    sales_usd: list[Quantity],
    cash_shares: list[Quantity],
    rate: Quantity,
    terminal_growth: Quantity,
    early: Quantity = YEAR_END,
    *,
    reinvested: Quantity = 0.0,
) -> Quantity:
    """Present value of a path of sales of which a share is left as cash, and of growth for ever after it.

    Equation: V = Σ d(t)·(m(t)·S(t) − q·ΔS(t)) + d(n)·(m(n)·(1 + g) − q·g)·S(n)/(r − g)

    sales_usd, cash_shares: S and m for each year; rate: r; terminal_growth: g below r; early as for the discount
    factor; reinvested: q, capital for each dollar of new sales from year two on, where m does not contain it. Units:
    dollars. Shapes broadcast.

    >>> round(float(value_of_sales([100.0], [0.5], 0.1, 0.0)), 1)
    500.0

    Source: the Gordon growth model after an explicit forecast.
    """
    total: Any = 0.0
    before = sales_usd[0]
    factor: Any = discount_factor(rate, 0.0, early)
    once = 1.0 / (1.0 + rate)
    for sales, share in zip(sales_usd, cash_shares, strict=True):
        factor = factor * once
        total = total + factor * (share * sales - reinvested * (sales - before))
        before = sales
    last = (
        (cash_shares[-1] * (1.0 + terminal_growth) - reinvested * terminal_growth) * before / (rate - terminal_growth)
    )
    return total + factor * last


def implied_growth(
    value_usd: Quantity,
    first_sales_usd: Quantity,
    *,
    cash_shares: list[Quantity],
    rate: Quantity,
    terminal_growth: Quantity,
    early: Quantity = YEAR_END,
    reinvested: Quantity = 0.0,
) -> Quantity:
    """Growth from which the line must start for a company to be worth what it costs.

    Equation: g₀ such that V(g₀) = worth

    Inputs as above; the fade is linear over the years of cash_shares. Between −50 % and 200 % a year. Units: a share.
    Shapes broadcast.

    >>> round(float(implied_growth(3493e9, 196e9, cash_shares=[0.47] * 10, rate=0.1, terminal_growth=0.03)), 3)
    0.318

    Source: Rappaport and Mauboussin, Expectations Investing, 2001 and 2021.
    """

    def value(growth: Any, *inputs: Any) -> Quantity:
        first, rate, terminal, early, reinvested, *shares = inputs
        path = sales_path(first, growth, terminal, len(shares))
        return value_of_sales(path, shares, rate, terminal, early, reinvested=reinvested)

    inputs = (first_sales_usd, rate, terminal_growth, early, reinvested, *cash_shares)
    return find_root(value, value_usd, *GROWTH_BETWEEN, *inputs)


def implied_constant_growth(
    value_usd: Quantity,
    first_sales_usd: Quantity,
    *,
    cash_shares: list[Quantity],
    rate: Quantity,
    terminal_growth: Quantity,
    early: Quantity = YEAR_END,
    reinvested: Quantity = 0.0,
) -> Quantity:
    """Constant growth from year two to the horizon at which a company is worth what it costs.

    Equation: g such that V = worth, with S(t) = S₁·(1 + g)^(t − 1)

    Units: a share. Shapes broadcast.

    >>> round(float(implied_constant_growth(3493e9, 196e9, cash_shares=[0.47] * 10, rate=0.1, terminal_growth=0.03)), 3)
    0.18

    Source: Rappaport and Mauboussin, Expectations Investing, 2001 and 2021.
    """

    def value(growth: Any, *inputs: Any) -> Quantity:
        first, rate, terminal, early, reinvested, *shares = inputs
        path = [first * (1.0 + growth) ** year for year in range(len(shares))]
        return value_of_sales(path, shares, rate, terminal, early, reinvested=reinvested)

    inputs = (first_sales_usd, rate, terminal_growth, early, reinvested, *cash_shares)
    return find_root(value, value_usd, *GROWTH_BETWEEN, *inputs)


def implied_margin(
    value_usd: Quantity,
    first_sales_usd: Quantity,
    *,
    first_growth: Quantity,
    years: int,
    rate: Quantity,
    terminal_growth: Quantity,
    early: Quantity = YEAR_END,
) -> Quantity:
    """Share of sales that must be left as cash for a company to be worth what it costs, at a given growth.

    Equation: m = worth / V at a share of one

    Units: a share, above one where no margin is enough. Shapes broadcast.

    >>> round(float(implied_margin(
    ...     3493e9, 196e9, first_growth=0.318, years=10, rate=0.1, terminal_growth=0.03)), 2)
    0.47

    Source: worth is proportional to a constant share.
    """
    path = sales_path(first_sales_usd, first_growth, terminal_growth, years)
    return value_usd / value_of_sales(path, [1.0] * years, rate, terminal_growth, early)
