"""What a vote among a model's own answers is worth: open answers, yes or no, and votes that err together."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from shortcase.model.quantity import Quantity


def plurality(success: Quantity, rivals: int, votes: int) -> Quantity:
    """Chance that the right answer gets the most votes, when wrong ones scatter evenly over several rivals.

    Equation: P = Σₖ n!/k!·pᵏ·(1 − p)ⁿ⁻ᵏ·m⁻⁽ⁿ⁻ᵏ⁾·Σₜ C(m, t)·[xⁿ⁻ᵏ] (xᵏ/k!)ᵗ·(Σ_{j<k} xʲ/j!)ᵐ⁻ᵗ / (t + 1)

    success: p, chance of one independent answer; rivals: m wrong answers, each as likely as the next; votes: n, at
    most 128; t rivals that draw level share the win. With one rival it is the majority vote of the jury theorem.
    Units: a share. success broadcasts; rivals and votes are whole numbers.

    >>> print(round(float(plurality(success=0.4, rivals=1, votes=11)), 3))
    0.247
    >>> print(round(float(plurality(success=0.4, rivals=9, votes=11)), 3))
    0.844

    Source: a multinomial count by generating functions; Wang et al. 2022, Self-Consistency, arXiv 2203.11171, for the
    method; with one rival Condorcet 1785.
    """
    return sum(
        weight * success**right * (1.0 - success) ** (votes - right)
        for right, weight in enumerate(_ways(rivals, votes), start=1)
    )


def majority_of_correlated(success: Quantity, correlation: Quantity, votes: int) -> Quantity:
    """Chance that most of an odd number of votes on yes or no are right, when voters err together.

    Equation: P = Σ_{k > n/2} C(n, k)·Π_{i<k} (α + i)·Π_{j<n−k} (β + j) / Π_{l<n} (α + β + l),
    with α = p·(1 − r)/r and β = (1 − p)·(1 − r)/r

    success: p of one vote; correlation: r between any two, above zero and below one; votes: n, odd. Each question has
    its own chance of a right vote, spread as a Beta distribution with mean p and intraclass correlation r.
    Units: a share. success and correlation broadcast; votes is a whole number.

    >>> print([round(float(majority_of_correlated(0.6, r, 101)), 2) for r in (0.001, 0.3, 0.9)])
    [0.97, 0.64, 0.6]

    Source: beta-binomial counts; Ladha 1992, The Condorcet Jury Theorem, Free Speech, and Correlated Votes, American
    Journal of Political Science 36(3), for what correlation does to a jury.
    """
    right = success * (1.0 - correlation) / correlation
    wrong = (1.0 - success) * (1.0 - correlation) / correlation
    total = 0.0
    for k in range(votes // 2 + 1, votes + 1):
        chance: Any = math.comb(votes, k)
        for i in range(k):
            chance = chance * (right + i) / (right + wrong + i)
        for j in range(votes - k):
            chance = chance * (wrong + j) / (right + wrong + k + j)
        total = total + chance
    return total


def effective_votes(votes: Quantity, correlation: Quantity) -> Quantity:
    """Independent votes that carry as much as so many correlated ones.

    Equation: n_eff = n / (1 + (n − 1)·r)

    votes: n; correlation: r between any two, from zero to one. As n grows it tends to 1/r. Units: votes. Shapes
    broadcast.

    >>> print(round(effective_votes(votes=64.0, correlation=0.3), 2))
    3.22

    Source: the design effect of cluster sampling; Kish, Survey Sampling, 1965.
    """
    return votes / (1.0 + (votes - 1.0) * correlation)


def _ways(rivals: int, votes: int) -> list[float]:
    """For each number of right votes from one up: the sequences of votes that it wins, a draw counted in part."""
    found = []
    for right in range(1, votes + 1):
        wrong = votes - right
        below = np.array([1.0 / (math.factorial(j) * float(rivals) ** j) for j in range(min(right, wrong + 1))])
        level = 1.0 / (math.factorial(right) * float(rivals) ** right)
        powers = [np.ones(1)]
        for _ in range(rivals):
            powers.append(np.convolve(powers[-1], below)[: wrong + 1])
        ways = 0.0
        for drawn in range(min(rivals, wrong // right) + 1):
            left = wrong - drawn * right
            others = powers[rivals - drawn]
            if left < len(others):
                ways += math.comb(rivals, drawn) * level**drawn * float(others[left]) / (drawn + 1)
        found.append(math.factorial(votes) / math.factorial(right) * ways)
    return found
