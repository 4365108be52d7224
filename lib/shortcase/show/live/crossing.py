"""A bracketed search in Python, of many figures at once: as the page has it, and scipy's `find_root`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

STEPS = 100
"""The most steps of a bracketed search; a tenth of them is the rule."""
NEAREST, LEAST = 2.0 * np.finfo(float).eps, 1e-300
"""How near a search comes to where the sign changes: relative, and where that is zero."""


def crossing(gap: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """Where a function changes its sign between two ends; NaN where it has one sign at both.

    Each step takes the parabola through the last three points where it can be trusted, and the middle where not.

    >>> [float(crossing(lambda x, k=k: k * (x * x - 2.25), 0.0, 2.0)) for k in (1.0, -1.0)]
    [1.5, 1.5]
    >>> [float(crossing(lambda x: -x, *ends)) for ends in ((0.0, 1.0), (-1.0, 0.0), (1.0, 2.0))]
    [0.0, 0.0, nan]

    Source: Chandrupatla 1997, A new hybrid quadratic/bisection algorithm, Advances in Engineering Software 28(3);
    as scipy's `find_root`, and as the page has it.
    """
    a, b = np.broadcast_arrays(low, high)
    at_a, at_b = gap(a), gap(b)
    c, at_c = a, at_a
    t: Any = 0.5
    root = np.where(np.abs(at_b) < np.abs(at_a), b, a)
    crossed, searched = at_a * at_b <= 0.0, at_a * at_b < 0.0
    for _ in range(STEPS):
        x = a + t * (b - a)
        here = gap(x)
        crossed = crossed & ~(searched & np.isnan(here))
        same = (here > 0.0) == (at_a > 0.0)
        c, at_c = np.where(same, a, b), np.where(same, at_a, at_b)
        b, at_b = np.where(same, b, a), np.where(same, at_b, at_a)
        a, at_a = x, here
        nearer = np.abs(at_b) < np.abs(at_a)
        best, off = np.where(nearer, b, a), np.where(nearer, at_b, at_a)
        root = np.where(searched, best, root)
        least = (NEAREST * np.abs(best) + LEAST) / np.abs(b - a)
        searched = searched & crossed & (least <= 0.5) & (off != 0.0)
        if not searched.any():
            break
        along, rise = (a - b) / (c - b), (at_a - at_b) / (at_c - at_b)
        trusted = (rise**2 < along) & ((1.0 - rise) ** 2 < 1.0 - along)
        through_c = (c - a) / (b - a) * at_a / (at_c - at_a) * at_b / (at_c - at_b)
        parabola = at_a / (at_b - at_a) * at_c / (at_b - at_c) + through_c
        t = np.clip(np.where(trusted, parabola, 0.5), least, 1.0 - least)
    return np.where(crossed, root, np.nan)
