"""What a chapter found about a claim: its verdict, and the value of a parameter at which that flips."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from shortcase.case.claims import Claim, Verdict
from shortcase.case.parameters import Parameter
from shortcase.errors import BadRecord

HALVINGS = 60


@dataclass(frozen=True)
class Finding:
    """What a chapter found about a claim."""

    claim: Claim
    computed: float | bool
    verdict: Verdict
    turns_on: str | None = None
    threshold: float | None = None


def check(
    claim: Claim,
    computed: float | bool,
    *,
    turns_on: Parameter | None = None,
    recompute: Callable[[float], float | bool] | None = None,
) -> Finding:
    """Judge a claim, and where it turns on one parameter say at which value the verdict flips.

    With `turns_on` and `recompute`, the claim is also judged at both ends of the parameter's stated range; if it
    passes at one end and fails at the other (or at the current value), the verdict is `depends` and bisection finds
    the threshold.

    Errors: BadRecord where the parameter states no range.
    """
    now = claim.judge(computed)
    if turns_on is None or recompute is None:
        return Finding(claim, computed, now)
    if turns_on.low is None or turns_on.high is None:
        raise BadRecord(f"{claim.id} turns on {turns_on.name}, which states no range", mend="give it low and high")

    def passes(x: float) -> bool:
        return claim.judge(recompute(x)) in (Verdict.HOLDS, Verdict.ROUNDING)

    points = sorted({turns_on.low, turns_on.high, float(turns_on.value)})
    for left, right in pairwise(points):
        if passes(left) != passes(right):
            threshold = _flip(passes, left, right)
            return Finding(claim, computed, Verdict.DEPENDS, turns_on.name, threshold)
    return Finding(claim, computed, now)


def _flip(passes: Callable[[float], bool], left: float, right: float) -> float:
    """Where it stops passing, or begins to, after as many halvings as a figure has digits for.

    >>> round(_flip(lambda x: x * x < 2.0, 0.0, 2.0), 12)
    1.414213562373
    """
    at_first, step = passes(left), (right - left) * 2.0**-HALVINGS
    halved = bisect_left(range(2**HALVINGS), x=True, key=lambda place: passes(left + place * step) != at_first)
    return left + halved * step
