"""What the world can pay for accelerators: a ceiling on spending from what the build-out must earn."""

from __future__ import annotations

import numpy as np

from shortcase.model.demand import build_out
from shortcase.model.quantity import Quantity
from shortcase.model.valuation import annuity


def ceiling_usd(
    world_output_usd: Quantity,
    output_growth: Quantity,
    year: Quantity,
    *,
    ai_share: Quantity,
    chip_share: Quantity,
    customer_margin: Quantity,
    rate: Quantity,
    life_years: Quantity,
) -> Quantity:
    """Spending on accelerators in a year that the revenue of artificial intelligence could bear, interest paid.

    Equation: C(t) = h · a·Y·(1 + y)^t · (1 − m) / (CRF(r, n) · Σ), with Σ = (1 − qⁿ)/(1 − q) and q = 1/(1 + y)

    world_output_usd: Y, gross world product in year zero; output_growth: y, nominal, with which the purchases that
    still serve have grown; ai_share: a, what buyers come to pay for artificial intelligence as a share of it;
    customer_margin: m, gross margin of those who sell it; chip_share: h, accelerators in the cost of a data centre;
    rate: r and life_years: n, over which a machine is repaid in even parts. Units: dollars a year. Shapes broadcast.

    >>> round(ceiling_usd(110e12, 0.0, 0.0, ai_share=0.02, chip_share=0.5, customer_margin=0.5, rate=0.0,
    ...     life_years=4.0) / 1e9)
    550

    Source: `build_out.purchases_carried`, of which the chips are a part; Cahn's question (Sequoia Capital, 2023 and
    2024) turned round, with interest.
    """
    carried = build_out.purchases_carried(
        ai_share * world_output_usd * (1.0 + output_growth) ** year,
        customer_margin=customer_margin,
        charge=annuity.capital_recovery_factor(rate, life_years),
        growth_per_year=output_growth,
        years=life_years,
        decline=0.0,
    )
    return carried * chip_share


def capped(wanted_usd: Quantity, most_usd: Quantity) -> Quantity:
    """Spending that is wanted, as far as it can be paid.

    Equation: M = min(wanted, ceiling)

    Where the ceiling binds, spending no longer answers to price or efficiency. Units: dollars a year. Shapes broadcast.

    >>> float(capped(900e9, 550e9)) / 1e9
    550.0

    Source: a budget constraint.
    """
    return np.minimum(wanted_usd, most_usd)
