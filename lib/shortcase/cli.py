"""The command line. Imports nothing heavy before it is needed, so that help and an unchanged build are quick."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from shortcase.commands import interrupts, sweeping
from shortcase.commands.options import parser
from shortcase.errors import BadRequest, ShortcaseError
from shortcase.publish.run import processes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and say how it went, by exit code and in words."""
    try:
        processes.one_thread()
        processes.collect_seldom()
        interrupts.end_as_interrupted()
        _speak_whatever_the_locale()
        options = parser().parse_args(arguments)
        return COMMANDS[options.command](options)
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


def command() -> NoReturn:
    """One command as a program, which ends without looking once more through all that it has read."""
    sys.unraisablehook = interrupts.ask_again
    code = main()
    processes.settled()
    sys.exit(code)


def _speak_whatever_the_locale() -> None:
    """UTF-8 into a file or a pipe, and on a terminal what it can show: no locale may keep a figure from being told."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


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
    request = _request(options)
    if options.watch:
        from shortcase.commands.watch import watch  # noqa: PLC0415

        return watch(options.chapter, request, lambda text: print(text, flush=True))
    from shortcase.publish.run.ahead import Ahead  # noqa: PLC0415

    with Ahead(forking=not request.engine and processes.can_fork()) as ahead:
        from shortcase.commands.chapter_run import run  # noqa: PLC0415

        found = run(options.chapter, request, _progress, ahead.execute)
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
    from shortcase.commands import checking  # noqa: PLC0415

    if options.explain is not None:
        return checking.explain(options.explain)
    return checking.check(_request(options), as_json=options.json)


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


def _value(options: argparse.Namespace) -> int:
    from shortcase.case.thesis.answer import DRAWS, SEED  # noqa: PLC0415
    from shortcase.commands.valuation import as_text, value  # noqa: PLC0415

    found = value(
        _request(options),
        DRAWS if options.draws is None else options.draws,
        SEED if options.seed is None else options.seed,
        say=_progress,
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
    from shortcase.commands.paper import NAME, pdf  # noqa: PLC0415
    from shortcase.places import root  # noqa: PLC0415

    site = root() / options.site
    print(pdf(site, options.out or site / NAME))
    return 0


def _serve(options: argparse.Namespace) -> int:
    from shortcase.commands.serve import serve  # noqa: PLC0415

    return serve(_request(options), options.port)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "check": _check,
    "claims": _claims,
    "compare": _compare,
    "completion": _completion,
    "expect": _expect,
    "facts": _facts,
    "parameters": _parameters,
    "pdf": _pdf,
    "run": _run,
    "schema": _schema,
    "serve": _serve,
    "sweep": _sweep,
    "value": _value,
    "complete": _complete,
}
"""What each command does; `complete` is asked by the shells' scripts."""


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _answer(value: object) -> None:
    print(json.dumps(value, indent=1, ensure_ascii=False))


def _complain(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    command()
