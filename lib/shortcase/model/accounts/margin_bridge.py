"""What a lower gross margin does to gross profit, by cause: a dearer product or a cheaper price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.quantity import Quantity


@dataclass(frozen=True)
class PriceCut:
    """What a margin lost to price does, each as a multiple of what was."""

    price: Quantity
    volume: Quantity
    sales: Quantity
    gross_profit: Quantity


def cost_rise(margin_before: Quantity, margin_after: Quantity) -> Quantity:
    """Gross profit after unit cost has risen at an unchanged price and volume, as a multiple of what it was.

    Equation: gross profit after / before = m₁ / m₀

    margin_before, margin_after: gross margins, shares of sales. Units: a ratio. Shapes broadcast.

    >>> round(float(cost_rise(0.75, 0.70)), 4)
    0.9333

    Source: gross profit is margin times sales, and sales do not change.
    """
    return margin_after / margin_before


def price_cut(margin_before: Quantity, margin_after: Quantity, elasticity: Quantity) -> PriceCut:
    """Price, volume, sales and gross profit after a price cut that lowers the margin, as multiples of what they were.

    Equation: price p = (1 − m₀)/(1 − m₁); volume p^(−ε); sales p^(1 − ε); gross profit p^(1 − ε) · m₁/m₀

    Unit cost stays, so the price follows from the margin: price = cost / (1 − margin). margins: shares of sales
    below one. elasticity: ε of demand to the seller's price, a positive number. Units: ratios. Shapes broadcast.

    >>> cut = price_cut(0.75, 0.70, elasticity=0.0)
    >>> round(float(cut.price), 4), round(float(cut.gross_profit), 4)
    (0.8333, 0.7778)

    Source: the definition of the gross margin, with constant-elasticity demand.
    """
    price = (1.0 - margin_before) / (1.0 - margin_after)
    sales = price ** (1.0 - elasticity)
    return PriceCut(
        price=price,
        volume=price ** (-elasticity),
        sales=sales,
        gross_profit=sales * margin_after / margin_before,
    )


def elasticity_that_pays(margin_before: Quantity, margin_after: Quantity) -> Quantity:
    """Elasticity at which a price cut leaves gross profit where it was.

    Equation: ε = 1 + ln(m₀/m₁) / ln((1 − m₁)/(1 − m₀))

    Below it the cut costs profit, above it the cut pays. margins: shares of sales, not equal. Units: a ratio.
    Shapes broadcast.

    >>> round(float(elasticity_that_pays(0.75, 0.70)), 3)
    1.378

    Source: price_cut solved for an unchanged gross profit; for a small cut it is 1/m₀, the Lerner condition.
    """
    return 1.0 + np.log(margin_before / margin_after) / np.log((1.0 - margin_after) / (1.0 - margin_before))
