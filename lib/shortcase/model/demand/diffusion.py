"""How a method spreads: the logistic curve."""

from __future__ import annotations

from shortcase.model.quantity import Quantity
from shortcase.model.valuation.growth_path import levels

START_SHARE = 0.01
"""Share of the world's compute that runs on the new methods on the first day: the inventor's own, roughly."""


def adoption(years: Quantity, half_time_years: Quantity, start_share: Quantity = START_SHARE) -> Quantity:
    """Share of users that have taken up a method some time after it was published.

    Equation: a(t) = 1 / (1 + ((1 − a₀)/a₀)^(1 − t/h))

    years: t since publication. half_time_years: h, when half have it. start_share: a₀, those who have it at the start.
    Units: years, shares of one. Shapes broadcast.

    >>> [round(float(adoption(t, 0.5)), 3) for t in (0.0, 0.5, 1.0)]
    [0.01, 0.5, 0.99]

    Source: Griliches, "Hybrid corn: an exploration in the economics of technological change", Econometrica 25(4), 1957.
    """
    odds_against = ((1.0 - start_share) / start_share) ** (1.0 - years / half_time_years)
    return 1.0 / (1.0 + odds_against)


def adoption_by_year(
    half_time_years: Quantity, years: int, first: float = 1.0, start_share: Quantity = START_SHARE
) -> tuple[Quantity, ...]:
    """Share of users that have taken up a method, year by year.

    Equation: a(t) = 1 / (1 + o(t)), with o(t) = o(t − 1) · ((1 − a₀)/a₀)^(−1/h)

    first: t of the first of so many years. The rest as for `adoption`, of which it is the path: products, since a power
    of each year takes forty times as long. Units: years, shares of one. Shapes broadcast.

    >>> [round(float(a), 3) for a in adoption_by_year(2.0, 3)]
    [0.091, 0.5, 0.909]

    Source: as for `adoption`.
    """
    odds = (1.0 - start_share) / start_share
    begun = odds ** (1.0 - first / half_time_years)
    against = (begun, *levels(begun, [odds ** (-1.0 / half_time_years)] * (years - 1)))
    return tuple(1.0 / (1.0 + odds_against) for odds_against in against)
