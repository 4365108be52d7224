"""A word that compares or counts beside a figure that can move needs a condition, a reason, or a choice of words."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.errors import BadFile
from shortcase.publish.check import comparisons
from shortcase.publish.read.code import parse
from shortcase.publish.read.pages import Page

LIST = """\
names: []
counts:
  - {because: "A node has so many", phrases: ["eight cards", "cards"]}
compares:
  - because: "It is the threshold"
    where:
      here: ["A persistence below #"]
holds:
  - {page: here, begins: "It is # cheaper", condition: "gap > 0"}
"""


def page(text: str) -> Page:
    return Page(Path("book/here.md"), Path(), f"# A page\n\n{text}\n")


def told(tmp_path: Path, text: str, *, moves: bool = True) -> list[str]:
    (tmp_path / "book").mkdir(exist_ok=True)
    (tmp_path / "book" / "lint.yml").write_text(LIST, encoding="utf-8")
    found = comparisons.compared(page(text), None, comparisons.listing(tmp_path), lambda _, __: moves)
    return [str(one) for one in found.wrong]


@pytest.mark.parametrize(
    "text",
    [
        "It pays {num}`cost` at most places.",
        "So delay is the chief cost: {num}`share`.",
        "That is only {num}`share` of it.",
        "At {par}`rate` it doubles.",
        "First a plain one, {num}`a`.\nThen one that is worse, {num}`b`.",
        "It is {when}`cost > 1 | dearer | cheaper` and the only one, {num}`cost`.",
        "With {num}`cost` three of the four hold.",
        "Both fail at {num}`cost`.",
        "For a year it stands at {num}`cost`.",
        "Eight of the cards cost {num}`cost`.",
    ],
)
def test_a_comparing_word_beside_a_figure_that_moves_is_refused(tmp_path: Path, text: str) -> None:
    (error,) = told(tmp_path, text)
    assert "compares or counts beside a figure that can move" in error
    assert error.startswith("book/here.md:")
    assert told(tmp_path, text, moves=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "It costs {num}`cost`.",
        "It is the chief cost.",
        "It costs {num}`a`. That is the chief cost.",
        "It has a half-life of {num}`years`, and at least one of them succeeds.",
        "It is {when}`cost > 1 | more | less` than that, {num}`cost`.",
        "It comes to {num}`cost` a year.",
        "Eight cards cost {num}`cost`.",
        "It is worse than {fact}`table/row/column`.",
        "A persistence below {num}`turn`.",
        "It is {num}`gap` cheaper than the other.",
    ],
)
def test_what_cannot_turn_or_says_why_is_let_through(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ("chart(x, id='a', title='Old cards cost less')", "Old cards cost less"),
        (
            "chart(x, id='a', title=f'In {y} years it ' + ('rises' if up else 'falls') + ' most')",
            "In # years it # most",
        ),
        ("grid(x, id='a', caption='Three of four hold')", "Three of four hold"),
    ],
)
def test_a_title_that_compares_needs_a_reason_as_well(tmp_path: Path, drawn: str, words: str) -> None:
    (tmp_path / "book").mkdir()
    code = parse(page(f"```{{code-cell}} ipython3\n{drawn}\n```"))
    compared = comparisons.compared(code.page, code, comparisons.listing(tmp_path), lambda _, __: True)
    found = [str(one) for one in compared.wrong]
    assert found == [one for one in found if words in one and "book/here.md:4" in one]
    assert len(found) == 1


def test_a_title_whose_words_are_chosen_is_let_through(tmp_path: Path) -> None:
    code = parse(page("```{code-cell} ipython3\nchart(x, id='a', title='It is ' + ('more' if y else 'less'))\n```"))
    assert comparisons.compared(code.page, code, comparisons.listing(tmp_path), lambda _, __: True).wrong == ()


def test_the_line_is_that_of_the_sentence(tmp_path: Path) -> None:
    (error,) = told(tmp_path, "One line, {num}`a`.\nAnother, {num}`b`.\nThe worst, {num}`c`.")
    assert error.startswith("book/here.md:5:")


def test_an_entry_that_no_sentence_needs_is_refused(tmp_path: Path) -> None:
    told(tmp_path, "")
    known = comparisons.listing(tmp_path)
    plain = comparisons.compared(page("It costs {num}`a`."), None, known, lambda _, __: True)
    errors = [str(e) for e in comparisons.unneeded(known, [plain])]
    assert [e.split(":")[0] for e in errors] == ["book/lint.yml"] * 4
    assert "take the entry out" in errors[0]
    assert {"cards", "eight cards"} == {e.split("“")[1].split("”")[0] for e in errors[2:]}


def test_a_condition_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "lint.yml").write_text(LIST.replace("gap > 0", "gap >"), encoding="utf-8")
    with pytest.raises(BadFile, match=r"lint\.yml:9"):
        comparisons.listing(tmp_path)
