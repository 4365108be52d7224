"""What a fall in the price of compute does to the money spent on it: elasticity, rebound, pass-through."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def spend_multiple(efficiency: Quantity, elasticity: Quantity) -> Quantity:
    """Spending on compute after it gets cheaper, as a multiple of what it would have been.

    Equation: spending after / before = k^(ε − 1)

    The same work needs 1/k of the compute, so the price of the work falls to 1/k and its volume rises to k^ε;
    spending is price times volume. efficiency: k, above zero. elasticity: ε, a positive number.
    Units: a ratio. Shapes broadcast.

    >>> [round(float(spend_multiple(45.0, e)), 3) for e in (0.0, 0.5, 0.8, 1.0, 1.2)]
    [0.022, 0.149, 0.467, 1.0, 2.141]

    Source: price times volume on a demand curve of constant elasticity.
    """
    return efficiency ** (elasticity - 1.0)


def volume_multiple(efficiency: Quantity, elasticity: Quantity) -> Quantity:
    """Work done after it gets cheaper, as a multiple of what it would have been.

    Equation: volume after / before = k^ε

    efficiency: k, by which the price of the work falls, above zero. elasticity: ε, a positive number.
    Units: a ratio. Shapes broadcast.

    >>> volume_multiple(4.0, 0.5)
    2.0

    Source: a demand curve of constant elasticity.
    """
    return efficiency**elasticity


def rebound(efficiency: Quantity, elasticity: Quantity) -> Quantity:
    """Share of the possible saving that higher use takes back.

    Equation: rebound = 1 − (1 − k^(ε − 1)) / (1 − 1/k)

    The possible saving is 1 − 1/k of the spending, the actual one 1 − k^(ε − 1). Zero at ε = 0, one at ε = 1, above
    one where spending rises. For a small gain it is ε itself; for a large one it is less.
    efficiency: k, above zero and not one. Units: a share. Shapes broadcast.

    >>> round(float(rebound(45.0, 0.8)), 3), round(float(rebound(1.001, 0.8)), 3)
    (0.455, 0.8)

    Source: possible saving less actual saving over possible saving, as surveyed by Alcott, "Jevons' paradox",
    Ecological Economics 54(1), 2005, pages 9-21.
    """
    return 1.0 - (1.0 - efficiency ** (elasticity - 1.0)) / (1.0 - 1.0 / efficiency)


def arc_elasticity(
    price_before: Quantity, price_after: Quantity, quantity_before: Quantity, quantity_after: Quantity
) -> Quantity:
    """Elasticity that would join two observations, if nothing but the price had changed between them.

    Equation: ε = −ln(quantity after / before) / ln(price after / before)

    Units: prices in any one unit, quantities in any one unit, all above zero. Shapes broadcast.

    >>> round(float(arc_elasticity(1.0, 0.1, 1.0, 10.0)), 6)
    1.0

    Source: the constant-elasticity demand curve through two points.
    """
    return -np.log(quantity_after / quantity_before) / np.log(price_after / price_before)


def task_price(efficiency: Quantity, compute_share: Quantity) -> Quantity:
    """Price of a task after compute gets cheaper, where compute is only a part of what the task costs.

    Equation: price after / before = 1 − s + s/k

    compute_share: s, the part of the task's cost that is compute, from 0 to 1; the whole saving on it is passed on.
    Units: a ratio. Shapes broadcast.

    >>> round(float(task_price(45.0, 0.5)), 3)
    0.511

    Source: the cost of a task as the sum of its parts, in fixed proportions.
    """
    return 1.0 - compute_share + compute_share / efficiency


def task_elasticity_needed(efficiency: Quantity, elasticity: Quantity, compute_share: Quantity) -> Quantity:
    """How strongly demand for tasks must answer to their price for demand for compute to have a given elasticity.

    Equation: η = ε · ln k / −ln(1 − s + s/k)

    With compute the whole cost (s = 1) the two are equal; where it is a part, a task gets cheaper by less than compute
    does, and tasks must respond more. efficiency: k above one; compute_share: s above 0, up to 1.
    Units: a ratio. Shapes broadcast.

    >>> round(float(task_elasticity_needed(45.0, 1.0, 1.0)), 6), round(float(task_elasticity_needed(45.0, 1.0, 0.5)), 2)
    (1.0, 5.67)

    Source: derived demand with fixed proportions, k^ε = (task price)^(−η), over the whole arc of the fall.
    """
    return elasticity * np.log(efficiency) / -np.log(task_price(efficiency, compute_share))
