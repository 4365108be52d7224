"""A fact is not older than its source: each rule broken on purpose, and the register held against what cites it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from shortcase import facts
from shortcase.case import parameters
from shortcase.errors import BadFile
from shortcase.facts import documents, lookup, schemas
from shortcase.facts.lookup import vintages

REGISTER = """\
id,kind,dated,title
2407.21787v1,paper,2024-07-31,First version
2407.21787v3,paper,2024-12-30,Third version
0001045810-24-000124,filing,2024-05-29,Form 10-Q
0074473,commit,2024-04-08,A repository
"""
SCHEMA = """\
title: Sales
licence: none
review_by: 2030-01-01
fiscal: {column: period_end, company: nvidia}
columns:
  period_end: {unit: date, about: last day of the quarter}
"""
HEADER = "id,period_end,source,where,public_on,confidence,note\n"
PAPER, FILING = "Brown arXiv 2407.21787v3", '"Form 10-Q, accession 0001045810-24-000124"'
Write = Callable[..., None]


@pytest.fixture
def row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Reads a table of one row, held against a register of its own."""
    (tmp_path / "documents.csv").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "sales.yml").write_text(SCHEMA, encoding="utf-8")
    monkeypatch.setattr(schemas, "TABLES", tmp_path)
    monkeypatch.setattr(documents, "REGISTER", tmp_path / "documents.csv")

    def read(source: str, public_on: str, note: str = "", ended: str = "2024-04-28") -> None:
        for cache in (lookup._read, documents.register):
            cache.cache_clear()
        line = f"a,{ended},{source},p,{public_on},computed,{note}\n"
        (tmp_path / "sales.csv").write_text(HEADER + line, encoding="utf-8")
        facts.later("sales")

    yield read
    for cache in (lookup._read, documents.register):
        cache.cache_clear()


@pytest.mark.parametrize(
    ("source", "public_on", "note"),
    [
        (PAPER, "2024-12-30", ""),
        (FILING, "2024-05-29", ""),
        ("Tables at commit 0074473", "2024-04-08", ""),
        (f'"{PAPER}; report of 3 January 2025"', "2025-01-03", ""),  # the later day stands in the source
        (PAPER, "2024-12-31", "The day is the end of the year"),  # or the note says what it is
        ("Price list of December 2023 (copy at commit 47df840)", "2023-12-31", ""),
        ("Form 10-Q", "2024-06-07", "The day given is the legal deadline of the filing"),  # 28 April and 40 days
    ],
)
def test_a_day_that_its_source_proves_is_taken(row: Write, source: str, public_on: str, note: str) -> None:
    row(source, public_on, note)


@pytest.mark.parametrize(
    ("source", "public_on", "note", "words"),
    [
        # The three patterns: a later version, the day of the press release, a commit younger than the row.
        (PAPER, "2024-07-31", "", "dated 2024-07-31, but its source was not public until 2024-12-30"),
        (FILING, "2024-05-22", "", "dated 2024-05-22, but its source was not public until 2024-05-29"),
        ("Tables at commit 0074473", "2024-03-31", "", "not public until 2024-04-08"),
        # What names no state of its source proves nothing.
        ("Brown arXiv 2407.21787", "2024-07-31", "", "2407.21787 is cited without its version"),
        ("Form 10-Q for the quarter", "2024-05-29", "", "cited without its accession number"),
        (f'"Form 10-K; and {FILING[1:]}', "2024-05-29", "", "cited without its accession number"),
        ("Brown arXiv 2407.21787v2", "2024-09-30", "", "The day of the document 2407.21787v2 is not known"),
        # A later day has a reason.
        (FILING, "2024-05-31", "", "dated 2024-05-31, but its source was public from 2024-05-29 on"),
        # A copy shows what its original said, not when.
        ("Price list (copy at commit 47df840)", "2023-12-31", "", "no day up to 2023-12-31 stands in it"),
        ("Price list of March 2024 (copy at commit 47df840)", "2023-12-31", "", "no day up to 2023-12-31"),
        ("Form 10-Q", "2024-05-29", "The day given is the legal deadline of the filing", "until 2024-06-07"),
    ],
)
def test_a_day_that_its_source_does_not_prove_is_refused(
    row: Write, source: str, public_on: str, note: str, words: str
) -> None:
    with pytest.raises(BadFile) as caught:
        row(source, public_on, note)
    assert words in str(caught.value)
    assert "sales.csv:2" in str(caught.value)


def test_a_quarter_ends_when_the_company_ends_it(row: Write) -> None:
    with pytest.raises(BadFile, match="nvidia closed no quarter on 2024-04-30") as caught:
        row(PAPER, "2024-12-30", ended="2024-04-30")
    assert "its quarter ended on 2024-04-28" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2407.21787v1,paper", "2407.21787,paper", "'2407.21787' is no name of a paper"),
        ("0074473,commit", "0074473,release", "'0074473' is no name of a release"),
        ("2024-05-29", "May 2024", "dated is 'May 2024', not a date"),
        ("2407.21787v1", "2407.21787v3", "stands twice"),
    ],
)
def test_a_broken_register_is_refused_with_its_line(row: Write, tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "documents.csv").write_text(REGISTER.replace(old, new), encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        row(PAPER, "2024-12-30")
    assert words in str(caught.value)
    assert "documents.csv:" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("company: nvidia", "company: nvidea", "No calendar of 'nvidea' is known"),
        ("column: period_end", "column: ended", "names 'ended', which is no column of days"),
        (
            "{column: period_end, company: nvidia}",
            "nvidia",
            "is 'nvidia', not a record. To put it right: give it column, company",
        ),
        ("fiscal: {column: period_end, company: nvidia}\n", "", "needs the quarter's last day"),
    ],
)
def test_a_table_says_whose_quarters_it_holds(row: Write, tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "sales.yml").write_text(SCHEMA.replace(old, new), encoding="utf-8")
    with pytest.raises(BadFile, match=words):
        row("Form 10-Q", "2024-06-07", "The day given is the legal deadline of the filing")


def test_the_register_has_what_is_cited_and_no_more() -> None:
    cited = {
        name
        for table in facts.names()
        for row in vintages(table)
        for name in documents.cited(f"{row.source} {row.provenance()['note']}")
    }
    cited |= {name for parameter in parameters.registry().values() for name in documents.cited(parameter.source)}
    assert cited == set(documents.register())


def test_a_parameter_is_not_older_than_its_source(tmp_path: Path) -> None:
    path = tmp_path / "parameters.yml"
    path.write_text(
        "price: {label: L, kind: str, unit: text, value: x, source: 'Ho, arXiv 2403.05812v1', date: '2024-03-08'}\n",
        encoding="utf-8",
    )
    with pytest.raises(BadFile, match="not public until 2024-03-09"):
        parameters.as_written(path)


def test_the_name_of_a_document_agrees_with_its_day() -> None:
    for document in documents.register().values():
        assert document.title
        assert dt.date(1990, 1, 1) < document.dated
        if document.kind == "paper":  # the number of a paper begins with the year and month of its first version
            first = dt.date(2000 + int(document.id[:2]), int(document.id[2:4]), 1)
            assert document.dated >= first - dt.timedelta(
                days=3
            )  # sent in on the last days of a month, numbered in the next
            assert not document.id.endswith("v1") or (document.dated - first).days < 31
        if document.kind == "filing":  # and an accession number has the year in its middle
            assert document.id.split("-")[1] == f"{document.dated.year % 100:02d}"
