"""How well stated probabilities did: proper scores, a baseline, and whether so few forecasts can tell."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def decided(happened: Quantity) -> Quantity:
    """Number of forecasts that can be decided.

    Equation: n = Σ 1

    happened: one or zero for each forecast along the last axis. Units: forecasts. Shapes: leading axes broadcast.

    >>> print(decided(np.array([1.0, 0.0, 0.0])))
    3.0

    Source: definition.
    """
    return np.sum(happened * 0.0 + 1.0, axis=-1)


def came_true(happened: Quantity) -> Quantity:
    """Number of forecasts that came true.

    Equation: k = Σ o

    happened: o, one or zero for each forecast along the last axis. Units: forecasts. Shapes: leading axes broadcast.

    >>> print(came_true(np.array([1.0, 0.0, 0.0])))
    1.0

    Source: definition.
    """
    return np.sum(happened, axis=-1)


def brier(probability: Quantity, happened: Quantity) -> Quantity:
    """Mean squared distance of stated probabilities from what happened.

    Equation: B = Σ (p − o)² / n

    probability: p, stated for each forecast along the last axis; happened: o, one or zero. Zero is best; a coin
    gets a quarter whatever happens. This is half of Brier's own sum, which counts the event and its opposite.
    Units: a plain figure from 0 to 1. Shapes: leading axes broadcast.

    >>> round(float(brier(np.array([0.75, 0.5]), np.array([1.0, 0.0]))), 6)
    0.15625

    Source: Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78(1), 1950, 1-3.
    """
    return np.sum((probability - happened) ** 2, axis=-1) / np.shape(happened)[-1]


def log_score(probability: Quantity, happened: Quantity) -> Quantity:
    """Mean surprise at what happened, in bits.

    Equation: S = −Σ log₂(o·p + (1 − o)·(1 − p)) / n

    probability: p, above zero and below one, along the last axis; happened: o, one or zero. A coin gets one bit.
    Units: bits. Shapes: leading axes broadcast.

    >>> round(float(log_score(np.array([0.5, 0.25]), np.array([1.0, 0.0]))), 6)
    0.707519

    Source: Good, Rational decisions, Journal of the Royal Statistical Society B 14(1), 1952, 107-114.
    """
    given = happened * probability + (1.0 - happened) * (1.0 - probability)
    return -np.sum(np.log(given), axis=-1) / np.log(2.0) / np.shape(happened)[-1]


def skill(score: Quantity, baseline: Quantity) -> Quantity:
    """Part of a baseline's score that a forecaster saves; below zero the baseline was better.

    Equation: skill = 1 − score / baseline

    Units: a share. Shapes broadcast.

    >>> skill(0.2, 0.25)
    0.19999999999999996

    Source: definition of the skill score, as in Murphy, Weather and Forecasting 8(2), 1993, 281-293.
    """
    return 1.0 - score / baseline


def expected_brier(probability: Quantity) -> Quantity:
    """Score that a forecaster expects who means the probabilities that he states.

    Equation: E[B] = Σ p·(1 − p) / n

    probability: p along the last axis. Units: a plain figure. Shapes: leading axes broadcast.

    >>> round(float(expected_brier(np.array([0.75, 0.5]))), 6)
    0.21875

    Source: mean of (p − o)² for a chance p of o = 1.
    """
    return np.sum(probability * (1.0 - probability), axis=-1) / np.shape(probability)[-1]


def brier_error(probability: Quantity) -> Quantity:
    """Standard deviation of that score, from chance alone.

    Equation: σ(B) = √(Σ (1 − 2p)²·p·(1 − p)) / n

    probability: p along the last axis, for independent events. Units: a plain figure. Shapes: leading axes broadcast.

    >>> round(float(brier_error(np.array([0.75, 0.75]))), 6)
    0.153093

    Source: Spiegelhalter, Probabilistic prediction in patient management and clinical trials, Statistics in Medicine
    5(5), 1986, 421-433.
    """
    spread = (1.0 - 2.0 * probability) ** 2 * probability * (1.0 - probability)
    return np.sqrt(np.sum(spread, axis=-1)) / np.shape(probability)[-1]


def calibration_z(probability: Quantity, happened: Quantity) -> Quantity:
    """How far the score lies from what the stated probabilities lead one to expect, in standard deviations.

    Equation: Z = (B − E[B]) / σ(B)

    Beyond about two, chance is a poor excuse. Needs a probability other than a half.
    Units: a ratio. Shapes: leading axes broadcast.

    >>> round(float(calibration_z(np.array([0.75, 0.75]), np.array([0.0, 0.0]))), 3)
    2.449

    Source: Spiegelhalter 1986.
    """
    return (brier(probability, happened) - expected_brier(probability)) / brier_error(probability)


def forecasts_to_tell(probability: Quantity, frequency: Quantity, standard_errors: Quantity) -> Quantity:
    """Number of forecasts of one probability after which a frequency is told apart from it.

    Equation: n = z²·p·(1 − p) / (p − f)²

    probability: p as stated; frequency: f as it really is; standard_errors: z. Units: forecasts. Shapes broadcast.

    >>> round(forecasts_to_tell(0.75, 0.5, 2.0), 6)
    12.0

    Source: standard error of a share, solved for the number.
    """
    return standard_errors**2 * probability * (1.0 - probability) / (probability - frequency) ** 2
