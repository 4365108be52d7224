"""Two models on the same questions: when a difference is shown, and when equality is."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from shortcase.model.quantity import Quantity


def paired_error(error: Quantity, rival_error: Quantity, correlation: Quantity) -> Quantity:
    """Standard error of the difference of two scores on the same questions.

    Equation: SE = √(s₁² + s₂² − 2·ρ·s₁·s₂)

    error, rival_error: standard errors of the two scores; correlation: ρ of the scores question by question.
    Units: those of the errors. Shapes broadcast.

    >>> round(float(paired_error(0.03, 0.04, 0.0)), 6), round(float(paired_error(0.04, 0.04, 0.5)), 6)
    (0.05, 0.04)

    Source: variance of a difference; Miller 2024, arXiv 2411.00640, on paired differences.
    """
    return np.sqrt(error * error + rival_error * rival_error - 2.0 * correlation * error * rival_error)


def probability_ahead(difference: Quantity, error: Quantity) -> Quantity:
    """How probable it is that the model with the higher score is the better one, if nothing else is known.

    Equation: Φ(d / SE)

    Units: probability. A flat prior on the difference. Shapes broadcast.

    >>> float(probability_ahead(0.0, 0.1)), round(float(probability_ahead(0.196, 0.1)), 3)
    (0.5, 0.975)

    Source: normal posterior of a difference under a flat prior.
    """
    return ndtr(difference / error)


def equality_p_value(difference: Quantity, error: Quantity, margin: Quantity) -> Quantity:
    """How surprising so small a difference would be if the two really differed by the margin.

    Equation: p = 1 − Φ((m − |d|) / SE)

    The larger p-value of the two one-sided tests; below 0.05 the two are shown to be equal within the margin.
    Units: probability. Shapes broadcast.

    >>> round(float(equality_p_value(0.0, 0.1, 0.1645)), 3)
    0.05

    Source: Schuirmann, A comparison of the two one-sided tests procedure and the power approach for assessing the
    equivalence of average bioavailability, J. Pharmacokinetics and Biopharmaceutics 15, 1987, 657-680.
    """
    return ndtr(-(margin - np.abs(difference)) / error)


def smallest_margin(difference: Quantity, error: Quantity, z: Quantity) -> Quantity:
    """Margin within which the two are shown to be equal.

    Equation: m = |d| + z·SE

    z: one-sided normal quantile, 1.645 for 5 per cent. Units: those of the difference. Shapes broadcast.

    >>> round(float(smallest_margin(-0.01, 0.02, 1.5)), 6)
    0.04

    Source: the two one-sided tests of Schuirmann 1987, solved for the margin.
    """
    return np.abs(difference) + z * error


def error_for_equality(difference: Quantity, margin: Quantity, z: Quantity) -> Quantity:
    """Standard error that is small enough to show equality within a margin.

    Equation: SE = (m − |d|) / z, and zero where the difference exceeds the margin

    Units: those of the difference. Shapes broadcast.

    >>> round(float(error_for_equality(0.01, 0.04, 1.5)), 6)
    0.02

    Source: the two one-sided tests of Schuirmann 1987, solved for the error.
    """
    return np.maximum(margin - np.abs(difference), 0.0) / z


def correlation_for_error(target: Quantity, error: Quantity, rival_error: Quantity) -> Quantity:
    """Correlation of the two models' scores, question by question, that brings the error down to a target.

    Equation: ρ = (s₁² + s₂² − SE²) / (2·s₁·s₂)

    Below zero where any correlation will do, one or above where none will.
    Units: correlation. Shapes broadcast.

    >>> round(float(correlation_for_error(0.04, 0.04, 0.04)), 6)
    0.5

    Source: the error of a paired difference, solved for the correlation.
    """
    return (error * error + rival_error * rival_error - target * target) / (2.0 * error * rival_error)


def items_for_error(target: Quantity, error: Quantity, items: Quantity) -> Quantity:
    """Questions that bring the error down to a target, all else as it is.

    Equation: n′ = n·(SE / SE′)²

    Units: questions. Shapes broadcast.

    >>> items_for_error(0.01, 0.05, 30.0)
    750.0

    Source: an error falls with the root of the number of questions.
    """
    return items * (error / target) ** 2


def detectable_difference(error: Quantity, z_test: Quantity, z_power: Quantity) -> Quantity:
    """Smallest true difference that a comparison of this precision will probably notice.

    Equation: δ = (z₁ + z₂)·SE

    z_test: two-sided quantile of the test, 1.96; z_power: 0.84 for four chances in five. Shapes broadcast.
    Units: those of the error.

    >>> round(float(detectable_difference(0.1, 1.96, 0.84)), 6)
    0.28

    Source: power of a normal test; Miller 2024, arXiv 2411.00640, on the minimum detectable effect.
    """
    return (z_test + z_power) * error


def bound(difference: Quantity, error: Quantity, z: Quantity) -> Quantity:
    """End of the interval around a measured difference.

    Equation: d + z·SE

    z: quantile of the normal distribution, below zero for the lower end. Units: those of the difference. Shapes
    broadcast.

    >>> print(round(bound(difference=0.03, error=0.02, z=-1.645), 4))
    -0.0029

    Source: the normal approximation.
    """
    return difference + z * error
