"""Small books to break: one just written, one already built, and a way to ask without starting a process."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from small_book import Ask, Ran, SmallBook, make

from shortcase import cli
from shortcase.case import claims, forecasts, parameters
from shortcase.publish.run import ahead, chapters


@pytest.fixture
def book(tmp_path: Path) -> SmallBook:
    """A small book that has not been built."""
    return make(tmp_path / "book")


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> SmallBook:
    made = make(tmp_path_factory.mktemp("built") / "book")
    ran = made.shortcase("build")
    assert ran.code == 0, ran.err
    return made


@pytest.fixture
def built(_built: SmallBook, tmp_path: Path) -> SmallBook:
    """A small book with its good site, as a build has left it."""
    shutil.copytree(_built.root, tmp_path / "book", ignore=shutil.ignore_patterns("html"))
    site = "_build/html"  # the press never writes into a file of it, so a link will do
    shutil.copytree(_built.root / site, tmp_path / "book" / site, copy_function=os.link)
    return SmallBook(tmp_path / "book")


@contextlib.contextmanager
def within(book: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In the folder of a book, with nothing of another one at hand."""
    read = (parameters.registry, parameters.as_written, claims.ledger, forecasts.register)
    monkeypatch.chdir(book.root)
    for cached in read:
        cached.cache_clear()
    yield
    for cached in read:
        cached.cache_clear()


@pytest.fixture
def at_home(book: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallBook]:
    """A small book in whose folder the test itself is."""
    with within(book, monkeypatch):
        yield book


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a command in this process, in a small book; the test fails where a chapter would start."""

    def started(*_: object) -> None:
        raise AssertionError("a chapter was started")

    def run(book: SmallBook, *arguments: str) -> Ran:
        monkeypatch.setattr(chapters, "execute", started)
        monkeypatch.setattr(ahead.Ahead, "execute", started)
        with within(book, monkeypatch):
            capsys.readouterr()
            code = cli.main(arguments)
            told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return run
