"""Whether the ledger is complete: what hangs on each claim, how it is decided, and how a forecast will be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from shortcase.case.claims import SECTIONS, Claim, Rule
from shortcase.case.expected_verdicts import WRITE
from shortcase.errors import BadFile, nearest
from shortcase.places import place
from shortcase.scalars import shown

DECIDABLE = ("arithmetic", "fact", "estimate")
"""Kinds of claim of which the ledger must say how they are decided, or why they are not."""


def problems(ledger: Mapping[str, Claim], judged: Set[str], path: Path, chapters: Set[str]) -> Iterator[BadFile]:
    """What the rows leave unsaid; `judged` holds the ids of the claims that one of the chapters checks."""
    for claim in ledger.values():
        where = place(path, claim.line)
        for what, mend in (*_misplaced(claim, chapters), *_unsaid(claim, judged)):
            yield BadFile(f"The claim {claim.id} {what}", where=where, mend=mend)


def unexpected(expected: Mapping[str, str], judged: Set[str], path: Path) -> Iterator[BadFile]:
    """Claims that a chapter judges and no verdict is expected of, and the reverse."""
    for name in sorted(judged - expected.keys()):
        what = f"The claim {name} is judged, and no verdict is expected of it"
        yield BadFile(what, where=place(path), mend=f"build the book and run {WRITE}")
    for name in sorted(expected.keys() - judged):
        what = f"A verdict is expected of {name}, which no chapter judges"
        yield BadFile(what, where=place(path), mend=f"build the book and run {WRITE}")


def _misplaced(claim: Claim, chapters: Set[str]) -> Iterator[tuple[str, str]]:
    if claim.section not in SECTIONS:
        yield f"stands in no section of the essay ({shown(claim.section)})", nearest(claim.section, SECTIONS)
    if claim.chapter not in chapters:
        yield f"belongs to no chapter ({shown(claim.chapter)})", nearest(claim.chapter, chapters)
    if not claim.paraphrase.strip():
        yield "says nothing", "write in our words what the essay states"


def _unsaid(claim: Claim, judged: Set[str]) -> Iterator[tuple[str, str]]:
    if not claim.weight:
        yield "does not say what hangs on it", "give it the weight main, support or aside"
    if claim.kind == "forecast" and not claim.resolution:
        yield "is a forecast and does not say how it will be resolved", "write a dated, measurable resolution"
    if claim.kind in DECIDABLE and not (claim.test or claim.why_not or claim.lead):
        yield f"is of kind {claim.kind} and says nothing of how it is decided", "fill test, why_not or lead"
    if claim.test and claim.rule is Rule.NONE:
        yield "is tested by no rule", f"give it one of {', '.join(filter(None, Rule))}"
    if claim.test and claim.id not in judged:
        yield "says how it is tested, and no chapter tests it", f'call claim("{claim.id}", …), or fill why_not or lead'
    if claim.id in judged and not claim.test:
        yield "is tested by a chapter, and does not say how", "fill test, and empty why_not and lead"
