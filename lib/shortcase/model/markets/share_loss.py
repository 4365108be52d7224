"""How much of the leader's market rivals take: for whom it pays to leave, who can, and what can be made for them."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity

MOST = 700.0
"""Beyond this the exponential leaves what a figure can hold, and the share is zero to every digit."""


def share_for_whom_it_pays(performance: Quantity, break_even: Quantity, width: Quantity) -> Quantity:
    """Part of the work for which a rival chip is worth its price, where work differs in how well the chip suits it.

    Equation: u = 1 / (1 + e^−((r − r*)/w))

    performance: r of the rival chip over the leader's, at the mean; break_even: r* that makes it pay; width: w, the
    scale of the differences between kinds of work. Half of the work where r is just r*. Units: shares. Shapes
    broadcast.

    >>> round(float(share_for_whom_it_pays(0.7, 0.7, 0.1)), 3), round(float(share_for_whom_it_pays(0.6, 0.7, 0.1)), 3)
    (0.5, 0.269)

    Source: the binary logit of McFadden 1974, Conditional Logit Analysis of Qualitative Choice Behavior.
    """
    return 1.0 / (1.0 + np.exp(np.minimum((break_even - performance) / width, MOST)))


def after_porting(performance: Quantity, penalty: Quantity, portable: Quantity) -> Quantity:
    """Performance that is left of a rival chip when the software was not written for it.

    Equation: r′ = r · (1 − π · (1 − q))

    performance: r; penalty: π, share of it lost where software must be carried over by hand; portable: q, part of the
    work whose software runs anywhere. Units: shares. Shapes broadcast.

    >>> round(after_porting(0.7, 0.2, 0.0), 3), after_porting(0.7, 0.2, 1.0)
    (0.56, 0.7)

    Source: definition; measured gaps are in the chapter on software.
    """
    return performance * (1.0 - penalty * (1.0 - portable))


def beyond_present(ceiling: Quantity, present: Quantity) -> Quantity:
    """Part of the leader's sales that rivals take when their share of a market rises to a ceiling.

    Equation: z = max(0, (c − p)/(1 − p))

    ceiling: c, their share in the end; present: p, what they have. Units: shares. Shapes broadcast.

    >>> round(float(beyond_present(0.28, 0.04)), 9), float(beyond_present(0.03, 0.04))
    (0.25, 0.0)

    Source: `revenue_at_risk.purchases_lost`, kept above zero.
    """
    return np.maximum(0.0, (ceiling - present) / (1.0 - present))


def taken_by_makers(reach: Quantity, arrived: Quantity, portable: Quantity, more: Quantity) -> Quantity:
    """Part of the leader's sales that other makers take: newcomers as they arrive, and those who are there already.

    Equation: z = r · (a + x · q)

    reach: r, what newcomers take in the end; arrived: a, how far they have come; portable: q, part of the work whose
    software runs anywhere; more: x, what makers with good chips and poor software then take, over r. Units: shares.
    Shapes broadcast.

    >>> taken_by_makers(0.25, 0.5, 0.5, 1.0), taken_by_makers(0.25, 0.0, 0.5, 1.0)
    (0.25, 0.125)

    Source: definition.
    """
    return reach * (arrived + more * portable)


def combined_loss(first: Quantity, second: Quantity, most: Quantity) -> Quantity:
    """Part of the leader's sales that two rivals take together, up to what can be made for them.

    Equation: L = min(1 − (1 − L₁)·(1 − L₂), M)

    first, second: what each would take alone; most: M, the limit that foundry and packaging set. Units: shares.
    Shapes broadcast.

    >>> round(float(combined_loss(0.5, 0.2, 1.0)), 3), float(combined_loss(0.5, 0.2, 0.25))
    (0.6, 0.25)

    Source: what one has taken the other cannot take; the limit is a capacity.
    """
    return np.minimum(1.0 - (1.0 - first) * (1.0 - second), most)
