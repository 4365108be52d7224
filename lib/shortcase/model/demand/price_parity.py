"""What a buyer may pay for the better of two machines, everything around them counted."""

from __future__ import annotations

from shortcase.model.quantity import Quantity


def all_in_usd(price_usd: Quantity, overhead_usd: Quantity) -> Quantity:
    """What a chip costs over its life, with server, network, power and space.

    Equation: K = P + o

    price_usd: P; overhead_usd: o, in present value.
    Units: dollars. Shapes broadcast.

    >>> all_in_usd(price_usd=27_500.0, overhead_usd=22_500.0)
    50000.0

    Source: total cost of ownership.
    """
    return price_usd + overhead_usd


def parity_price_usd(rival_all_in_usd: Quantity, own_overhead_usd: Quantity, rival_speed: Quantity) -> Quantity:
    """Price at which a chip does the same work for the same money as a slower rival.

    Equation: P* = (P_r + o_r) / r − o

    rival_all_in_usd: P_r + o_r; own_overhead_usd: o; rival_speed: r, the rival's speed on the buyer's own work as a
    share of one's own.
    Units: dollars. Shapes broadcast.

    >>> parity_price_usd(rival_all_in_usd=36_000.0, own_overhead_usd=20_000.0, rival_speed=0.75)
    28000.0

    Source: indifference of total cost of ownership for the same work.
    """
    return rival_all_in_usd / rival_speed - own_overhead_usd
