"""What trying again buys, where a checker tells a right answer from a wrong one: coverage, also known as pass@k."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special

from shortcase.model.quantity import Quantity
from shortcase.model.root_finding import find_root


def coverage(success: Quantity, tries: Quantity) -> Quantity:
    """Chance that at least one of so many independent tries at one problem is right.

    Equation: pass@k = 1 − (1 − p)^k

    success: p, chance of a single try, at or above zero and below one; tries: k. Units: a share. Shapes broadcast.

    >>> print(round(float(coverage(success=0.3, tries=10.0)), 3))
    0.972

    Source: Chen et al. 2021, Evaluating Large Language Models Trained on Code, arXiv 2107.03374, section 2.1.
    """
    return 1.0 - np.exp(tries * np.log1p(-success))


def coverage_of_a_spread(mean_success: Quantity, concentration: Quantity, tries: Quantity) -> Quantity:
    """Share of problems of unequal difficulty that at least one of so many tries gets right.

    Equation: 1 − B(α, β + k) / B(α, β), with α = m · c and β = (1 − m) · c

    The chance of a single try differs between problems as a Beta distribution with mean m (mean_success) and α + β = c
    (concentration): the smaller c, the more problems are either easy or out of reach. tries: k. All above zero, m
    below one. Units: a share. Shapes broadcast. Never above `coverage` at the mean, by Jensen's inequality.

    >>> [round(float(coverage_of_a_spread(0.2, c, 10.0)), 2) for c in (1.0, 5.0)]
    [0.46, 0.71]

    Source: the mean of 1 − (1 − p)^k under a Beta distribution; the phenomenon is in Brown et al. 2024, Large Language
    Monkeys, arXiv 2407.21787.
    """
    beta = (1.0 - mean_success) * concentration
    alpha = mean_success * concentration
    return 1.0 - np.exp(
        special.gammaln(beta + tries)
        + special.gammaln(alpha + beta)
        - special.gammaln(beta)
        - special.gammaln(alpha + beta + tries)
    )


def concentration_from(mean_success: Quantity, coverage: Quantity, tries: Quantity) -> Quantity:
    """How evenly difficult problems are, from the share solved at once and the share solved in many tries.

    Equation: c with 1 − B(α, β + k)/B(α, β) = C, α = m·c, β = (1 − m)·c, ln c in [−12, 12]

    mean_success: m of a single try; coverage: C, share solved by at least one of the tries, above m and below the
    coverage of equal problems; tries: k. The smaller c, the more problems are either easy or out of reach.
    Units: a bare figure. Shapes broadcast.

    >>> print(round(float(concentration_from(mean_success=0.2, coverage=0.46, tries=10.0)), 1))
    1.0

    Source: coverage_of_a_spread solved for the concentration.
    """

    def reached(log_concentration: Any, mean_success: Any, tries: Any) -> Quantity:
        return coverage_of_a_spread(mean_success, np.exp(log_concentration), tries)

    return np.exp(find_root(reached, coverage, -12.0, 12.0, mean_success, tries))
