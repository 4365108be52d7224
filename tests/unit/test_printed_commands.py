"""What README and docs tell a reader to type is typed here: the command line reads each command; its names are there.

What takes no time is run as it is printed; what computes is read by what would compute it, up to the first chapter.
"""

from __future__ import annotations

import importlib.util
import re
import shlex
from argparse import Namespace
from pathlib import Path

import pytest

from shortcase import cli
from shortcase.case import scenarios
from shortcase.commands.compare.sides import side
from shortcase.publish.read import pages
from shortcase.publish.request import Request, chosen
from shortcase.sweep import thesis
from shortcase.sweep.asked import Sweep, kept

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
OURS = ".venv/bin/shortcase"
QUICK = ("parameters", "check --explain typed-figures")
"""Commands that are run as they are printed."""


def printed() -> list[tuple[str, list[str]]]:
    """Each command of the pages with its place, taken apart as a shell would."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in SHELL.finditer(text):
            first = text.count("\n", 0, block.start(1)) + 1
            for number, line in enumerate(block[1].splitlines(), start=first):
                words = shlex.split(line, comments=True)
                if words:
                    found.append((f"{page.name}:{number}", words))
    return found


COMMANDS = printed()
SHORTCASE = {place: words[1:] for place, words in COMMANDS if words[0] == OURS}


@pytest.fixture(autouse=True)
def in_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def read(words: list[str]) -> Namespace:
    return cli.parser().parse_args(words)


@pytest.mark.parametrize("words", SHORTCASE.values(), ids=SHORTCASE)
def test_a_command_is_one_that_the_command_line_takes(words: list[str]) -> None:
    options = read(words)
    if hasattr(options, "scenario"):
        assert options.scenario in scenarios.names()
    if hasattr(options, "settings") and not scenarios.read_scenario(options.scenario).looks_ahead:
        chosen(Request(scenario=options.scenario, settings=tuple(options.settings)))
    if getattr(options, "chapter", None) and words[0] in ("run", "sweep"):
        pages.chapter(options.chapter, ROOT)
    if words[0] == "compare":
        for told in (options.old, options.new):
            side(told.replace("HEAD~1", "HEAD"), ROOT)  # a shallow copy of the repository has one commit
    if words[0] == "sweep":
        assert len(Sweep(Request(), options.out, tuple(options.over)).points()) > 1
        assert kept([one.key for one in thesis.OUTPUTS], options.keep)


@pytest.mark.parametrize("line", QUICK)
def test_a_quick_command_runs_as_it_is_printed(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = shlex.split(line)
    assert words in SHORTCASE.values(), "the pages no longer print it"
    assert cli.main(words) == 0
    assert capsys.readouterr().out


def test_other_programs_are_given_what_is_there() -> None:
    """Tests, modules and targets of make that the pages name; who installs something names it in the same block."""
    targets = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
    for place, words in COMMANDS:
        if words[0] == "make":
            assert words[1] in targets, place
        if words[0] == ".venv/bin/python":
            assert importlib.util.find_spec(words[2]), place
        for word in words:
            if re.fullmatch(r"(?:tests|book|lib)/[\w/]+\.\w+", word):
                assert (ROOT / word).is_file(), f"{place}: {word}"


def test_the_pages_print_commands_of_every_kind() -> None:
    told = {words[0] for words in SHORTCASE.values()}
    assert {"parameters", "run", "value", "build", "compare", "expect", "check", "sweep"} <= told
    naming = {page.name for page in PAGES if f"\n{OURS} " in page.read_text(encoding="utf-8")}
    assert {place.split(":")[0] for place in SHORTCASE} == naming
    assert naming >= {"README.md", "next-quarter.md"}


def test_a_command_that_is_none_is_seen() -> None:
    assert cli.main(["compare", "documented"]) == 2
    with pytest.raises(Exception, match="Unrecognized arguments"):
        read(["value", "--whi"])
