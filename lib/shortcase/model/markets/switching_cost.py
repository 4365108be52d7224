"""What it costs to leave a platform, and from which bill on it pays."""

from __future__ import annotations

from dataclasses import dataclass

from shortcase.model.quantity import Quantity
from shortcase.model.valuation.annuity import capital_recovery_factor, present_value

WEEKS_PER_YEAR = 52.0


@dataclass(frozen=True)
class Move:
    """A buyer's move of part of his work to another maker's chips.

    porting_usd: K, spent once; upkeep_share: u, of that each year to keep both versions going; moved_share: q, part of
    the bill that moves; rate, years: at which and over which the saving is discounted.
    """

    porting_usd: Quantity
    upkeep_share: Quantity
    moved_share: Quantity
    rate: Quantity
    years: Quantity


def porting_usd(kernels: Quantity, weeks_per_kernel: Quantity, engineer_usd_per_year: Quantity) -> Quantity:
    """Cost of carrying hand-written code over to another chip.

    Equation: K = n·w/52·c

    kernels: n pieces of hand-written code; weeks_per_kernel: w of an engineer's work for each, tests included;
    engineer_usd_per_year: c.
    Units: dollars. Shapes broadcast.

    >>> round(porting_usd(kernels=500.0, weeks_per_kernel=4.0, engineer_usd_per_year=650e3))
    25000000

    Source: work times pay; the field counts ports in person-months.
    """
    return kernels * weeks_per_kernel / WEEKS_PER_YEAR * engineer_usd_per_year


def price_fall(gross_margin: Quantity, rival_margin: Quantity) -> Quantity:
    """Part of the price that goes if a thing that costs the same to make is sold at a rival's margin.

    Equation: s = 1 − (1 − m) / (1 − m_r)

    gross_margin: m of the dearer seller; rival_margin: m_r. Units: share of one. Shapes broadcast.

    >>> price_fall(gross_margin=0.75, rival_margin=0.5)
    0.5

    Source: definition of gross margin; only the difference of the two margins can be saved.
    """
    return 1.0 - (1.0 - gross_margin) / (1.0 - rival_margin)


def yearly_cost_usd(move: Move) -> Quantity:
    """Yearly charge of having left: the port paid off with interest, and its upkeep.

    Equation: C = K·(CRF(r, n) + u)

    Units: dollars a year. Fields broadcast.

    >>> print(round(yearly_cost_usd(Move(25e6, 0.3, 0.5, 0.1, 4.0)) / 1e6, 2))
    15.39

    Source: the capital recovery factor.
    """
    return move.porting_usd * (capital_recovery_factor(move.rate, move.years) + move.upkeep_share)


def net_present_value_usd(move: Move, bill_usd_per_year: Quantity, saving: Quantity) -> Quantity:
    """Present value of moving.

    Equation: V = PV(q·s·B − u·K) − K

    bill_usd_per_year: B, what the buyer pays a year for chips and all around them; saving: s, part of the bill saved
    for the same work.
    Units: dollars. Shapes broadcast.

    >>> print(round(net_present_value_usd(Move(25e6, 0.3, 0.5, 0.1, 4.0), 300e6, 0.1) / 1e6, 2))
    -1.23

    Source: net present value; Farrell and Klemperer 2007, Handbook of Industrial Organization 3, on switching costs.
    """
    yearly = move.moved_share * saving * bill_usd_per_year - move.upkeep_share * move.porting_usd
    return present_value(yearly, move.rate, move.years) - move.porting_usd


def break_even_bill_usd(move: Move, saving: Quantity) -> Quantity:
    """Yearly bill from which moving pays.

    Equation: B* = K·(CRF(r, n) + u) / (q·s)

    saving: s, above zero; where it is below, no bill is large enough and the result is below zero.
    Units: dollars a year. Shapes broadcast.

    >>> round(break_even_bill_usd(Move(25e6, 0.3, 0.5, 0.1, 4.0), 0.1) / 1e6)
    308

    Source: the net present value set to zero.
    """
    return yearly_cost_usd(move) / (move.moved_share * saving)


def saving_for(move: Move, bill_usd_per_year: Quantity) -> Quantity:
    """Saving from which moving pays at a given bill.

    Equation: s* = K·(CRF(r, n) + u) / (q·B)

    Units: share of one. Shapes broadcast.

    >>> print(round(saving_for(Move(25e6, 0.3, 0.5, 0.1, 4.0), 308e6), 2))
    0.1

    Source: the break-even bill turned round.
    """
    return yearly_cost_usd(move) / (move.moved_share * bill_usd_per_year)


def saving_on_work(cost_ratio: Quantity, speed: Quantity) -> Quantity:
    """Part of a bill saved for the same work on a chip that costs less and is slower.

    Equation: s = 1 − κ / v

    cost_ratio: κ, what the rival's chip costs with all around it, over Nvidia's; speed: v, its speed on the buyer's
    work as a share of Nvidia's.
    Units: share of one; below zero the rival is the dearer. Shapes broadcast.

    >>> print(round(saving_on_work(cost_ratio=0.6, speed=0.75), 6))
    0.2

    Source: total cost of ownership for the same work.
    """
    return 1.0 - cost_ratio / speed


def sharers_from_which_a_layer_pays(targets: Quantity, back_end_usd: Quantity, port_usd: Quantity) -> Quantity:
    """Number of users from which one layer with a back end for each chip is cheaper than porting from chip to chip.

    Equation: N = M·b / ((M − 1)·K)

    Each of N users would port his code to the M − 1 chips it was not written for, at K each: (M − 1)·N·K. Written
    against the layer it needs no port, and the layer needs M back ends at b: M·b.
    targets: M, two or more; back_end_usd: b; port_usd: K.
    Units: a count. Shapes broadcast.

    >>> sharers_from_which_a_layer_pays(targets=3.0, back_end_usd=65e6, port_usd=25e6)
    3.9

    Source: N × M against N + M, the argument for an intermediate language; Strong et al. 1958, The problem of
    programming communication with changing machines, Communications of the ACM 1(8).
    """
    return targets * back_end_usd / ((targets - 1.0) * port_usd)
