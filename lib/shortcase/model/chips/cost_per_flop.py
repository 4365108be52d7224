"""Two chips compared per unit of what they cost: silicon, memory, watts, dollars."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def per_unit_ratio(amount: Quantity, other_amount: Quantity, unit: Quantity, other_unit: Quantity) -> Quantity:
    """How much of something one chip gives for each unit of something else, against another chip.

    Equation: ρ = (x₁ / y₁) / (x₂ / y₂)

    amount, other_amount: x of the first and the second chip; unit, other_unit: y of each.
    Units: a ratio; above one the first chip gives more. Shapes broadcast.

    >>> print(round(per_unit_ratio(amount=32.0, other_amount=1.0, unit=46_225.0, other_unit=814.0), 3))
    0.564

    Source: definition.
    """
    return (amount / unit) / (other_amount / other_unit)


def orders_of_magnitude(amount: Quantity, other_amount: Quantity) -> Quantity:
    """By how many powers of ten one amount exceeds another.

    Equation: m = ln(x₁ / x₂) / ln 10

    Units: powers of ten. Shapes broadcast.

    >>> print(round(orders_of_magnitude(4e12, 80e9), 2))
    1.7

    Source: definition.
    """
    return np.log(amount / other_amount) / np.log(10.0)


def good_chip_usd(wafer_usd: Quantity, dies: Quantity, working_share: Quantity) -> Quantity:
    """What the processed silicon of one working chip costs.

    Equation: c = W / (n·Y)

    wafer_usd: W, price of a processed wafer; dies: n on it; working_share: Y.
    Units: dollars. Shapes broadcast. Memory, packaging, test and margin are not in it.

    >>> print(round(good_chip_usd(wafer_usd=16_988.0, dies=63.0, working_share=0.74), 2))
    364.39

    Source: Murphy 1964, as for the yield.
    """
    return wafer_usd / (dies * working_share)


def usd_per_pflop(cost_usd: Quantity, flop_per_s: Quantity) -> Quantity:
    """Dollars for each petaFLOP/s.

    Equation: p = c / (F / 10¹⁵)

    cost_usd: c, of whatever is compared; flop_per_s: F, its peak rate.
    Units: dollars for 10¹⁵ operations a second. Shapes broadcast.

    >>> print(round(usd_per_pflop(cost_usd=27_500.0, flop_per_s=989.4e12)))
    27795

    Source: definition.
    """
    return cost_usd / (flop_per_s / 1e15)


def units_needed(amount: Quantity, per_unit: Quantity) -> Quantity:
    """How many whole units it takes to hold an amount.

    Equation: n = ⌈x / y⌉

    Units: a count. Shapes broadcast.

    >>> print(units_needed(amount=141.1e9, per_unit=44e9))
    4.0

    Source: definition.
    """
    return np.ceil(amount / per_unit)


def installed_usd_per_pflop(chip_usd: Quantity, server_usd: Quantity, flop_per_s: Quantity) -> Quantity:
    """Dollars for each petaFLOP/s of a chip with its share of a server.

    Equation: p = (c + s) / (F / 10¹⁵)

    chip_usd: c; server_usd: s, the chip's share of it; flop_per_s: F, the chip's peak rate.
    Units: dollars for 10¹⁵ operations a second. Shapes broadcast.

    >>> print(round(installed_usd_per_pflop(chip_usd=20_000.0, server_usd=5_000.0, flop_per_s=500e12)))
    50000

    Source: definition.
    """
    return usd_per_pflop(chip_usd + server_usd, flop_per_s)
