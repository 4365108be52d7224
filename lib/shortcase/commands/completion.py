"""Completion for bash, zsh and fish: one answer, worked out from the command line's own parser, for all three.

A shell asks `shortcase complete WORD…` what the last word may be, so names of parameters, scenarios and chapters are
those that the book has now. The scripts only hand the words over.

    eval "$(shortcase completion bash)"              in ~/.bashrc
    eval "$(shortcase completion zsh)"               in ~/.zshrc, after compinit
    shortcase completion fish | source               in ~/.config/fish/config.fish
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence

from shortcase.case import parameters, scenarios
from shortcase.case.claims import Verdict
from shortcase.errors import ShortcaseError
from shortcase.places import root
from shortcase.publish.check.rules import RULES
from shortcase.publish.read.pages import chapters

SCRIPTS = {
    "bash": """\
_shortcase() {
  local IFS=$'\\n'
  COMPREPLY=($(shortcase complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
COMP_WORDBREAKS=${COMP_WORDBREAKS//=/}
complete -o default -F _shortcase shortcase
""",
    "zsh": """\
_shortcase() {
  local -a found
  found=("${(@f)$(shortcase complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -- ${(@)found:#*=}
  compadd -S '' -- ${(M)found:#*=}
}
compdef _shortcase shortcase
""",
    "fish": """\
function __shortcase
  set -l words (commandline -opc) (commandline -ct)
  shortcase complete $words[2..-1] 2>/dev/null
end
complete -c shortcase -f -a '(__shortcase)'
""",
}
NAMES: Mapping[str, Callable[[], Iterable[str]]] = {
    "scenario": scenarios.names,
    "settings": lambda: (f"{name}=" for name in parameters.as_written()),
    "chapter": lambda: (page.name for page in chapters(root())),
    "old": lambda: [*scenarios.names(), *(f"{name}=" for name in parameters.as_written())],
    "new": lambda: [*scenarios.names(), *(f"{name}=" for name in parameters.as_written())],
    "verdict": lambda: (str(verdict).replace(" ", "\\ ") for verdict in Verdict),
    "explain": lambda: RULES,
}
"""What an argument or the value of an option may be, by where argparse keeps it."""
ONLY: Mapping[tuple[str, str], Callable[[], Iterable[str]]] = {
    ("parameters", "name"): parameters.as_written,
}
"""The same, where a name means something else in each command."""


def completions(parser: argparse.ArgumentParser, words: Sequence[str]) -> list[str]:
    """What the last of the words may become.

    >>> from shortcase.commands.options import parser
    >>> completions(parser(), ["bu"])
    ['build']
    """
    *before, last = words or [""]
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    if not before:
        told = [action.dest for action in commands._choices_actions]  # those that the help names
        return _beginning(last, [*told, *_options(parser)])
    chosen = commands.choices.get(before[0])
    if chosen is None:
        return []
    by_option = {option: action for action in chosen._actions for option in action.option_strings}
    expecting = by_option.get(before[-1]) if len(before) > 1 else None
    if expecting is not None and expecting.nargs != 0:
        return _beginning(last, _values(before[0], expecting))
    if last.startswith("-"):
        return _beginning(last, _options(chosen))
    given = [word for place, word in enumerate(before[1:]) if not _belongs(before[1:], place, by_option)]
    places = [action for action in chosen._actions if not action.option_strings]
    if not places:
        return []
    action = places[min(len(given), len(places) - 1)]
    full = len(given) >= len(places) and action.nargs != "*"
    return [] if full else _beginning(last, _values(before[0], action))


def _belongs(words: Sequence[str], place: int, by_option: Mapping[str, argparse.Action]) -> bool:
    """Whether a word is an option, or the value of the one before it."""
    before = by_option.get(words[place - 1]) if place else None
    return words[place].startswith("-") or (before is not None and before.nargs != 0)


def _values(command: str, action: argparse.Action) -> Iterable[str]:
    if action.choices:
        return map(str, action.choices)
    made = ONLY.get((command, action.dest)) or NAMES.get(action.dest)
    try:
        return list(made()) if made else []
    except ShortcaseError:
        return []  # outside a book there are no names


def _options(parser: argparse.ArgumentParser) -> list[str]:
    return [option for action in parser._actions for option in action.option_strings if option.startswith("--")]


def _beginning(last: str, words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if word.startswith(last))
