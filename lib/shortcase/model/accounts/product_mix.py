"""What one gross margin for a whole company says about the margin of a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shortcase.model.quantity import Quantity


def segment_margin(company_margin: Quantity, segment_share: Quantity, other_margin: Quantity) -> Quantity:
    """Gross margin of a segment, from the company's margin and what the rest earns.

    Equation: m_s = (m − (1 − w)·m_o) / w

    company_margin: m; segment_share: w of the company's sales, above zero; other_margin: m_o of the rest.
    Units: shares of one. Shapes broadcast.

    >>> round(segment_margin(company_margin=0.75, segment_share=0.88, other_margin=0.4), 4)
    0.7977

    Source: the company's gross profit is the sum of its parts.
    """
    return (company_margin - (1.0 - segment_share) * other_margin) / segment_share


def other_margin_needed(company_margin: Quantity, segment_share: Quantity, segment_margin: Quantity) -> Quantity:
    """Gross margin that the rest of a company must earn for a segment to earn what is claimed.

    Equation: m_o = (m − w·m_s) / (1 − w)

    company_margin: m; segment_share: w, below one; segment_margin: m_s. Below zero the rest sells under cost.
    Units: shares of one. Shapes broadcast.

    >>> round(other_margin_needed(company_margin=0.75, segment_share=0.88, segment_margin=0.9), 4)
    -0.35

    Source: the mix identity solved for the rest.
    """
    return (company_margin - segment_share * segment_margin) / (1.0 - segment_share)


def share_allowed(company_margin: Quantity, segment_margin: Quantity, other_margin: Quantity) -> Quantity:
    """Largest part of sales that can carry a claimed margin, given what the rest earns.

    Equation: w = (m − m_o) / (m_s − m_o)

    company_margin: m; segment_margin: m_s of that part; other_margin: m_o of the rest, below m_s.
    Units: shares of one. Shapes broadcast.

    >>> round(share_allowed(company_margin=0.75, segment_margin=0.9, other_margin=0.5), 3)
    0.625

    Source: the mix identity solved for the weight.
    """
    return (company_margin - other_margin) / (segment_margin - other_margin)


def price_over_cost(gross_margin: Quantity) -> Quantity:
    """How many times its cost a product sells for.

    Equation: P / c = 1 / (1 − m)

    Units: a ratio; gross_margin below one. Shapes broadcast.

    >>> [round(price_over_cost(m), 2) for m in (0.75, 0.9, 0.2)]
    [4.0, 10.0, 1.25]

    Source: definition of the gross margin.
    """
    return 1.0 / (1.0 - gross_margin)


def drag(segment_margin: Quantity, other_margin: Quantity, segment_share: Quantity) -> Quantity:
    """By how much the rest of a company pulls its margin below that of a segment.

    Equation: m_s − m = (1 − w)·(m_s − m_o)

    segment_margin: m_s; other_margin: m_o of the rest; segment_share: w of sales. Below zero the rest lifts it.
    Units: share of one. Shapes broadcast.

    >>> round(drag(segment_margin=0.9, other_margin=0.4, segment_share=0.88), 4)
    0.06

    Source: the mix identity, less the company's margin.
    """
    return (1.0 - segment_share) * (segment_margin - other_margin)


def average_margin(margins: Sequence[Quantity]) -> Quantity:
    """Mean of a margin over the quarters of a cycle.

    Equation: m̄ = (1/n)·Σ mᵢ

    margins: of each quarter, shares of one; every quarter counts alike, whatever was sold in it.
    Units: share of one. Shapes broadcast.

    >>> round(average_margin((0.6, -0.3, 0.3)), 6)
    0.2

    Source: arithmetic mean.
    """
    total: Any = 0.0
    for margin in margins:
        total = total + margin
    return total / len(margins)
