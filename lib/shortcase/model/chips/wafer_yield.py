"""What share of chips works: random defects, clustered defects, and chips that are built to live with some.

Every formula takes the expected number of killing defects λ = area · defect density. Under clustering the density
itself varies from place to place; the negative binomial law is a Poisson law whose density follows a gamma
distribution.
"""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity

MM2_PER_CM2 = 100.0


def expected_defects(area_mm2: Quantity, defect_density_per_cm2: Quantity) -> Quantity:
    """Killing defects to be expected on an area.

    Equation: λ = A·D / 100

    area_mm2: A, the area in which a defect does harm; defect_density_per_cm2: D.
    Units: defects. Shapes broadcast.

    >>> print(round(expected_defects(area_mm2=46_225.0, defect_density_per_cm2=0.1), 3))
    46.225

    Source: unit conversion.
    """
    return area_mm2 * defect_density_per_cm2 / MM2_PER_CM2


def poisson(defects: Quantity) -> Quantity:
    """Share of chips without a defect when defects fall independently.

    Equation: Y = exp(−λ)

    defects: expected number λ on the chip. Units: share of one. Shapes broadcast.

    >>> print(round(poisson(0.814), 4))
    0.4431

    Source: Murphy, Cost-Size Optima of Monolithic Integrated Circuits, Proceedings of the IEEE 52(12), 1964, page
    1537.
    """
    return np.exp(-defects)


def murphy(defects: Quantity) -> Quantity:
    """Share of chips without a defect when the density varies as a triangle around its mean.

    Equation: Y = ((1 − exp(−λ)) / λ)²

    defects: expected number λ on the chip, above zero. Units: share of one. Shapes broadcast.

    >>> print(round(murphy(0.814), 4))
    0.4681

    Source: Murphy, Cost-Size Optima of Monolithic Integrated Circuits, Proceedings of the IEEE 52(12), 1964, page
    1537.
    """
    mean = (1.0 - np.exp(-defects)) / defects
    return mean * mean


def negative_binomial(defects: Quantity, clustering: Quantity) -> Quantity:
    """Share of chips without a defect when defects come in clusters.

    Equation: Y = (1 + λ / α)^(−α)

    defects: expected number λ on the chip; clustering: α, small where defects cluster, growing towards the Poisson
    law.
    Units: share of one. Shapes broadcast.

    >>> print(round(negative_binomial(0.814, clustering=2.0), 4))
    0.5051

    Source: Stapper, The Effects of Wafer to Wafer Defect Density Variations on Integrated Circuit Defect and Fault
    Distributions, IBM Journal of Research and Development 29(1), 1985, page 87.
    """
    return (1.0 + defects / clustering) ** (-clustering)


def repaired(defects: Quantity, repairable_share: Quantity, clustering: Quantity, spares: int) -> Quantity:
    """Share of chips that work when each defect outside the fatal area can be answered with one spare unit.

    Equation: Y = Σ₀ˢ Γ(α + k) / (Γ(α)·k!) · (ρ·λ / α)ᵏ · (1 + λ / α)^(−α − k)

    defects: λ expected on the whole chip; repairable_share: ρ, part of its area in units that have spares; clustering:
    α, shared by both areas of a chip; spares: s, a whole number. k counts the defects that are repaired; a unit that is
    hit twice is counted as two, so the result errs on the low side, by very little where units are many.
    Units: share of one. Shapes broadcast over all but spares.

    >>> print(round(repaired(defects=0.814, repairable_share=0.6, clustering=2.0, spares=12), 4))
    0.7396

    Source: Koren, Koren, Stapper, A Unified Negative-Binomial Distribution for Yield Analysis of Defect-Tolerant
    Circuits, IEEE Transactions on Computers, June 1993; with no spares it is the negative binomial law.
    """
    term = (1.0 + defects / clustering) ** (-clustering)
    step = repairable_share * defects / (clustering + defects)
    works = term
    for k in range(spares):
        term = term * step * (clustering + k) / (k + 1.0)
        works = works + term
    return works


def locally_repaired(
    defects: Quantity, fatal_share: Quantity, clustering: Quantity, groups: Quantity, spares_per_group: int
) -> Quantity:
    """Share of wafers that work when every small group of cores has to make do with its own spares.

    Equation: Y = (1 + φ·λ / α)^(−α) · Yᵍ^G, with Yᵍ the repaired yield of a group that expects (1 − φ)·λ / G defects

    defects: λ expected on the whole wafer; fatal_share: φ, part of its area where no spare helps, the rest being
    cores; clustering: α, applied within a group, where a cluster does most harm; groups: G; spares_per_group: a whole
    number.
    Units: share of one. Shapes broadcast over all but spares_per_group.

    >>> print(round(locally_repaired(46.2, fatal_share=0.0, clustering=2.0, groups=10_000.0, spares_per_group=1), 4))
    0.8529

    Source: as for the repaired yield; independent groups multiply.
    """
    group = repaired((1.0 - fatal_share) * defects / groups, 1.0, clustering, spares_per_group)
    return negative_binomial(fatal_share * defects, clustering) * group**groups


def fatal_share_for(
    yield_wanted: Quantity, area_mm2: Quantity, defect_density_per_cm2: Quantity, clustering: Quantity
) -> Quantity:
    """The largest share of a wafer's area that may lie beyond repair if its yield is to reach a given one.

    Equation: u = α·(Y^(−1 / α) − 1) / λ

    yield_wanted: Y, reached when all else is repaired; area_mm2 and defect_density_per_cm2 give λ; clustering: α.
    Units: share of one. Shapes broadcast.

    >>> print(round(fatal_share_for(0.7396, area_mm2=46_225.0, defect_density_per_cm2=0.1, clustering=2.0), 5))
    0.00704

    Source: the negative binomial law solved for the expected number of defects.
    """
    wanted = clustering * (yield_wanted ** (-1.0 / clustering) - 1.0)
    return wanted / expected_defects(area_mm2, defect_density_per_cm2)
