"""Comparisons on a repository that the test makes: a fact corrected, a formula changed, a sentence edited, and more.

The repository has a lib of its own, so that each revision is computed by the formulas that it has.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from small_book import SmallBook, make

import shortcase
from shortcase.case import parameters
from shortcase.commands.compare import live_ends, probe
from shortcase.publish.check.book import read

FORMULAS = "lib/shortcase/model/chips/wafer_yield.py"
CHIPS = "lib/shortcase/facts/tables/accelerators.csv"
ME = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b.c"}


def git(book: SmallBook, *words: str) -> str:
    environment = {**book.environment(), **ME, "GIT_CONFIG_GLOBAL": "/dev/null"}
    done = subprocess.run(["git", *words], cwd=book.root, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(book: SmallBook, why: str) -> None:
    git(book, "add", "-A")
    git(book, "commit", "-q", "-m", why)


@pytest.fixture(scope="module")
def _first(tmp_path_factory: pytest.TempPathFactory) -> SmallBook:
    book = make(tmp_path_factory.mktemp("compared") / "book")
    shutil.copytree(
        Path(shortcase.__file__).parent, book.root / "lib" / "shortcase", ignore=shutil.ignore_patterns("__pycache__")
    )
    (book.root / "book" / "verdicts.csv").write_text("id,verdict\nyield-half,fails\n", encoding="utf-8")
    (book.root / ".gitignore").write_text("_build/\n__pycache__/\n", encoding="utf-8")
    git(book, "init", "-q", "-b", "main")
    commit(book, "The book")
    compared(book, "HEAD", "documented")
    return book


@pytest.fixture
def repository(_first: SmallBook, tmp_path: Path) -> SmallBook:
    """A repository with one commit; what has been computed of it is at hand."""
    return SmallBook(Path(shutil.copytree(_first.root, tmp_path / "book")))


def compared(book: SmallBook, old: str, new: str, *more: str) -> dict[str, Any]:
    ran = book.shortcase("compare", old, new, "--json", *more)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def causes(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(cause["kind"], cause["name"]) for cause in row["causes"]]


def test_a_corrected_fact_flips_a_verdict_and_is_named(repository: SmallBook) -> None:
    # An H100 die of 814 mm² at 0.1 defects per cm² yields e^−0.814 = 44.3 %; one of 600 mm² e^−0.6 = 54.9 %.
    repository.edit(CHIPS, "TSMC 4N,814,", "TSMC 4N,600,")
    commit(repository, "The die is smaller")
    found = compared(repository, "HEAD~1", "HEAD")
    (flip,) = found["flips"]
    assert (flip["claim"], flip["weight"], flip["old"], flip["new"]) == ("yield-half", "main", "fails", "holds")
    assert causes(flip) == [("fact", "accelerators/h100_sxm")]
    (move,) = found["moves"]
    assert (move["key"], move["old_text"], move["new_text"]) == ("die_yield", "44.3%", "54.9%")
    assert move["causes"][0]["what"] == "die_area_mm2 814 → 600"
    assert found["same"] == 1  # the cost of capital
    assert found["unexpected"] == ["yield-half"]


def test_the_gate_stops_a_flip_until_the_same_change_expects_it(repository: SmallBook) -> None:
    repository.edit(CHIPS, "TSMC 4N,814,", "TSMC 4N,600,")
    commit(repository, "The die is smaller")
    ran = repository.shortcase("compare", "HEAD~1", "HEAD", "--format", "markdown", "--gate")
    assert ran.code == 1
    assert "nobody has said so: yield-half: fails → holds" in ran.err
    assert "| `yield-half`" in ran.out
    repository.edit("book/verdicts.csv", "fails", "holds")
    git(repository, "commit", "-q", "-a", "--amend", "-m", "The die is smaller, so most work")
    assert repository.shortcase("compare", "HEAD~1", "HEAD", "--format", "markdown", "--gate").code == 0


def test_a_changed_formula_is_named_and_computed_by_each_revision(repository: SmallBook) -> None:
    text = (repository.root / FORMULAS).read_text(encoding="utf-8")
    body = text.index("return ", text.index("def poisson"))
    line = text[body : text.index("\n", body)]
    repository.edit(FORMULAS, line, f"return 0.5 * ({line.removeprefix('return ')})")
    commit(repository, "Half as many")
    found = compared(repository, "HEAD~1", "HEAD")
    (move,) = found["moves"]
    assert move["new"] == pytest.approx(move["old"] / 2, rel=1e-12)
    assert causes(move) == [("formula", "model.chips.wafer_yield.poisson")]
    assert found["flips"] == []


def test_a_changed_docstring_changes_nothing(repository: SmallBook) -> None:
    repository.edit(FORMULAS, '"""', '"""About ')
    commit(repository, "Words")
    assert compared(repository, "HEAD~1", "HEAD")["summary"].startswith("Nothing differs")


def test_an_edited_sentence_moves_no_figure_and_the_page_is_named(repository: SmallBook) -> None:
    repository.edit("book/cost.md", "Capital over", "What is lent over")
    commit(repository, "A sentence")
    found = compared(repository, "HEAD~1", "HEAD")
    assert (found["flips"], found["moves"], found["texts"]) == ([], [], {"cost": "prose"})


def test_edited_code_of_a_chapter_is_the_cause(repository: SmallBook) -> None:
    repository.edit("book/cost.md", "years=4.0", "years=5.0")
    (move,) = compared(repository, "HEAD", "documented")["moves"]
    assert move["key"] == "cost_of_capital"
    assert causes(move) == [("chapter", "cost")]
    assert "years=4.0" in move["causes"][0]["what"]


def test_a_renamed_number_is_neither_new_nor_gone(repository: SmallBook) -> None:
    for name in ("book/die_yield.md", "book/index.md"):
        text = (repository.root / name).read_text(encoding="utf-8")
        (repository.root / name).write_text(text.replace("die_yield`", "part`").replace('"die_yield"', '"part"')
                                            .replace("die_yield >", "part >"), encoding="utf-8")  # fmt: skip
    found = compared(repository, "HEAD", "documented")
    assert (found["appeared"], found["vanished"], found["renamed"]) == ([], [], [["die_yield", "part"]])


def test_scenarios_settings_and_files_are_sides(repository: SmallBook) -> None:
    (move,) = compared(repository, "documented", "essay")["moves"]
    assert causes(move) == [("parameter", "defects")]
    assert compared(repository, "essay", "defects=0.2")["summary"].startswith("Nothing differs")
    mine = repository.root / "mine.yml"
    mine.write_text("title: Mine\nreason: A guess.\nset:\n  defects: 0.2\n", encoding="utf-8")
    assert compared(repository, "HEAD,defects=0.2", str(mine))["moves"] == []


def test_at_the_ends_of_a_parameter_formulas_come_apart_that_agree_as_documented(repository: SmallBook) -> None:
    text = (repository.root / FORMULAS).read_text(encoding="utf-8")
    body = text.index("return ", text.index("def poisson"))
    line = text[body : text.index("\n", body)]
    formula = line.removeprefix("return ")
    repository.edit(FORMULAS, line, f"return np.maximum({formula}, 0.01)")
    found = compared(repository, "HEAD", "documented", "--ends")
    assert (found["moves"], found["flips"]) == ([], [])
    apart = {(one["name"], one["parameter"], one["end"]) for one in found["ends"]["apart"]}
    assert apart == {("die_yield", "defects", 1.0)}


def test_a_finished_build_is_a_side(built: SmallBook) -> None:
    found = compared(built, "_build/results", "essay")
    (move,) = found["moves"]
    assert (move["key"], causes(move)) == ("die_yield", [("parameter", "defects")])
    ran = built.shortcase("compare", "_build/results,defects=0.2", "essay")
    assert (ran.code, "finished build" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("old", "told"),
    [
        ("essai", "did you mean essay"),
        ("nowhere", "names no scenario"),
        ("essay,documented", "second"),
        ("defect=0.2", "There is no parameter 'defect'. To put it right: did you mean defects?"),
        ("defects=2", "defects"),
    ],
)
def test_words_that_name_nothing_are_refused(book: SmallBook, old: str, told: str) -> None:
    ran = book.shortcase("compare", old, "documented")
    assert ran.code == 2
    assert told in ran.err
    assert "are computed" not in ran.err, "something was computed before"


def test_a_failing_chapter_is_told_with_its_line(book: SmallBook) -> None:
    book.edit("book/cost.md", "years=4.0", "years=4.0 / (discount_rate - 0.1)")
    ran = book.shortcase("compare", "discount_rate=0.2", "documented")
    assert ran.code == 1
    line = book.line("book/cost.md", "years=4.0")
    assert f"book/cost.md:{line}: ZeroDivisionError" in ran.err


def test_failing_chapters_are_told_a_line_each(book: SmallBook) -> None:
    book.edit("book/cost.md", "years=4.0", "years=4.0 / (discount_rate - 0.1)")
    book.edit("book/die_yield.md", "defects=expected)", "defects=expected / (defects - 0.1))")
    ran = book.shortcase("compare", "discount_rate=0.2,defects=0.2", "documented")
    assert ran.code == 1
    told = [line for line in ran.err.splitlines() if "ZeroDivisionError" in line]
    assert [line.split(":")[1].strip() for line in told] == ["book/cost.md", "book/die_yield.md"]


def test_at_the_ends_the_live_graph_says_what_the_chapter_says(at_home: SmallBook) -> None:
    book = read(at_home.root)
    values = {name: one.value for name, one in parameters.registry().items()}
    asked = [("defects", 0.01), ("defects", 1.0), ("defects", 0.3)]
    told = live_ends.at(book, "die_yield", values, asked, book.root / "_build" / "compare", say=lambda _: None)
    assert [one["by"] for one in told] == ["graph"] * 3
    for (name, end), one in zip(asked, told, strict=True):
        itself = probe.by_running(book.codes["die_yield"], {**values, name: end})
        assert one["numbers"] == pytest.approx(itself["numbers"], rel=1e-12)
        assert one["claims"] == itself["claims"]
    # exp(−8.14 × 0.01) = 92.2 % of dies work at the lower bound, so most do; at one defect per cm², 0.03 %.
    assert [one["claims"]["yield-half"] for one in told] == ["holds", "fails", "fails"]


def test_a_second_comparison_at_the_ends_computes_nothing(repository: SmallBook) -> None:
    first = compared(repository, "documented", "defects=0.2", "--ends")["ends"]
    assert first["by"] == {"graph": 4}  # both bounds of one parameter, on both sides, and no chapter was run
    assert compared(repository, "documented", "defects=0.2", "--ends")["ends"] == {**first, "by": {"kept": 4}}
