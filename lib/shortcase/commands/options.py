"""The options of the command line: what each command is called, what it takes, and an example of it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from shortcase.commands import sweeping
from shortcase.errors import BadRequest

MOST_DRAWS = 100_000_000
EXIT = """exit codes:
  0 good   1 the book or a claim check failed   2 the request or a text is wrong   130 interrupted, nothing half-written
"""
DUE = """  3 a table of facts is due for review (shortcase facts --stale, and nothing else)
"""


def parser() -> argparse.ArgumentParser:
    """The commands and their options, each with an example; `command` of what is parsed names the one that was asked.

    >>> parser().parse_args(["value", "--scenario", "bear"]).command
    'value'
    """
    top = _Parser(
        prog="shortcase",
        description="The Short Case, Recomputed: build the book, run a chapter, look into parameters and claims.",
        epilog="example:\n  shortcase run the_fallout --set demand_elasticity=1.5\n\n" + EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show the version and stop")
    commands = top.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)

    build = _command(commands, "build", "the whole book, into _build/html",
                     "shortcase build --scenario essay --set as_of=2025-03-31")  # fmt: skip
    _values(build)
    build.add_argument(
        "--all", action="store_true", dest="every", help="under every scenario, as one site in _build/site"
    )
    _execution(build)
    run = _command(commands, "run", "one chapter; shows each number that moved, old → new",
                   "shortcase run the_fallout --set demand_elasticity=1.5")  # fmt: skip
    run.add_argument("chapter", metavar="CHAPTER", help="the chapter's name, as its file in book/ is called")
    run.add_argument("--watch", action="store_true", help="again on every change: what moved, and because of what")
    _values(run)
    _execution(run)
    _analysis(commands)
    check = _command(commands, "check", "everything that can be wrong before a chapter runs",
                     "shortcase check --scenario essay")  # fmt: skip
    _values(check)
    check.add_argument("--explain", metavar="RULE", help="what a rule demands, and why: its name ends each message")
    parameters = _command(commands, "parameters", "what a reader may change, or one entry of it",
                          "shortcase parameters demand_elasticity")  # fmt: skip
    parameters.add_argument("name", metavar="NAME", nargs="?", help="show this parameter in full")
    _values(parameters)
    claims = _command(commands, "claims", "the essay's claims, with the verdicts of the last build",
                      "shortcase claims --verdict fails")  # fmt: skip
    claims.add_argument("--verdict", metavar="V", help="only those with this verdict, such as holds, fails or depends")
    claims.add_argument("--scenario", default="documented", metavar="NAME", help="the scenario whose build is asked")
    claims.add_argument("--expect", action="store_true", help="write these verdicts down as those that are expected")
    facts = _command(commands, "facts", "the tables of sourced facts, one of them, or those due for review",
                     "shortcase facts --stale", more=DUE)  # fmt: skip
    facts.add_argument("name", metavar="NAME", nargs="?", help="show this table in full")
    facts.add_argument("--stale", action="store_true", help="only those whose date of review has passed")
    facts.add_argument("--on", metavar="DAY", help="the day on which --stale asks, YYYY-MM-DD (default: today)")
    worth = _command(commands, "value", "what a share is worth, forward, in reverse, and threat by threat",
                     "shortcase value --scenario bear --set demand_elasticity=0.5 --draws 100000")  # fmt: skip
    _values(worth)
    worth.add_argument(
        "--draws", type=_draws, metavar="N", help="cases drawn from the stated ranges (default: as in the book)"
    )
    worth.add_argument("--seed", type=_seed, metavar="S", help="start of the draws (default: as in the book)")
    sweep = _command(commands, "sweep", "many cases at once, into one file", sweeping.EXAMPLE)
    _values(sweep)
    sweeping.options(sweep)
    worth.add_argument("--why", action="store_true", help="and the shortest rules that decide, found among drawn cases")
    _editing(commands)
    paper = _command(commands, "pdf", "the last build as one PDF, printed by a Chromium that is there",
                     "shortcase pdf --out the-short-case.pdf")  # fmt: skip
    paper.add_argument(
        "--site",
        type=Path,
        metavar="FOLDER",
        default=Path("_build/html"),
        help="the finished site that is printed (default: %(default)s; make site leaves _build/site)",
    )
    paper.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="where to put it (default: the-short-case-recomputed.pdf in the site, offered on its landing page)",
    )
    serve = _command(commands, "serve", "the book on a local address, built again when a source changes",
                     "shortcase serve --port 8000")  # fmt: skip
    serve.add_argument("--port", type=int, default=8000, help="port of the local address (%(default)s)")
    _values(serve)
    for name in ("build", "run", "compare", "check", "expect", "parameters", "claims", "facts", "value", "sweep"):
        commands.choices[name].add_argument("--json", action="store_true", help="answer in JSON, for a program")
    return top


def _analysis(commands: Any) -> None:
    """What an analyst asks of the whole: what differs, and whether it makes sense."""
    compare = _command(commands, "compare", "two scenarios, builds or revisions: what moves, and why",
                       "shortcase compare HEAD~1 documented --format markdown")  # fmt: skip
    compare.add_argument("old", metavar="A", help="a scenario, scenario file, NAME=VALUE, finished build or revision, "
                         "or several with commas: HEAD~1,bear,demand_growth=0.4")  # fmt: skip
    compare.add_argument("new", metavar="B", help="the other, written in the same way")
    compare.add_argument("--ends", action="store_true", help="compare at both bounds of every parameter as well")
    compare.add_argument("--gate", action="store_true", help="end with 1 where a verdict flips that B does not expect")
    compare.add_argument("--format", choices=["text", "markdown", "json", "csv"], default="text",
                         help="how to tell it (%(default)s)")  # fmt: skip
    expect = _command(commands, "expect", "whether the model is sane: what must hold of its figures, tested",
                      "shortcase expect --chapter the_fallout")  # fmt: skip
    expect.add_argument("names", metavar="NAME", nargs="*", help="test these expectations only")
    expect.add_argument("--chapter", metavar="CHAPTER", help="test those of one chapter, or of the thesis")
    expect.add_argument("--write", action="store_true", help="keep the outcomes for the page of the book")


def _editing(commands: Any) -> None:
    """What editors and shells ask."""
    schema = _command(commands, "schema", "a JSON Schema of the files that people write, for an editor",
                      "shortcase schema --write")  # fmt: skip
    schema.add_argument("name", nargs="?", choices=["parameters", "scenario", "expectations"], default="parameters",
                        help="of which file (%(default)s)")  # fmt: skip
    schema.add_argument("--write", action="store_true", help="write all of them into book/schemas")
    completion = _command(commands, "completion", "a script by which a shell completes this command",
                          'eval "$(shortcase completion bash)"')  # fmt: skip
    completion.add_argument("shell", choices=["bash", "zsh", "fish"], help="for which shell")
    # What the shells' scripts ask; no help names it.
    complete = commands.add_parser("complete", add_help=False, prefix_chars="\0")
    complete.add_argument("words", nargs="*")
    complete.set_defaults(command="complete")


class _Parser(argparse.ArgumentParser):
    """Words a wrong command line as the book words its other errors; options are written in full."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told, allow_abbrev=False)  # what is short for one option now is short for two later

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What a command does not know is refused by the command, so that the advice is to read the help of that."""
        known, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return known, rest

    def error(self, message: str) -> Any:
        raise BadRequest(message[:1].upper() + message[1:], mend=f"see {self.prog} --help")


class _Version(argparse.Action):
    """Shows the version, which is looked up only then."""

    def __call__(self, top: argparse.ArgumentParser, *_: object) -> None:
        from importlib import metadata  # noqa: PLC0415

        print(f"shortcase {metadata.version('shortcase')}")
        top.exit()


def _command(commands: Any, name: str, about: str, example: str, *, more: str = "") -> argparse.ArgumentParser:
    ends = f"example:\n  {example}\n\n{EXIT}{more}"
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=about[:1].upper() + about[1:] + ".", epilog=ends,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    made.set_defaults(command=name)
    return made


def _values(made: argparse.ArgumentParser) -> None:
    made.add_argument("--scenario", default="documented", metavar="NAME", help="a set of values from book/scenarios")
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", dest="settings",
                      help="one parameter's value; may be given several times")  # fmt: skip


def _execution(made: argparse.ArgumentParser) -> None:
    made.add_argument("--jobs", type=int, metavar="N", help="chapters at a time (default: as many as there are cores)")
    made.add_argument("--fresh", action="store_true", help="execute every chapter, whatever is kept")
    made.add_argument("--engine", choices=["fork", "kernel"],
                      help="fork: quick, the default where it works; kernel: a Jupyter kernel a chapter")  # fmt: skip
    made.add_argument(
        "--timeout", type=float, default=120.0, metavar="S", help="processor seconds a chapter may take (%(default)g)"
    )


def _draws(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DRAWS):
        raise argparse.ArgumentTypeError(f"draw from 1 to {MOST_DRAWS:,} cases, not {text}")
    return int(text)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"a seed is a whole number from zero, not {text}")
    return int(text)
