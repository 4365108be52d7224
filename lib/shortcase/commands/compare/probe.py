"""The figures of a book, by its own lib: run as a script in the book's root, the lib that is meant on Python's path.

Reads what is asked from its input as JSON and answers with JSON. Every cell runs as in a build, but nothing is drawn,
so a book takes half a minute and no more; a chapter that nothing has changed for is taken from the folder of the kept.
It stands on few names of the lib, so that an older revision has them too, and says so where one is missing.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sys
import traceback
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

ENGINE = "probe 1"
"""Stands in the key of what is kept; counts up when the answer changes its form."""
SILENT = ("chart", "grid", "parameter_table")
KEPT = 64
"""Answers kept of each chapter; older ones are removed."""
OTHER_PRESS = 3
"""Exit code where the lib lacks a name that this script stands on."""


def main() -> int:
    """Answer one request."""
    asked: dict[str, Any] = json.load(sys.stdin)
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = answer(asked)
    except (ImportError, AttributeError, TypeError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return OTHER_PRESS
    except Exception as error:
        if not hasattr(error, "mend"):
            raise
        print(error, file=sys.stderr)
        return 2
    json.dump(found, sys.stdout)
    return 0


def answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Values, records by chapter, and figures at the ends that are asked for."""
    from shortcase import places  # noqa: PLC0415 - of the lib that the caller has put on the path
    from shortcase.case import scenarios  # noqa: PLC0415
    from shortcase.publish.check.book import read  # noqa: PLC0415
    from shortcase.publish.request import Request, chosen  # noqa: PLC0415

    root = places.root()
    values = chosen(Request(scenario=asked["scenario"]))  # refuses what begins after the essay
    own = {**asked["overrides"], **scenarios.settings(asked["settings"])}
    values = scenarios.read_scenario(asked["scenario"]).values(own)
    book = read(root)
    wanted = asked["chapters"] or list(book.codes)
    found: dict[str, Any] = {"values": values, "keys": {}, "records": {}, "failed": {}, "ends": []}
    for name in (name for name in wanted if name in book.codes):
        with placing(found["failed"], name):
            key, records = kept(book.codes[name], values, root, Path(asked["kept"]))
            found["keys"][name], found["records"][name] = key, records
    for name, end in asked["ends"]:
        found["ends"].append(at_end(book, values, name, end, wanted))
    return found


@contextlib.contextmanager
def placing(failed: dict[str, str], chapter: str) -> Iterator[None]:
    """Keep why a chapter failed, with the line of its page."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever a chapter raises is told
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == chapter]
        place = f"book/{chapter}.md" + (f":{lines[-1]}" if lines else "")
        failed[chapter] = f"{place}: {type(error).__name__}: {error}"


def kept(code: Any, values: Mapping[str, Any], root: Path, folder: Path) -> tuple[str, list[dict[str, Any]]]:
    """A chapter's records, as they were kept, or computed and kept."""
    from shortcase.publish.run import cache_key  # noqa: PLC0415

    key = cache_key.key(code, values, ENGINE, root)[0]
    path = folder / f"{code.page.name}.{key[:32]}.json"
    with contextlib.suppress(OSError, ValueError, KeyError):
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["digest"] == _digest(told["records"]):
            os.utime(path)
            return key, told["records"]
    records = computed(code, values)
    folder.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_text(json.dumps({"digest": _digest(records), "records": records}), encoding="utf-8")
    half.replace(path)
    ours = sorted(folder.glob(f"{code.page.name}.*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in ours[KEPT:]:
        old.unlink(missing_ok=True)
    return key, records


def _digest(records: object) -> str:
    return hashlib.sha256(json.dumps(records, sort_keys=True).encode()).hexdigest()


def computed(code: Any, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a chapter records, run in this process on the values of the build."""
    from shortcase import show  # noqa: PLC0415
    from shortcase.case import parameters  # noqa: PLC0415
    from shortcase.places import book  # noqa: PLC0415
    from shortcase.show import record  # noqa: PLC0415

    shown: list[dict[str, Any]] = []
    space: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.ExitStack() as stack:
        for name in SILENT:
            stack.enter_context(mock.patch.object(show, name, return_value=None))
        stack.enter_context(mock.patch.object(record, "display", shown.append))
        stack.enter_context(parameters.holding(values))
        stack.enter_context(contextlib.chdir(book()))
        for cell in code.page.code:
            source = "\n" * (cell.line - 1) + cell.source  # a failure is told with the line of the page
            exec(compile(source, code.page.name, "exec"), space)  # noqa: S102 - the book's own code
    records: list[dict[str, Any]] = [json.loads(json.dumps(data[record.MIME])) for data in shown if record.MIME in data]
    return records


def at_end(book: Any, values: Mapping[str, Any], name: str, end: Any, wanted: list[str]) -> dict[str, Any]:
    """The figures of the chapters that read a parameter, with it at an end of its bounds and few cases drawn."""
    from shortcase.case import claims, parameters  # noqa: PLC0415
    from shortcase.errors import BadParameter  # noqa: PLC0415
    from shortcase.publish.live import again  # noqa: PLC0415

    found: dict[str, Any] = {"parameter": name, "end": end, "numbers": {}, "claims": {}, "failed": {}, "refused": ""}
    there = {**values, name: end}
    try:
        parameters.find(name).accept(end)
        parameters.together(there)
    except BadParameter as error:
        return {**found, "refused": str(error)}
    for chapter in wanted:
        if chapter not in book.codes or name not in book.codes[chapter].parameters_read:
            continue
        try:
            told = again.run(book.codes[chapter], there)
        except Exception as error:  # noqa: BLE001 - whatever a chapter raises is told
            found["failed"][chapter] = f"{type(error).__name__}: {error}"
            continue
        found["numbers"] |= {key: float(one.value) for key, one in told.numbers.items() if not one.why_not}
        for key, one in told.claims.items():
            claim = claims.find(key)
            plain = bool(one.computed) if claim.rule is claims.Rule.TRUE else float(one.computed)
            found["claims"][key] = claim.judge(plain).value
    return found


if __name__ == "__main__":
    sys.exit(main())
