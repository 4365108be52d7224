"""How a method spreads: the logistic curve."""

from __future__ import annotations

from shortcase.model.quantity import Quantity

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
