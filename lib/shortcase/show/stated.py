"""What the essay states of a claim, as a reader sees it."""

from __future__ import annotations

import re

from shortcase.case.claims import Claim
from shortcase.show.units import fmt


def stated_text(claim: Claim) -> str:
    """What the essay states, as a reader sees it: one figure, a range, or several."""
    if not claim.stated:
        return ""
    if not claim.values:
        return fmt(claim.stated, claim.unit)
    texts = [fmt(value, claim.unit) for value in claim.values]
    return span(texts[0], texts[-1]) if ".." in claim.stated else " and ".join(texts)


def span(low: str, high: str) -> str:
    """A range, its unit said once.

    >>> span("85%", "90%"), span("$1 billion", "$2 billion"), span("800 million", "1 billion")
    ('85–90%', '$1–2 billion', '800 million–1 billion')
    """
    parts = r"(\D*)([\d.,]+)(.*)"
    first, last = re.fullmatch(parts, low), re.fullmatch(parts, high)
    if first and last and (first[1], first[3]) == (last[1], last[3]):
        return f"{first[1]}{first[2]}–{last[2]}{last[3]}"
    return f"{low}–{high}"
