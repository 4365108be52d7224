"""How good a customer's own chip must be to pay: performance at which owning it costs as much as buying Nvidia's."""

from __future__ import annotations

from shortcase.model.quantity import Quantity
from shortcase.model.valuation.annuity import hourly_charge, present_value


def made_for(price_usd: Quantity, gross_margin: Quantity) -> Quantity:
    """What it costs to make a chip that sells at a price with a gross margin.

    Equation: c = P·(1 − m)

    price_usd: P; gross_margin: m, share of one. Units: dollars. Shapes broadcast.

    >>> print(round(made_for(price_usd=40_000.0, gross_margin=0.9)))
    4000

    Source: definition of gross margin.
    """
    return price_usd * (1.0 - gross_margin)


def margin_at(price_usd: Quantity, cost_usd: Quantity) -> Quantity:
    """Gross margin of a chip that costs one amount and sells for another.

    Equation: m = 1 − c / P

    Units: share of one. Shapes broadcast.

    >>> print(round(margin_at(price_usd=25_000.0, cost_usd=3_320.0), 3))
    0.867

    Source: definition of gross margin.
    """
    return 1.0 - cost_usd / price_usd


def running_cost_usd(
    *,
    server_usd: Quantity,
    watts: Quantity,
    overhead_of_power: Quantity,
    usd_per_kwh: Quantity,
    space_usd_per_kw_month: Quantity,
    rate: Quantity,
    years: Quantity,
) -> Quantity:
    """What comes on top of any accelerator, Nvidia's or one's own: server, power and space over its life.

    Equation: o = s + PV( 8.76·W·PUE·e + 12·W / 1,000·q )

    server_usd: s, the accelerator's share of it; watts: W, with its share of the server; overhead_of_power: PUE,
    power drawn by the site over power used by the machines; usd_per_kwh: e; space_usd_per_kw_month: q, rent of space
    and cooling without power; rate and years give the present value.
    Units: dollars, in present value. Shapes broadcast.

    >>> print(round(running_cost_usd(
    ...     server_usd=10_000.0, watts=1_275.0, overhead_of_power=1.25, usd_per_kwh=0.08,
    ...     space_usd_per_kw_month=120.0, rate=0.1, years=4.0)))
    19360

    Source: cost build-up; the present value is that of a level annuity.
    """
    power = 8.76 * watts * overhead_of_power * usd_per_kwh
    space = 12.0 * watts / 1000.0 * space_usd_per_kw_month
    return server_usd + present_value(power + space, rate, years)


def break_even_performance(
    price_usd: Quantity,
    cost_usd: Quantity,
    overhead_usd: Quantity,
    *,
    partner_margin: Quantity = 0.0,
    design_usd: Quantity = 0.0,
    volume: Quantity = 1.0,
) -> Quantity:
    """Performance, as a share of Nvidia's chip, at which a chip of one's own does the same work for the same money.

    Equation: r* = ( c / (1 − μ) + R / V + o ) / (P + o)

    price_usd: P paid for Nvidia's chip; cost_usd: c to make one's own; overhead_usd: o, server, power and space that
    either chip needs; partner_margin: μ, gross margin of the design partner; design_usd: R, spent once on the design;
    volume: V, chips over which it is spread.
    Units: share of one; below it one's own chip loses. Shapes broadcast.

    >>> print(round(break_even_performance(40_000.0, 4_000.0, 0.0), 2))
    0.1

    Source: indifference of total cost of ownership: both sides bought, housed and powered, compared for the same
    work.
    """
    own = cost_usd / (1.0 - partner_margin) + design_usd / volume + overhead_usd
    return own / (price_usd + overhead_usd)


def margin_for(
    performance: Quantity,
    *,
    price_usd: Quantity,
    overhead_usd: Quantity,
    partner_margin: Quantity,
    design_usd: Quantity,
    volume: Quantity,
) -> Quantity:
    """Gross margin that Nvidia must earn for a chip of a given relative performance to break even.

    Equation: m = 1 − (1 − μ)·( r·(P + o) − o − R / V ) / P

    performance: r, share of Nvidia's chip; the rest as for the break-even. One's own chip is taken to cost what
    Nvidia's costs to make.
    Units: share of one. Shapes broadcast.

    >>> print(round(margin_for(
    ...     0.1, price_usd=40_000.0, overhead_usd=0.0, partner_margin=0.0, design_usd=0.0, volume=1.0), 2))
    0.9

    Source: the break-even solved for the margin.
    """
    made = (1.0 - partner_margin) * (performance * (price_usd + overhead_usd) - overhead_usd - design_usd / volume)
    return 1.0 - made / price_usd


def overhead_for(
    performance: Quantity,
    *,
    price_usd: Quantity,
    cost_usd: Quantity,
    partner_margin: Quantity,
    design_usd: Quantity,
    volume: Quantity,
) -> Quantity:
    """What server, power and space may cost at most if a chip of a given relative performance is to pay.

    Equation: o = ( r·P − c / (1 − μ) − R / V ) / (1 − r)

    performance: r, below one; the rest as for the break-even.
    Units: dollars for each accelerator over its life; below zero the chip does not pay in any server. Shapes broadcast.

    >>> print(round(overhead_for(
    ...     0.5, price_usd=40_000.0, cost_usd=4_000.0, partner_margin=0.0, design_usd=500e6, volume=400_000.0)))
    29500

    Source: the break-even solved for the overhead.
    """
    own = cost_usd / (1.0 - partner_margin) + design_usd / volume
    return (performance * price_usd - own) / (1.0 - performance)


def volume_for(
    performance: Quantity,
    *,
    price_usd: Quantity,
    cost_usd: Quantity,
    overhead_usd: Quantity,
    partner_margin: Quantity,
    design_usd: Quantity,
) -> Quantity:
    """Chips over which the design must be spread for a chip of a given relative performance to pay.

    Equation: V = R / ( r·(P + o) − o − c / (1 − μ) )

    Symbols as for the break-even. Where the saving a chip is not above zero, no volume is enough and the result is
    below zero.
    Units: chips. Shapes broadcast.

    >>> print(round(volume_for(
    ...     0.5, price_usd=40_000.0, cost_usd=4_000.0, overhead_usd=20_000.0, partner_margin=0.0, design_usd=500e6)))
    83333

    Source: the break-even solved for the volume.
    """
    saved = performance * (price_usd + overhead_usd) - overhead_usd - cost_usd / (1.0 - partner_margin)
    return design_usd / saved


def aimed_at(break_even: Quantity, years: Quantity, leader_growth: Quantity, own_growth: Quantity) -> Quantity:
    """What a design must promise on the day it is begun, as a share of the chip it is measured against that day.

    Equation: r₀ = r*·( (1 + g) / (1 + h) )^d

    break_even: r* on the day it arrives; years: d from start to volume; leader_growth: g, yearly gain of Nvidia's
    line per chip and dollar; own_growth: h, yearly gain that the own line makes, or foresees, in the same time. At h
    = g the delay costs nothing; at h = 0 the target was frozen at the start.
    Units: share of one. Shapes broadcast.

    >>> print(round(aimed_at(0.5, years=3.0, leader_growth=0.4, own_growth=0.0), 3))
    1.372

    Source: compound growth, both sides per chip at a constant price.
    """
    return break_even * ((1.0 + leader_growth) / (1.0 + own_growth)) ** years


def owned_usd_per_hour(
    *,
    price_usd: Quantity,
    server_usd: Quantity,
    watts: Quantity,
    machines: Quantity = 1.0,
    overhead_of_power: Quantity,
    usd_per_kwh: Quantity,
    space_usd_per_kw_month: Quantity,
    rate: Quantity,
    years: Quantity,
) -> Quantity:
    """What owned machines cost for an hour of their life, everything counted, whether they work or wait.

    Equation: h = n·(P + o)·CRF(r, years) / 8,760, with o the running cost

    price_usd: P of one machine; machines: n; server_usd, watts and the rest give o, server, power and space of one.
    Units: dollars an hour. Shapes broadcast.

    >>> print(round(owned_usd_per_hour(
    ...     price_usd=30_000.0, server_usd=10_000.0, watts=1_275.0, machines=8.0, overhead_of_power=1.25,
    ...     usd_per_kwh=0.08, space_usd_per_kw_month=120.0, rate=0.1, years=4.0), 2))
    14.22

    Source: cost build-up, spread over the hours of its life as a level annuity.
    """
    around = running_cost_usd(
        server_usd=server_usd,
        watts=watts,
        overhead_of_power=overhead_of_power,
        usd_per_kwh=usd_per_kwh,
        space_usd_per_kw_month=space_usd_per_kw_month,
        rate=rate,
        years=years,
    )
    return hourly_charge(machines * (price_usd + around), rate, years)
