"""What the world can pay for accelerators: a ceiling on spending from what the build-out must earn."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def ceiling_usd(
    world_output_usd: Quantity,
    output_growth: Quantity,
    year: Quantity,
    *,
    ai_share: Quantity,
    chip_share: Quantity,
    customer_margin: Quantity,
) -> Quantity:
    """Spending on accelerators in a year that the revenue of artificial intelligence could bear.

    Equation: C(t) = a · Y · (1 + y)^t · (1 − m) · h

    world_output_usd: Y, gross world product in year zero; output_growth: y, nominal; ai_share: a, what buyers come to
    pay for artificial intelligence as a share of it; customer_margin: m, gross margin of those who sell it; chip_share:
    h, accelerators in the cost of a data centre. Units: dollars a year. Shapes broadcast.

    >>> round(ceiling_usd(110e12, 0.05, 0.0, ai_share=0.02, chip_share=0.5, customer_margin=0.5) / 1e9)
    550

    Source: Cahn's question (Sequoia Capital, 2023 and 2024) turned round: `build_out.lifetime_sales` solved for the
    chips.
    """
    return ai_share * world_output_usd * (1.0 + output_growth) ** year * (1.0 - customer_margin) * chip_share


def capped(wanted_usd: Quantity, most_usd: Quantity) -> Quantity:
    """Spending that is wanted, as far as it can be paid.

    Equation: M = min(wanted, ceiling)

    Where the ceiling binds, spending no longer answers to price or efficiency. Units: dollars a year. Shapes broadcast.

    >>> float(capped(900e9, 550e9)) / 1e9
    550.0

    Source: a budget constraint.
    """
    return np.minimum(wanted_usd, most_usd)
