"""A supplier with more orders than it can ship: for how long its sales hide that orders have fallen."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def cover(promised_usd: Quantity, quarter_usd: Quantity) -> Quantity:
    """Promises in hand, in quarters of what is delivered now.

    Equation: c = B / S

    promised_usd: B, orders from customers, or a firm's own orders with its suppliers; quarter_usd: S, sales of a
    quarter, or the cost of them. Units: quarters. Shapes broadcast.

    >>> cover(30.0, 10.0)
    3.0

    Source: definition.
    """
    return promised_usd / quarter_usd


def firm_cover(cover_quarters: Quantity, cancelled: Quantity) -> Quantity:
    """Orders in hand once those are gone that nobody means.

    Equation: c₁ = c · (1 − x)

    cancelled: x, a share of the orders. Units: quarters. Shapes broadcast.

    >>> firm_cover(4.0, 0.25)
    3.0

    Source: definition.
    """
    return cover_quarters * (1.0 - cancelled)


def quarters_hidden(cover_quarters: Quantity, shortfall: Quantity, growth: Quantity) -> Quantity:
    """Quarters for which a supplier goes on selling all that it can make after its orders have fallen.

    Equation: n = 2·c / (d + √(d² + 2·g·c))

    What it can make grows by g of today's each quarter, orders stay at 1 − d of today's sales, and the orders in hand,
    c quarters of them, make up the difference: c = d·n + g·n²/2.
    cover_quarters: c; shortfall: d, at least zero; growth: g, at least zero, not both zero.
    Units: quarters. Shapes broadcast.

    >>> print(round(float(quarters_hidden(3.0, 0.5, 0.0)), 4), round(float(quarters_hidden(3.0, 0.25, 0.25)), 4))
    6.0 4.0

    Source: the balance of orders in hand, solved for the time.
    """
    return 2.0 * cover_quarters / (shortfall + np.sqrt(shortfall**2 + 2.0 * growth * cover_quarters))


def drop(shortfall: Quantity, growth: Quantity, quarters: Quantity) -> Quantity:
    """By how much sales drop on the day when the orders in hand run out.

    Equation: 1 − (1 − d) / (1 + g·n)

    quarters: n for which the fall was hidden. Units: a share. Shapes broadcast.

    >>> print(round(drop(0.25, 0.25, 4.0), 4))
    0.625

    Source: sales go from all that can be made to the orders of the day.
    """
    return 1.0 - (1.0 - shortfall) / (1.0 + growth * quarters)


def cover_that_hides(quarters: Quantity, shortfall: Quantity, growth: Quantity) -> Quantity:
    """Orders in hand with which a fall stays hidden for a given time.

    Equation: c = d·n + g·n²/2

    Units: quarters. Shapes broadcast.

    >>> cover_that_hides(4.0, 0.25, 0.25)
    3.0

    Source: the balance of orders in hand.
    """
    return shortfall * quarters + growth * quarters**2 / 2.0
