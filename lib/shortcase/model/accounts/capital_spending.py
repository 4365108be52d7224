"""What several buyers spend together, and what is got for it."""

from __future__ import annotations

from shortcase.model.quantity import Quantity


def use_for_spending(use_growth: Quantity, spending_growth: Quantity) -> Quantity:
    """How many times more use a dollar of spending serves, when both have grown.

    Equation: u = use multiple / (1 + g)

    use_growth: use later over use before; spending_growth: g of the yearly spending, a share. Units: a ratio.
    Shapes broadcast.

    >>> use_for_spending(6.0, 0.5)
    4.0

    Source: definition.
    """
    return use_growth / (1.0 + spending_growth)
