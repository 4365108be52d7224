"""The ledger of what the essay claims, and the rules by which a computed value gives a verdict.

`book/claims.csv` holds one row a claim: in our words, with what hangs on it (`weight`), the stated value, its unit, the
rule and tolerance that decide it, how it is tested (`test`), why it cannot be (`why_not`) or what there is but a lead
(`lead`), how a forecast will be resolved (`resolution`), a published `note`, and a `plan` for authors that is never
published.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from shortcase import csv_lines, scalars
from shortcase.errors import ADD, BadFile, BadRecord, BadRequest, nearest
from shortcase.places import book, place
from shortcase.scalars import shown

COLUMNS = (
    "id", "section", "chapter", "kind", "weight", "paraphrase", "stated", "unit", "rule", "tolerance",
    "test", "why_not", "lead", "resolution", "note", "plan",
)  # fmt: skip
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KINDS = ("arithmetic", "fact", "estimate", "forecast", "judgement")
SECTIONS = (
    "Introduction", "The Bull Case", "The Major Threats", "The Hardware Level Threat", "The Software Threat(s)",
    "The Theoretical Threat", "But Why Should Nvidia Get to Capture All The Upside?", "The New Paradigm",
    "A Model That Can Really Think", "The Fallout", "Wrapping it All Up",
)  # fmt: skip
"""The sections of the essay, as it heads them."""
WEIGHTS = ("main", "support", "aside")
"""What hangs on a claim: a main conclusion, a step that supports one, or nothing."""
ESSAY_PUBLISHED = dt.date(2025, 1, 25)
"""The day to which the essay's own words refer, whatever the as-of date of a build."""
SAME = 1e-3
"""Relative difference below which a computed value is the stated one."""


class Verdict(StrEnum):
    """What the ledger says of a claim."""

    HOLDS = "holds"
    ROUNDING = "holds within rounding"
    FAILS = "fails"
    DEPENDS = "depends"
    UNVERIFIED = "unverified"
    NOT_TESTABLE = "not testable"
    OPEN = "not yet tested"


class Rule(StrEnum):
    """How a computed value is held against the stated one."""

    EQUALS = "equals"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    TRUE = "true"
    NONE = ""


RULE_WORDS = {
    Rule.EQUALS: "must equal the stated value, or round to it",
    Rule.AT_LEAST: "must be at least the stated value",
    Rule.AT_MOST: "must be at most the stated value",
    Rule.BETWEEN: "must lie between the stated values",
    Rule.TRUE: "the condition that the chapter computes must be met",
    Rule.NONE: "no rule",
}


@dataclass(frozen=True)
class Claim:
    """One statement of the essay."""

    id: str
    section: str
    chapter: str
    kind: str
    weight: str
    paraphrase: str
    stated: str
    unit: str
    rule: Rule
    tolerance: float
    test: str
    why_not: str
    lead: str
    resolution: str
    note: str
    line: int

    @property
    def values(self) -> tuple[float, ...]:
        """The stated figures: one, the two ends of a range, or several; none for words and dates."""
        if not self.stated or self.unit in ("text", "date"):
            return ()
        return tuple(scalars.number(part) for part in self.stated.replace("..", ";").split(";"))

    @property
    def rule_text(self) -> str:
        """The rule in words, with its tolerance."""
        extra = f", within {self.tolerance * 100:g}%" if self.tolerance else ""
        return RULE_WORDS[self.rule] + extra

    def judge(self, computed: float | bool) -> Verdict:
        """The verdict that the rule gives on a computed value.

        `equals` holds at the stated value, and within rounding where the computed value, written with as many
        significant digits as the essay used, is the stated one, or is within the ledger's tolerance of it. A bound or
        range holds, or holds within the tolerance.

        Errors: BadRecord where the rule and the value do not fit, or the value is not finite.

        >>> find("hw-area-ratio").judge(46225 / 814).value
        'holds within rounding'
        """
        if self.rule is Rule.TRUE:
            if not isinstance(computed, bool):
                raise BadRecord(f"The claim {self.id} is decided by a condition, not by {computed!r}")
            return Verdict.HOLDS if computed else Verdict.FAILS
        if self.rule is Rule.NONE:
            raise BadRecord(f"The claim {self.id} has no rule", mend="give it one in book/claims.csv")
        if isinstance(computed, bool):
            raise BadRecord(f"The claim {self.id} is decided by a figure, not by {computed}", mend="use the rule true")
        x = float(computed)
        if not math.isfinite(x):
            raise BadRecord(f"The claim {self.id} was checked with {x}")
        if self.rule is Rule.EQUALS:
            return self._equals(x)
        low = self.values[0] if self.rule in (Rule.AT_LEAST, Rule.BETWEEN) else -math.inf
        high = self.values[-1] if self.rule in (Rule.AT_MOST, Rule.BETWEEN) else math.inf
        if low <= x <= high:
            return Verdict.HOLDS
        slack = self.tolerance * max(abs(v) for v in self.values)
        return Verdict.ROUNDING if low - slack <= x <= high + slack else Verdict.FAILS

    def _equals(self, x: float) -> Verdict:
        stated = self.values[0]
        if math.isclose(x, stated, rel_tol=SAME, abs_tol=1e-12):
            return Verdict.HOLDS
        digits = significant_digits(self.stated)
        rounds = float(f"{x:.{digits}g}") == float(f"{stated:.{digits}g}")
        near = abs(x - stated) <= self.tolerance * abs(stated)
        return Verdict.ROUNDING if rounds or near else Verdict.FAILS


def significant_digits(text: str) -> int:
    """How many significant digits a figure was written with; trailing zeros of a whole number do not count.

    >>> [significant_digits(t) for t in ("57", "6818", "900000", "0.56", "2.640", "3.5e12")]
    [2, 4, 1, 2, 4, 2]
    """
    mantissa = text.lower().split("e")[0].lstrip("-+")
    if "." not in mantissa:
        return max(1, len(mantissa.lstrip("0").rstrip("0")))
    return max(1, len(mantissa.replace(".", "").lstrip("0")))


@cache
def ledger(path: Path | None = None) -> Mapping[str, Claim]:
    """All claims by id, in the order of the file.

    Errors: BadFile with file and line for a wrong header, an id that stands twice, an unknown kind, rule or tolerance,
    a stated value that cannot be read or that the rule cannot use, or a claim with both a test and a reason why it has
    none.
    """
    path = path or book() / "claims.csv"
    found: dict[str, Claim] = {}
    for line, raw in csv_lines.read(path, COLUMNS):
        where = place(path, line)
        claim = _claim(raw, line, where)
        if claim.id in found:
            raise BadFile(f"The claim {claim.id} stands twice", where=where, mend="give one another id")
        found[claim.id] = claim
    return found


def _claim(raw: dict[str, str], line: int, where: str) -> Claim:
    if not ID.fullmatch(raw["id"]):
        raise BadFile(f"{shown(raw['id'])} cannot be a claim's id", where=where, mend="use small letters, digits and -")
    if raw["kind"] not in KINDS:
        raise BadFile(f"There is no kind {shown(raw['kind'])}", where=where, mend=nearest(raw["kind"], KINDS))
    if raw["rule"] not in list(Rule):
        raise BadFile(
            f"There is no rule {shown(raw['rule'])}", where=where, mend=nearest(raw["rule"], filter(None, Rule))
        )
    rule, tolerance = Rule(raw["rule"]), _tolerance(raw["tolerance"], where)
    if raw["weight"] and raw["weight"] not in WEIGHTS:
        raise BadFile(f"There is no weight {shown(raw['weight'])}", where=where, mend=nearest(raw["weight"], WEIGHTS))
    if sum(map(bool, (raw["test"], raw["why_not"], raw["lead"]))) > 1:
        mend = "keep one of test, why_not and lead"
        raise BadFile(f"{raw['id']} says both how it is tested and why it is not", where=where, mend=mend)
    if raw["resolution"] and raw["kind"] != "forecast":
        mend = "empty the resolution, or make its kind forecast"
        raise BadFile(f"{raw['id']} is no forecast, and says how it will be resolved", where=where, mend=mend)
    claim = Claim(
        **{key: raw[key] for key in COLUMNS if key not in ("rule", "tolerance", "plan")},
        rule=rule, tolerance=tolerance, line=line,
    )  # fmt: skip
    _stated(claim, where)
    return claim


def _tolerance(written: str, where: str) -> float:
    try:
        found = scalars.number(written or "0")
    except (ValueError, OverflowError):
        found = math.nan
    if not 0 <= found < 1:
        mend = "write a share of the stated value, such as 0.05, or nothing"
        raise BadFile(f"The tolerance {shown(written)} is no share", where=where, mend=mend)
    return found


def _stated(claim: Claim, where: str) -> None:
    """Refuse stated figures that cannot be read, or that the claim's rule cannot use."""
    try:
        values = claim.values
        if claim.unit == "date":
            scalars.day(claim.stated)
    except (ValueError, OverflowError):
        values = (math.nan,)
    mend = "write 3, 85..90 for a range, or 3;5 for two"
    if not all(map(math.isfinite, values)):
        raise BadFile(f"The stated value {shown(claim.stated)} cannot be read", where=where, mend=mend)
    if claim.rule is Rule.EQUALS and len(values) != 1:
        raise BadFile(f"The rule {claim.rule} needs one stated value", where=where, mend=mend)
    if claim.rule in (Rule.AT_LEAST, Rule.AT_MOST) and not values:
        raise BadFile(f"The rule {claim.rule} needs a stated value", where=where, mend=mend)
    if claim.rule is Rule.BETWEEN and (len(values) != 2 or values[0] >= values[1]):
        raise BadFile(f"The rule {claim.rule} needs two stated values, the lower one first", where=where, mend=mend)


def find(claim_id: str) -> Claim:
    """One claim by id.

    Errors: BadRequest for an unknown id, with the nearest right one.
    """
    known = ledger()
    if claim_id not in known:
        raise BadRequest(f"There is no claim {claim_id!r}", mend=nearest(claim_id, known, new=ADD["claim"]))
    return known[claim_id]


def untested(claim: Claim) -> Verdict:
    """The verdict on a claim that no chapter checks.

    Not testable where the ledger says why, unverified where all the evidence is a lead, otherwise open.
    """
    if claim.lead:
        return Verdict.UNVERIFIED
    return Verdict.NOT_TESTABLE if claim.why_not else Verdict.OPEN
