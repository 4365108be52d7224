"""Chapters are read with the line of every cell; Markdown is taken apart with the line of every piece."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.publish.read.markdown import pieces
from shortcase.publish.read.pages import Page, chapters

ROOT = Path(__file__).resolve().parents[3]

TEXT = """---
jupytext: {formats: md:myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# A title

Text, then code.

```{code-cell} ipython3
:tags: [hide-input]

x = 1
y = 2
```

```{code-cell} ipython3
---
tags: [hide-input, other]
---
x = 1
```

More text
over two lines.

+++

The same
"""


def test_the_line_of_each_cell() -> None:
    page = Page(Path("/x/book/p.md"), Path("/x"), TEXT)
    lines = TEXT.splitlines()
    assert page.is_chapter
    assert page.title == "A title"
    assert [c.kind for c in page.cells] == ["markdown", "code", "code", "markdown", "markdown"]
    for cell in page.cells:
        assert lines[cell.line - 1] == cell.source.splitlines()[0]
    assert [c.line for c in page.code] == [13, 21]
    assert page.code[1].tags == ("hide-input", "other")
    assert page.code[0].tree().body[1].lineno == 14


def test_reading_twice_gives_the_same_notebook() -> None:
    page = Page(Path("/x/book/p.md"), Path("/x"), TEXT)
    assert page.notebook() == page.notebook()


@pytest.mark.parametrize("page", chapters(ROOT), ids=lambda page: page.name)
def test_the_lines_of_the_real_chapters(page: Page) -> None:
    lines = page.text.splitlines()
    assert len(page.code) > 1
    for cell in page.cells:
        assert lines[cell.line - 1] == cell.source.splitlines()[0]


def test_every_piece_of_markdown_has_its_line() -> None:
    text = "# A\n\none {num}`x`\ntwo {par}`y`\n\n:::{note} T\n:class: c\nbody {num}`z`\n:::\n"
    text += "\n| a | b |\n|---|---|\n| c | {num}`w` |\n"
    found = {piece.text: piece.line for piece in pieces(text) if piece.kind in ("role", "option")}
    assert found == {"x": 3, "y": 4, "c": 7, "z": 8, "w": 13}


def test_code_and_its_options_are_no_prose() -> None:
    text = "```{code-cell} ipython3\n:tags: [x]\n\nprint('{num}`x` 57')\n```\n\n```python\n57\n```\n"
    assert list(pieces(text)) == []
