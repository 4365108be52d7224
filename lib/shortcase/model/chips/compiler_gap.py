"""The gap between compiled and hand-written code: how fast it closes, how often it opens, what a gap is worth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shortcase.model.quantity import Quantity

DAYS_PER_YEAR = 365.25


def years_between(days: Quantity) -> Quantity:
    """Years in so many days.

    Equation: t = d / 365.25

    Units: days in, years out. Shapes broadcast.

    >>> years_between(1461.0)
    4.0

    Source: the Julian year.
    """
    return days / DAYS_PER_YEAR


def speedup(compiled_speed: Quantity) -> Quantity:
    """How many times as fast hand-written code is, where compiled code reaches a given share of it.

    Equation: G = 1 / r

    compiled_speed: r, speed of compiled code over that of hand-written. Units: a ratio. Shapes broadcast.

    >>> speedup(0.8)
    1.25

    Source: definition.
    """
    return 1.0 / compiled_speed


def middle(low: Quantity, high: Quantity) -> Quantity:
    """Middle of a range of ratios.

    Equation: G = √(G₁·G₂)

    Units: a ratio. Shapes broadcast.

    >>> print(round(middle(1.3, 2.5), 3))
    1.803

    Source: the geometric mean, which treats twice and half alike.
    """
    return np.sqrt(low * high)


def years_to_close(gap: Quantity, rate: Quantity) -> Quantity:
    """Years in which compilers catch up with code that does not change.

    Equation: t = ln G / ln(1 + g)

    gap: G, hand-written over compiled speed, at least one; rate: g, yearly gain of compiled code, above zero.
    Units: years. Shapes broadcast.

    >>> print(round(years_to_close(gap=2.0, rate=0.04), 1))
    17.7

    Source: Proebsting 1998, Proebsting's law, for the rate of four per cent; compound growth.
    """
    return np.log(gap) / np.log(1.0 + rate)


def closing_rate(before: Quantity, after: Quantity, years: Quantity) -> Quantity:
    """Yearly gain of compiled code on hand-written that two measurements imply.

    Equation: g = (G₀ / G₁)^(1/t) − 1

    before, after: gaps G₀ and G₁; years: t between them. Units: per year. Shapes broadcast.

    >>> print(round(closing_rate(before=2.0, after=1.0, years=17.673), 3))
    0.04

    Source: years_to_close turned round.
    """
    return (before / after) ** (1.0 / years) - 1.0


def gap_before(gap: Quantity, rate: Quantity, years: Quantity) -> Quantity:
    """Gap some years earlier, if it closed at a steady rate.

    Equation: G₀ = G·(1 + g)^t

    Units: a ratio. Shapes broadcast.

    >>> print(round(gap_before(gap=1.0, rate=0.04, years=17.673), 3))
    2.0

    Source: years_to_close turned round.
    """
    return gap * (1.0 + rate) ** years


def average_gap(gap: Quantity, rate: Quantity, generation_years: Quantity) -> Quantity:
    """Gap on average over a generation of chips, if each new chip opens it again.

    Equation: Ḡ = (1/T)·∫₀ᵀ max(G·(1 + g)^(−t), 1) dt

    gap: G when a chip appears, at least one; rate: g, above zero; generation_years: T.
    Units: a ratio. Shapes broadcast.

    >>> print(round(average_gap(gap=2.0, rate=1.0, generation_years=2.0), 3))
    1.221

    Source: the mean of the closing curve; it stays at one once closed.
    """
    closing = np.minimum(years_to_close(gap, rate), generation_years)
    open_part = gap * (1.0 - (1.0 + rate) ** (-closing)) / np.log(1.0 + rate)
    return (open_part + generation_years - closing) / generation_years


def performance_portability(efficiencies: Sequence[Quantity]) -> Quantity:
    """How well one program does on several machines: the harmonic mean of its efficiency on each.

    Equation: Φ = H / Σ 1/eᵢ

    efficiencies: e on each of H machines, achieved over peak or over the best known, above zero.
    Units: share of one. Shapes broadcast.

    >>> print(round(performance_portability([0.5, 1.0]), 3))
    0.667

    Source: Pennycook, Sewall and Lee 2019, Implications of a metric for performance portability, Future Generation
    Computer Systems 92.
    """
    return len(efficiencies) / sum(1.0 / e for e in efficiencies)


def engineers_worth_paying(penalty: Quantity, bill_usd_per_year: Quantity, engineer_usd_per_year: Quantity) -> Quantity:
    """How many engineers it pays to keep so as not to lose a share of one's compute.

    Equation: n = x·B / c

    penalty: x, part of the bill that slower code wastes; bill_usd_per_year: B; engineer_usd_per_year: c.
    Units: a count. Shapes broadcast.

    >>> print(round(engineers_worth_paying(0.05, 1e9, 650e3), 1))
    76.9

    Source: cost of the lost compute over cost of an engineer.
    """
    return penalty * bill_usd_per_year / engineer_usd_per_year


def bill_worth_tuning_usd(penalty: Quantity, engineers: Quantity, engineer_usd_per_year: Quantity) -> Quantity:
    """Yearly bill from which a team of tuners pays for itself.

    Equation: B = n·c / x

    Units: dollars a year. Shapes broadcast.

    >>> round(bill_worth_tuning_usd(0.05, 1.0, 650e3))
    13000000

    Source: engineers_worth_paying turned round.
    """
    return engineers * engineer_usd_per_year / penalty
