"""The value of a case under each of the 32 combinations of threats: all of them at once, or one after the other.

One case, or a few hundred, are computed with the combinations as one more axis: a tenth of the time that a loop over
them takes in Python. Many cases are looped over, since their arrays only just fit into a processor's cache, and what
several combinations have in common is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from shortcase.case.thesis.chain import own_chips, rivalry, wanted, worth
from shortcase.case.thesis.inputs import PARAMETERS, Inputs
from shortcase.case.thesis.market import Path, market_of
from shortcase.case.thesis.threats import COMBINATIONS, mask_of, members

FEW = 512
"""Cases up to which the combinations are an axis: 128 KB an array."""
FOUNDRY_ALONE = (0.0, 0.0, 0.0, 1.0)
"""Of the threats other than efficiency: one that is open to all takes nothing where nobody has it make anything."""


def _apart(mask: int) -> tuple[float, ...]:
    threats = members(mask)
    return (*threats[:4], 0.0) if threats[:3] + threats[4:] == FOUNDRY_ALONE else threats


def _rivals() -> dict[tuple[float, ...], np.ndarray]:
    efficiency = mask_of(["efficiency"])
    found: dict[tuple[float, ...], list[tuple[int, int]]] = {}
    for mask in range(COMBINATIONS):
        if not mask & efficiency:
            found.setdefault(_apart(mask)[:3] + _apart(mask)[4:], []).append((mask, mask | efficiency))
    return {threats: np.array(places) for threats, places in found.items()}


RIVALS = _rivals()
"""Every set of the threats other than efficiency that comes to something, with its places: without efficiency, with."""
NONE_OR_ALL = np.array([0.0, 1.0])
AXIS = np.array([_apart(mask) for mask in range(COMBINATIONS)]).T
"""The five threats, each with a place for every combination."""


def all_combinations(case: Inputs) -> list[Any]:
    """What a share is worth under each of the 32 combinations of threats, in the order of their places."""
    return list(each_combination(case))


def each_combination(case: Inputs) -> Any:
    """The same in one array, a row a combination."""
    market, cases = market_of(case), _shape(case)
    if _few(cases):
        axis = _axis(cases)
        found = worth(case, market, wanted(case, market, axis[3]), rivalry(case, market, axis))
        return np.broadcast_to(found, (COMBINATIONS, *cases))
    wanted_usd = wanted(case, market, NONE_OR_ALL.reshape(-1, *(1 for _ in cases)))
    own: dict[tuple[float, ...], Path] = {}
    values = np.empty((COMBINATIONS, *cases))
    for (architecture, customers, software, foundry), places in RIVALS.items():
        threats = (architecture, customers, software, 0.0, foundry)
        if (software, foundry) not in own:
            own[software, foundry] = own_chips(case, market, threats)
        rivals = rivalry(case, market, threats, own[software, foundry])
        values[places] = worth(case, market, wanted_usd, rivals)
    return values


def under_each(case: Inputs, figure: Callable[[Sequence[Any]], Any]) -> list[Any]:
    """Any figure of a case under each of the 32 combinations, in the order of their places.

    figure: of the threats, each from 0 to 1.
    """
    cases = _shape(case)
    if not _few(cases):
        return [figure(members(mask)) for mask in range(COMBINATIONS)]
    return list(np.broadcast_to(figure(_axis(cases)), (COMBINATIONS, *cases)))


def _shape(case: Inputs) -> tuple[int, ...]:
    return np.broadcast_shapes(*(np.shape(getattr(case, name)) for name in PARAMETERS))


def _few(cases: tuple[int, ...]) -> bool:
    return bool(np.prod(cases) <= FEW)


def _axis(cases: tuple[int, ...]) -> list[np.ndarray]:
    """The five threats, each with a place for every combination on an axis before those of the cases."""
    return [on.reshape(-1, *(1 for _ in cases)) for on in AXIS]
