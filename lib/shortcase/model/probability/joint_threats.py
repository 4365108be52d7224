"""What several threats do together: how many succeed, and what is left of the value they attack.

Chances of outcomes stand on a last axis, numbered as in `model.copula`: threat i, counted from zero, adds 2ⁱ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortcase.model.quantity import Quantity


@dataclass(frozen=True)
class FiveThreats:
    """Chance that each of the essay's five threats succeeds, in the essay's order."""

    architecture: Quantity
    customers: Quantity
    software: Quantity
    efficiency: Quantity
    foundry: Quantity


@dataclass(frozen=True)
class Causes:
    """What the five have in common, said outright instead of by a correlation.

    foundry_access: chance that a rival can get wafers and packaging in volume. Without them no new architecture, no
    customer's chip and no other maker's chip succeeds.
    rivals_left: factor on the chances of the other four when efficiency that is public has cut the demand for
    everybody's chips; one where it does not touch them.
    """

    foundry_access: Quantity
    rivals_left: Quantity


CERTAIN = 1.0 - 1e-12


def _happens(count: int) -> Quantity:
    """Which threat succeeds in which outcome: zeros and ones, outcomes by threats."""
    return (np.arange(2**count)[:, None] >> np.arange(count)) % 2


def _count(outcome_chances: Quantity) -> int:
    return int(outcome_chances.shape[-1]).bit_length() - 1


def given_causes(threats: FiveThreats, causes: Causes, foundry: float, public: float) -> Quantity:
    """Chance of each threat once it is known whether rivals have a foundry, and whether efficiency cut demand.

    Equation: P(xᵢ | f, e) = f·r^e·sᵢ, with sᵢ = min(1, pᵢ / (F·(1 − E·(1 − r)))), no f and F for software; e itself
    for efficiency

    foundry: f, one where rivals have one, else zero; public: e, one where efficiency cut demand, else zero; F:
    foundry_access; E: chance of efficiency; r: rivals_left. Over both causes each threat keeps its own chance pᵢ,
    unless that is more than the causes allow. Units: shares; five on a last axis. Fields broadcast.

    >>> alike = FiveThreats(0.2, 0.2, 0.2, 0.2, 0.2)
    >>> [round(float(p), 3) for p in given_causes(alike, Causes(foundry_access=0.5, rivals_left=1.0), 1.0, 0.0)]
    [0.4, 0.4, 0.2, 0.0, 0.4]

    Source: the law of total probability, solved for what each threat must have where nothing stands in its way.
    """
    spared = 1.0 - threats.efficiency * (1.0 - causes.rivals_left)
    left = 1.0 - public * (1.0 - causes.rivals_left)
    needing = causes.foundry_access * spared
    shape = 0.0 * needing
    found = (
        foundry * left * np.minimum(1.0, threats.architecture / needing),
        foundry * left * np.minimum(1.0, threats.customers / needing),
        left * np.minimum(1.0, threats.software / spared),
        public,
        foundry * left * np.minimum(1.0, threats.foundry / needing),
    )
    return np.stack([part + shape for part in found], axis=-1)


def tree(threats: FiveThreats, causes: Causes) -> Quantity:
    """Chances of the 32 outcomes when two common causes are said outright.

    Equation: P(x) = Σ over f, e of P(f)·P(e)·Π P(xᵢ | f, e), the latter as in given_causes

    f: whether rivals have a foundry, with the chance foundry_access; e: whether efficiency cuts demand, itself one of
    the five. Units: shares; 32 on a last axis. Fields broadcast.

    >>> apart = tree(FiveThreats(0.2, 0.2, 0.2, 0.2, 0.2), Causes(foundry_access=1.0, rivals_left=1.0))
    >>> print(round(1.0 - float(apart[0]), 5))
    0.67232

    Source: the law of total probability over the two causes.
    """
    total: Any = 0.0
    for foundry, chance_foundry in ((1.0, causes.foundry_access), (0.0, 1.0 - causes.foundry_access)):
        for public, chance_public in ((1.0, threats.efficiency), (0.0, 1.0 - threats.efficiency)):
            given = given_causes(threats, causes, foundry, public)
            total = total + np.expand_dims(chance_foundry * chance_public, -1) * _independent(given)
    return total


def _independent(chances: Quantity) -> Quantity:
    outcomes: list[Any] = [1.0]
    for k in range(chances.shape[-1]):
        p = chances[..., k]
        outcomes = [o * (1.0 - p) for o in outcomes] + [o * p for o in outcomes]
    return np.stack(outcomes, axis=-1)


def at_least(outcome_chances: Quantity, count: int) -> Quantity:
    """Chance that at least so many of the threats succeed.

    Equation: P(N ≥ k) = Σ of P(x) over the outcomes x with Σ xᵢ ≥ k

    outcome_chances: on the last axis; count: k. Units: a share. Shapes broadcast.

    >>> print(round(float(at_least(np.array([0.4, 0.1, 0.4, 0.1]), 2)), 3))
    0.1

    Source: definition.
    """
    enough = np.sum(_happens(_count(outcome_chances)), axis=-1) >= count
    return np.sum(outcome_chances * enough, axis=-1)


def chance_for_union(union: Quantity, count: Quantity) -> Quantity:
    """Chance that each of so many independent threats must have for one at least to succeed with a given chance.

    Equation: p = 1 − (1 − P)^(1/n)

    union: P, below one; count: n. Units: a share. Shapes broadcast.

    >>> print(round(chance_for_union(0.75, 5.0), 4))
    0.2421

    Source: P = 1 − (1 − p)ⁿ solved for p.
    """
    return 1.0 - (1.0 - union) ** (1.0 / count)


def effective_number(union: Quantity, chances: Sequence[Quantity]) -> Quantity:
    """Number of independent threats that would succeed, one at least, as often as these do.

    Equation: n* = n · ln(1 − P) / Σ ln(1 − pᵢ), which for equal chances is ln(1 − P) / ln(1 − p)

    union: P, chance that at least one succeeds; chances: pᵢ of each. At n where they are independent, less where they
    tend to come together, more where one shuts out another. A union that is certain, which no number of threats makes,
    is read as one short of it by a million millionth. Units: a count. Shapes broadcast.

    >>> print(round(float(effective_number(0.5239, [0.2] * 5)), 2))
    3.33

    Source: definition; 1 − P = (1 − p)^n* solved for n*.
    """
    misses: Any = sum(np.log(1.0 - p) for p in chances)
    return len(chances) * np.log(1.0 - np.minimum(union, CERTAIN)) / misses


def losses(severities: Sequence[Quantity]) -> Quantity:
    """What is lost in each outcome, if each success takes its part of what the others leave.

    Equation: L(x) = 1 − Π (1 − sᵢ)^xᵢ

    severities: sᵢ, part of the value that threat i takes. Units: shares, on a last axis. Shapes broadcast.

    >>> print([round(float(loss), 2) for loss in losses([0.5, 0.2])])
    [0.0, 0.5, 0.2, 0.6]

    Source: definition; losses that come one after the other compound.
    """
    left: list[Any] = [1.0 + 0.0 * sum(severities)]
    for s in severities:
        left = left + [part * (1.0 - s) for part in left]
    return 1.0 - np.stack(left, axis=-1)


def expected_loss(outcome_chances: Quantity, lost: Quantity) -> Quantity:
    """Loss on average over all outcomes.

    Equation: E[L] = Σ P(x)·L(x)

    lost: L of each outcome, on the last axis like the chances. Units: a share of the value. Shapes broadcast.

    >>> print(round(float(expected_loss(np.array([0.4, 0.1, 0.4, 0.1]), losses([0.5, 0.2]))), 3))
    0.19

    Source: definition.
    """
    return np.sum(outcome_chances * lost, axis=-1)


def chance_of_losing(outcome_chances: Quantity, lost: Quantity, more_than: Quantity) -> Quantity:
    """Chance that more than a given part of the value is lost.

    Equation: P(L > ℓ) = Σ of P(x) over the outcomes with L(x) > ℓ

    lost: L of each outcome, on the last axis; more_than: ℓ, a share. Units: a share. Shapes broadcast.

    >>> print(round(float(chance_of_losing(np.array([0.4, 0.1, 0.4, 0.1]), losses([0.5, 0.2]), 0.3)), 3))
    0.2

    Source: definition.
    """
    beyond = np.where(lost > np.expand_dims(more_than, -1), 1.0, 0.0)
    return np.sum(outcome_chances * beyond, axis=-1)


def loss_quantile(outcome_chances: Quantity, lost: Quantity, level: float) -> Quantity:
    """Loss that is exceeded only with the chance one minus the level: value at risk, in the field's words.

    Equation: min { ℓ : P(L ≤ ℓ) ≥ q }

    lost: L of each outcome, on the last axis; level: q, a share. Units: a share of the value. Shapes broadcast.

    >>> print(round(float(loss_quantile(np.array([0.4, 0.1, 0.4, 0.1]), losses([0.5, 0.2]), 0.85)), 3))
    0.5

    Source: definition.
    """
    lost, chances = np.broadcast_arrays(lost, outcome_chances)
    # Outcomes on the last axis, the limit that each is held against on the one before.
    no_more = np.expand_dims(lost, -2) <= np.expand_dims(lost, -1)
    chance_below = np.sum(np.where(no_more, np.expand_dims(chances, -2), 0.0), axis=-1)
    return np.min(np.where(chance_below >= level - 1e-12, lost, np.inf), axis=-1)
