"""The book's own forecasts: what it gives odds on, since when, and how they came out.

`book/forecasts.csv` holds one row an opinion: a forecast of the essay's ledger or a question of the book's own, the
rule that decides it, the last day on which the rule may be met, the probability, the day on which it was given and the
day up to which the tables then reached. A row is sealed: `seal` is a digest of all that, the ledger's rule included, so
that nobody changes the odds or the rule afterwards without the check saying so. Who thinks otherwise later adds a row.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shortcase.case.claims import Claim, ledger
from shortcase.errors import BadFile, nearest
from shortcase.places import book, place, text

COLUMNS = (
    "id", "question", "rule", "due", "probability", "made_on", "known_until", "reason",
    "outcome", "resolved_on", "evidence", "seal",
)  # fmt: skip
OUTCOMES = ("", "yes", "no", "void")
"""Open, came true, did not, or cannot be decided."""
SEAL = 12
"""Digits of the digest that a row carries."""


@dataclass(frozen=True)
class Forecast:
    """One opinion, as of one day; with no question of its own, on a forecast of the essay's ledger."""

    id: str
    question: str
    rule: str
    due: dt.date
    probability: float
    made_on: dt.date
    known_until: dt.date
    reason: str
    outcome: str
    resolved_on: dt.date | None
    evidence: str
    seal: str
    of_the_essay: bool
    line: int

    @property
    def happened(self) -> float:
        """One where it came true, zero where it did not, not a number while nobody can tell."""
        return {"yes": 1.0, "no": 0.0}.get(self.outcome, math.nan)

    @property
    def expected_seal(self) -> str:
        """The digest of what may not change once it is said."""
        asked = "" if self.of_the_essay else self.question  # the ledger may find better words, and not another rule
        told = (self.id, asked, self.rule, self.due, f"{self.probability:g}", self.made_on, self.known_until)
        return hashlib.sha256("\n".join(map(str, told)).encode()).hexdigest()[:SEAL]


def path() -> Path:
    """Where the register is."""
    return book() / "forecasts.csv"


@cache
def register() -> tuple[Forecast, ...]:
    """Every row, in the order of the file.

    Errors: BadFile, with file and line, for a header, day or probability that is none, or an id that the ledger lacks.
    """
    file = path()
    reader = csv.DictReader(io.StringIO(text(file)))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise BadFile("The columns are others", where=place(file, 1), mend=f"the header is {','.join(COLUMNS)}")
    return tuple(_forecast(raw, place(file, reader.line_num), reader.line_num) for raw in reader)


def newest() -> Mapping[str, Forecast]:
    """The last opinion on each question, by its id."""
    return {one.id: one for one in sorted(register(), key=lambda one: one.made_on)}


def decided(forecasts: Mapping[str, Forecast] | None = None) -> list[Forecast]:
    """Those that came true or did not."""
    return [one for one in (newest() if forecasts is None else forecasts).values() if one.outcome in ("yes", "no")]


def problems(looks_until: dt.date, resolutions: Mapping[str, tuple[dt.date, str]]) -> Iterator[BadFile]:
    """Everything wrong with the register.

    looks_until: the last day to which a page of the book looks; what was due by then must be decided. resolutions: of
    each forecast of the essay, the last day of its rule and whether it is yes, no, void or open.
    """
    rows = register()
    seen: set[tuple[str, dt.date]] = set()
    for one in rows:
        where = place(path(), one.line)
        if (one.id, one.made_on) in seen:
            yield BadFile(f"{one.id} stands twice for {one.made_on}", where=where, mend="keep the one that was first")
        seen.add((one.id, one.made_on))
        yield from (BadFile(what, where=where, mend=mend) for what, mend in _wrong(one, looks_until, resolutions))
    told = {one.id for one in rows}
    for name, (due, outcome) in resolutions.items():
        if outcome == "open" and name in ledger() and name not in told:
            what = f"The essay's forecast {name} is open until {due}, and the book gives no odds on it"
            yield BadFile(what, where=place(path()), mend="add a row with its probability and the day")


def _wrong(
    one: Forecast, looks_until: dt.date, resolutions: Mapping[str, tuple[dt.date, str]]
) -> Iterator[tuple[str, str]]:
    if one.seal != one.expected_seal:
        what = f"What {one.id} said on {one.made_on} has been changed, or its rule in the ledger has"
        yield (
            what,
            f"put it back and add a row of today for a new opinion; a new row carries the seal {one.expected_seal}",
        )
    if not one.known_until <= one.made_on < one.due:
        yield f"{one.id} is not made before its day, or knows what came later", "known_until ≤ made_on < due"
    if one.due <= looks_until and not one.outcome:
        yield f"{one.id} was due on {one.due}, and a page looks up to {looks_until}", "decide it by its rule"
    settled = one.outcome in ("yes", "no")
    if settled != (one.resolved_on is not None) or (one.outcome and not one.evidence):
        yield f"{one.id} is decided without its day or its evidence, or has a day and is open", "fill in both"
    if one.resolved_on is not None and not one.made_on < one.resolved_on <= one.due:
        yield f"{one.id} is resolved on {one.resolved_on}, not between its making and its due day", "check the days"
    if one.of_the_essay and one.id in resolutions:
        due, outcome = resolutions[one.id]
        if due != one.due:
            yield f"{one.id} is due on {one.due} here and on {due} in forecast_resolutions", "keep one day"
        if one.outcome != ("" if outcome == "open" else outcome):
            mend = "resolve it in both, by the rule of the ledger"
            yield f"{one.id} is {one.outcome or 'open'} here and {outcome} in forecast_resolutions", mend


def _forecast(raw: Mapping[str, str], where: str, line: int) -> Forecast:
    if None in raw or None in raw.values():
        raise BadFile("The row has more or fewer cells than the header", where=where, mend="quote cells with commas")
    claim = None if raw["question"] else _claim(raw["id"], where)
    if not raw["reason"]:
        raise BadFile(f"{raw['id']} gives no reason", where=where, mend="say in a sentence why these odds")
    if raw["outcome"] not in OUTCOMES:
        raise BadFile(f"The outcome {raw['outcome']!r} is none", where=where, mend="yes, no, void, or empty while open")
    rule = claim.resolution if claim else raw["rule"]
    if not rule or (claim and raw["rule"]):
        raise BadFile(
            f"{raw['id']} has no rule, or a second one", where=where, mend="the ledger's rule stands there alone"
        )
    return Forecast(
        id=raw["id"], question=claim.paraphrase if claim else raw["question"], rule=rule,
        due=_day(raw["due"], "due", where), probability=_probability(raw["probability"], where),
        made_on=_day(raw["made_on"], "made_on", where), known_until=_day(raw["known_until"], "known_until", where),
        reason=raw["reason"], outcome=raw["outcome"],
        resolved_on=_day(raw["resolved_on"], "resolved_on", where) if raw["resolved_on"] else None,
        evidence=raw["evidence"], seal=raw["seal"], of_the_essay=claim is not None, line=line,
    )  # fmt: skip


def _claim(name: str, where: str) -> Claim:
    known = {claim.id: claim for claim in ledger().values() if claim.kind == "forecast"}
    if name not in known:
        what = f"{name} asks nothing, and is no forecast of the ledger"
        raise BadFile(what, where=where, mend=f"write its question, or {nearest(name, known)}")
    return known[name]


def _day(cell: str, column: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(cell)
    except ValueError:
        raise BadFile(f"{column} is {cell!r}, not a date", where=where, mend="write YYYY-MM-DD") from None


def _probability(cell: str, where: str) -> float:
    try:
        found = float(cell)
    except ValueError:
        found = math.nan
    if not 0.0 < found < 1.0:
        mend = "write a figure above 0 and below 1; nothing that is open is certain"
        raise BadFile(f"The probability is {cell!r}", where=where, mend=mend)
    return found
