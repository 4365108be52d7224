"""Capital spread over the years of its use: the charge that pays back an outlay with interest."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity

HOURS_PER_YEAR = 8760.0
SECONDS_PER_HOUR = 3600.0


def capital_recovery_factor(rate: Quantity, years: Quantity) -> Quantity:
    """Yearly charge, per dollar of outlay, that repays it with interest over its life.

    Equation: CRF = r / (1 − (1 + r)⁻ⁿ), and 1/n at r = 0

    rate: cost of capital a year, as a share of one, at or above zero; years: life of the asset, above zero.
    Units: per year. Shapes broadcast. A rate below a millionth is read as zero: the quotient would lose its digits.

    >>> print(round(capital_recovery_factor(rate=0.12, years=4.0), 4))
    0.3292

    Source: any text on engineering economics, where interest tables print it as the factor (A/P, i, N).
    """
    tiny = rate < 1e-6
    safe = np.where(tiny, 1e-6, rate)
    return np.where(tiny, 1.0 / years, safe / (1.0 - (1.0 + safe) ** (-years)))[()]


def hourly_charge(outlay_usd: Quantity, rate: Quantity, years: Quantity) -> Quantity:
    """Charge for an hour of an asset's life, whether it works or waits.

    Equation: charge = outlay · CRF(r, n) / 8,760

    outlay_usd: what was paid for it, installed; rate and years as for the capital recovery factor.
    Units: dollars an hour. Shapes broadcast.

    >>> print(round(hourly_charge(outlay_usd=324_000.0, rate=0.12, years=4.0), 2))
    12.18

    Source: the capital recovery factor over the hours of a year.
    """
    return outlay_usd * capital_recovery_factor(rate, years) / HOURS_PER_YEAR


def present_value(payment: Quantity, rate: Quantity, years: Quantity) -> Quantity:
    """Present value of a payment made at the end of each year.

    Equation: PV = payment / CRF(r, n)

    payment: dollars a year; rate and years as for the capital recovery factor.
    Units: dollars. Shapes broadcast.

    >>> print(round(present_value(payment=0.3292344, rate=0.12, years=4.0), 4))
    1.0

    Source: the capital recovery factor turned round.
    """
    return payment / capital_recovery_factor(rate, years)


def affordable_outlay(hourly_usd: Quantity, rate: Quantity, years: Quantity) -> Quantity:
    """What may be paid for an asset whose use is worth so much an hour.

    Equation: outlay = 8,760 · h / CRF(r, n)

    hourly_usd: h, worth of an hour whether it works or waits; rate and years as for the capital recovery factor.
    Units: dollars. Shapes broadcast.

    >>> print(round(affordable_outlay(hourly_usd=12.177, rate=0.12, years=4.0)))
    323996

    Source: the hourly charge turned round.
    """
    return HOURS_PER_YEAR * hourly_usd / capital_recovery_factor(rate, years)
