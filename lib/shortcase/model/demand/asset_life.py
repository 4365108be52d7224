"""How long a machine is worth running while better ones appear: the user cost of capital and the rule to shut down."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity
from shortcase.model.valuation.annuity import HOURS_PER_YEAR

STEPS = 40
"""Newton's steps; they come down from the right and close in on the root."""


def rent_decline(gain_per_year: Quantity) -> Quantity:
    """How fast the rent of a machine falls while new ones do more for the money.

    Equation: d = 1 − 1 / (1 + g)

    gain_per_year: g, of new machines in performance for a dollar; work is taken to have one price, whoever does it.
    Units: a share a year. Shapes broadcast.

    >>> round(rent_decline(2.0**0.5 - 1.0), 4)
    0.2929

    Source: Jorgenson 1963, American Economic Review 53(2); the rent of a machine follows the price of its work.
    """
    return 1.0 - 1.0 / (1.0 + gain_per_year)


def first_year_charge(rate: Quantity, years: Quantity, decline: Quantity) -> Quantity:
    """Rent that a machine must earn in its first year, for each dollar it cost, if its rent then falls every year.

    Equation: c = (1 + r)·(1 − q) / (1 − qⁿ), with q = (1 − d) / (1 + r); (1 + r) / n at q = 1

    rate: r, cost of capital; years: n; decline: d, a share a year. Rent is paid at the end of each year. With no
    decline it is the capital recovery factor. Units: per year. Shapes broadcast.

    >>> [round(float(first_year_charge(0.12, 5.0, d)), 3) for d in (0.0, 1.0 - 0.5**0.5)]
    [0.277, 0.459]

    Source: Hall and Jorgenson 1967, American Economic Review 57(3), as a present value in whole years.
    """
    kept = (1.0 - decline) / (1.0 + rate)
    level = np.abs(1.0 - kept) < 1e-9
    safe = np.where(level, 0.5, kept)
    return np.where(level, (1.0 + rate) / years, (1.0 + rate) * (1.0 - safe) / (1.0 - safe**years))[()]


def gain_after(gain_per_year: Quantity, years: Quantity) -> Quantity:
    """How many times as much new machines do, some years on.

    Equation: G = (1 + g)^T

    Units: a ratio. Shapes broadcast.

    >>> gain_after(1.0, 3.0)
    8.0

    Source: compound growth.
    """
    return (1.0 + gain_per_year) ** years


def yearly_gain(multiple: Quantity, years: Quantity) -> Quantity:
    """Gain a year behind a gain over several years.

    Equation: g = G^(1/T) − 1

    Units: a share a year. Shapes broadcast.

    >>> yearly_gain(multiple=4.0, years=2.0)
    1.0

    Source: compound growth, turned round.
    """
    return multiple ** (1.0 / years) - 1.0


def cash_share_to_scrap(charge: Quantity, gain_per_dollar: Quantity, gain_per_watt: Quantity) -> Quantity:
    """Yearly cash cost, over what a machine cost, from which a new one does its work for less.

    Equation: o* = c / (G · (1 − 1/W))

    charge: c, first-year charge of the new machine; gain_per_dollar: G, its work for a dollar of outlay over that of
    the old one; gain_per_watt: W, above one, its work for a dollar of power and space. The outlay on the old machine is
    sunk and is not in it. Units: per year. Shapes broadcast.

    >>> [round(cash_share_to_scrap(0.459, 2.0, w), 3) for w in (2.0, 3.0)]
    [0.459, 0.344]

    Source: Terborgh 1949, Dynamic Equipment Policy: keep the old while its cash cost of a unit of work is below the
    full cost of a unit from the new, o < c/G + o/W.
    """
    return charge / (gain_per_dollar * (1.0 - 1.0 / gain_per_watt))


def age_at_scrap(
    charge: Quantity, cash_share: Quantity, dollar_gain_per_year: Quantity, watt_gain_per_year: Quantity
) -> Quantity:
    """Age at which the cash cost of an old machine reaches the full cost of the same work from a new one.

    Equation: T with o · G^T · (1 − W^−T) = c, by Newton's steps from the right

    charge: c of the new machine; cash_share: o, the old one's yearly cash cost over what it cost;
    dollar_gain_per_year and watt_gain_per_year: G − 1 and W − 1, with W at most G². Units: years. Shapes broadcast.

    >>> round(float(age_at_scrap(0.5, 0.25, 1.0, 1.0)), 3)
    1.585

    Source: cash_share_to_scrap with gains that grow with age.
    """
    by_dollar, by_watt = np.log(1.0 + dollar_gain_per_year), np.log(1.0 + watt_gain_per_year)
    wanted = charge / cash_share
    age = np.log(2.0 * wanted + 1.0) / by_dollar + np.log(2.0) / by_watt
    for _ in range(STEPS):
        first, second = np.exp(by_dollar * age), np.exp((by_dollar - by_watt) * age)
        age = age - (first - second - wanted) / (by_dollar * first - (by_dollar - by_watt) * second)
    return age


def rent_needed(outlay_usd: Quantity, charge: Quantity, cash_usd_per_year: Quantity, busy_share: Quantity) -> Quantity:
    """Rent of an hour at which a new machine earns its cost of capital.

    Equation: p = (c·K + o) / (8,760·b)

    outlay_usd: K; charge: c, first-year; cash_usd_per_year: o, power and space; busy_share: b, hours let over hours
    owned. Units: dollars an hour. Shapes broadcast.

    >>> rent_needed(outlay_usd=35_040.0, charge=0.5, cash_usd_per_year=0.0, busy_share=1.0)
    2.0

    Source: Hall and Jorgenson 1967, with cash costs added.
    """
    return (charge * outlay_usd + cash_usd_per_year) / (HOURS_PER_YEAR * busy_share)


def rent_over_cash(rent_usd_per_hour: Quantity, cash_usd_per_year: Quantity, busy_share: Quantity) -> Quantity:
    """How many times its cash cost a machine earns: above one it is worth running, whatever it cost.

    Equation: p·8,760·b / o

    rent_usd_per_hour: p, of an hour let; busy_share: b; cash_usd_per_year: o. Units: a ratio. Shapes broadcast.

    >>> rent_over_cash(rent_usd_per_hour=1.0, cash_usd_per_year=876.0, busy_share=0.5)
    5.0

    Source: the rule of shutting down, in any text on price theory.
    """
    return rent_usd_per_hour * HOURS_PER_YEAR * busy_share / cash_usd_per_year


def cash_per_hour(cash_usd_per_year: Quantity, busy_share: Quantity) -> Quantity:
    """Rent of an hour that just pays for power and space.

    Equation: p = o / (8,760·b)

    Units: dollars an hour. Shapes broadcast.

    >>> cash_per_hour(cash_usd_per_year=876.0, busy_share=0.5)
    0.2

    Source: rent_over_cash at one.
    """
    return cash_usd_per_year / (HOURS_PER_YEAR * busy_share)


def rent_to_replace(outlay_usd: Quantity, charge: Quantity, gain_per_watt: Quantity, busy_share: Quantity) -> Quantity:
    """Rent of an hour of the new machine from which it pays to throw out old ones, where power cannot be added.

    Equation: p = c·K / (8,760·b·(1 − 1/W))

    outlay_usd: K and charge: c of the new machine; gain_per_watt: W, its work for a watt over that of the old;
    busy_share: b. A watt moved to the new machine earns W times as much and costs the same cash, so that only the
    outlay stands against the gain. Work has one price. Units: dollars an hour. Shapes broadcast.

    >>> rent_to_replace(outlay_usd=35_040.0, charge=0.5, gain_per_watt=2.0, busy_share=1.0)
    4.0

    Source: the old is replaced once p·(1 − 1/W) covers the charge; value of a scarce watt, as in peak-load pricing.
    """
    return charge * outlay_usd / (HOURS_PER_YEAR * busy_share * (1.0 - 1.0 / gain_per_watt))


def rent_per_kilowatt(rent_usd_per_hour: Quantity, watts: Quantity) -> Quantity:
    """What an hour of a kilowatt earns in a machine.

    Equation: p / W · 1,000

    watts: of the machine with its share of the server. Units: dollars an hour a kilowatt. Shapes broadcast.

    >>> rent_per_kilowatt(rent_usd_per_hour=2.0, watts=500.0)
    4.0

    Source: definition.
    """
    return rent_usd_per_hour / watts * 1000.0


def scaled_watts(card_watts: Quantity, server_watts: Quantity, server_card_watts: Quantity) -> Quantity:
    """Watts of a card with its share of a server, by the measure of a server whose power is known.

    Equation: w = w₁ · S / s

    card_watts: w₁; server_watts: S of the known server, for each card; server_card_watts: s of its card.
    Units: watts. Shapes broadcast.

    >>> scaled_watts(card_watts=300.0, server_watts=800.0, server_card_watts=400.0)
    600.0

    Source: proportion.
    """
    return card_watts * server_watts / server_card_watts
