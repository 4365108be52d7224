"""Growth that fades: from what is expected of the next year to what no firm outgrows for ever."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shortcase.model.quantity import Quantity


def fading_growth(first: Quantity, last: Quantity, half_life_years: Quantity, year: Quantity) -> Quantity:
    """Growth in a given year, where the part above the last growth halves in every half-life.

    Equation: g(t) = g_T + (g₁ − g_T) · 2^(−(t − 1)/h)

    first: g₁, growth in year one; last: g_T, growth in the long run; half_life_years: h, above zero; year: t, from one.
    Units: shares a year, years. Shapes broadcast.

    >>> [round(float(fading_growth(0.5, 0.03, 4.0, t)), 3) for t in (1.0, 5.0, 9.0)]
    [0.5, 0.265, 0.147]

    Source: exponential fade, as in Mauboussin and Callahan 2013, Measuring the Moat, for returns above the cost of
    capital.
    """
    return last + (first - last) * np.exp2(-(year - 1.0) / half_life_years)


def linear_growth(first: Quantity, last: Quantity, years: Quantity, year: Quantity) -> Quantity:
    """Growth in a given year on a straight line that reaches the last growth one year after the horizon.

    Equation: g(t) = g₁ + (g_T − g₁) · (t − 1)/n

    first: g₁; last: g_T; years: n, the horizon; year: t, from one. Units: shares a year, years. Shapes broadcast.

    >>> [round(linear_growth(0.33, 0.03, 10.0, t), 3) for t in (1.0, 2.0, 10.0)]
    [0.33, 0.3, 0.06]

    Source: the usual three-stage fade of a discounted cash flow.
    """
    return first + (last - first) * (year - 1.0) / years


def level_on_a_fade(start: Quantity, end: Quantity, last: Quantity, years: Quantity, year: Quantity) -> Quantity:
    """Level in a year on the way from one level to another, where growth fades evenly to a last growth.

    Equation: S(t) = S(0)·e^(t·γ_T + (γ₁ − γ_T)·(t − t·(t − 1)/(2n))), γ₁ = γ_T + (ln(S(n)/S(0)) − n·γ_T)·2/(n + 1)

    start, end: S(0) and S(n), above zero; last: the growth that is reached in year n + 1, with γ_T = ln(1 + last);
    years: n; year: t from zero to n. The logarithm of growth is what falls on a straight line. Units: those of the
    start. Shapes broadcast.

    >>> [round(float(level_on_a_fade(100.0, 800.0, 0.0, 2.0, t)), 6) for t in (0.0, 1.0, 2.0)]
    [100.0, 400.0, 800.0]

    Source: the usual three-stage fade of a discounted cash flow, its first growth solved for.
    """
    low = np.log(1.0 + last)
    above = (np.log(end / start) - years * low) * 2.0 / (years + 1.0)
    return start * np.exp(year * low + above * (year - year * (year - 1.0) / (2.0 * years)))


def compound_growth(start: Quantity, end: Quantity, years: Quantity) -> Quantity:
    """Constant growth a year that leads from one level to another.

    Equation: g = (end / start)^(1/n) − 1

    Units: levels in one unit, above zero; years n above zero. Shapes broadcast.

    >>> round(float(compound_growth(100.0, 400.0, 2.0)), 6)
    1.0

    Source: definition.
    """
    return (end / start) ** (1.0 / years) - 1.0


def compound(start: Quantity, growth: Quantity, years: Quantity) -> Quantity:
    """Level after some years of constant growth.

    Equation: end = start · (1 + g)ⁿ

    Units: those of the start. Shapes broadcast.

    >>> round(float(compound(100.0, 0.5, 2.0)), 6)
    225.0

    Source: definition.
    """
    return start * (1.0 + growth) ** years


def real_growth(nominal: Quantity, inflation: Quantity) -> Quantity:
    """Growth a year with the rise of prices taken out.

    Equation: real = (1 + nominal)/(1 + π) − 1

    Units: shares a year. Shapes broadcast.

    >>> round(real_growth(0.205, 0.025), 4)
    0.1756

    Source: Fisher 1896, Appreciation and Interest.
    """
    return (1.0 + nominal) / (1.0 + inflation) - 1.0


def levels(start: Quantity, factors: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Levels after one year, two and so on, each the one before times a factor.

    Equation: x(t) = x(t − 1) · f(t)

    start: x(0); factors: f(t), one a year. Products, since a power of each year takes forty times as long.
    Units: of the start; ratios. Shapes broadcast.

    >>> levels(100.0, [1.5, 0.5])
    (150.0, 75.0)

    Source: definition of compound growth.
    """
    found = [start]
    for factor in factors:
        found.append(found[-1] * factor)
    return tuple(found[1:])
