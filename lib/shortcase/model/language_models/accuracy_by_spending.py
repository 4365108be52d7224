"""How right answers rise with what is spent on them: slopes, the price of one more, and trying again."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def points_per_doubling(before: Quantity, after: Quantity, multiple: Quantity) -> Quantity:
    """Gain in the share of right answers for each doubling of what is spent.

    Equation: g = (a₁ − a₀) / log₂ k

    before, after: a₀ and a₁; multiple: k, above one. A slope between two points, not a fit. Units: a share. Shapes
    broadcast.

    >>> print(round(points_per_doubling(before=0.757, after=0.875, multiple=172.0), 4))
    0.0159

    Source: definition.
    """
    return (after - before) / np.log2(multiple)


def one_more_right_usd(
    cost_before: Quantity, cost_after: Quantity, right_before: Quantity, right_after: Quantity
) -> Quantity:
    """What the last step of spending costs for each answer that it turns from wrong to right.

    Equation: C = (c₁ − c₀) / (a₁ − a₀)

    Costs in dollars an answer, before and after; right answers as shares. Units: dollars. Shapes broadcast.

    >>> print(round(one_more_right_usd(cost_before=20.0, cost_after=3440.0, right_before=0.757, right_after=0.875)))
    28983

    Source: the incremental cost-effectiveness ratio; Drummond et al., Methods for the Economic Evaluation of Health
    Care Programmes, 4th edition 2015, chapter 4.
    """
    return (cost_after - cost_before) / (right_after - right_before)


def growth_exponent(before: Quantity, after: Quantity, multiple: Quantity) -> Quantity:
    """Power with which one quantity grows when another is multiplied.

    Equation: e = ln(y₁ / y₀) / ln k

    before, after: y₀ and y₁; multiple: k of the other quantity, above zero and not one. One is proportion, two the
    square. Units: a bare figure. Shapes broadcast.

    >>> print(growth_exponent(before=1.0, after=4.0, multiple=2.0))
    2.0

    Source: definition of a power law, between two points.
    """
    return np.log(after / before) / np.log(multiple)


def slips_behind(success: Quantity) -> Quantity:
    """Mistakes in a piece of work on average, if so large a share of such pieces has none.

    Equation: λ = −ln p

    success: p, share without a mistake, above zero. Mistakes fall independently (Poisson). Units: mistakes. Shapes
    broadcast.

    >>> print(round(float(slips_behind(success=0.187)), 2))
    1.68

    Source: the probability of none in a Poisson distribution is exp(−λ).
    """
    return -np.log(success)


def repaired(first_try: Quantity, second_try: Quantity) -> Quantity:
    """Share of first failures that one look at the error message repairs.

    Equation: r = (a₂ − a₁) / (1 − a₁)

    first_try, second_try: a₁ and a₂, shares right after one and after two tries. Units: a share. Shapes broadcast.

    >>> print(round(repaired(first_try=0.187, second_try=0.453), 3))
    0.327

    Source: definition.
    """
    return (second_try - first_try) / (1.0 - first_try)
