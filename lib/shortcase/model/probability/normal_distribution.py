"""The normal distribution: the share below a value, and the value behind a share; scipy's, which can be traced."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from shortcase.model.quantity import Quantity


def share_below(z: Quantity) -> Quantity:
    """Share of a normal distribution that lies below a value.

    Equation: Φ(z) = 1/2 + ∫₀ᶻ exp(−x²/2) / √(2π) dx

    z: the value, in standard deviations above the mean. Units: a share. Shapes broadcast.

    >>> print(round(float(share_below(1.96)), 4))
    0.975

    Source: definition; scipy.special.ndtr.
    """
    return ndtr(z)


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

    Equation: z with Φ(z) = p

    share: p, between zero and one. Units: standard deviations. Shapes broadcast.

    >>> print(round(float(quantile(0.69)), 4))
    0.4959

    Source: definition; scipy.special.ndtri.
    """
    return ndtri(share)
