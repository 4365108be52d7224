"""What a check has found out is used again as long as nothing it rests on has changed, and only then."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from shortcase.publish.check import book, of_page
from shortcase.publish.check.known import Known
from shortcase.publish.read.code import TOLD

DAY = dt.date(2025, 1, 25)
KERNEL = """\
---
jupytext: {formats: md:myst, text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""
CHAPTER = f"{KERNEL}\n# One\n\n```{{code-cell}} ipython3\nx = 1\n```\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "one.md").write_text(CHAPTER, encoding="utf-8")
    (tmp_path / "book" / "two.md").write_text("# Two\n\nWords.\n", encoding="utf-8")
    return tmp_path


class Counted:
    """How often each page was parsed and looked through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.parsed, self.checked = list[str](), list[str]()
        uses, text = book.uses, of_page.of_text
        monkeypatch.setattr(book, "uses", lambda page: self.parsed.append(page.name) or uses(page))
        monkeypatch.setattr(book, "of_text", lambda page, allow: self.checked.append(page.name) or text(page, allow))
        monkeypatch.setattr(book, "of_lists", lambda _: self.checked.append("lists") or ())
        monkeypatch.setattr(book, "of_words", lambda *_: ())

    def of(self, root: Path, day: dt.date = DAY) -> tuple[list[str], list[str], list[str]]:
        """The pages that were parsed, those that were checked, and what is wrong."""
        self.parsed.clear()
        self.checked.clear()
        known = Known.of(root)
        found = book.read(root, known=known)
        wrong = [str(error) for error in book.problems(found, day, known=known)]
        return sorted(self.parsed), sorted(self.checked), wrong


def edit(root: Path, page: str, old: str, new: str) -> None:
    path = root / "book" / page
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_page_is_read_and_checked_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(monkeypatch)
    assert counted.of(root) == (["one", "two"], ["lists", "one", "two"], [])
    assert counted.of(root) == ([], [], [])
    edit(root, "two.md", "Words", "Other words")
    assert counted.of(root) == (["two"], ["two"], [])
    edit(root, "one.md", "# One", "Words.\n\n# One")  # each line is another one now
    assert counted.of(root) == (["one"], ["one"], [])


def test_a_book_that_was_kept_reads_as_it_does_anew(root: Path) -> None:
    book.read(root, known=Known.of(root))
    kept, anew = book.read(root, known=Known.of(root)), book.read(root)
    assert (kept.pages, kept.uses, kept.slices) == (anew.pages, anew.uses, anew.slices)
    code, other = kept.codes["one"], anew.codes["one"]
    assert [getattr(code, name) for name in TOLD] == [getattr(other, name) for name in TOLD]
    assert "_parsed" not in vars(code), "what a build asks of a chapter that has not changed is told without its trees"
    assert [node.lineno for node in code.body] == [node.lineno for node in other.body]
    assert code.page.at(code.body[0].lineno) == "book/one.md:9"
    assert {type(node) for node in code.nodes} == {type(node) for node in other.nodes}


def test_what_every_page_rests_on_sends_all_through_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(monkeypatch)
    counted.of(root)
    edit(root, "one.md", "x = 1", "x = 2")  # code, on which a sentence of another page may rest
    assert counted.of(root) == (["one"], ["lists", "one", "two"], [])
    assert counted.of(root, dt.date(2025, 1, 26)) == ([], ["lists", "one", "two"], [])
    (root / "book" / "lint.yml").write_text("names: []\n", encoding="utf-8")
    assert counted.of(root) == (["one", "two"], ["lists", "one", "two"], [])


def test_what_is_wrong_is_told_each_time(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(monkeypatch)
    edit(root, "two.md", "Words.", "It costs 4 dollars.")
    first = counted.of(root)
    assert len(first[2]) == 1
    assert counted.of(root) == ([], ["two"], first[2])
    edit(root, "two.md", "# Two\n", "# Two\n\nA line before it.\n")
    (moved,) = counted.of(root)[2]
    assert moved.startswith("book/two.md:5:")


@pytest.mark.parametrize("damage", [b"", b"cut", b"\x80\x05N."])
def test_what_is_damaged_is_found_out_again(root: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    counted = Counted(monkeypatch)
    counted.of(root)
    for path in Known.of(root).folder.iterdir():
        path.write_bytes(damage)
    assert counted.of(root) == (["one", "two"], ["lists", "one", "two"], [])
    assert counted.of(root) == ([], [], [])
