"""A fair division of a loss among its causes: the Shapley value, exactly, over every combination."""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial
from typing import Any

from shortcase.model.quantity import Quantity


def shapley_values(values: Sequence[Quantity]) -> list[Quantity]:
    """What each of n causes contributes, averaged over every order in which they could have come.

    Equation: φᵢ = Σ over sets S without i of |S|!·(n − |S| − 1)!/n! · (v(S ∪ i) − v(S))

    values: v of each of the 2ⁿ combinations; place Σ 2ⁱ over the causes i that are in it, so place 0 is none of them
    and the last is all. The contributions sum to v(all) − v(none). Units: those of v. Each entry may be an array of
    draws. Errors: ValueError where the number of combinations is no power of two.

    >>> shapley_values([0.0, 1.0, 2.0, 5.0])
    [2.0, 3.0]

    Source: Shapley 1953, A Value for n-Person Games, Contributions to the Theory of Games II.
    """
    n = len(values).bit_length() - 1
    if len(values) != 1 << n:
        raise ValueError(f"{len(values)} combinations belong to no number of causes: give 2, 4, 8, 16, 32 …")
    shares: list[Any] = []
    for cause in range(n):
        bit, share = 1 << cause, 0.0
        for combination in range(1 << n):
            if not combination & bit:
                size = combination.bit_count()
                weight = factorial(size) * factorial(n - size - 1) / factorial(n)
                share = share + weight * (values[combination | bit] - values[combination])
        shares.append(share)
    return shares


def interaction(values: Sequence[Quantity]) -> Quantity:
    """How much less, or more, all causes do together than the sum of what each does alone.

    Equation: I = (v(all) − v(none)) − Σ (v(i) − v(none))

    values: as for `shapley_values`. Zero where the causes simply add up. Units: those of v.

    >>> interaction([0.0, 1.0, 2.0, 5.0])
    2.0

    Source: definition.
    """
    n = len(values).bit_length() - 1
    alone: Any = 0.0
    for cause in range(n):
        alone = alone + (values[1 << cause] - values[0])
    return values[-1] - values[0] - alone
