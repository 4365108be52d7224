"""The command line. Imports nothing heavy before it is needed, so that help and an unchanged build are quick."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from shortcase.commands import sweeping
from shortcase.errors import BadRequest, ShortcaseError
from shortcase.publish.run import processes

MOST_DRAWS = 100_000_000
EXIT = """exit codes:
  0 good   1 the book or a claim check failed   2 the request or a text is wrong   130 interrupted, nothing half-written
"""
DUE = """  3 a table of facts is due for review (shortcase facts --stale, and nothing else)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and say how it went, by exit code and in words."""
    try:
        processes.one_thread()
        _end_as_interrupted()
        options = parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    except ShortcaseError as error:
        _complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        _complain("Interrupted. The last good book is as it was.")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of the pipe has gone
        return 128 + signal.SIGPIPE
    except OSError as error:
        from shortcase.publish.files import refused  # noqa: PLC0415

        _complain(str(refused(error)))
        return 1


def _end_as_interrupted() -> None:
    """A request to end, or a terminal that goes away, is what an interrupt is: what was begun is cleared away."""
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_DFL:
                signal.signal(getattr(signal, name), signal.default_int_handler)


def parser() -> argparse.ArgumentParser:
    """The commands and their options, each with an example."""
    top = _Parser(
        prog="shortcase",
        description="The Short Case, Recomputed: build the book, run a chapter, look into parameters and claims.",
        epilog="example:\n  shortcase run the_fallout --set demand_elasticity=1.5\n\n" + EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show the version and stop")
    commands = top.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)

    build = _command(commands, "build", _build, "the whole book, into _build/html",
                     "shortcase build --scenario essay --set as_of=2025-03-31")  # fmt: skip
    _values(build)
    build.add_argument(
        "--all", action="store_true", dest="every", help="under every scenario, as one site in _build/site"
    )
    _execution(build)
    run = _command(commands, "run", _run, "one chapter; shows each number that moved, old → new",
                   "shortcase run the_fallout --set demand_elasticity=1.5")  # fmt: skip
    run.add_argument("chapter", metavar="CHAPTER", help="the chapter's name, as its file in book/ is called")
    run.add_argument("--watch", action="store_true", help="again on every change: what moved, and because of what")
    _values(run)
    _execution(run)
    _analysis(commands)
    check = _command(commands, "check", _check, "everything that can be wrong before a chapter runs",
                     "shortcase check --scenario essay")  # fmt: skip
    _values(check)
    check.add_argument("--explain", metavar="RULE", help="what a rule demands, and why: its name ends each message")
    parameters = _command(commands, "parameters", _parameters, "what a reader may change, or one entry of it",
                          "shortcase parameters demand_elasticity")  # fmt: skip
    parameters.add_argument("name", metavar="NAME", nargs="?", help="show this parameter in full")
    _values(parameters)
    claims = _command(commands, "claims", _claims, "the essay's claims, with the verdicts of the last build",
                      "shortcase claims --verdict fails")  # fmt: skip
    claims.add_argument("--verdict", metavar="V", help="only those with this verdict, such as holds, fails or depends")
    claims.add_argument("--scenario", default="documented", metavar="NAME", help="the scenario whose build is asked")
    claims.add_argument("--expect", action="store_true", help="write these verdicts down as those that are expected")
    facts = _command(commands, "facts", _facts, "the tables of sourced facts, one of them, or those due for review",
                     "shortcase facts --stale", more=DUE)  # fmt: skip
    facts.add_argument("name", metavar="NAME", nargs="?", help="show this table in full")
    facts.add_argument("--stale", action="store_true", help="only those whose date of review has passed")
    facts.add_argument("--on", metavar="DAY", help="the day on which --stale asks, YYYY-MM-DD (default: today)")
    worth = _command(commands, "value", _value, "what a share is worth, forward, in reverse, and threat by threat",
                     "shortcase value --scenario bear --set demand_elasticity=0.5 --draws 100000")  # fmt: skip
    _values(worth)
    worth.add_argument(
        "--draws", type=_draws, metavar="N", help="cases drawn from the stated ranges (default: as in the book)"
    )
    worth.add_argument("--seed", type=_seed, metavar="S", help="start of the draws (default: as in the book)")
    sweep = _command(commands, "sweep", _sweep, "many cases at once, into one file", sweeping.EXAMPLE)
    _values(sweep)
    sweeping.options(sweep)
    worth.add_argument("--why", action="store_true", help="and the shortest rules that decide, found among drawn cases")
    _editing(commands)
    paper = _command(commands, "pdf", _pdf, "the last build as one PDF, printed by a Chromium that is there",
                     "shortcase pdf --out the-short-case.pdf")  # fmt: skip
    paper.add_argument("--out", type=Path, metavar="FILE", default=Path("_build/the-short-case-recomputed.pdf"),
                       help="where to put it (default: %(default)s)")  # fmt: skip
    serve = _command(commands, "serve", _serve, "the book on a local address, built again when a source changes",
                     "shortcase serve --port 8000")  # fmt: skip
    serve.add_argument("--port", type=int, default=8000, help="port of the local address (%(default)s)")
    _values(serve)
    for name in ("build", "run", "compare", "check", "expect", "parameters", "claims", "facts", "value", "sweep"):
        commands.choices[name].add_argument("--json", action="store_true", help="answer in JSON, for a program")
    return top


def _analysis(commands: Any) -> None:
    """What an analyst asks of the whole: what differs, and whether it makes sense."""
    compare = _command(commands, "compare", _compare, "two scenarios, builds or revisions: what moves, and why",
                       "shortcase compare HEAD~1 documented --format markdown")  # fmt: skip
    compare.add_argument("old", metavar="A", help="a scenario, scenario file, NAME=VALUE, finished build or revision, "
                         "or several with commas: HEAD~1,bear,demand_growth=0.4")  # fmt: skip
    compare.add_argument("new", metavar="B", help="the other, written in the same way")
    compare.add_argument("--ends", action="store_true", help="compare at both bounds of every parameter as well")
    compare.add_argument("--gate", action="store_true", help="end with 1 where a verdict flips that B does not expect")
    compare.add_argument("--format", choices=["text", "markdown", "json", "csv"], default="text",
                         help="how to tell it (%(default)s)")  # fmt: skip
    expect = _command(commands, "expect", _expect, "whether the model is sane: what must hold of its figures, tested",
                      "shortcase expect --chapter the_fallout")  # fmt: skip
    expect.add_argument("names", metavar="NAME", nargs="*", help="test these expectations only")
    expect.add_argument("--chapter", metavar="CHAPTER", help="test those of one chapter, or of the thesis")
    expect.add_argument("--write", action="store_true", help="keep the outcomes for the page of the book")


def _editing(commands: Any) -> None:
    """What editors and shells ask."""
    schema = _command(commands, "schema", _schema, "a JSON Schema of the files that people write, for an editor",
                      "shortcase schema --write")  # fmt: skip
    schema.add_argument("name", nargs="?", choices=["parameters", "scenario", "expectations"], default="parameters",
                        help="of which file (%(default)s)")  # fmt: skip
    schema.add_argument("--write", action="store_true", help="write all of them into book/schemas")
    completion = _command(commands, "completion", _completion, "a script by which a shell completes this command",
                          'eval "$(shortcase completion bash)"')  # fmt: skip
    completion.add_argument("shell", choices=["bash", "zsh", "fish"], help="for which shell")
    complete = commands.add_parser(
        "complete", add_help=False, prefix_chars="\0"
    )  # what the scripts ask; no help names it
    complete.add_argument("words", nargs="*")
    complete.set_defaults(command=_complete)


class _Parser(argparse.ArgumentParser):
    """Words a wrong command line as the book words its other errors."""

    def error(self, message: str) -> Any:
        raise BadRequest(message[:1].upper() + message[1:], mend=f"see {self.prog} --help")


class _Version(argparse.Action):
    """Shows the version, which is looked up only then."""

    def __call__(self, top: argparse.ArgumentParser, *_: object) -> None:
        from importlib import metadata  # noqa: PLC0415

        print(f"shortcase {metadata.version('shortcase')}")
        top.exit()


def _command(
    commands: Any, name: str, run: Callable[[Any], int], about: str, example: str, *, more: str = ""
) -> argparse.ArgumentParser:
    ends = f"example:\n  {example}\n\n{EXIT}{more}"
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=about[:1].upper() + about[1:] + ".", epilog=ends,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    made.set_defaults(command=run)
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


def _request(options: argparse.Namespace) -> Any:
    from shortcase.publish.request import Request  # noqa: PLC0415

    given: dict[str, Any] = {"scenario": options.scenario, "settings": tuple(options.settings)}
    if getattr(options, "jobs", None) is not None:
        given["jobs"] = options.jobs
    if hasattr(options, "engine"):
        given |= {"engine": options.engine or "", "fresh": options.fresh, "timeout_s": options.timeout}
    return Request(**given)


def _build(options: argparse.Namespace) -> int:
    from shortcase.publish.build import build  # noqa: PLC0415

    if options.every:
        return _build_every(options)
    report = build(_request(options), _progress)
    index = report.site / "index.html"
    if options.json:
        _answer({"site": str(report.site), "changed": report.changed, "executed": report.executed,
                 "kept": report.kept, "seconds": round(report.seconds, 3), "numbers": report.numbers,
                 "claims_judged": report.judged})  # fmt: skip
    elif not report.changed:
        print(f"Nothing has changed since the last build: {index}")
    else:
        print(f"Built in {report.seconds:.1f} s: {len(report.executed)} chapters executed, {len(report.kept)} kept; "
              f"{report.numbers} numbers, {report.judged} claims judged.\n{index}")  # fmt: skip
    return 0


def _build_every(options: argparse.Namespace) -> int:
    from shortcase.publish.every import build_every  # noqa: PLC0415

    site = build_every(_request(options), _progress)
    index = site.folder / "index.html"
    if options.json:
        _answer({"site": str(site.folder), "scenarios": {name: report.numbers for name, report in site.books.items()}})
    else:
        print(f"Built under {len(site.books)} scenarios: {', '.join(site.books)}.\n{index}")
    return 0


def _run(options: argparse.Namespace) -> int:
    from shortcase.commands.chapter_run import run  # noqa: PLC0415

    if options.watch:
        from shortcase.commands.watch import watch  # noqa: PLC0415

        return watch(options.chapter, _request(options), lambda text: print(text, flush=True))
    found = run(options.chapter, _request(options), _progress)
    if options.json:
        _answer(found.as_json())
    else:
        print(found.as_text())
    return 0


def _compare(options: argparse.Namespace) -> int:
    from shortcase.commands.compare import gate, report  # noqa: PLC0415
    from shortcase.commands.compare.comparison import compare  # noqa: PLC0415

    found = compare(options.old, options.new, _progress, ends=options.ends)
    if options.json or options.format == "json":
        _answer(report.as_json(found))
    elif options.format == "csv":
        print(report.as_csv(found), end="")
    elif options.format == "markdown":
        print(report.as_markdown(found), end="")
    else:
        print(report.as_text(found))
    return gate.hold(found) if options.gate else 0


def _check(options: argparse.Namespace) -> int:
    from shortcase.commands import fact_listing  # noqa: PLC0415
    from shortcase.publish.check.book import check  # noqa: PLC0415
    from shortcase.publish.check.problems import Refused  # noqa: PLC0415
    from shortcase.publish.request import chosen, layout  # noqa: PLC0415

    if options.explain is not None:
        from shortcase.publish.check.rules import explained  # noqa: PLC0415

        print(explained(options.explain))
        return 0
    request = _request(options)
    try:
        values = chosen(request)
        book = check(layout(request).root, str(values["as_of"]))
    except ShortcaseError as error:
        if not options.json:
            raise
        problems = error.problems if isinstance(error, Refused) else (error,)
        _answer({"problems": [{"where": p.where, "what": p.what, "mend": p.mend, "rule": p.rule} for p in problems]})
        return error.exit_code
    due = fact_listing.due_today()
    if options.json:
        _answer({"problems": [], "due_for_review": [table.name for table in due]})
    else:
        shown = f"{len(book.pages)} pages, {len(book.chapters)} of them chapters, {len(book.uses)} bound figures"
        print(f"Nothing is wrong: {shown}.")
    if due:
        _complain(f"{len(due)} tables of facts are due for review; shortcase facts --stale names them.")
    return 0


def _expect(options: argparse.Namespace) -> int:
    from shortcase.commands.expect import report  # noqa: PLC0415
    from shortcase.places import root  # noqa: PLC0415

    outcomes = report.expect(root(), options.names, options.chapter, _progress)
    told = report.as_json(outcomes)
    if options.write:
        if options.names or options.chapter:
            raise BadRequest("Only all of them together are kept", where="--write", mend="leave out what chooses some")
        report.keep(root(), outcomes)
    if options.json:
        _answer(told)
    else:
        print(report.as_text(outcomes))
    return 1 if report.failed(outcomes) else 0


def _parameters(options: argparse.Namespace) -> int:
    from shortcase.commands import listing  # noqa: PLC0415

    return listing.parameters(options.name, options.scenario, options.settings, as_json=options.json)


def _claims(options: argparse.Namespace) -> int:
    from shortcase.commands import listing  # noqa: PLC0415

    if options.expect:
        print(f"Written: {listing.expect(_request_of_scenario(options.scenario))}")
        return 0
    return listing.claims(options.verdict, _request_of_scenario(options.scenario), as_json=options.json)


def _facts(options: argparse.Namespace) -> int:
    from shortcase.commands import fact_listing  # noqa: PLC0415

    return fact_listing.facts(options.name, options.on, stale=options.stale, as_json=options.json)


def _request_of_scenario(name: str) -> Any:
    from shortcase.publish.request import Request  # noqa: PLC0415

    return Request(scenario=name)


def _draws(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DRAWS):
        raise argparse.ArgumentTypeError(f"draw from 1 to {MOST_DRAWS:,} cases, not {text}")
    return int(text)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"a seed is a whole number from zero, not {text}")
    return int(text)


def _value(options: argparse.Namespace) -> int:
    from shortcase.case.thesis.answer import DRAWS, SEED  # noqa: PLC0415
    from shortcase.commands.valuation import as_text, value  # noqa: PLC0415

    found = value(
        _request(options),
        DRAWS if options.draws is None else options.draws,
        SEED if options.seed is None else options.seed,
        why=options.why,
    )
    if options.json:
        _answer(found)
    else:
        print(as_text(found))
    return 0


def _sweep(options: argparse.Namespace) -> int:
    report = sweeping.sweep(options, _request(options), _progress)
    if options.json:
        _answer(sweeping.as_json(report))
    else:
        print(sweeping.as_text(report))
    return 0


def _schema(options: argparse.Namespace) -> int:
    from shortcase.commands import schema  # noqa: PLC0415
    from shortcase.places import root  # noqa: PLC0415

    if options.write:
        print("\n".join(f"Written: {path}" for path in schema.keep(root())))
    else:
        print(schema.text(options.name), end="")
    return 0


def _completion(options: argparse.Namespace) -> int:
    from shortcase.commands.completion import SCRIPTS  # noqa: PLC0415

    print(SCRIPTS[options.shell], end="")
    return 0


def _complete(options: argparse.Namespace) -> int:
    from shortcase.commands.completion import completions  # noqa: PLC0415

    print("\n".join(completions(parser(), options.words)))
    return 0


def _pdf(options: argparse.Namespace) -> int:
    from shortcase.commands.paper import pdf  # noqa: PLC0415
    from shortcase.places import root  # noqa: PLC0415

    print(pdf(root() / "_build" / "html", options.out))
    return 0


def _serve(options: argparse.Namespace) -> int:
    from shortcase.commands.serve import serve  # noqa: PLC0415

    return serve(_request(options), options.port)


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _answer(value: object) -> None:
    print(json.dumps(value, indent=1, ensure_ascii=False))


def _complain(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
