"""From the number and size of sellers to the margin: concentration, and the Lerner index of a whole market."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from shortcase.model.quantity import Quantity


def market_share(own_sales: Quantity, others_sales: Quantity) -> Quantity:
    """Part of a market that one seller has.

    Equation: s = x / (x + Σ others)

    Units: sales in any one unit. Shapes broadcast.

    >>> market_share(own_sales=80.0, others_sales=20.0)
    0.8

    Source: definition.
    """
    return own_sales / (own_sales + others_sales)


def herfindahl(shares: Sequence[Quantity]) -> Quantity:
    """Concentration of a market.

    Equation: H = Σ sᵢ²

    shares: of each seller, shares of one. One for a single seller, 1/n for n equal ones.
    Units: a share of one. Shapes broadcast.

    >>> round(herfindahl((0.42, 0.35, 0.22)), 4)
    0.3473

    Source: Hirschman 1964, The Paternity of an Index, American Economic Review 54(5).
    """
    total: Any = 0.0
    for share in shares:
        total = total + share * share
    return total


def equal_sellers(herfindahl: Quantity) -> Quantity:
    """Number of sellers of equal size that would make a market as concentrated.

    Equation: n = 1 / H

    Units: a count, as a fraction. Shapes broadcast.

    >>> equal_sellers(0.25)
    4.0

    Source: the index of n equal sellers is 1/n.
    """
    return 1.0 / herfindahl


def lerner_market(herfindahl: Quantity, elasticity: Quantity) -> Quantity:
    """Average mark-up over the price in a market whose sellers each choose how much to make.

    Equation: L = H / ε

    herfindahl: H; elasticity: ε of demand to the market's price, a positive number. L is (price − marginal cost) over
    price, weighted by sales. There is such an equilibrium only if no seller's own share reaches ε.
    Units: a share of one. Shapes broadcast.

    >>> lerner_market(herfindahl=0.25, elasticity=0.5)
    0.5

    Source: Cowling and Waterson 1976, Price-Cost Margins and Market Structure, Economica 43, for Cournot conduct.
    """
    return herfindahl / elasticity


def lerner_of_equal_sellers(sellers: Quantity, elasticity: Quantity) -> Quantity:
    """Mark-up over the price that so many equal sellers leave; one where the formula has no equilibrium.

    Equation: L = 1 / (n·max(ε, 1/n))

    sellers: n, at least one; elasticity: ε of demand to the market's price, a positive number or zero. At ε ≤ 1/n each
    seller would gain by making less, at any price: there is no equilibrium, and one stands for that. Whoever prints a
    mark-up asks first whether ε is above 1/n. Units: a share of one. Shapes broadcast.

    >>> [round(float(lerner_of_equal_sellers(2.0, e)), 3) for e in (0.8, 0.5, 0.0)]
    [0.625, 1.0, 1.0]

    Source: lerner_market at a concentration of 1/n, with its condition.
    """
    return 1.0 / (sellers * np.maximum(elasticity, 1.0 / sellers))


def lerner_of_seller(share: Quantity, elasticity: Quantity) -> Quantity:
    """Mark-up over the price of one seller in a market whose sellers each choose how much to make.

    Equation: L = s / ε

    share: s of the seller, a share of one; elasticity: ε of demand to the market's price, a positive number. The
    average of these over the sellers, weighted by what they sell, is the L of the market. A result of one or more means
    that there is no equilibrium: this seller would gain by making less, at any price.
    Units: a share of one. Shapes broadcast.

    >>> lerner_of_seller(share=0.75, elasticity=1.0)
    0.75

    Source: the first-order condition of Cournot, as in Cowling and Waterson 1976.
    """
    return share / elasticity


def elasticity_implied(concentration: Quantity, lerner: Quantity) -> Quantity:
    """Elasticity of demand at which a given mark-up is what a seller, or a market, would choose.

    Equation: ε = s / L for a seller with the share s, ε = H / L for a whole market

    concentration: s, with the seller's own mark-up; or H, with the average of the market. The two must not be mixed.
    Units: a ratio; lerner above zero. Shapes broadcast.

    >>> elasticity_implied(concentration=0.75, lerner=0.75)
    1.0

    Source: Cowling and Waterson 1976, solved for the elasticity.
    """
    return concentration / lerner


def sellers_for_margin(elasticity: Quantity, lerner: Quantity) -> Quantity:
    """Number of equal sellers at which a mark-up has fallen to a given one.

    Equation: n = 1 / (ε·L)

    Units: a count, as a fraction. Shapes broadcast.

    >>> sellers_for_margin(elasticity=0.8, lerner=0.25)
    5.0

    Source: Cowling and Waterson 1976, with H = 1/n.
    """
    return 1.0 / (elasticity * lerner)


def rank(amount: Quantity, others: Sequence[Quantity]) -> Quantity:
    """Place of one by size: first where no other has more.

    Equation: rank = 1 + number of others > amount

    amount and others in one unit. Units: a count. Shapes broadcast.

    >>> print(rank(amount=5.0, others=(7.0, 3.0, 5.0)))
    2.0

    Source: definition.
    """
    place: Any = 1.0
    for other in others:
        place = place + np.where(other > amount, 1.0, 0.0)[()]
    return place
