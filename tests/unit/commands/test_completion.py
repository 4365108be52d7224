"""What a shell is told when the reader presses the tab key, and that bash takes it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shortcase.case.parameters import as_written
from shortcase.commands.completion import SCRIPTS, completions
from shortcase.commands.options import parser


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["compar"], ["compare"]),
        (["complet"], ["completion"]),
        (["run", "the_fal"], ["the_fallout"]),
        (["run", "the_fallout", "the_b"], []),
        (["run", "the_fallout", "--set", "demand_elas"], ["demand_elasticity="]),
        (["run", "--scenario", "be"], ["bear"]),
        (["compare", "bear", "bul"], ["bull"]),
        (["compare", "--format", "m"], ["markdown"]),
        (["parameters", "demand_elas"], ["demand_elasticity"]),
        (["check", "--explain", "doll"], ["dollars"]),
        (["check", "--explain=", ""], []),
        (["expect", "--chapter", "x", "--wr"], ["--write"]),
        (["nothing", "x"], []),
    ],
)
def test_what_the_last_word_may_become(words: list[str], found: list[str]) -> None:
    assert completions(parser(), words) == found


def test_every_parameter_can_be_set() -> None:
    assert completions(parser(), ["build", "--set", ""]) == sorted(f"{name}=" for name in as_written())


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_script_is_one_that_its_shell_can_read(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    script = tmp_path / "script"
    script.write_text(SCRIPTS[shell], encoding="utf-8")
    subprocess.run([shell, "-n", str(script)], check=True)


def test_bash_completes_a_scenario(root: Path) -> None:
    asked = SCRIPTS["bash"] + (
        f'shortcase() {{ "{sys.executable}" -m shortcase.cli "$@"; }}\ncompopt() {{ :; }}\n'
        'COMP_WORDS=(shortcase run the_fallout --scenario bu); COMP_CWORD=4; _shortcase; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", asked], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "bull"
