"""Spending on accelerators for training and for inference, and what a jump in efficiency does to each."""

from __future__ import annotations

import numpy as np

from shortcase.model.demand.diffusion import adoption
from shortcase.model.demand.price_elasticity import spend_multiple
from shortcase.model.quantity import Quantity


def real_multiple(claimed: Quantity, real_share: Quantity) -> Quantity:
    """Part of a claimed multiple that is real and was not on schedule, where parts multiply.

    Equation: k = K^w

    claimed: K; real_share: w, share of its logarithm: one for all of it, zero for none, a half for its square root.
    Units: a ratio. Shapes broadcast.

    >>> round(float(real_multiple(49.0, 0.5)), 6)
    7.0

    Source: factors of an efficiency ledger add up in logarithms; see `efficiency_ledger.log_share`.
    """
    return np.exp(real_share * np.log(claimed))


def left_of_spending(multiple: Quantity, elasticity: Quantity, years: Quantity, half_time_years: Quantity) -> Quantity:
    """Spending on one kind of work some time after a jump in efficiency, over what it would have been.

    Equation: 1 − a(t) · (1 − k^(ε − 1))

    multiple: k; elasticity: ε; a(t): those who have the method after so many years, at a half-time. Above one where
    ε is above one. Units: a ratio. Shapes broadcast.

    >>> left_of_spending(45.0, 1.0, 5.0, 0.5), round(float(left_of_spending(4.0, 0.5, 5.0, 0.5)), 3)
    (1.0, 0.5)

    Source: `demand_shock.spending` without the growth.
    """
    return left_while_spreading(adoption(years, half_time_years), spend_multiple(multiple, elasticity))


def left_while_spreading(reached: Quantity, left: Quantity) -> Quantity:
    """Spending while a change spreads, over what it would have been.

    Equation: 1 − a · (1 − L)

    reached: a, those whom it has reached, or the part of it that comes; left: L, what is left of spending once it has
    reached all. Units: shares, ratios. Shapes broadcast.

    >>> left_while_spreading(0.5, 0.2), left_while_spreading(0.0, 0.2)
    (0.6, 1.0)

    Source: definition of a weighted mean.
    """
    return 1.0 - reached * (1.0 - left)


def left_of_both(training: Quantity, inference: Quantity, inference_share: Quantity) -> Quantity:
    """Spending on training and inference together after a jump, over what it would have been.

    Equation: (1 − i)·T + i·I

    training, inference: T and I, each over what it would have been; inference_share: i of the spending before the jump.
    Units: ratios, a share. Shapes broadcast.

    >>> left_of_both(0.5, 1.0, 0.5)
    0.75

    Source: definition of a weighted mean.
    """
    return (1.0 - inference_share) * training + inference_share * inference


def at_a_price(price: Quantity, elasticity: Quantity) -> Quantity:
    """Spending at another price of accelerators, over what it was.

    Equation: p^(1 − ε)

    price: p over what it was. At ε = 1 spending does not change. Units: a ratio. Shapes broadcast.

    >>> round(float(at_a_price(0.5, 0.5)), 4)
    0.7071

    Source: a demand curve of constant elasticity; the sales in `gross_margin.price_cut`.
    """
    return np.exp((1.0 - elasticity) * np.log(price))
