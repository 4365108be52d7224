"""One search for every question of the kind `at which value of an input`: all the roots, or on which side it stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize.elementwise import find_root

GRID = 401
"""Points at which the sign is looked at; two roots between two of them are not seen."""


@dataclass(frozen=True)
class Roots:
    """Where a function leaves zero, in rising order; with none, whether it stays above zero."""

    at: tuple[float, ...]
    above: bool

    def nearest(self, to: float) -> float | None:
        """The root nearest to a value; None where there is none, and never a bound of the search.

        >>> round(roots(lambda x: x * x - 1.0, -3.0, 3.0).nearest(0.4), 9)
        1.0
        """
        return min(self.at, key=lambda x: abs(x - to), default=None)


def roots(function: Callable[[Any], Any], low: float, high: float, *, near: float | None = None) -> Roots:
    """Every sign change of a function over an interval, seen on a grid and found by Chandrupatla's method.

    function: of an array, element by element. A figure that is nothing at all (0/0) is not above zero. near: a point
    that the grid is to hold beside its own, such as the value from which the search sets out.

    >>> [round(x, 9) for x in roots(lambda x: x * x - 1.0, -3.0, 3.0).at]
    [-1.0, 1.0]
    >>> roots(lambda x: x * x + 1.0, -3.0, 3.0)
    Roots(at=(), above=True)
    """

    def signed(x: Any) -> Any:
        found = function(x)
        return np.where((found > 0.0) | (found < 0.0), found, -1.0)

    grid = np.linspace(low, high, GRID)
    if near is not None and low < near < high:
        grid = np.unique(np.append(grid, near))
    with np.errstate(all="ignore"):  # at the bounds of an input a figure may be nothing at all
        above = np.broadcast_to(function(grid), grid.shape) > 0.0
        turns = np.flatnonzero(above[1:] != above[:-1])
        found = find_root(signed, (grid[turns], grid[turns + 1])).x if turns.size else np.array([])
    return Roots(tuple(float(x) for x in np.atleast_1d(found)), bool(above[0]))
