"""Every wrong request is refused with exit code 2, in words, before a chapter starts; what was built stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_book import Ask, SmallBook

REQUESTS = {
    "unknown parameter": (["build", "--set", "defect=0.2"], "did you mean defects"),
    "wrong type": (["build", "--set", "defects=many"], "takes a float"),
    "wrong date": (["build", "--set", "as_of=January"], "takes a date"),
    "above its bound": (["build", "--set", "defects=2"], "outside its bounds"),
    "below its bound": (["run", "cost", "--set", "discount_rate=-0.1"], "outside its bounds"),
    "not a number": (["build", "--set", "defects=nan"], "takes a float, not 'nan'"),
    "infinite": (["build", "--set", "defects=inf"], "takes a float, not 'inf'"),
    "set twice": (["build", "--set", "defects=0.1", "--set", "defects=0.2"], "set twice"),
    "sets nothing": (["build", "--set", "defects"], "NAME=VALUE"),
    "unknown scenario": (["build", "--scenario", "esay"], "did you mean essay"),
    "a path as scenario": (["build", "--scenario", "../essay"], "cannot be a scenario's name"),
    "an absolute path as scenario": (["check", "--scenario", "/etc/passwd"], "cannot be a scenario's name"),
    "unknown chapter": (["run", "costs"], "did you mean cost"),
    "a path as chapter": (["run", "../book/cost"], "There is no chapter"),
    "a page that is no chapter": (["run", "index"], "There is no chapter"),
    "unknown command": (["bild"], "invalid choice"),
    "no command": ([], "required"),
    "unknown option": (["build", "--fast"], "Unrecognized arguments: --fast"),
    "unknown engine": (["build", "--engine", "warp"], "invalid choice"),
    "no chapters at a time": (["build", "--jobs", "0"], "--jobs"),
    "no time": (["build", "--timeout", "0"], "--timeout"),
    "endless time": (["build", "--timeout", "nan"], "--timeout"),
    "unknown parameter to show": (["parameters", "defect"], "did you mean defects"),
    "unknown verdict": (["claims", "--verdict", "hold"], "did you mean holds"),
    "unknown table to show": (["facts", "accelerator"], "did you mean accelerators"),
    "a day that is none": (["facts", "--stale", "--on", "soon"], "is no date"),
    "verdicts of no build": (["claims", "--scenario", "essay"], "shortcase build --scenario essay"),
}


@pytest.mark.parametrize(("request_", "told"), REQUESTS.values(), ids=REQUESTS)
def test_a_wrong_request_is_refused(built: SmallBook, ask: Ask, request_: list[str], told: str) -> None:
    before = built.last_build()
    ran = ask(built, *request_)
    assert ran.code == 2
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert not ran.out
    assert built.last_build() == before


def test_outside_any_book_the_book_of_the_installation_is_used_or_the_way_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from shortcase import cli, places

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(places, "__file__", str(tmp_path / "lib" / "shortcase" / "places.py"))
    assert cli.main(["check"]) == 2
    assert "run the command inside a checkout of the book" in capsys.readouterr().err


def test_a_scenario_may_not_be_named_after_a_folder_of_the_build(book: SmallBook, ask: Ask) -> None:
    (book.root / "book/scenarios/html.yml").write_text("title: Page\nreason: None.\n", encoding="utf-8")
    ran = ask(book, "build", "--scenario", "html")
    assert (ran.code, "names a folder of the build" in ran.err) == (2, True)


FILES = {
    "duplicate key": ("book/parameters.yml", "  label: Defects\n", "  label: Defects\n  label: B\n", "stands twice"),
    "duplicate parameter": ("book/parameters.yml", "discount_rate:\n", "defects:\n", "stands twice"),
    "tab": ("book/parameters.yml", "  label: Defects", "\tlabel: Defects", "tab"),
    "broken YAML": ("book/parameters.yml", "  label: Defects", "  label: [Defects", "Broken YAML"),
    "no bounds": ("book/parameters.yml", "  max: 1\n", "", "no hard bounds"),
    "value outside bounds": ("book/parameters.yml", "  value: 0.1\n", "  value: 7\n", "outside its bounds"),
    "unknown field": ("book/parameters.yml", "  label: Defects", "  lable: Defects", "did you mean label"),
    "scenario sets an unknown name": (
        "book/scenarios/documented.yml", "title:", "set: {defect: 1}\ntitle:", "did you mean defects",
    ),
    "scenario out of bounds": (
        "book/scenarios/documented.yml", "title:", "set: {defects: 9}\ntitle:", "outside its bounds",
    ),
    "unknown unit of a parameter": ("book/parameters.yml", "unit: per cm2", "unit: per cm", "did you mean per cm2"),
    "unknown unit of a claim": ("book/claims.csv", "0.5,share", "0.5,shares", "did you mean share"),
    "rule that cannot decide": ("book/claims.csv", "share,at_least", "share,between", "two stated values"),
    "tab in the contents": ("_toc.yml", "  - file", "\t- file", "tab"),
    "broken contents": ("_toc.yml", "root: book/index", "root: [book/index", "Broken YAML"),
    "contents list no page": ("_toc.yml", "book/cost", "book/costs", "did you mean book/cost"),
    "broken configuration": ("_config.yml", "author: Nobody", "author: [Nobody", "Broken YAML"),
    "configuration says it twice": ("_config.yml", "author: Nobody", "title: Twice", "stands twice"),
    "claims header": ("book/claims.csv", "id,section", "id,part", "missing ['section'], extra ['part']"),
    "claim twice": ("book/claims.csv", "cost-high,", "yield-half,", "stands twice"),
    "lint.yml with a figure": ("book/lint.yml", '"H100"', '"100"', "is a figure"),
    "lint.yml with a plain word": ("book/lint.yml", '"H100"', '"GPU"', "needs no permission"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "told"), FILES.values(), ids=FILES)
def test_a_broken_file_is_refused_with_file_and_line(  # noqa: PLR0917
    built: SmallBook, ask: Ask, name: str, old: str, new: str, told: str
) -> None:
    built.edit(name, old, new)
    before = built.last_build()
    ran = ask(built, "build")
    assert ran.code == 2
    assert told in ran.err
    assert name in ran.err
    assert "Traceback" not in ran.err
    assert built.last_build() == before


def test_the_line_of_a_broken_file_is_the_one_to_go_to(book: SmallBook, ask: Ask) -> None:
    book.edit("book/parameters.yml", "  unit: per cm2\n", "  unit: per cm2\n  unit: share\n")
    assert f"book/parameters.yml:{book.line('book/parameters.yml', 'unit: share')}:" in ask(book, "check").err


def test_a_page_that_is_not_utf8(book: SmallBook, ask: Ask) -> None:
    (book.root / "book/index.md").write_bytes(b"# caf\xe9\n")
    ran = ask(book, "check")
    assert (ran.code, "book/index.md: The file is not UTF-8" in ran.err) == (2, True)


@pytest.mark.parametrize("name", ["book/claims.csv", "book/parameters.yml", "_toc.yml", "_config.yml"])
def test_a_file_that_is_not_utf8(book: SmallBook, ask: Ask, name: str) -> None:
    (book.root / name).write_bytes(b"title: caf\xe9\n")
    ran = ask(book, "check")
    assert (ran.code, f"{name}: The file is not UTF-8" in ran.err) == (2, True)


@pytest.mark.parametrize("name", ["book/claims.csv", "_toc.yml", "_config.yml"])
def test_a_file_that_is_not_there(book: SmallBook, ask: Ask, name: str) -> None:
    (book.root / name).unlink()
    ran = ask(book, "check")
    assert (ran.code, f"{name}: The file is not there" in ran.err) == (2, True)


def test_a_page_that_the_contents_leave_out(book: SmallBook, ask: Ask) -> None:
    (book.root / "book" / "more.md").write_text("# More\n", encoding="utf-8")
    ran = ask(book, "check")
    assert (ran.code, "book/more.md: The table of contents leaves out book/more" in ran.err) == (2, True)


def test_problems_for_a_program(book: SmallBook, ask: Ask) -> None:
    import json

    book.edit("book/index.md", "die_yield", "die_yeild")
    ran = ask(book, "check", "--json")
    problems = json.loads(ran.out)["problems"]
    assert ran.code == 2
    assert problems[0] == {
        "where": "book/index.md:3",
        "what": "There is no number 'die_yeild'",
        "mend": "did you mean die_yield?",
        "rule": "roles",
    }
