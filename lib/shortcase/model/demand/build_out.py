"""What a build-out of machines must earn, what it may cost, and how long it can be paid out of cash."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity
from shortcase.model.valuation.annuity import capital_recovery_factor


def all_in(chip_sales_usd: Quantity, chip_share: Quantity) -> Quantity:
    """What the buyers of chips spend in all, with buildings, network and power.

    Equation: K = S / h

    chip_sales_usd: S; chip_share: h, of chips in the whole cost. Units: dollars. Shapes broadcast.

    >>> all_in(chip_sales_usd=98.0, chip_share=0.5)
    196.0

    Source: Cahn, AI's $600B Question, Sequoia Capital, 20 June 2024: chips are half of the cost.
    """
    return chip_sales_usd / chip_share


def lifetime_sales(chip_sales_usd: Quantity, chip_share: Quantity, customer_margin: Quantity) -> Quantity:
    """Sales over the life of a year's purchases that pay for them and leave their users a margin.

    Equation: R = S / h / (1 − m)

    chip_sales_usd: S; chip_share: h; customer_margin: m, gross margin of those who sell what the machines make.
    Interest is not in it, and the sum is over the machines' life, not a year. Units: dollars. Shapes broadcast.

    >>> lifetime_sales(chip_sales_usd=98.0, chip_share=0.5, customer_margin=0.5)
    392.0

    Source: Cahn, AI's $600B Question, Sequoia Capital, 20 June 2024.
    """
    return all_in(chip_sales_usd, chip_share) / (1.0 - customer_margin)


def lifetime_sales_with_interest(
    chip_sales_usd: Quantity, chip_share: Quantity, customer_margin: Quantity, rate: Quantity, years: Quantity
) -> Quantity:
    """Sales over the life of a year's purchases that repay them with interest and leave their users a margin.

    Equation: R = S / h · n · CRF(r, n) / (1 − m)

    As lifetime_sales; rate: r, cost of capital a year; years: n, over which the machines are repaid in even parts.
    Where purchases stay the same, it is also what all machines at work must bring in a year. Units: dollars. Shapes
    broadcast.

    >>> round(float(lifetime_sales_with_interest(98.0, 0.5, 0.5, rate=0.1, years=4.0)), 1)
    494.7

    Source: lifetime_sales, its cost repaid by the capital recovery factor.
    """
    return lifetime_sales(chip_sales_usd, chip_share, customer_margin) * years * capital_recovery_factor(rate, years)


def vintages(growth_per_year: Quantity, years: Quantity, decline: Quantity) -> Quantity:
    """Machines at work, in purchases of the last year, older ones counted at what their rent has fallen to.

    Equation: Σ = (1 − qⁿ) / (1 − q), with q = (1 − d) / (1 + g); n at q = 1

    growth_per_year: g of purchases; years: n that a machine lasts; decline: d of the rent, a share a year.
    Units: years of purchases. Shapes broadcast.

    >>> [round(float(vintages(g, 5.0, 0.0)), 3) for g in (0.0, 0.3, 0.6)]
    [5.0, 3.166, 2.412]

    Source: geometric series over the purchases of the last n years.
    """
    kept = (1.0 - decline) / (1.0 + growth_per_year)
    level = np.abs(1.0 - kept) < 1e-9
    safe = np.where(level, 0.5, kept)
    return np.where(level, years, (1.0 - safe**years) / (1.0 - safe))[()]


def charge_of_all(purchases_usd: Quantity, charge: Quantity, vintages: Quantity) -> Quantity:
    """What all the machines at work must earn in a year above their cash costs.

    Equation: C = c · K · Σ

    purchases_usd: K of the last year, all in; charge: c of a new machine in its first year; vintages: Σ.
    Units: dollars a year. Shapes broadcast.

    >>> round(charge_of_all(purchases_usd=230.0, charge=0.2774097, vintages=5.0), 1)
    319.0

    Source: the capital recovery factor, vintage by vintage.
    """
    return charge * purchases_usd * vintages


def sales_needed(charge_usd_per_year: Quantity, customer_margin: Quantity) -> Quantity:
    """Sales of a year that cover a charge and leave those who sell a gross margin.

    Equation: R = C / (1 − m)

    charge_usd_per_year: C, taken for the whole cost of sales; customer_margin: m. Units: dollars a year.
    Shapes broadcast.

    >>> sales_needed(charge_usd_per_year=100.0, customer_margin=0.5)
    200.0

    Source: definition of the gross margin.
    """
    return charge_usd_per_year / (1.0 - customer_margin)


def purchases_carried(
    sales_usd_per_year: Quantity,
    *,
    customer_margin: Quantity,
    charge: Quantity,
    growth_per_year: Quantity,
    years: Quantity,
    decline: Quantity,
) -> Quantity:
    """Largest spending on machines in a year, all in, that sales of what they make can carry.

    Equation: K = R · (1 − m) / (c · Σ(g, n, d))

    sales_usd_per_year: R, sold or saved by means of the machines in that year; customer_margin: m; charge: c, of a new
    machine in its first year; growth_per_year: g of purchases up to then; years: n; decline: d of the rent.
    Units: dollars a year. Shapes broadcast.

    >>> round(float(purchases_carried(319.0212, customer_margin=0.0, charge=0.2774097, growth_per_year=0.0,
    ...     years=5.0, decline=0.0)), 1)
    230.0

    Source: charge_of_all and sales_needed, solved for the purchases.
    """
    return sales_usd_per_year * (1.0 - customer_margin) / (charge * vintages(growth_per_year, years, decline))


def years_to_reach(needed: Quantity, actual: Quantity, growth_per_year: Quantity) -> Quantity:
    """Years until something that grows has become as large as it needs to be.

    Equation: t = ln(needed / actual) / ln(1 + g)

    growth_per_year: g, above zero. Units: years. Shapes broadcast.

    >>> round(float(years_to_reach(needed=8.0, actual=1.0, growth_per_year=1.0)), 6)
    3.0

    Source: compound growth, solved for the time.
    """
    return np.log(needed / actual) / np.log(1.0 + growth_per_year)


def years_within_cash(
    cash_usd: Quantity, spending_usd: Quantity, spending_growth: Quantity, cash_growth: Quantity
) -> Quantity:
    """Years until spending has grown to all the cash that the business brings in.

    Equation: t = ln(F / K) / ln((1 + g) / (1 + f))

    cash_usd: F, operating cash flow of a year; spending_usd: K; spending_growth: g, above f; cash_growth: f.
    Units: years. Shapes broadcast.

    >>> round(float(years_within_cash(cash_usd=200.0, spending_usd=100.0, spending_growth=1.0, cash_growth=0.0)), 6)
    1.0

    Source: two exponentials set equal.
    """
    return np.log(cash_usd / spending_usd) / np.log((1.0 + spending_growth) / (1.0 + cash_growth))
