"""A gross margin with one charge set apart: how much of a fall it explains, and how much is left."""

from __future__ import annotations

from shortcase.model.quantity import Quantity


def gross_margin(revenue_usd: Quantity, gross_profit_usd: Quantity, charge_usd: Quantity) -> Quantity:
    """Gross margin without a charge that was booked among the costs of sales.

    Equation: m = (gross profit + charge) / revenue

    charge_usd: at zero, the margin as reported. Units: dollars in, a share out. Shapes broadcast.

    >>> round(gross_margin(200.0, 140.0, 10.0), 3)
    0.75

    Source: definition.
    """
    return (gross_profit_usd + charge_usd) / revenue_usd
