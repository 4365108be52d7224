"""What proves the day of a fact: the version of a paper, the accession number of a filing, a commit with its date.

A source that can be dated is cited by a name that says which state of it is meant: `arXiv 2407.21787v3`, `accession
0001045810-24-000316`, `commit 0074473`. documents.csv has the day of each, once, and no fact that cites it is older.
What was read in a later copy says so (`copy at commit 47df840`): a copy proves nothing, so the source then writes out
the day of its original.
"""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shortcase import csv_lines, scalars
from shortcase.errors import BadFile, at
from shortcase.places import place
from shortcase.scalars import shown

REGISTER = Path(__file__).parent / "documents.csv"
"""The documents whose day is proved."""
HEADER = ("id", "kind", "dated", "title")

NAMES = {"paper": r"\d{4}\.\d{5}v\d+", "filing": r"\d{10}-\d{2}-\d{6}", "commit": r"[0-9a-f]{7}"}
"""What a document of each kind is called; its day is that on which it was submitted, filed or committed."""

CITED = {
    "paper": re.compile(rf"\b({NAMES['paper']})\b"),
    "filing": re.compile(rf"\b({NAMES['filing']})\b"),
    "commit": re.compile(rf"(?<!copy at )\bcommit ({NAMES['commit']})\b"),
}

PAPER = re.compile(r"\b(\d{4}\.\d{5})(?![\dv])")
FORM = re.compile(r"\bForms? (?:10-[KQ]|20-F|6-K|8-K)\b")
COPY = re.compile(rf"copy at commit {NAMES['commit']}\b")
MONTHS = list(calendar.month_name)
WRITTEN = re.compile(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(MONTHS[1:])}) (\d{{4}})|\b(\d{{4}}-\d{{2}}-\d{{2}})\b")


@dataclass(frozen=True)
class Document:
    """A document whose day is proved."""

    id: str
    kind: str
    dated: dt.date
    title: str


@cache
def register() -> dict[str, Document]:
    """The documents by name.

    Errors: BadFile, with file and line, for a name that is not of its kind, a day that is none, or a name twice.
    """
    found: dict[str, Document] = {}
    for line, raw in csv_lines.read(REGISTER, HEADER):
        where = at(place(REGISTER), line)
        if not re.fullmatch(NAMES.get(raw["kind"], "(?!)"), raw["id"]):
            mend = "write 2407.21787v3, 0001045810-24-000316 or seven digits of a commit, with its kind"
            raise BadFile(f"{shown(raw['id'])} is no name of a {raw['kind'][:40]}", where=where, mend=mend)
        if raw["id"] in found:
            raise BadFile(f"The document {raw['id']} stands twice", where=where, mend="keep one")
        try:
            day = scalars.day(raw["dated"])
        except ValueError:
            raise BadFile(f"dated is {shown(raw['dated'])}, not a date", where=where, mend="write YYYY-MM-DD") from None
        found[raw["id"]] = Document(raw["id"], raw["kind"], day, raw["title"])
    return found


def cited(words: str) -> list[str]:
    """The names of the documents in a citation, first to last.

    >>> cited("DeepSeek-V3 Technical Report, arXiv 2412.19437v1; Form 10-Q, accession 0001045810-24-000316")
    ['2412.19437v1', '0001045810-24-000316']
    >>> cited("prices at commit b0db39b, and in a copy at commit 47df840")
    ['b0db39b']
    """
    found = [match for pattern in CITED.values() for match in pattern.finditer(words)]
    return list(dict.fromkeys(match.group(1) for match in sorted(found, key=lambda match: match.start())))


def proved_since(source: str, where: str, deadline: dt.date | None = None) -> dt.date | None:
    """The day from which all the documents that a source names were public; None where it names none of these kinds.

    `deadline` is the last legal day of the filing, where that stands in for a day that is not known.

    Errors: BadFile for a paper without its version, for a filing with neither accession number nor deadline, and for a
    document that the register does not have.
    """
    unversioned = PAPER.search(source)
    if unversioned:
        mend = f"name the version that has the figure, as in {unversioned[1]}v1: a later one may have another"
        raise BadFile(f"The paper {unversioned[1]} is cited without its version", where=where, mend=mend)
    if deadline is None and len(FORM.findall(source)) > len(CITED["filing"].findall(source)):
        mend = "name it (accession 0001045810-24-000316): the day of a press release is not that of the filing"
        raise BadFile("A filing is cited without its accession number", where=where, mend=mend)
    days = [] if deadline is None else [deadline]
    for name in cited(source):
        if name not in register():
            mend = f"add it to {place(REGISTER)}, with the day on which it was submitted, filed or committed"
            raise BadFile(f"The day of the document {name} is not known", where=where, mend=mend)
        days.append(register()[name].dated)
    return max(days, default=None)


def not_before(source: str, day: dt.date, where: str, deadline: dt.date | None = None) -> dt.date | None:
    """`proved_since`, held against the day that is given for what rests on the source.

    Errors: as there; BadFile for a day before that of a document, and for a copy whose original has no written day.
    """
    since = proved_since(source, where, deadline)
    if since is not None and day < since:
        mend = f"date it {since}, or cite what was public on {day}"
        raise BadFile(f"It is dated {day}, but its source was not public until {since}", where=where, mend=mend)
    if COPY.search(source) and not any(original <= day for original in written(source)):
        mend = "write out the day of what was copied; a copy made later proves nothing"
        raise BadFile(f"The source is a copy, and no day up to {day} stands in it", where=where, mend=mend)
    return since


def check(source: str, note: str, public_on: dt.date, where: str, deadline: dt.date | None = None) -> None:
    """Hold a row's day against its source: a fact is public when the last of its documents was.

    A later day is allowed where the source writes it out, or the note says what it is the day of.

    Errors: as for `not_before`; BadFile for a later day without a reason.
    """
    since = not_before(source, public_on, where, deadline)
    if since is None or public_on == since:
        return
    if public_on not in written(source) and not re.search(r"\bday\b", note, re.IGNORECASE):
        mend = f"date it {since}, or say in the note what the day given is that of"
        raise BadFile(f"It is dated {public_on}, but its source was public from {since} on", where=where, mend=mend)


def written(words: str) -> Iterator[dt.date]:
    """Each day that is written out; for a month, its last.

    >>> [str(day) for day in written("report of 3 December 2024; a page of February 2024; row of 2022-08-04")]
    ['2024-12-03', '2024-02-29', '2022-08-04']
    """
    for day, month, year, iso in WRITTEN.findall(words):
        with contextlib.suppress(ValueError):  # the calendar has no such day, so nothing was public on it
            if iso:
                yield dt.date.fromisoformat(iso)
            else:
                number = MONTHS.index(month)
                yield dt.date(int(year), number, int(day or calendar.monthrange(int(year), number)[1]))
