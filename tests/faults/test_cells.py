"""The cells of a chapter held to style, lint and types, told by the chapter's own lines; its prose stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.commands import cells

CHAPTER = """---
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# One

Prose   with  spaces, and `x=1` in it.

```{code-cell} ipython3
:tags: [hide-input]

words = {CODE}
```

More prose.

```{code-cell} ipython3
def twice(count: int) -> int:
    return 2 * count
```
"""
SETTINGS = '[tool.ruff]\nline-length = 80\n[tool.ruff.lint]\nselect = ["E", "F", "B"]\n[tool.mypy]\nstrict = true\n'


def book(tmp_path: Path, code: str) -> cells.Copies:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "one.md").write_text(CHAPTER.replace("{CODE}", code), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    return cells.copied(tmp_path)


def test_a_cell_out_of_form_is_told_and_formatted_and_the_prose_is_left_alone(tmp_path: Path) -> None:
    copies = book(tmp_path, "{'a':1}")
    assert [problem.where for problem in cells.unformatted(copies)] == ["book/one.md:15"]
    assert cells.reformat(copies) == 1
    written = (tmp_path / "book" / "one.md").read_text(encoding="utf-8")
    assert written == CHAPTER.replace("{CODE}", '{"a": 1}')
    assert list(cells.unformatted(cells.copied(tmp_path))) == []


def test_what_the_linter_says_has_the_line_of_the_chapter(tmp_path: Path) -> None:
    (told,) = cells.unlinted(book(tmp_path, "undefined_name"))
    assert told.where == "book/one.md:15"
    assert told.what.startswith("F821")


def test_what_the_type_checker_says_has_the_line_of_the_chapter(tmp_path: Path) -> None:
    copies = book(tmp_path, '"a"\n\n\ndef once(count):\n    return count\n\n\nwrong: int = words')
    (told,) = cells.untyped(copies)
    assert told.where == "book/one.md:22"
    assert "Incompatible types" in told.what


def test_a_module_has_each_line_where_the_chapter_has_it(tmp_path: Path) -> None:
    copies = book(tmp_path, "1")
    lines = copies.module(copies.pages[0]).read_text(encoding="utf-8").splitlines()
    assert (lines[14], lines[20]) == ("words = 1", "def twice(count: int) -> int:")
    assert not any(lines[:14])


def test_a_chapter_that_is_not_python_is_told(tmp_path: Path) -> None:
    with pytest.raises(cells.BadSource, match="could not read"):
        list(cells.unformatted(book(tmp_path, "(")))
