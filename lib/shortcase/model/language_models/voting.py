"""What a vote among a model's own answers is worth: open answers, yes or no, and votes that err together."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np

from shortcase.model.quantity import Quantity


def plurality(success: Quantity, rivals: Quantity, votes: int) -> Quantity:
    """Chance that the right answer gets the most votes, when wrong ones scatter evenly over several rivals.

    Equation: P = Σₖ pᵏ·(1 − p)ⁿ⁻ᵏ·Σₛ U(s, k)·Π_{i<s−1} (1 − i/m) / mⁿ⁻ᵏ⁻ˢ⁺¹, U(s, k) the ways in which n votes fall
    on s answers, none without a vote, the most on one being k

    success: p, chance of one independent answer; rivals: m wrong answers, each as likely as the next; votes: n, at
    most 128; answers that draw level share the win: of the s with votes the right one is ahead in one case of s. With
    one rival it is the majority vote of the jury theorem.
    Units: a share. success and rivals broadcast; votes is a whole number.

    >>> print(round(float(plurality(success=0.4, rivals=1, votes=11)), 3))
    0.247
    >>> print(round(float(plurality(success=0.4, rivals=9, votes=11)), 3))
    0.844

    Source: a multinomial count by generating functions; Wang et al. 2022, Self-Consistency, arXiv 2203.11171, for the
    method; with one rival Condorcet 1785.
    """
    apart = [1.0, 1.0, 1.0]  # by answers, the right one among them: that no rival is drawn twice
    for i in range(1, votes - 1):
        apart.append(apart[-1] * (1.0 - i / rivals))
    total: Any = 0.0
    for right, ways in enumerate(_ways(votes), start=1):
        won = sum(
            (count * apart[answers] / rivals ** float(votes - right - answers + 1) for answers, count in ways), 0.0
        )
        total = total + success**right * (1.0 - success) ** (votes - right) * won
    return total


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


@cache
def _ways(votes: int) -> list[list[tuple[int, float]]]:
    """For each number of votes from one up that is the most: the numbers of answers, and in how many ways they share.

    Equation: U(s, k) = n!·[xⁿ] Σₜ (xᵏ/k!)ᵗ/t!·(Σ_{0<j<k} xʲ/j!)ˢ⁻ᵗ/(s − t)!, t answers of the s having k each
    """
    found = []
    for most in range(1, votes + 1):
        fewer = np.array([0.0, *(1.0 / math.factorial(j) for j in range(1, most))])
        others = [np.ones(1)]  # by the number of answers with fewer votes
        for count in range(1, votes - most + 1):
            others.append(np.convolve(others[-1], fewer)[: votes + 1] / count)
        ways = dict.fromkeys(range(1, votes - most + 2), 0.0)
        for level in range(1, votes // most + 1):
            left = votes - level * most
            share = math.factorial(votes) / math.factorial(level) / float(math.factorial(most)) ** level
            for count, spread in enumerate(others):
                if left < len(spread) and level + count in ways:
                    ways[level + count] += share * float(spread[left])
        found.append([(answers, count) for answers, count in ways.items() if count])
    return found
