"""Who keeps the money of a technology: shares of a profit pool, tolls of suppliers, and what buyers keep."""

from __future__ import annotations

from typing import Any


def profit(sales_usd: Any, margin: Any) -> Any:
    """Profit at a margin.

    Equation: π = S·m

    Units: dollars a year. Shapes broadcast.

    >>> profit(sales_usd=100.0, margin=0.75)
    75.0

    Source: definition.
    """
    return sales_usd * margin


def pool_share(own_usd: Any, pool_usd: Any) -> Any:
    """Part of a pool of profits that one firm or layer keeps.

    Equation: s = π / Σ π

    Units: share of one. Shapes broadcast.

    >>> pool_share(own_usd=75.0, pool_usd=100.0)
    0.75

    Source: definition; Gadiesh and Gilbert 1998, Profit Pools: A Fresh Look at Strategy, Harvard Business Review.
    """
    return own_usd / pool_usd


def toll(supplier_sales_usd: Any, buyer_sales_usd: Any) -> Any:
    """What a supplier takes of each dollar that its buyers sell for.

    Equation: τ = S_supplier / S_buyers

    Units: share of one. Shapes broadcast.

    >>> toll(supplier_sales_usd=12.0, buyer_sales_usd=100.0)
    0.12

    Source: definition.
    """
    return supplier_sales_usd / buyer_sales_usd


def margin_after_toll(gross_margin: Any, toll: Any, price_rise: Any) -> Any:
    """Gross margin of a buyer whose suppliers raise their prices while its own price stays.

    Equation: m₁ = m − τ·r

    toll: τ of each dollar of sales; price_rise: r, share by which the suppliers' prices rise.
    Units: share of one. Shapes broadcast.

    >>> round(margin_after_toll(gross_margin=0.75, toll=0.25, price_rise=0.5), 4)
    0.625

    Source: the cost of the part rises by r, all else equal.
    """
    return gross_margin - toll * price_rise


def price_rise_that_moves(points: Any, toll: Any) -> Any:
    """Rise of suppliers' prices that takes a given number of points from a buyer's gross margin.

    Equation: r = Δm / τ

    Units: share of one. Shapes broadcast.

    >>> price_rise_that_moves(points=0.05, toll=0.25)
    0.2

    Source: the margin after a toll, solved for the rise.
    """
    return points / toll


def surplus_for(value_usd: Any, share_kept: Any) -> Any:
    """Worth to society that a technology must have for its seller's part of it to be a given amount.

    Equation: W = V / s

    value_usd: V, what the seller is worth or earns; share_kept: s of the whole that it keeps.
    Units: those of the value. Shapes broadcast.

    >>> surplus_for(value_usd=2.0, share_kept=0.02)
    100.0

    Source: Nordhaus 2004, NBER working paper 10433, for the share.
    """
    return value_usd / share_kept
