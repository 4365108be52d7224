"""A claimed multiple, taken apart: which factors are documented, what was on schedule, and what is left unexplained.

Factors multiply, so their logarithms add, and each has one share: no order of attribution has to be chosen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.quantity import Quantity

DAYS_PER_MONTH = 365.25 / 12.0


def log_share(factor: Quantity, claimed: Quantity) -> Quantity:
    """Part of a claimed multiple that one factor accounts for.

    Equation: ln factor / ln claimed

    factor: above zero; one that is below one has a negative share. claimed: the whole multiple, above one.
    Units: share of one; the shares of all factors and of the residual add up to one. Shapes broadcast.

    >>> round(float(log_share(factor=11.06, claimed=45.0)), 3)
    0.631

    Source: logarithmic decomposition, e.g. Ang 2004, Energy Policy 32(9), doi 10.1016/S0301-4215(03)00076-4.
    """
    return np.log(factor) / np.log(claimed)


def months_between(days: Quantity) -> Quantity:
    """Days as months of average length.

    Equation: days / (365.25 / 12)

    Units: months. Shapes broadcast.

    >>> round(months_between(days=156), 2)
    5.13

    Source: the Julian year.
    """
    return days / DAYS_PER_MONTH


def scheduled_gain(months: Quantity, halving_months: Quantity) -> Quantity:
    """Gain that a steady trend of algorithmic progress would bring in the meantime.

    Equation: 2^(months / halving time)

    months: between the two models; halving_months: time in which the compute for a fixed quality halves.
    Units: ratio. Shapes broadcast.

    >>> round(scheduled_gain(months=24.0, halving_months=8.0), 6)
    8.0

    Source: Ho et al. 2024, Algorithmic progress in language models, arXiv 2403.05812, abstract.
    """
    return 2.0 ** (months / halving_months)


def months_of_progress(multiple: Quantity, halving_months: Quantity) -> Quantity:
    """Months in which the trend alone would bring a gain.

    Equation: halving time · log₂ gain

    Units: months; negative for a gain below one. Shapes broadcast.

    >>> round(float(months_of_progress(multiple=8.0, halving_months=8.0)), 6)
    24.0

    Source: the scheduled gain, solved for the time.
    """
    return halving_months * np.log(multiple) / np.log(2.0)


def halving_for_no_surprise(documented: Quantity, months: Quantity) -> Quantity:
    """Halving time at which the whole documented gain would have been on schedule.

    Equation: months · ln 2 / ln documented

    Units: months. Shapes broadcast.

    >>> round(float(halving_for_no_surprise(documented=8.0, months=24.0)), 6)
    8.0

    Source: the scheduled gain set equal to the documented one.
    """
    return months * np.log(2.0) / np.log(documented)


@dataclass(frozen=True)
class Ledger:
    """Factors between two runs; each says how many times as much the rival needed. All are ratios."""

    work_per_token: Quantity
    tokens: Quantity
    hours_per_work: Quantity
    hours_outside: Quantity
    price_per_hour: Quantity


def documented(ledger: Ledger) -> Quantity:
    """All documented factors together: the ratio of what the two runs cost.

    Equation: work per token × tokens × hours per unit of work × hours outside the steady run × price of an hour

    Units: ratio. Shapes broadcast.

    >>> documented(Ledger(work_per_token=10.0, tokens=1.05, hours_per_work=1.0, hours_outside=1.1, price_per_hour=1.0))
    11.55

    Source: arithmetic.
    """
    return ledger.work_per_token * ledger.tokens * ledger.hours_per_work * ledger.hours_outside * ledger.price_per_hour
