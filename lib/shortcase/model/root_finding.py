"""Where a function reaches a value, element by element over arrays, by scipy's bracketed search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize.elementwise import find_root as bracketed

from shortcase.model.quantity import Quantity


def find_root(
    function: Callable[..., Quantity], target: Quantity, low: Quantity, high: Quantity, *inputs: Quantity
) -> Quantity:
    """Argument at which a rising function reaches a target, inside an interval.

    Equation: f(x; a, b, …) = y with x in [low, high], by Chandrupatla's method

    function: rising in its first argument, and of no other arrays than the inputs a, b, … that it is given after it,
    because elements leave the search as they are found; target: y. Units: those of the argument. Shapes broadcast.
    Where the target lies outside what the interval reaches, the nearer end comes back; callers check.

    >>> round(float(find_root(lambda x, a: a * x * x, 4.0, 0.0, 2.0, 2.0)), 9)
    1.414213562

    Source: Chandrupatla (1997), A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear
    function without using derivatives, Advances in Engineering Software 28(3), 145–149.
    """

    def gap(x: Any, target: Any, *inputs: Any) -> Any:
        return function(x, *inputs) - target

    given = (target, *inputs)
    found = bracketed(gap, (low, high), args=given).x
    above = np.where(gap(high, *given) < 0.0, high, found)
    return np.where(gap(low, *given) > 0.0, low, above)[()]
