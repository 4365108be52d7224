"""From gross to operating profit: costs that do not fall with sales make a given fall larger."""

from __future__ import annotations

from shortcase.model.quantity import Quantity


def growth_miss(growth_before: Quantity, growth_after: Quantity) -> Quantity:
    """Sales of the next year, as a multiple of what was expected, where growth turns out lower.

    Equation: sales after / before = (1 + g₁) / (1 + g₀)

    growth_before, growth_after: expected and actual growth a year, shares. Units: a ratio. Shapes broadcast.

    >>> round(float(growth_miss(1.0, 0.85)), 4)
    0.925

    Source: compound growth over one year.
    """
    return (1.0 + growth_after) / (1.0 + growth_before)


def opex_share(operating_expenses_usd: Quantity, sales_usd: Quantity) -> Quantity:
    """Operating expenses as a share of sales.

    Equation: o = operating expenses / sales

    Units: dollars, of one period. Shapes broadcast.

    >>> round(opex_share(16.4, 130.5), 4)
    0.1257

    Source: definition.
    """
    return operating_expenses_usd / sales_usd


def operating_margin(gross_profit: Quantity, gross_margin: Quantity, opex_share: Quantity) -> Quantity:
    """Operating profit as a share of the sales that were expected.

    Equation: EBIT = x · m₀ − o

    gross_profit: x, gross profit as a multiple of the expected one. gross_margin: m₀, the expected margin.
    opex_share: o, operating expenses over expected sales; they stay as they are in dollars.
    Units: shares of expected sales. Shapes broadcast.

    >>> round(float(operating_margin(1.0, 0.75, 0.126)), 3)
    0.624

    Source: the income statement, with operating expenses fixed for the year.
    """
    return gross_profit * gross_margin - opex_share


def operating_profit_change(gross_profit: Quantity, gross_margin: Quantity, opex_share: Quantity) -> Quantity:
    """Change of operating profit against what was expected.

    Equation: ΔEBIT = (x · m₀ − o) / (m₀ − o) − 1

    gross_profit: x, gross profit as a multiple of the expected one; the others as for operating_margin.
    Units: a share. Shapes broadcast.

    >>> round(float(operating_profit_change(0.70 / 0.75, 0.75, 0.126)), 3)
    -0.08

    Source: operating_margin against its value at x = 1.
    """
    expected = operating_margin(1.0, gross_margin, opex_share)
    return operating_margin(gross_profit, gross_margin, opex_share) / expected - 1.0
