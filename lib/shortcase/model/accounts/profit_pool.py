"""Who keeps the money of a technology: shares of a profit pool, tolls of suppliers, and what buyers keep."""

from __future__ import annotations

from shortcase.model.quantity import Quantity


def profit(sales_usd: Quantity, margin: Quantity) -> Quantity:
    """Profit at a margin.

    Equation: π = S·m

    Units: dollars a year. Shapes broadcast.

    >>> profit(sales_usd=100.0, margin=0.75)
    75.0

    Source: definition.
    """
    return sales_usd * margin


def margin_after_toll(gross_margin: Quantity, toll: Quantity, price_rise: Quantity) -> Quantity:
    """Gross margin of a buyer whose suppliers raise their prices while its own price stays.

    Equation: m₁ = m − τ·r

    toll: τ of each dollar of sales; price_rise: r, share by which the suppliers' prices rise.
    Units: share of one. Shapes broadcast.

    >>> round(margin_after_toll(gross_margin=0.75, toll=0.25, price_rise=0.5), 4)
    0.625

    Source: the cost of the part rises by r, all else equal.
    """
    return gross_margin - toll * price_rise
