"""The normal distribution, so written that it can be traced: the share below a value, and the value behind a share."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity

NODES, WEIGHTS = np.polynomial.legendre.leggauss(32)
FAR = 8.0
"""Beyond so many standard deviations the share is zero or one to fifteen digits."""
STEPS = 16
"""Newton's steps; from the middle they close in from one side and are exact well before."""


def share_below(z: Quantity) -> Quantity:
    """Share of a normal distribution that lies below a value.

    Equation: Φ(z) = 1/2 + ∫₀ᶻ exp(−x²/2) / √(2π) dx, by Gauss–Legendre quadrature

    z: the value, in standard deviations above the mean. Units: a share. Shapes broadcast.

    >>> print(round(float(share_below(1.96)), 4))
    0.975

    Source: definition; the same as scipy.special.ndtr to twelve digits.
    """
    near = np.minimum(np.maximum(z, -FAR), FAR)
    points = np.expand_dims(near, -1) * (NODES + 1.0) / 2.0
    return 0.5 + near / 2.0 * np.sum(WEIGHTS * density(points), axis=-1)


def density(z: Quantity) -> Quantity:
    """Density of the normal distribution.

    Equation: φ(z) = exp(−z²/2) / √(2π)

    z: in standard deviations above the mean. Units: a share per standard deviation. Shapes broadcast.

    >>> print(round(float(density(0.0)), 4))
    0.3989

    Source: definition.
    """
    return np.exp(-z * z / 2.0) / np.sqrt(2.0 * np.pi)


def quantile(share: Quantity) -> Quantity:
    """Value below which a share of a normal distribution lies.

    Equation: z with Φ(z) = p, by Newton's steps z ← z + (p − Φ(z)) / φ(z) from z = 0

    share: p, from a thousandth to all but a thousandth. Units: standard deviations. Shapes broadcast.

    >>> print(round(float(quantile(0.69)), 4))
    0.4959

    Source: definition; on either side of the middle Φ bends away from its tangent, so that the steps never overshoot.
    """
    z = 0.0 * share
    for _ in range(STEPS):
        z = z + (share - share_below(z)) / density(z)
    return z
