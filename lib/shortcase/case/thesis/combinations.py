"""The value of a case under each of the 32 combinations of threats: all of them at once, or one after the other.

One case, or a few hundred, are computed with the combinations as one more axis: a tenth of the time that a loop over
them takes in Python. Many cases are looped over, since their arrays only just fit into a processor's cache, and what
several combinations have in common is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from shortcase.case.thesis.chain import finance, own_chips, rivalry, spending_left
from shortcase.case.thesis.inputs import PARAMETERS, Inputs
from shortcase.case.thesis.market import Path, market_of
from shortcase.case.thesis.threats import COMBINATIONS, members

FEW = 512
"""Cases up to which the combinations are an axis: 128 KB an array."""
FOUNDRY_ALONE = (0.0, 0.0, 0.0, 1.0)
"""Of the threats other than efficiency: one that is open to all takes nothing where nobody has it make anything."""


def _apart(mask: int) -> tuple[float, ...]:
    threats = members(mask)
    return (*threats[:4], 0.0) if threats[:3] + threats[4:] == FOUNDRY_ALONE else threats


RIVALS = sorted({_apart(mask)[:3] + _apart(mask)[4:] for mask in range(COMBINATIONS)})
"""Every set of the threats other than efficiency that comes to something."""
AXIS = np.array([_apart(mask) for mask in range(COMBINATIONS)]).T
"""The five threats, each with a place for every combination."""


def all_combinations(case: Inputs) -> list[Any]:
    """What a share is worth under each of the 32 combinations of threats, in the order of their places."""
    market = market_of(case)
    cases = _shape(case)
    if cases is not None:
        axis = _axis(cases)
        found = finance(case, market, spending_left(case, axis[3]), rivalry(case, market, axis))
        return _rows(found.value_per_share, cases)
    left = spending_left(case, np.array([[0.0], [1.0]]))
    own: dict[tuple[float, ...], Path] = {}
    values: dict[tuple[float, ...], Any] = {}
    for architecture, customers, software, foundry in RIVALS:
        threats = (architecture, customers, software, 0.0, foundry)
        if (software, foundry) not in own:
            own[software, foundry] = own_chips(case, market, threats)
        rivals = rivalry(case, market, threats, own[software, foundry])
        both = finance(case, market, left, rivals).value_per_share
        for efficiency, value in zip((0.0, 1.0), both, strict=True):
            values[architecture, customers, software, efficiency, foundry] = value
    return [values[_apart(mask)] for mask in range(COMBINATIONS)]


def under_each(case: Inputs, figure: Callable[[Sequence[Any]], Any]) -> list[Any]:
    """Any figure of a case under each of the 32 combinations, in the order of their places.

    figure: of the threats, each from 0 to 1.
    """
    cases = _shape(case)
    if cases is None:
        return [figure(members(mask)) for mask in range(COMBINATIONS)]
    return _rows(figure(_axis(cases)), cases)


def _shape(case: Inputs) -> tuple[int, ...] | None:
    """The shape of the cases; None for many of them."""
    shape = np.broadcast_shapes(*(np.shape(getattr(case, name)) for name in PARAMETERS))
    return shape if np.prod(shape) <= FEW else None


def _axis(cases: tuple[int, ...]) -> list[np.ndarray]:
    """The five threats, each with a place for every combination on an axis before those of the cases."""
    return [on.reshape(-1, *(1 for _ in cases)) for on in AXIS]


def _rows(found: Any, cases: tuple[int, ...]) -> list[Any]:
    return list(np.broadcast_to(found, (COMBINATIONS, *cases)))
