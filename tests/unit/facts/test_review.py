"""When a table is due for review: by the day that is asked about, and by nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from shortcase.errors import BadFile
from shortcase.facts import lookup, review, schemas

SCHEMA = (
    "title: T\nlicence: none\nreview_by: {due}\n{more}columns:\n  sales_usd: {{unit: USD, about: sales of the year}}\n"
)
ROW = "id,sales_usd,source,where,public_on,confidence,note\na,1,Form,page,{public},computed,\n"
Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.setattr(schemas, "TABLES", tmp_path)
    lookup._read.cache_clear()

    def table(name: str, due: str, more: str = "", public: str = "2025-01-01") -> None:
        (tmp_path / f"{name}.yml").write_text(SCHEMA.format(due=due, more=more), encoding="utf-8")
        (tmp_path / f"{name}.csv").write_text(ROW.format(public=public), encoding="utf-8")

    yield table
    lookup._read.cache_clear()


def due(day: str) -> list[str]:
    return [table.name for table in review.due(dt.date.fromisoformat(day))]


def test_a_table_is_due_from_the_day_after_its_date(write: Write) -> None:
    write("later_one", "2026-12-31")
    write("sooner", "2026-06-30")
    assert due("2026-06-30") == []
    assert due("2026-07-01") == ["sooner"]
    assert due("2027-01-01") == ["sooner", "later_one"]


def test_an_acknowledgement_silences_it_until_its_own_day(write: Write) -> None:
    write("sales", "2026-06-30", "acknowledged_until: 2026-09-30\n")
    assert due("2026-09-30") == []
    assert due("2026-10-01") == ["sales"]


def test_an_acknowledgement_that_puts_nothing_off_is_refused(write: Write) -> None:
    write("sales", "2026-06-30", "acknowledged_until: 2026-06-30\n")
    with pytest.raises(BadFile, match="puts nothing off"):
        schemas.schema("sales")


def test_a_table_that_was_worked_on_after_it_was_due_contradicts_itself(write: Write) -> None:
    write("sales", "2026-06-30", public="2026-07-01")
    assert review.outlived(schemas.schema("sales")) == dt.date(2026, 7, 1)
    write("good", "2026-06-30", public="2026-06-30")
    assert review.outlived(schemas.schema("good")) is None
