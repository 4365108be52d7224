"""How far a score on a test of few questions may lie from what the model can do."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def standard_error(score: Quantity, items: Quantity) -> Quantity:
    """Standard error of a score when each question is answered once.

    Equation: SE = √(p·(1 − p) / n)

    score: p, share of right answers; items: n questions, taken as drawn from all questions of their kind.
    Units: share of one. Shapes broadcast.

    >>> round(float(standard_error(0.5, 25)), 6)
    0.1

    Source: Miller, Adding Error Bars to Evals, 2024, arXiv 2411.00640, on independent questions scored right or wrong.
    """
    return np.sqrt(score * (1.0 - score) / items)


def repeated_error(score: Quantity, items: Quantity, answers: Quantity, difficulty_share: Quantity) -> Quantity:
    """Standard error of a score when each question is answered many times and the answers are averaged.

    Equation: SE = √(p·(1 − p) / n · (ω + (1 − ω) / K))

    answers: K to each question; difficulty_share: ω, the part of p·(1 − p) that is difference between questions. Only
    the rest, chance within a question, averages out. At ω = 1 nothing is won, so the error of a single answer is an
    upper bound.
    Units: share of one. Shapes broadcast.

    >>> round(float(repeated_error(0.5, 25, 64, 0.36)), 6)
    0.060828

    Source: law of total variance; Miller 2024, arXiv 2411.00640, on resampling answers.
    """
    return standard_error(score, items) * np.sqrt(difficulty_share + (1.0 - difficulty_share) / answers)


def wilson_low(score: Quantity, items: Quantity, z: Quantity) -> Quantity:
    """Lower end of the score interval of Wilson.

    Equation: (p + z²/2n − z·√(p·(1 − p)/n + z²/4n²)) / (1 + z²/n)

    z: normal quantile, 1.96 for 95 per cent. Unlike p ± z·SE it never leaves 0 to 1.
    Units: share of one. Shapes broadcast.

    >>> round(float(wilson_low(0.798, 30, 1.959964)), 3)
    0.625

    Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22(158), 1927, 209-212.
    """
    return (_centre(score, items, z) - _half(score, items, z)) / (1.0 + z * z / items)


def wilson_high(score: Quantity, items: Quantity, z: Quantity) -> Quantity:
    """Upper end of the score interval of Wilson.

    Equation: (p + z²/2n + z·√(p·(1 − p)/n + z²/4n²)) / (1 + z²/n)

    z: normal quantile, 1.96 for 95 per cent. Units: share of one. Shapes broadcast.

    >>> round(float(wilson_high(0.798, 30, 1.959964)), 3)
    0.904

    Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22(158), 1927, 209-212.
    """
    return (_centre(score, items, z) + _half(score, items, z)) / (1.0 + z * z / items)


def difficulty_share_limit(score: Quantity, consensus: Quantity, least: Quantity) -> Quantity:
    """Largest part of the variance that can be difficulty, given how a vote over many answers does.

    Equation: ω ≤ (a + (c − a)·m² − p²) / (p·(1 − p)), a = (p − c·m) / (1 − m)

    consensus: c, share of questions that the vote gets right; least: m, the smallest chance of a right answer with
    which a question is still won. The spread is largest with every lost question at chance zero and every won one
    at m or at one; a is the share at one.
    Units: share of one. Shapes broadcast. Needs c·m ≤ p ≤ c.

    >>> round(float(difficulty_share_limit(0.5, 0.75, 0.5)), 6)
    0.5

    Source: extreme distribution of the chance of a right answer, worked out here.
    """
    always = (score - consensus * least) / (1.0 - least)
    return (always + (consensus - always) * least * least - score * score) / (score * (1.0 - score))


def problems_apart(score: Quantity, rival: Quantity, items: Quantity) -> Quantity:
    """A difference of scores, in questions.

    Equation: (p₁ − p₂)·n

    Units: questions. Shapes broadcast.

    >>> round(float(problems_apart(0.75, 0.5, 8)), 6)
    2.0

    Source: arithmetic.
    """
    return (score - rival) * items


def rating_odds(rating: Quantity, rival: Quantity) -> Quantity:
    """Expected share of duels that a contestant wins, from two ratings.

    Equation: 1 / (1 + 10^((R₂ − R₁) / 400))

    Units: share of one. Shapes broadcast.

    >>> round(float(rating_odds(1600.0, 1200.0)), 4)
    0.9091

    Source: Elo, The Rating of Chessplayers, Past and Present, 1978.
    """
    return 1.0 / (1.0 + 10.0 ** ((rival - rating) / 400.0))


def _centre(score: Quantity, items: Quantity, z: Quantity) -> Quantity:
    return score + z * z / (2.0 * items)


def _half(score: Quantity, items: Quantity, z: Quantity) -> Quantity:
    return z * np.sqrt(score * (1.0 - score) / items + z * z / (4.0 * items * items))
