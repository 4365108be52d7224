"""What several buyers spend together, and what is got for it."""

from __future__ import annotations

from typing import Any

import numpy as np


def together(amounts_usd: Any) -> Any:
    """Sum of several amounts of one kind.

    Equation: S = Σ s

    amounts_usd: along the last axis. Units: dollars. Shapes: leading axes broadcast.

    >>> print(together(np.array([1.0, 2.5])))
    3.5

    Source: definition.
    """
    return np.sum(amounts_usd, axis=-1)


def use_for_spending(use_growth: Any, spending_growth: Any) -> Any:
    """How many times more use a dollar of spending serves, when both have grown.

    Equation: u = use multiple / (1 + g)

    use_growth: use later over use before; spending_growth: g of the yearly spending, a share. Units: a ratio.
    Shapes broadcast.

    >>> use_for_spending(6.0, 0.5)
    4.0

    Source: definition.
    """
    return use_growth / (1.0 + spending_growth)
