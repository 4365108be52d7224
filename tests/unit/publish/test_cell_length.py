"""A cell that asks more than one question is told before it is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.publish.check import cell_length
from shortcase.publish.check.rules import explained
from shortcase.publish.read.code import parse
from shortcase.publish.read.pages import FRONT, Page


def told(tmp_path: Path, *lengths: int) -> list[str]:
    """Where cells of these lengths break the rule, in a chapter that has them in a row."""
    cells = "".join("\n```{code-cell} ipython3\n" + "a = 1\n" * length + "```\n" for length in lengths)
    page = Page(tmp_path / "book" / "one.md", tmp_path, f"{FRONT}\n{cells}")
    return [str(problem) for problem in cell_length.problems(parse(page))]


@pytest.mark.parametrize("length", [1, cell_length.LONGEST])
def test_a_cell_of_the_longest_length_passes(tmp_path: Path, length: int) -> None:
    assert told(tmp_path, length) == []


def test_a_longer_cell_is_told_with_its_first_line_and_what_to_do(tmp_path: Path) -> None:
    (only,) = told(tmp_path, 3, cell_length.LONGEST + 1)
    assert only.startswith("book/one.md:13: The cell has 111 lines, and 110 are the most")
    assert "divide it by question" in only


def test_the_rule_says_its_own_number() -> None:
    assert f"no more than {cell_length.LONGEST} lines" in explained("cell-length")
