"""The five threats of the essay, in its order, and the combinations of them."""

from __future__ import annotations

from collections.abc import Sequence

THREATS = {
    "architecture": "Other architectures",
    "customers": "Customers' own chips",
    "software": "Portable software",
    "efficiency": "Better algorithms",
    "foundry": "Foundries open to all",
}
"""The essay's five vectors of attack, by the name that the code uses."""

COUNT = len(THREATS)
COMBINATIONS = 1 << COUNT
"""Every set of threats has a place: the sum of 2ⁱ over its members, in the order of THREATS."""

NONE: tuple[float, ...] = (0.0,) * COUNT
ALL: tuple[float, ...] = (1.0,) * COUNT


def members(mask: int) -> tuple[float, ...]:
    """Which threats a combination holds, as ones and zeros.

    >>> members(0b01001)
    (1.0, 0.0, 0.0, 1.0, 0.0)
    """
    return tuple(float(mask >> i & 1) for i in range(COUNT))


def mask_of(threats: Sequence[str]) -> int:
    """The place of a combination given by names.

    >>> mask_of(["efficiency", "architecture"])
    9
    """
    names = list(THREATS)
    return sum(1 << names.index(name) for name in threats)
