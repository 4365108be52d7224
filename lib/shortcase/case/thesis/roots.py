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
    below, beyond, above = brackets(function, low, high, near=near)
    return Roots(tuple(float(x) for x in between(function, below, beyond)), above)


def brackets(
    function: Callable[[Any], Any], low: float, high: float, *, near: float | None = None
) -> tuple[np.ndarray, np.ndarray, bool]:
    """The ends of each step of the grid in which the sign changes, and whether the function begins above zero."""
    grid = np.linspace(low, high, GRID)
    if near is not None and low < near < high:
        grid = np.unique(np.append(grid, near))
    with np.errstate(all="ignore"):  # at the bounds of an input a figure may be nothing at all
        above = np.broadcast_to(function(grid), grid.shape) > 0.0
    turns = np.flatnonzero(above[1:] != above[:-1])
    return grid[turns], grid[turns + 1], bool(above[0])


def between(function: Callable[..., Any], below: np.ndarray, beyond: np.ndarray, *given: np.ndarray) -> np.ndarray:
    """The root in each of some steps, all of them sought at once.

    given: what else the function takes, an element for each step.
    """
    if not below.size:
        return below

    def signed(x: Any, *given: Any) -> Any:
        found = function(x, *given)
        return np.where((found > 0.0) | (found < 0.0), found, -1.0)

    with np.errstate(all="ignore"):
        return np.atleast_1d(find_root(signed, (below, beyond), args=given).x)
