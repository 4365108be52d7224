"""Spending on compute after a jump in efficiency: the growth that is lost, and the path it takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.demand.diffusion import adoption
from shortcase.model.demand.price_elasticity import spend_multiple
from shortcase.model.quantity import Quantity

QUARTERS = 4


@dataclass(frozen=True)
class EfficiencyShock:
    """A jump in efficiency, and the demand it meets.

    multiple: how much less compute the same work needs, beyond the gain that was expected anyway (that one is in
    the growth).
    """

    multiple: Quantity
    elasticity: Quantity
    growth_per_year: Quantity
    adoption_half_time_years: Quantity


def growth_lost_years(multiple: Quantity, elasticity: Quantity, growth_per_year: Quantity) -> Quantity:
    """Years of growth that a jump in efficiency costs: how long until spending is back where it was.

    Equation: t = (1 − ε) · ln k / ln(1 + g)

    From then on spending runs on the old path, t years late. Negative where spending is brought forward (ε above one,
    or k below one). multiple: k, above zero. elasticity: ε. growth_per_year: g, a share, above zero.
    Units: years. Shapes broadcast.

    >>> [round(float(growth_lost_years(45.0, 0.0, g)), 2) for g in (1.0, 0.85, 0.5)]
    [5.49, 6.19, 9.39]

    Source: k^(ε − 1) · (1 + g)^t = 1 solved for t.
    """
    return (1.0 - elasticity) * np.log(multiple) / np.log(1.0 + growth_per_year)


def elasticity_for_delay(years: Quantity, multiple: Quantity, growth_per_year: Quantity) -> Quantity:
    """Elasticity at which a jump in efficiency costs just so many years of growth.

    Equation: ε = 1 − t · ln(1 + g) / ln k

    years: t. multiple: k, above zero and not one. growth_per_year: g, a share. Units: a ratio. Shapes broadcast.

    >>> round(float(elasticity_for_delay(1.0, 45.0, 0.5)), 3)
    0.893

    Source: growth_lost_years solved for the elasticity.
    """
    return 1.0 - years * np.log(1.0 + growth_per_year) / np.log(multiple)


def spending(shock: EfficiencyShock, years: Quantity) -> Quantity:
    """Spending on compute some time after the jump, as a multiple of today's.

    Equation: S(t) = (1 + g)^t · (1 − a(t) · (1 − k^(ε − 1)))

    Those who have taken up the method (a share a of the work) spend k^(ε − 1) of what they would have spent.
    years: t since the method was published. Units: years in, a ratio out. Shapes broadcast.

    >>> shock = EfficiencyShock(multiple=45.0, elasticity=1.0, growth_per_year=0.5, adoption_half_time_years=0.5)
    >>> round(float(spending(shock, 2.0)), 6)
    2.25

    Source: growth_lost_years with the spread of model.diffusion.
    """
    saved = 1.0 - spend_multiple(shock.multiple, shock.elasticity)
    taken_up = adoption(years, shock.adoption_half_time_years)
    return (1.0 + shock.growth_per_year) ** years * (1.0 - taken_up * saved)


def cumulative_shortfall(shock: EfficiencyShock, horizon_years: int) -> Quantity:
    """Share of the spending expected over some years that does not come.

    Equation: 1 − Σ S(t) / Σ (1 + g)^t over the middles of the quarters up to the horizon

    horizon_years: whole years. Negative where spending is higher than expected. Units: a share. Fields broadcast.

    >>> shock = EfficiencyShock(multiple=45.0, elasticity=1.0, growth_per_year=0.5, adoption_half_time_years=0.5)
    >>> round(abs(float(cumulative_shortfall(shock, 4))), 9)
    0.0

    Source: the path of `spending`, summed.
    """
    years = (np.arange(QUARTERS * horizon_years) + 0.5) / QUARTERS
    spread = EfficiencyShock(
        multiple=np.expand_dims(shock.multiple, -1),
        elasticity=np.expand_dims(shock.elasticity, -1),
        growth_per_year=np.expand_dims(shock.growth_per_year, -1),
        adoption_half_time_years=np.expand_dims(shock.adoption_half_time_years, -1),
    )
    expected = (1.0 + spread.growth_per_year) ** years
    return 1.0 - np.sum(spending(spread, years), axis=-1) / np.sum(expected, axis=-1)
