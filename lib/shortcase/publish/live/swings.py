"""Which parameters move the answer of a page most, each over its own stated range: told when the page is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shortcase.case import parameters
from shortcase.case.parameters import Scalar
from shortcase.show.live.replay import Ops, Player

AT_ONCE = 16
"""Parameters whose ends are played together, so that a long tape stays small in memory."""


def ranked(ops: Ops, places: Sequence[Any], names: Sequence[str], values: Mapping[str, Scalar]) -> list[str]:
    """Parameters in the order in which they move figures, the strongest first, the others of a build as they are.

    Equation: swing = Σ |f(high) − f(low)| / max(|f(high)|, |f(low)|) over the figures

    places: where the figures stand on the tape; a parameter without a stated range moves nothing.
    """
    figures = [place for place in places if isinstance(place, int)]
    known = parameters.registry()
    ends = {name: (known[name].low, known[name].high) for name in names}
    moved = [name for name, (low, high) in ends.items() if low is not None and high is not None and low != high]
    if not figures or not moved:
        return list(names)
    player, swing = Player(ops, figures), dict.fromkeys(names, 0.0)
    inputs = {name for _, name in player.inputs}
    moved = [name for name in moved if name in inputs]
    for first in range(0, len(moved), AT_ONCE):
        some = moved[first : first + AT_ONCE]
        at = {name: np.full((len(some), 2), float(values[name])) for name in inputs}
        for row, name in enumerate(some):
            at[name][row] = ends[name]
        swing |= dict(zip(some, _swings(player(at)[figures]), strict=True))
    return sorted(names, key=lambda name: -swing[name])


def _swings(told: np.ndarray) -> list[float]:
    """The swings for figures × parameters × both ends; a figure that is not finite at an end tells nothing."""
    size = np.abs(told).max(axis=-1)
    with np.errstate(all="ignore"):
        parts = np.abs(told[..., 1] - told[..., 0]) / size
    found: list[float] = np.where(np.isfinite(parts), parts, 0.0).sum(axis=0).tolist()
    return found
