"""How many firms a prize draws: entry at a given cost, and where the cost of being any good rises with the prize."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity
from shortcase.model.valuation.annuity import present_value


def discounted_years(rate: Quantity, lag_years: Quantity, life_years: Quantity) -> Quantity:
    """Present value of a dollar a year that starts after a lag and lasts for the life of a product.

    Equation: A = (1 + r)^(−L) · (1 − (1 + r)⁻ⁿ) / r

    rate: r a year; lag_years: L from the first dollar spent to the first sold; life_years: n.
    Units: years. Shapes broadcast.

    >>> print(round(float(discounted_years(rate=0.10, lag_years=3.0, life_years=4.0)), 4))
    2.3816

    Source: the present value of an annuity, put off by the lag.
    """
    return present_value(1.0, rate, life_years) * (1.0 + rate) ** (-lag_years)


def sellers_at_fixed_cost(
    sales_usd: Quantity, attempt_usd: Quantity, chance: Quantity, discounted_years: Quantity
) -> Quantity:
    """Number of sellers at which one more attempt would not pay, where an attempt costs the same for everybody.

    Equation: N = √(p·A·S / F)

    Each of N equal sellers earns S/N² a year before its outlay, whose worth times the chance of success just covers the
    outlay. sales_usd: S a year; attempt_usd: F; chance: p; discounted_years: A, both as above. Below two nobody else
    has room. Units: a count, as a fraction. Shapes broadcast.

    >>> print(sellers_at_fixed_cost(sales_usd=32e9, attempt_usd=2e9, chance=0.5, discounted_years=2.0))
    4.0

    Source: Sutton 1991, Sunk Costs and Market Structure, chapter 2: Cournot sellers facing a fixed outlay of buyers;
    the chance and the lag are added.
    """
    return np.sqrt(chance * discounted_years * sales_usd / attempt_usd)


def attempts(sellers: Quantity, chance: Quantity) -> Quantity:
    """Attempts behind the sellers that joined the first.

    Equation: a = (N − 1) / p

    Units: a count, as a fraction. Shapes broadcast.

    >>> attempts(sellers=4.0, chance=0.25)
    12.0

    Source: each attempt succeeds with the same chance.
    """
    return (sellers - 1.0) / chance


def sellers_at_rising_cost(escalation: Quantity) -> Quantity:
    """Number of sellers where each can buy a better product, and has to.

    Equation: N + 1/N − 2 = β/2, so N = 1 + β/4 + √((1 + β/4)² − 1)

    escalation: β, per cent by which the outlay rises for one per cent more performance. Sales do not appear: a larger
    prize makes the product dearer to design and the sellers no more numerous. Units: a count, as a fraction. Shapes
    broadcast.

    >>> print(round(float(sellers_at_rising_cost(1.0)), 6), round(float(sellers_at_rising_cost(2.0)), 4))
    2.0 2.618

    Source: Sutton 1991, Sunk Costs and Market Structure, chapter 3, in the limit of a large market; derived beside the
    test.
    """
    half = 1.0 + escalation / 4.0
    return half + np.sqrt(half**2 - 1.0)


def margin_with(sellers: Quantity) -> Quantity:
    """Mark-up over the price that so many equal sellers leave.

    Equation: L = 1 / N

    Units: a share of the price. Shapes broadcast.

    >>> margin_with(4.0)
    0.25

    Source: Cournot, where buyers spend a fixed sum, as in Sutton 1991.
    """
    return 1.0 / sellers


def outlay_each(sales_usd: Quantity, sellers: Quantity, discounted_years: Quantity) -> Quantity:
    """What a seller can spend on a generation of products and just get back.

    Equation: F = A·S / N²

    sales_usd: S of the whole market a year; discounted_years: A. Units: dollars. Shapes broadcast.

    >>> outlay_each(sales_usd=32e9, sellers=4.0, discounted_years=2.0)
    4000000000.0

    Source: the condition of free entry, solved for the outlay.
    """
    return discounted_years * sales_usd / sellers**2


def margin_after_research(gross_margin: Quantity, research_usd: Quantity, sales_usd: Quantity) -> Quantity:
    """What is left of each dollar of sales when the product and the research behind it are paid.

    Equation: m − R/S

    Zero where entry is free: there the margin just pays for the research. Units: a share of sales. Shapes broadcast.

    >>> print(round(margin_after_research(gross_margin=0.75, research_usd=10.0, sales_usd=100.0), 4))
    0.65

    Source: definition.
    """
    return gross_margin - research_usd / sales_usd


def attempt_for_sellers(
    sales_usd: Quantity, sellers: Quantity, chance: Quantity, discounted_years: Quantity
) -> Quantity:
    """Cost of an attempt at which just so many sellers find room.

    Equation: F = p·A·S / N²

    Units: dollars. Shapes broadcast.

    >>> attempt_for_sellers(sales_usd=32e9, sellers=4.0, chance=0.5, discounted_years=2.0)
    2000000000.0

    Source: sellers_at_fixed_cost solved for the cost.
    """
    return chance * discounted_years * sales_usd / sellers**2
