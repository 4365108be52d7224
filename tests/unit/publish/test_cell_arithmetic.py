"""No formula in a chapter's cell: what counts as one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from shortcase.publish.check import cell_arithmetic
from shortcase.publish.read.code import parse
from shortcase.publish.read.pages import Page

KERNEL = "kernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n"
HEAD = f"---\n{KERNEL}---\n\n```{{code-cell}} ipython3\n"


def found(code: str) -> list[str]:
    return [ast.unparse(node) for node in cell_arithmetic.formulas(ast.parse(code))]


@pytest.mark.parametrize(
    "code",
    [
        "x = price * shares", "x = old - new", "x = a / b", "x = (1 + g) ** years", "x = 1 - share", "x = 1.0 + change",
        "number('k', 'USD', f, amount=watts + more)", "claim('c', bool(a > b + c))",
        "y = [row.a / row.b for row in rows]",
        "x = 10.0 * link", "x = 0.5 * rate", "x = rate / 2", "x = 1.0 / gain", "x = 12 / lag",
        "f = lambda p: p - fee", "def f(a, b):\n    return a * b",
    ],
)  # fmt: skip
def test_arithmetic_on_figures_is_a_formula(code: str) -> None:
    assert len(found(code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        "x = 100 * share", "x = -100.0 * margin", "x = usd / 1e9", "x = months / 12.0", "y = 2025 + years", "k = i + 1",
        "b = 8 * octets",
        "x = [p] * 5",
        "d = (later.day - first.day).days", "t = 'up to ' + name", "t = f'{a}' + '; '.join(rows)", "rows = [1] + more",
        "x = alt.X('a:Q').scale(domain=[low - gap, 1.2 * high + gap])", "kept = frame[(a > b) & (c < d)]", "r = i % 2",
    ],
)  # fmt: skip
def test_units_dates_words_and_drawings_are_none(code: str) -> None:
    assert found(code) == []


def page(tmp_path: Path, code: str) -> Page:
    return Page(tmp_path / "book" / "one.md", tmp_path, f"{HEAD}{code}\n```\n")


def test_a_formula_is_told_with_its_line(tmp_path: Path) -> None:
    told = list(cell_arithmetic.problems(parse(page(tmp_path, "a, b = 1, 2\nc = a * b"))))
    assert [problem.where for problem in told] == ["book/one.md:10"]
