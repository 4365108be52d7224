"""Vintages: what was known on a date, and nothing later unless asked for on purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from shortcase import facts
from shortcase.errors import BadFile, LookAhead, MissingFact
from shortcase.facts import lookup, schemas

SCHEMA = """\
title: Sales
licence: facts from filings
review_by: 2030-01-01
columns:
  sales_usd: {unit: USD, about: sales of the year}
  period_end: {unit: date, about: last day of the year}
  basis: {unit: text, about: actual or outlook}
"""
HEADER = "id,sales_usd,period_end,basis,source,where,public_on,confidence,note\n"
ROWS = (
    "fy2025,128.7e9,2025-01-26,outlook,Outlook,page 1,2024-11-20,verified-in-source,\n"
    "fy2025,130.5e9,2025-01-26,actual,Report,page 2,2025-02-26,verified-in-source,\n"
    "fy2026,215.9e9,2026-01-25,,Report,page 2,2026-02-25,verified-in-source,\n"
)


@pytest.fixture
def sales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    monkeypatch.setattr(schemas, "TABLES", tmp_path)
    lookup._read.cache_clear()

    def write(rows: str) -> None:
        (tmp_path / "sales.yml").write_text(SCHEMA, encoding="utf-8")
        (tmp_path / "sales.csv").write_text(HEADER + rows, encoding="utf-8")

    yield write
    lookup._read.cache_clear()


def test_a_lookup_returns_what_was_known_that_day(sales: Callable[[str], None]) -> None:
    sales(ROWS)
    assert facts.table("sales", "2025-01-25").row("fy2025").sales_usd == 128.7e9
    assert facts.table("sales", "2025-03-31").row("fy2025").sales_usd == 130.5e9
    assert facts.table("sales", dt.date(2025, 3, 31)).row("fy2025").basis == "actual"


def test_the_future_is_refused_unless_it_is_asked_for(sales: Callable[[str], None]) -> None:
    sales(ROWS)
    with pytest.raises(LookAhead, match=r"2026-02-25, after the as-of date 2025-01-25") as refused:
        facts.table("sales", "2025-01-25").row("fy2026")
    assert "set as_of to 2026-02-25 or a later day" in str(refused.value)
    with pytest.raises(LookAhead, match="2024-11-20"):  # the first of its vintages, not the last
        facts.table("sales", "2024-01-01").row("fy2025")
    assert facts.later("sales").row("fy2026").public_on == dt.date(2026, 2, 25)
    assert facts.later("sales").row("fy2025").basis == "actual"
    assert facts.table("sales", "2025-01-25").ids == ["fy2025"]


def test_what_is_missing_is_named_with_the_nearest_right_name(sales: Callable[[str], None]) -> None:
    sales(ROWS)
    known = facts.table("sales", "2026-12-31")
    with pytest.raises(MissingFact, match=r"did you mean fy2026\?"):
        known.row("fy2027")
    with pytest.raises(MissingFact, match="did you mean sales_usd"):
        _ = known.row("fy2025").sale_usd
    with pytest.raises(MissingFact, match=r"no basis for fy2026"):
        _ = known.row("fy2026").basis
    with pytest.raises(MissingFact, match=r"did you mean sales\?"):
        facts.table("sale", "2025-01-25")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ROWS.splitlines(keepends=True)[0] * 2, "stands twice"),
        ("a,1,2025-01-26,x,S,p,soon,verified-in-source,\n", "public_on is 'soon', not a date"),
        ("a,many,2025-01-26,x,S,p,2025-01-01,verified-in-source,\n", "sales_usd is 'many', not a finite number"),
        ("a,nan,2025-01-26,x,S,p,2025-01-01,verified-in-source,\n", "sales_usd is 'nan', not a finite number"),
        ("a,1e999,2025-01-26,x,S,p,2025-01-01,verified-in-source,\n", "not a finite number"),
        ("a,1,26/01/2025,x,S,p,2025-01-01,verified-in-source,\n", "period_end is '26/01/2025', not a date"),
        ("a,1,2025-01-26,x,,p,2025-01-01,verified-in-source,\n", "has no source"),
        ("a,1,2025-01-26,x,S,p,2025-01-01,from-memory,\n", "no confidence 'from-memory'"),
        ("a,1,2025-01-26,x,S,p,2025-01-01\n", "more or fewer cells"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(sales: Callable[[str], None], row: str, words: str) -> None:
    sales(row)
    with pytest.raises(BadFile) as caught:
        facts.table("sales", "2030-01-01")
    assert words in str(caught.value)
    assert "sales.csv:" in str(caught.value)


def test_a_changed_header_is_refused(sales: Callable[[str], None], tmp_path: Path) -> None:
    sales("")
    (tmp_path / "sales.csv").write_text(HEADER.replace("basis", "base"), encoding="utf-8")
    with pytest.raises(BadFile, match=r"missing \['basis'\], extra \['base'\]"):
        facts.table("sales", "2030-01-01")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("title: Sales\n", "title: Sales\ntitle: Sold\n", 2, "title stands twice"),
        ("title: Sales\n", "", None, "The table sales does not say its title"),
        ("title: Sales\n", "titel: Sales\n", 1, "unknown field 'titel'. To put it right: did you mean title?"),
        ("title: Sales\n", "title: Sales\nnote: x\n", 2, "unknown field 'note'"),
        ("2030-01-01", "soon", 3, "review_by of the table sales is 'soon', not a date"),
        ("  basis:", "\tbasis:", 7, "tab"),
        ("  basis:", "  source:", 7, "'source' cannot be a column's name"),
        ("  basis:", "  the basis:", 7, "cannot be a column's name"),
        (
            "{unit: text, about: actual or outlook}",
            "text",
            7,
            "is 'text', not a record. To put it right: give it unit, about",
        ),
    ],
)
def test_a_broken_description_is_refused_with_its_line(  # noqa: PLR0917
    sales: Callable[[str], None], tmp_path: Path, old: str, new: str, line: int | None, words: str
) -> None:
    sales(ROWS)
    assert old in SCHEMA
    (tmp_path / "sales.yml").write_text(SCHEMA.replace(old, new), encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        facts.table("sales", "2030-01-01")
    assert words in str(caught.value)
    assert f"sales.yml:{line}: " in str(caught.value) if line else "sales.yml: " in str(caught.value)


@pytest.mark.parametrize("name", facts.names())
def test_every_table_of_the_book_is_read_and_sourced(name: str) -> None:
    known = facts.later(name)
    assert len(known) > 0
    for row in known:
        assert row.source


def test_a_table_is_told_by_its_name_and_day_and_not_by_its_place_in_memory() -> None:
    assert repr(lookup.table("accelerators", "2025-01-25")) == "the table accelerators, as of 2025-01-25"
