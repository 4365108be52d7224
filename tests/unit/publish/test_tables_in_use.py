"""A table that nothing describes, or that nothing reads, is told before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.facts import schemas
from shortcase.publish.check import book, of_book
from shortcase.publish.check.configuration import undescribed

ROOT = Path(__file__).resolve().parents[3]


def test_figures_without_a_description_are_told(tmp_path: Path) -> None:
    for name in ("one.csv", "one.yml", "two.csv"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (only,) = undescribed(tmp_path)
    assert "two.csv has no two.yml" in str(only)


@pytest.fixture(scope="module")
def found() -> book.Book:
    return book.read(ROOT)


def test_a_table_that_is_read_nowhere_is_told(found: book.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(of_book.unread_tables(found)) == []
    few = book.Book(found.root, found.pages, {}, found.slices, ())
    monkeypatch.setattr(schemas, "names", lambda: ["cisco_bust"])
    (only,) = of_book.unread_tables(few)
    assert str(only).startswith("lib/shortcase/facts/tables/cisco_bust.csv: The table cisco_bust is read nowhere")


def test_a_book_elsewhere_takes_what_it_needs(found: book.Book, tmp_path: Path) -> None:
    assert list(of_book.unread_tables(book.Book(tmp_path, found.pages, {}, found.slices, ()))) == []
