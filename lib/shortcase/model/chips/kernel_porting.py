"""Carrying a stack of kernels over by repeated tries of a program that writes them, with a checker that can err."""

from __future__ import annotations

from typing import Any

import numpy as np

from shortcase.model.language_models.repeated_sampling import coverage_of_a_spread
from shortcase.model.quantity import Quantity
from shortcase.model.root_finding import find_root

LOGARITHMS = (np.log(1e-9), np.log(1.0 - 1e-12))
"""Between which the logarithm of a share right at the first try is searched."""


def _missed(mean_success: Quantity, concentration: Quantity, tries: Quantity) -> Quantity:
    """Mean of (1 − p)^k over the Beta distribution."""
    return 1.0 - coverage_of_a_spread(mean_success, concentration, tries)


def accepted_right(mean_success: Quantity, concentration: Quantity, false_pass: Quantity, tries: int) -> Quantity:
    """Share of kernels whose first version to pass the tests is right.

    Equation: R = Σⱼ (1 − f)^(j − 1)·(E[(1 − p)^(j − 1)] − E[(1 − p)^j]), j = 1 … k

    The chance p of a try being right differs between kernels as a Beta distribution with mean m (mean_success) and
    concentration c. A wrong version passes the tests with chance f (false_pass); a right one always does. tries: k, a
    whole number, until one passes.
    Units: share of one. Shapes broadcast.

    >>> print(round(float(accepted_right(0.2, 1.0, 0.0, 10)), 2))
    0.46

    Source: the first success in a sequence with two ways to end it, averaged over the Beta distribution.
    """
    total: Any = 0.0
    still = _missed(mean_success, concentration, 0.0)
    for j in range(tries):
        before, still = still, _missed(mean_success, concentration, j + 1.0)
        total = total + (1.0 - false_pass) ** j * (before - still)
    return total


def mean_success_for(right: Quantity, concentration: Quantity, false_pass: Quantity, tries: int) -> Quantity:
    """Share that must be right at the first try for a given share to end with a version that passes and is right.

    Equation: m such that Σⱼ (1 − f)^(j − 1)·(E[(1 − p)^(j − 1)] − E[(1 − p)^j]) = R, j = 1 … k

    right: R; concentration: c; false_pass: f; tries: k, a whole number. With tests that miss nothing it is coverage
    solved for the mean; the more they miss, the more kernels end with a wrong version, and the better the first try
    must be. Units: share of one. Shapes broadcast.

    >>> [round(float(mean_success_for(0.46, 1.0, slips, 10)), 2) for slips in (0.0, 0.05)]
    [0.2, 0.22]

    Source: accepted_right solved for the mean.
    """

    def reached(logarithm: Any, concentration: Any, false_pass: Any) -> Quantity:
        return accepted_right(np.exp(logarithm), concentration, false_pass, tries)

    return np.exp(find_root(reached, right, *LOGARITHMS, concentration, false_pass))


def accepted_wrong(mean_success: Quantity, concentration: Quantity, false_pass: Quantity, tries: int) -> Quantity:
    """Share of kernels whose first version to pass the tests is wrong.

    Equation: W = Σⱼ f·(1 − f)^(j − 1)·E[(1 − p)^j], j = 1 … k

    Symbols as for accepted_right. Units: share of one. Shapes broadcast.

    >>> print(round(float(accepted_wrong(0.2, 1.0, 0.01, 1)), 4))
    0.008

    Source: as for accepted_right.
    """
    total: Any = 0.0
    for j in range(tries):
        total = total + (1.0 - false_pass) ** j * false_pass * _missed(mean_success, concentration, j + 1.0)
    return total


def wrong_among_accepted(right: Quantity, wrong: Quantity) -> Quantity:
    """Part of what passed the tests that is wrong.

    Equation: w = W / (R + W)

    Units: share of one. Shapes broadcast.

    >>> wrong_among_accepted(right=0.9, wrong=0.1)
    0.1

    Source: Bayes' rule.
    """
    return wrong / (right + wrong)


def false_pass_from(passing: Quantity, wrong_among_passing: Quantity) -> Quantity:
    """Chance that a wrong program passes, from how many pass and how many of those a better test finds wrong.

    Equation: f = w·q / (1 − q·(1 − w))

    passing: q, share of programs that pass; wrong_among_passing: w. Units: share of one. Shapes broadcast.

    >>> print(round(false_pass_from(passing=0.5, wrong_among_passing=0.2), 3))
    0.167

    Source: Bayes' rule: wrong and passed, over all that are wrong.
    """
    return wrong_among_passing * passing / (1.0 - passing * (1.0 - wrong_among_passing))


def chance_all(share: Quantity, kernels: Quantity) -> Quantity:
    """Chance that every kernel of a stack is of a kind that each is with a given chance.

    Equation: P = q^n

    share: q; kernels: n, independent. Units: share of one. Shapes broadcast.

    >>> print(round(chance_all(0.99876, 1000.0), 2))
    0.29

    Source: independence.
    """
    return np.exp(kernels * np.log(share))


def time_covered(covered: Quantity, matrix_share: Quantity) -> Quantity:
    """Share of run time that is ported, if matrix products come from the maker's library and the rest by tries.

    Equation: T = h + (1 − h)·C

    covered: C, share of the other kernels that are ported and right; matrix_share: h of the run time.
    Units: share of one. Shapes broadcast.

    >>> round(time_covered(covered=0.5, matrix_share=0.6), 6)
    0.8

    Source: Amdahl 1967, AFIPS 30.
    """
    return matrix_share + (1.0 - matrix_share) * covered


def cover_needed(time_share: Quantity, matrix_share: Quantity) -> Quantity:
    """Share of the other kernels that must be ported for a given share of run time.

    Equation: C = (T − h) / (1 − h)

    Units: share of one. Shapes broadcast.

    >>> round(cover_needed(time_share=0.95, matrix_share=0.6), 6)
    0.875

    Source: time_covered turned round.
    """
    return (time_share - matrix_share) / (1.0 - matrix_share)


def slowdown(time_share: Quantity, fallback_speed: Quantity) -> Quantity:
    """How many times as long a program takes when what is not ported runs on a slow stand-in.

    Equation: S = T + (1 − T) / u

    time_share: T, share of run time that is ported at full speed; fallback_speed: u of the stand-in, over full speed.
    Units: a ratio. Shapes broadcast.

    >>> print(round(slowdown(time_share=0.9, fallback_speed=0.1), 6))
    1.9

    Source: Amdahl 1967, AFIPS 30.
    """
    return time_share + (1.0 - time_share) / fallback_speed


def usd_left(porting_usd: Quantity, covered: Quantity, checking_share: Quantity) -> Quantity:
    """What a port still costs when part of the kernels come ready and need only be checked.

    Equation: K' = K·(1 − C·(1 − ρ))

    porting_usd: K by hand; covered: C; checking_share: ρ, cost of checking a kernel over that of writing it.
    Units: dollars. Shapes broadcast.

    >>> round(usd_left(porting_usd=100.0, covered=0.5, checking_share=0.2), 6)
    60.0

    Source: cost build-up.
    """
    return porting_usd * (1.0 - covered * (1.0 - checking_share))


def years_until(success_now: Quantity, success_needed: Quantity, log_odds_per_year: Quantity) -> Quantity:
    """Years until the chance of a try being right has grown to what is needed.

    Equation: t = (ln(m₁ / (1 − m₁)) − ln(m₀ / (1 − m₀))) / g

    log_odds_per_year: g, yearly growth of the log odds. Units: years; below zero where it is there already. Shapes
    broadcast.

    >>> print(round(years_until(0.2, 0.5, 1.386), 2))
    1.0

    Source: a logistic trend, as for the scores of benchmarks.
    """
    odds_needed = success_needed / (1.0 - success_needed)
    return np.log(odds_needed * (1.0 - success_now) / success_now) / log_odds_per_year
