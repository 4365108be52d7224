"""From a value with a low and a high to a whole distribution: a normal curve with its own width on each side.

The value is the median. On which scale the two halves are measured depends on what the quantity can be: any number,
only a positive one (its logarithm), or a share of one (the logarithm of its odds).
"""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity

Z_OF_CREDIBILITY = {"P10–P90": 1.2815515655446004, "P5–P95": 1.6448536269514722}
"""Standard deviations of a normal curve from its middle to the ends of an interval."""


def two_sided_normal(z: Quantity, low: Quantity, middle: Quantity, high: Quantity, ends_at: Quantity) -> Quantity:
    """Quantity at a standard normal score, where a low and a high stand at given scores below and above the median.

    Equation: x = m + (h − m)·z/c for z ≥ 0, and m + (m − l)·z/c for z < 0

    z: score; low ≤ middle ≤ high: l, m, h; ends_at: c, 1.2816 where the ends are P10 and P90. Units: those of the
    quantity. Shapes broadcast.

    >>> [round(float(two_sided_normal(z, 1.0, 2.0, 5.0, 1.0)), 3) for z in (-1.0, 0.0, 1.0, 2.0)]
    [1.0, 2.0, 5.0, 8.0]

    Source: the two-piece normal distribution, in Wallis 2014, The Two-Piece Normal, Binormal, or Double Gaussian
    Distribution, Statistical Science 29(1), here joined at the median instead of the mode.
    """
    side = np.where(z < 0.0, middle - low, high - middle)
    return middle + side * z / ends_at


def two_sided_lognormal(z: Quantity, low: Quantity, middle: Quantity, high: Quantity, ends_at: Quantity) -> Quantity:
    """The same for a quantity that is always positive, on the scale of its logarithm.

    Equation: x = m · (h/m)^(z/c) for z ≥ 0, and m · (m/l)^(z/c) for z < 0

    Units: those of the quantity, all above zero. Shapes broadcast.

    >>> [round(float(two_sided_lognormal(z, 1.0, 2.0, 8.0, 1.0)), 3) for z in (-1.0, 0.0, 1.0)]
    [1.0, 2.0, 8.0]

    Source: `two_sided_normal` of the logarithm.
    """
    return np.exp(two_sided_normal(z, np.log(low), np.log(middle), np.log(high), ends_at))


def two_sided_logit(z: Quantity, low: Quantity, middle: Quantity, high: Quantity, ends_at: Quantity) -> Quantity:
    """The same for a share of one, on the scale of the logarithm of its odds.

    Equation: ln(x/(1 − x)) is two-sided normal

    Units: shares between zero and one. Shapes broadcast.

    >>> [round(float(two_sided_logit(z, 0.2, 0.5, 0.8, 1.0)), 3) for z in (-1.0, 0.0, 1.0)]
    [0.2, 0.5, 0.8]

    Source: `two_sided_normal` of the log odds.
    """
    odds = two_sided_normal(
        z, np.log(low / (1.0 - low)), np.log(middle / (1.0 - middle)), np.log(high / (1.0 - high)), ends_at
    )
    return 1.0 / (1.0 + np.exp(-odds))


def within(x: Quantity, least: Quantity, most: Quantity) -> Quantity:
    """A quantity held inside its hard bounds.

    Equation: min(max(x, least), most)

    Units: those of the quantity. Shapes broadcast.

    >>> float(within(1.2, 0.0, 1.0))
    1.0

    Source: definition; the mass beyond a bound is put on the bound.
    """
    return np.minimum(np.maximum(x, least), most)
