"""What a seller loses when its customers make part of what they used to buy, and how fast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.markets.packaging_limit import Packaging, rival_output_share
from shortcase.model.quantity import Quantity


@dataclass(frozen=True)
class Substitution:
    """How far customers want to replace what they buy, and how soon.

    buyers_share: part of the seller's sales that goes to customers with chips of their own. own_share_now and
    own_share_ceiling: part of their needs that those chips cover, now and in the end. other_share_now and
    other_share_ceiling: part of all sales of such chips on the market that other sellers have, now and in the end.
    half_time_years: years in which half of the remaining distance is covered, for both.
    """

    buyers_share: Quantity
    own_share_now: Quantity
    own_share_ceiling: Quantity
    other_share_now: Quantity
    other_share_ceiling: Quantity
    half_time_years: Quantity


def equivalents(
    units: Quantity,
    flop_per_s: Quantity,
    bandwidth: Quantity,
    reference_flop_per_s: Quantity,
    reference_bandwidth: Quantity,
) -> Quantity:
    """How many of a reference chip some chips are worth, by whichever they have less of: arithmetic or bandwidth.

    Equation: E = n·min( F / F₀, B / B₀ )

    units: n; flop_per_s: F in one number format; bandwidth: B of the memory in bytes a second; the reference chip's
    with the index zero.
    Units: reference chips. Shapes broadcast.

    >>> print(equivalents(1000.0, 500e12, 1e12, 1000e12, 4e12))
    250.0

    Source: the lower of the two roofs of Williams, Waterman, Patterson 2009, each against the reference chip's.
    """
    return units * np.minimum(flop_per_s / reference_flop_per_s, bandwidth / reference_bandwidth)


def units_sold(sales_usd: Quantity, other_share: Quantity, usd_per_unit: Quantity) -> Quantity:
    """Pieces behind a seller's sales.

    Equation: n = S·(1 − o) / p

    other_share: o, part of the sales that is something else; usd_per_unit: p.
    Units: pieces. Shapes broadcast.

    >>> units_sold(sales_usd=100e9, other_share=0.1, usd_per_unit=30_000.0)
    3000000.0

    Source: definition.
    """
    return sales_usd * (1.0 - other_share) / usd_per_unit


def buyer_share(units: Quantity, usd_per_unit: Quantity, sales_usd: Quantity) -> Quantity:
    """Part of a seller's sales that goes to a buyer, from the pieces bought.

    Equation: b = n·p / S

    Units: share of one. Shapes broadcast.

    >>> buyer_share(units=500_000.0, usd_per_unit=30_000.0, sales_usd=100e9)
    0.15

    Source: definition.
    """
    return units * usd_per_unit / sales_usd


def share_after(share_now: Quantity, ceiling: Quantity, half_time_years: Quantity, years: Quantity) -> Quantity:
    """A share on its way to where it will settle.

    Equation: s(t) = s* − (s* − s₀)·2^(−t / h)

    ceiling: s*, above or below the share now; half_time_years: h, in which half of the remaining distance is covered.
    Units: share of one, years. Shapes broadcast.

    >>> [share_after(0.4, 0.6, 3.0, t) for t in (0.0, 3.0)]
    [0.4, 0.5]

    Source: partial adjustment, Nerlove, The Dynamics of Supply, 1958, in continuous time.
    """
    return ceiling - (ceiling - share_now) * 2.0 ** (-years / half_time_years)


def purchases_lost(share_now: Quantity, share_then: Quantity) -> Quantity:
    """Part of a seller's expected sales that goes when others' share rises.

    Equation: λ = 1 − (1 − s₁) / (1 − s₀)

    Expected sales are those at the share of today, so that what has been lost already does not count again. Negative
    where the others' share falls.
    Units: shares of one; the share now below one. Shapes broadcast.

    >>> round(purchases_lost(share_now=0.2, share_then=0.4), 6)
    0.25

    Source: definition.
    """
    return 1.0 - (1.0 - share_then) / (1.0 - share_now)


def share_with_loss(share_now: Quantity, lost: Quantity) -> Quantity:
    """Others' share once a part of the expected sales is lost.

    Equation: s₁ = 1 − (1 − s₀)·(1 − λ)

    Units: shares of one. Shapes broadcast.

    >>> round(share_with_loss(share_now=0.2, lost=0.25), 6)
    0.4

    Source: purchases_lost solved for the later share.
    """
    return 1.0 - (1.0 - share_now) * (1.0 - lost)


def wanted_loss(plan: Substitution, years: Quantity) -> Quantity:
    """Part of the expected sales that customers want to do without after some years.

    Equation: λ(t) = 1 − ( 1 − b·λ_own(t) )·( 1 − λ_other(t) )

    b: part of sales to customers with chips of their own; λ_own and λ_other from the two shares on their way. Whether
    so many chips can be had is another matter.
    Units: share of one, years. Fields broadcast with the years.

    >>> plan = Substitution(0.5, 0.4, 0.7, 0.05, 0.05, 3.0)
    >>> round(wanted_loss(plan, 3.0), 4)
    0.125

    Source: share_after and purchases_lost.
    """
    own = share_after(plan.own_share_now, plan.own_share_ceiling, plan.half_time_years, years)
    other = share_after(plan.other_share_now, plan.other_share_ceiling, plan.half_time_years, years)
    kept_own = 1.0 - plan.buyers_share * purchases_lost(plan.own_share_now, own)
    return 1.0 - kept_own * (1.0 - purchases_lost(plan.other_share_now, other))


def possible_loss(rival_share_now: Quantity, packaging: Packaging) -> Quantity:
    """Part of the expected sales that rivals can take with the wafers they have, and not less than none.

    Equation: λ = max( 0, 1 − (1 − x) / (1 − x₀) )

    rival_share_now: x₀, of all computing power made; x that follows from the wafers. Both sides are taken to sell all
    that they can have packaged.
    Units: share of one. Fields broadcast.

    >>> print(round(float(possible_loss(0.2, Packaging(0.4, 15.0, 1.0, 10.0, 3.0))), 4))
    0.0625

    Source: rival_output_share and purchases_lost.
    """
    return np.maximum(0.0, purchases_lost(rival_share_now, rival_output_share(packaging)))


def loss(plan: Substitution, rival_share_now: Quantity, packaging: Packaging, years: Quantity) -> Quantity:
    """Part of the expected sales that is lost: what customers want, as far as it can be built.

    Equation: λ(t) = min( λ_wanted(t), λ_possible )

    packaging: with the wafers that rivals have in that year. Units: share of one, years. Shapes broadcast.

    >>> plan = Substitution(0.5, 0.4, 0.7, 0.05, 0.05, 3.0)
    >>> print(round(float(loss(plan, 0.2, Packaging(0.4, 15.0, 1.0, 10.0, 3.0), 3.0)), 4))
    0.0625

    Source: wanted_loss and possible_loss.
    """
    return np.minimum(wanted_loss(plan, years), possible_loss(rival_share_now, packaging))


def sales_lost(expected_usd: Quantity, weight: Quantity, lost: Quantity) -> Quantity:
    """Sales that do not come when one business of a firm loses a part of what was expected.

    Equation: L = S·b·λ

    weight: b of the sales that the business makes; lost: λ of those. Units: dollars. Shapes broadcast.

    >>> sales_lost(expected_usd=200e9, weight=0.5, lost=0.1)
    10000000000.0

    Source: definition.
    """
    return expected_usd * weight * lost


def growth_left(expected_usd: Quantity, base_usd: Quantity, weight: Quantity, lost: Quantity) -> Quantity:
    """Growth of a firm's sales that remains when one business of it loses a part of what was expected.

    Equation: g = (1 − b·λ)·S₁ / S₀ − 1

    weight: b of the sales that the business makes; lost: λ of those.
    Units: share of one, over the whole span. Shapes broadcast.

    >>> round(growth_left(expected_usd=200.0, base_usd=125.0, weight=0.5, lost=0.2), 4)
    0.44

    Source: definition.
    """
    return (1.0 - weight * lost) * expected_usd / base_usd - 1.0


def sales_added(sales_usd: Quantity, growth_per_year: Quantity, years: Quantity) -> Quantity:
    """What a young seller adds to its yearly sales in some years of steady growth.

    Equation: Δ = S·( (1 + g)^t − 1 )

    Units: dollars a year. Shapes broadcast.

    >>> sales_added(sales_usd=100.0, growth_per_year=1.0, years=2.0)
    300.0

    Source: compound growth.
    """
    return sales_usd * ((1.0 + growth_per_year) ** years - 1.0)


def growth_needed(added_usd: Quantity, sales_usd: Quantity, years: Quantity) -> Quantity:
    """Yearly growth at which a young seller adds a given amount to its yearly sales.

    Equation: g = (1 + Δ / S)^(1 / t) − 1

    Units: per year. Shapes broadcast.

    >>> growth_needed(added_usd=300.0, sales_usd=100.0, years=2.0)
    1.0

    Source: sales_added solved for the growth.
    """
    return (1.0 + added_usd / sales_usd) ** (1.0 / years) - 1.0
