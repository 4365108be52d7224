"""What rivals do to the leader's price: from shares to concentration, from concentration to margin and price."""

from __future__ import annotations

from shortcase.model.quantity import Quantity

RIVALS = 3.0
"""Sellers of equal size among whom the rest of the market is divided: AMD, the customers' own chips, and newcomers."""


def concentration(leader_share: Quantity, rivals: Quantity = RIVALS) -> Quantity:
    """Concentration of a market of one leader and several equal rivals.

    Equation: H = s² + (1 − s)²/n

    leader_share: s, a share of one; rivals: n. Units: a share of one. Shapes broadcast.

    >>> round(concentration(0.85), 4), concentration(1.0)
    (0.73, 1.0)

    Source: the Herfindahl index of such a market.
    """
    left = 1.0 - leader_share
    return leader_share * leader_share + left * left / rivals


def margin_under_conduct(
    margin_before: Quantity, concentration_before: Quantity, concentration_now: Quantity, conduct: Quantity
) -> Quantity:
    """Margin over unit cost after a market has become less concentrated, at an unchanged cost.

    Equation: L = L₀ · (1 − κ · (1 − H/H₀))

    margin_before: L₀, (price − unit cost)/price; concentrations: H₀ and H; conduct: κ, from 0 (price holds) to 1 (price
    follows concentration, as the average of a market does whose sellers each choose how much to make). The leader's own
    margin would follow its share there, L = L₀·s/s₀, which is a κ of (1 − s/s₀)/(1 − H/H₀), about two thirds.
    Units: a share. Shapes broadcast.

    >>> round(margin_under_conduct(0.75, 0.75, 0.5, 1.0), 3), margin_under_conduct(0.75, 0.75, 0.5, 0.0)
    (0.5, 0.75)

    Source: at κ = 1 the market form of the Lerner index, Cowling and Waterson 1976, Price-Cost Margins and Market
    Structure, Economica 43, with an elasticity that stays; κ scales it, as conduct does in Bresnahan 1989, Empirical
    Studies of Industries with Market Power, Handbook of Industrial Organization 2.
    """
    return margin_before * (1.0 - conduct * (1.0 - concentration_now / concentration_before))


def price_at_margin(margin_before: Quantity, margin_now: Quantity) -> Quantity:
    """Price that leaves a given margin, at an unchanged unit cost, over the price before.

    Equation: p = (1 − L₀)/(1 − L)

    Units: shares in, a ratio out. Shapes broadcast.

    >>> round(price_at_margin(0.75, 0.70), 4)
    0.8333

    Source: the definition of the margin; the price in `gross_margin.price_cut`.
    """
    return (1.0 - margin_before) / (1.0 - margin_now)


def unit_cost_path(rise: Quantity, year: Quantity, horizon_years: Quantity) -> Quantity:
    """Cost of a unit over what it was, on a straight line to a rise by the horizon.

    Equation: c(t) = 1 + ρ · t/n

    rise: ρ, a share, by the horizon n. Units: a ratio. Shapes broadcast.

    >>> round(unit_cost_path(0.2, 5.0, 10.0), 3)
    1.1

    Source: definition; dearer wafers, packages and memory for the same price.
    """
    return 1.0 + rise * year / horizon_years


def gross_margin_of(margin_before: Quantity, price: Quantity, unit_cost: Quantity) -> Quantity:
    """Gross margin after both the price and the cost of a unit have moved, each told apart.

    Equation: m = 1 − (1 − m₀) · c/p

    margin_before: m₀; price: p and unit_cost: c, over what they were. A lower price cuts sales too, a higher cost
    does not. Units: a share. Shapes broadcast.

    >>> round(gross_margin_of(0.75, 1.0, 1.2), 3), round(gross_margin_of(0.75, 0.8333333, 1.0), 3)
    (0.7, 0.7)

    Source: the definition of the gross margin.
    """
    return 1.0 - (1.0 - margin_before) * unit_cost / price
