"""The calendar says which tables are due and decides nothing; the site has their files as they are."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from small_book import Ask, SmallBook

from shortcase import cli
from shortcase.commands import fact_listing
from shortcase.facts import lookup, names, review, schema, schemas
from shortcase.publish.site import stage

LONG_AGO, FAR_AHEAD = "2020-01-01", "2199-12-31"


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The book's own tables in a folder of their own, to be changed."""
    folder = tmp_path / "tables"
    shutil.copytree(schemas.TABLES, folder)
    monkeypatch.setattr(schemas, "TABLES", folder)
    lookup._read.cache_clear()
    yield folder
    lookup._read.cache_clear()


def test_what_is_due_has_an_exit_code_of_its_own(book: SmallBook, ask: Ask) -> None:
    assert ask(book, "facts", "--stale", "--on", LONG_AGO).code == 0
    ran = ask(book, "facts", "--stale", "--on", FAR_AHEAD)
    assert ran.code == fact_listing.DUE == 3
    assert all(name in ran.out for name in names())
    assert "set review_by, or acknowledged_until" in ran.out
    assert ask(book, "facts", "accelerators", "--stale", "--on", FAR_AHEAD).out.count("was to be reviewed by") == 1
    assert ask(book, "facts").code == 0


def test_one_table_in_full_and_for_a_program(book: SmallBook, ask: Ask) -> None:
    told = ask(book, "facts", "accelerators").out
    assert "review by" in told
    assert all(column in told for column in schema("accelerators").columns)
    found = json.loads(ask(book, "facts", "accelerators", "--json").out)
    assert found["sources"]
    due = json.loads(ask(book, "facts", "--stale", "--on", FAR_AHEAD, "--json").out)
    assert {row["name"] for row in due} == set(names())


def test_a_check_mentions_what_is_due_and_is_as_good_as_before(
    book: SmallBook, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fact_listing, "_day", lambda _: dt.date.fromisoformat(LONG_AGO))
    quiet = ask(book, "check")
    assert (quiet.code, quiet.err) == (0, "")
    monkeypatch.setattr(fact_listing, "_day", lambda _: dt.date.fromisoformat(FAR_AHEAD))
    ran = ask(book, "check")
    assert (ran.code, ran.out) == (0, quiet.out)
    assert "due for review; shortcase facts --stale names them" in ran.err
    assert set(json.loads(ask(book, "check", "--json").out)["due_for_review"]) == set(names())


def test_no_build_asks_for_the_day(book: SmallBook, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("the calendar was asked")

    monkeypatch.setattr(review, "due", asked)
    monkeypatch.setattr(fact_listing, "_day", asked)
    with pytest.raises(AssertionError, match="a chapter was started"):  # so everything before that went well
        ask(book, "build")


def test_a_table_that_contradicts_its_own_date_is_refused(book: SmallBook, ask: Ask, tables: Path) -> None:
    path = tables / "accelerators.yml"
    text = path.read_text(encoding="utf-8")
    day = schema("accelerators").review_by.isoformat()
    path.write_text(text.replace(day, LONG_AGO), encoding="utf-8")
    ran = ask(book, "check")
    assert ran.code == 2
    assert "The table accelerators was to be reviewed by 2020-01-01, and has a row of" in ran.err


def test_an_incomplete_ledger_stops_a_check(book: SmallBook, ask: Ask) -> None:
    assert ask(book, "check").code == 0
    book.edit("book/claims.csv", "estimate,main,", "estimate,,")
    ran = ask(book, "check")
    assert (ran.code, "book/claims.csv:2: The claim yield-half does not say what hangs on it" in ran.err) == (2, True)


def test_the_site_has_every_table_byte_for_byte(book: SmallBook, tmp_path: Path) -> None:
    stage.stage(tmp_path / "stage", book.root, {}, {}, {})
    staged = tmp_path / "stage" / "book" / "_static" / "facts"
    assert sorted(path.stem for path in staged.iterdir()) == sorted([*names(), "rereadings"])
    assert all((staged / f"{name}.csv").read_bytes() == schema(name).csv.read_bytes() for name in names())


def test_the_weekly_job_asks_and_no_other_does() -> None:
    root = Path(cli.__file__).resolve().parents[2]
    flows = {path.name: path.read_text(encoding="utf-8") for path in (root / ".github" / "workflows").glob("*.yml")}
    assert [name for name, text in flows.items() if "--stale" in text] == ["review.yml"]
    assert "pull_request" not in flows["review.yml"]
    assert "--stale" not in (root / ".ci" / "run").read_text(encoding="utf-8")
