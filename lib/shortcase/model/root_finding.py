"""Where a function reaches a value: bisection, element by element over arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from shortcase.model.quantity import Quantity

HALVINGS = 80
"""Steps of bisection, enough for the last digit of a float over a dozen powers of ten."""


def find_root(function: Callable[[Any], Any], target: Quantity, low: Quantity, high: Quantity) -> Quantity:
    """Argument at which a rising function reaches a target, inside an interval.

    Equation: f(x) = y, by halving [low, high] eighty times

    function: rising, array in, array out; target: y. Units: those of the argument. Shapes broadcast. Where the target
    lies outside what the interval reaches, the nearer end comes back; callers check.

    >>> round(float(find_root(lambda x: x * x, 2.0, 0.0, 2.0)), 9)
    1.414213562

    Source: bisection.
    """
    below = np.zeros_like(np.asarray(target, dtype=float)) + low
    above = np.zeros_like(below) + high
    for _ in range(HALVINGS):
        middle = (below + above) / 2.0
        short = function(middle) < target
        below, above = np.where(short, middle, below), np.where(short, above, middle)
    return ((below + above) / 2.0)[()]
