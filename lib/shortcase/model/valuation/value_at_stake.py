"""What a difference is worth in the price of the shares, by the plainest lens: a constant multiple of gross profit.

One function, `value_change`, turns a change of profit into dollars of market value; a full valuation can replace it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shortcase.model.quantity import Quantity
from shortcase.model.valuation.annuity import present_value


def value_change(market_value_usd: Quantity, gross_profit: Quantity, other_gross_profit: Quantity) -> Quantity:
    """Market value that hangs on which of two gross profits is right, the multiple held constant.

    Equation: ΔV = V · |x₁ − x₂|

    market_value_usd: V, the price paid for a gross profit of one; gross_profit, other_gross_profit: x₁ and x₂, as
    multiples of the one that is paid for. Units: dollars. Shapes broadcast.

    >>> print(value_change(3.5e12, 1.0, 0.75) / 1e9)
    875.0

    Source: proportion: a price of so many times gross profit moves with it. Growth and risk are held as they are.
    """
    return market_value_usd * np.abs(gross_profit - other_gross_profit)


def reading_gap(one: Quantity, other: Quantity) -> Quantity:
    """How far apart two readings of one quantity are, in proportion.

    Equation: d = max(a, b) / min(a, b) − 1

    Units: both readings in one unit, above zero; a share. Shapes broadcast.

    >>> print(reading_gap(45.0, 20.0))
    1.25

    Source: definition.
    """
    return np.maximum(one, other) / np.minimum(one, other) - 1.0


def count_beyond(gaps: Sequence[Quantity], tolerance: Quantity) -> Quantity:
    """How many of several gaps are wider than a tolerance.

    Equation: n = Σ over the gaps d of (1 if d > τ, else 0)

    gaps: d; tolerance: τ, in the same unit. Units: a count. Shapes broadcast.

    >>> print(count_beyond([0.05, 1.25, 0.5], 0.1))
    2.0

    Source: definition.
    """
    return sum(np.where(gap > tolerance, 1.0, 0.0) for gap in gaps)


def outweighed(losses: Sequence[Quantity], other: Quantity) -> Quantity:
    """How many of several losses another one exceeds.

    Equation: n = Σ over the losses l of (1 if l < o, else 0)

    losses: l; other: o, in the same unit. Units: a count. Shapes broadcast.

    >>> print(outweighed([0.01, 0.06, 0.02], 0.03))
    2.0

    Source: definition.
    """
    return sum(np.where(loss < other, 1.0, 0.0) for loss in losses)


def main_factor(multiple: Quantity) -> Quantity:
    """Factor from which on one cause makes up the larger part of a gain.

    Equation: f = √k

    multiple: k, the whole gain; parts of it multiply, so the larger part is that with more than half of the logarithm.
    Units: a ratio. Shapes broadcast.

    >>> print(main_factor(36.0))
    6.0

    Source: ln f = ½·ln k.
    """
    return np.sqrt(multiple)


def profit_left(touched: Quantity, left: Quantity) -> Quantity:
    """Profit after a part of it changes, as a multiple of the whole before.

    Equation: x = 1 − w·(1 − y)

    touched: w, share of the profit that changes; left: y, what becomes of that part, as a multiple of itself.
    Units: a ratio. Shapes broadcast.

    >>> print(profit_left(0.4, 0.5))
    0.8

    Source: definition.
    """
    return 1.0 - touched * (1.0 - left)


def sales_lost(sales_share: Quantity, redirected: Quantity) -> Quantity:
    """Part of all sales that is lost when one market closes, and some of what it bought finds other buyers.

    Equation: ℓ = c·(1 − d)

    sales_share: c, the market's part of sales; redirected: d, part of them that other buyers take. Units: a share.
    Shapes broadcast.

    >>> print(round(sales_lost(0.2, 0.25), 3))
    0.15

    Source: definition.
    """
    return sales_share * (1.0 - redirected)


def lost_profits(
    sales_usd: Quantity, margin: Quantity, tax_rate: Quantity, rate: Quantity, years: Quantity
) -> Quantity:
    """Present value of profits after tax that do not come for some years.

    Equation: PV = S·m·(1 − τ) / CRF(r, n)

    sales_usd: S, sales lost each year; margin: m, part of them that would have been profit before tax; tax_rate: τ;
    rate: r, cost of capital a year; years: n. Level sales, at year ends. Units: dollars. Shapes broadcast.

    >>> print(round(lost_profits(100.0, 0.75, 0.2, 0.1, 5.0), 2))
    227.45

    Source: the capital recovery factor of model.annuity, turned round.
    """
    return present_value(sales_usd * margin * (1.0 - tax_rate), rate, years)
