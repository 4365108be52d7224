"""How an unusual profit fades: a spread that loses the same part each year, once rivals are there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.probability.normal_distribution import density, quantile, share_below
from shortcase.model.quantity import Quantity

NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)
FAR = 8.0
"""Beyond so many standard deviations the density is nothing."""


@dataclass(frozen=True)
class Fade:
    """A margin, or a return on capital, on its way to where it will stay. All but the years are shares.

    start: today; target: in the long run; persistence: part of the distance that is left after a year; lag_years: how
    long nothing happens, because rivals' products are not there yet.
    """

    start: Quantity
    target: Quantity
    persistence: Quantity
    lag_years: Quantity


def half_life(persistence: Quantity) -> Quantity:
    """Years in which half of an unusual profit is gone.

    Equation: h = ln(1/2) / ln φ

    persistence: φ, between zero and one. Units: years. Shapes broadcast.

    >>> print(round(float(half_life(0.5)), 4), round(float(half_life(0.9)), 2))
    1.0 6.58

    Source: autoregression of the first order.
    """
    return np.log(0.5) / np.log(persistence)


def persistence_of(half_life_years: Quantity) -> Quantity:
    """Part of an unusual profit that is left after a year.

    Equation: φ = (1/2)^(1/h)

    Units: a share. Shapes broadcast.

    >>> print(round(persistence_of(1.0), 4))
    0.5

    Source: half_life solved for the persistence.
    """
    return 0.5 ** (1.0 / half_life_years)


def persistence_between(start: Quantity, end: Quantity, level: Quantity, years: Quantity) -> Quantity:
    """Persistence behind a group of firms whose profit went part of the way to the level of all.

    Equation: φ = ((r_T − r̄) / (r₀ − r̄))^(1/T)

    start: r₀; end: r_T; level: r̄; years: T. Units: a share. Shapes broadcast.

    >>> print(round(persistence_between(start=0.29, end=0.15, level=0.09, years=15.0), 3))
    0.923

    Source: autoregression of the first order.
    """
    return ((end - level) / (start - level)) ** (1.0 / years)


def margin(fade: Fade, years: Quantity) -> Quantity:
    """The margin some years from now.

    Equation: m(t) = m∞ + (m₀ − m∞) · φ^max(0, t − L)

    years: t. Units: a share. Shapes broadcast.

    >>> print(round(float(margin(Fade(start=0.75, target=0.35, persistence=0.5, lag_years=2.0), 3.0)), 4))
    0.55

    Source: autoregression of the first order, put off by the lag.
    """
    return fade.target + (fade.start - fade.target) * fade.persistence ** np.maximum(0.0, years - fade.lag_years)


def mean_margin(fade: Fade, years: Quantity) -> Quantity:
    """The average margin over the years from now.

    Equation: m̄ = m∞ + (m₀ − m∞) · (min(L, T) + (1 − φ^max(0, T − L)) / (−ln φ)) / T

    years: T, above zero. Units: a share. Shapes broadcast.

    >>> print(round(float(mean_margin(Fade(start=0.75, target=0.35, persistence=0.9, lag_years=2.0), 10.0)), 4))
    0.6462

    Source: the margin's path, integrated.
    """
    faded = (1.0 - fade.persistence ** np.maximum(0.0, years - fade.lag_years)) / -np.log(fade.persistence)
    held = np.minimum(fade.lag_years, years)
    return fade.target + (fade.start - fade.target) * (held + faded) / years


def years_until(fade: Fade, level: Quantity) -> Quantity:
    """Years until the margin has come down to a level above its target.

    Equation: t = L + ln((m − m∞) / (m₀ − m∞)) / ln φ

    level: m, between the target and the start. Units: years. Shapes broadcast.

    >>> print(round(float(years_until(Fade(start=0.75, target=0.35, persistence=0.5, lag_years=2.0), 0.45)), 4))
    4.0

    Source: the margin's path solved for the time.
    """
    return fade.lag_years + np.log((level - fade.target) / (fade.start - fade.target)) / np.log(fade.persistence)


def advantage_period(persistence: Quantity, lag_years: Quantity, rate: Quantity) -> Quantity:
    """Years of the full margin, and then none of the excess, that are worth as much as the slow fade.

    Equation: T = L + ln(1 − k / ln φ) / k, with k = ln(1 + r), and L − 1/ln φ at r = 0

    rate: r a year, at or above zero; profit moves with the margin only. Units: years. Shapes broadcast.

    >>> print(round(float(advantage_period(persistence=0.9, lag_years=0.0, rate=0.1)), 2))
    6.76

    Source: the two paths' present values in continuous time, set equal; the competitive advantage period of Rappaport
    and Mauboussin 2001, Expectations Investing.
    """
    discount = np.log(1.0 + rate)
    tiny = discount < 1e-6
    safe = np.where(tiny, 1e-6, discount)
    worth = np.log(1.0 - safe / np.log(persistence)) / safe
    return lag_years + np.where(tiny, -1.0 / np.log(persistence), worth)[()]


def chance_of_staying(top_share: Quantity, persistence: Quantity, years: Quantity) -> Quantity:
    """Chance that a firm among the most profitable is still among them some years later.

    Equation: P = (1/q) · ∫_z^∞ φ(x) · Φ((ρ·x − z) / √(1 − ρ²)) dx, with ρ = persistence^years and Φ(z) = 1 − q

    top_share: q, such as a fifth; profits of all firms normal, with the same persistence for each. q itself where
    nothing persists. Units: a share. Shapes broadcast.

    >>> print(round(float(chance_of_staying(0.2, 0.9, 9.0)), 2), round(float(chance_of_staying(0.2, 0.62, 9.0)), 2))
    0.37 0.21

    Source: the bivariate normal distribution, by Gauss–Legendre quadrature.
    """
    limit = quantile(1.0 - top_share)
    linked = persistence**years
    half = (FAR - limit) / 2.0
    points = np.expand_dims(limit + half, -1) + np.expand_dims(half, -1) * NODES
    far = np.expand_dims(np.sqrt(1.0 - linked**2), -1)
    stays = share_below((np.expand_dims(linked, -1) * points - np.expand_dims(limit, -1)) / far)
    return half * np.sum(WEIGHTS * density(points) * stays, axis=-1) / top_share


def persistence_for_half(lag_years: Quantity, years: Quantity) -> Quantity:
    """Persistence at which half of an excess is gone by a date.

    Equation: φ = (1/2)^(1/(T − L))

    years: T, beyond the lag. Units: a share. Shapes broadcast.

    >>> print(round(float(persistence_for_half(lag_years=2.0, years=10.0)), 3))
    0.917

    Source: the margin's path solved for the persistence.
    """
    return 0.5 ** (1.0 / (years - lag_years))
