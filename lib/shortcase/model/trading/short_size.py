"""How large a short should be: the size at which the logarithm of the account grows fastest.

A short of fixed shares is held until the price has fallen to a target or risen to a stop, whichever comes first. That
leaves two outcomes, so that the best size has a closed form and nothing is approximated.
"""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def chance_of_target_first(excess_return: Quantity, volatility: Quantity, fall: Quantity, rise: Quantity) -> Quantity:
    """Chance that a price falls to a target before it rises to a stop.

    Equation: P = (1 − B^−θ) / (A^−θ − B^−θ), with A = 1 − d, B = 1 + u, θ = 2m/σ² − 1; at θ = 0, ln B / ln(B/A)

    The price is lognormal in continuous time. excess_return: m, a share a year, continuously compounded; volatility: σ,
    a share a year; fall: d, between zero and one; rise: u, above zero. Units: a share. Shapes broadcast.

    >>> print(round(float(chance_of_target_first(0.0, 0.5, 0.4, 0.5)), 4))
    0.5556

    Source: p^−θ is a martingale; optional stopping at the target or the stop.
    """
    theta = 2.0 * excess_return / volatility**2 - 1.0
    flat = np.abs(theta) < 1e-6
    power = np.where(flat, 1.0, theta)
    low, high = np.log(1.0 - fall), np.log(1.0 + rise)
    drifting = (1.0 - np.exp(-power * high)) / (np.exp(-power * low) - np.exp(-power * high))
    return np.where(flat, high / (high - low), drifting)[()]


def years_held(excess_return: Quantity, volatility: Quantity, fall: Quantity, rise: Quantity) -> Quantity:
    """Years until the price reaches the target or the stop, on average.

    Equation: T = (P · ln(1 − d) + (1 − P) · ln(1 + u)) / (m − σ²/2)

    Arguments as for the chance P; m − σ²/2 not zero. Units: years. Shapes broadcast.

    >>> print(round(float(years_held(0.0, 0.5, 0.4, 0.5)), 2))
    0.83

    Source: Wald's identity for the logarithm of the price.
    """
    chance = chance_of_target_first(excess_return, volatility, fall, rise)
    drift = excess_return - volatility**2 / 2.0
    return (chance * np.log(1.0 - fall) + (1.0 - chance) * np.log(1.0 + rise)) / drift


def best_size(chance: Quantity, fall: Quantity, rise: Quantity) -> Quantity:
    """Size of a short that makes the logarithm of the account grow fastest.

    Equation: f = P / u − (1 − P) / d

    chance: P of reaching the target first; fall: d, gained then; rise: u, lost otherwise. Below zero the bet is to be
    left, or taken the other way. Units: a share of the account. Shapes broadcast.

    >>> print(round(best_size(0.6, 0.5, 1.0), 3))
    -0.2

    Source: Kelly (1956); the derivative of P·ln(1 + f·d) + (1 − P)·ln(1 − f·u) is zero.
    """
    return chance / rise - (1.0 - chance) / fall


def chance_needed(fall: Quantity, rise: Quantity) -> Quantity:
    """Chance of being right at which a short neither gains nor loses.

    Equation: P = u / (u + d)

    fall: d, gained if right; rise: u, lost if wrong. Units: a share. Shapes broadcast.

    >>> print(round(chance_needed(0.4, 0.5), 4))
    0.5556

    Source: best_size is zero.
    """
    return rise / (rise + fall)


def textbook_size(excess_return: Quantity, volatility: Quantity) -> Quantity:
    """Size of a short that is set back to the same share of the account at every moment.

    Equation: f = −m / σ²

    excess_return: m, a share a year; volatility: σ, a share a year. Units: a share of the account. Shapes broadcast.

    >>> print(round(textbook_size(-0.05, 0.5), 3))
    0.2

    Source: Thorp (2006), the continuous approximation.
    """
    return -excess_return / volatility**2


def growth_a_year(
    size: Quantity, excess_return: Quantity, volatility: Quantity, fall: Quantity, rise: Quantity
) -> Quantity:
    """Growth of the account's logarithm a year, if the same bet is taken again whenever it ends.

    Equation: g = (P · ln(1 + f·d) + (1 − P) · ln(1 − f·u)) / T

    size: f, at most all but a trace of 1/u, where the stop takes the whole account; the rest as for the chance P and
    the years T. Units: a share a year, continuously compounded. Shapes broadcast.

    >>> print(round(float(growth_a_year(0.0, -0.1, 0.5, 0.4, 0.5)), 3))
    0.0

    Source: renewal: the mean gain of a round over the mean length of a round.
    """
    chance = chance_of_target_first(excess_return, volatility, fall, rise)
    gained = chance * np.log(1.0 + size * fall) + (1.0 - chance) * np.log(1.0 - size * rise)
    return gained / years_held(excess_return, volatility, fall, rise)


def fall_needed(chance: Quantity, rise: Quantity) -> Quantity:
    """Fall at the target that makes a short fair, for a chance of reaching it first.

    Equation: d = u · (1 − P) / P

    chance: P; rise: u, lost otherwise. Units: a share. Shapes broadcast.

    >>> print(round(fall_needed(0.5, 0.4), 3))
    0.4

    Source: chance_needed solved for the fall.
    """
    return rise * (1.0 - chance) / chance
