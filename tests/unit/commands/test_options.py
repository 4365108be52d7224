"""The command line: each command that it names does something, and shows an example that it takes."""

from __future__ import annotations

import argparse
import shlex

import pytest

from shortcase.cli import COMMANDS
from shortcase.commands.options import parser


def commands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


def test_each_command_has_what_it_does() -> None:
    assert set(COMMANDS) == set(commands())


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"complete", "completion"}))
def test_the_example_of_a_command_is_one_that_it_takes(name: str) -> None:
    example = str(commands()[name].epilog).split("\n")[1]
    program, *words = shlex.split(example)
    assert program == "shortcase"
    assert parser().parse_args(words).command == name
