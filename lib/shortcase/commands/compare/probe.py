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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
SAYS = "\t"
"""How a line begins by which it tells how far it is; other lines are errors."""
End = tuple[str, Any]


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
    ends = [(name, end) for name, end in asked["ends"]]
    if ends:
        found["ends"] = at_ends(book, values, ends, wanted, asked)
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
    records = taken(path)
    if records is None:
        records = computed(code, values)
        put(path, records, folder.glob(f"{code.page.name}.*.json"))
    return key, records


def taken(path: Path) -> Any:
    """What is kept in a file; nothing where there is none, or it is damaged."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["digest"] == _digest(told["records"]):
            os.utime(path)
            return told["records"]
    return None


def put(path: Path, records: Any, others: Iterable[Path]) -> None:
    """Keep something, whole or not at all, and of the others only the newest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_text(json.dumps({"digest": _digest(records), "records": records}), encoding="utf-8")
    half.replace(path)
    for old in sorted(others, key=lambda one: one.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)


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


def at_ends(
    book: Any, values: Mapping[str, Any], ends: Sequence[End], wanted: Sequence[str], asked: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The figures of chapters with a parameter that they read at an end of its bounds, for each end; nothing else."""
    found = [about(values, *end) for end in ends]
    for chapter in (name for name in wanted if name in book.codes):
        read = book.codes[chapter].parameters_read
        mine = [one for one in found if not one["refused"] and one["parameter"] in read]
        there = [(one["parameter"], one["end"]) for one in mine]
        for one, told in zip(mine, chapter_at(book, chapter, values, there, asked), strict=True):
            one["numbers"] |= told["numbers"]
            one["claims"] |= told["claims"]
            one["by"][chapter] = told["by"]
            if told["failed"]:
                one["failed"][chapter] = told["failed"]
    return found


def about(values: Mapping[str, Any], name: str, end: Any) -> dict[str, Any]:
    """An end of which nothing is known yet, but whether the book refuses it."""
    from shortcase.case import parameters  # noqa: PLC0415
    from shortcase.errors import BadParameter  # noqa: PLC0415

    found: dict[str, Any] = {"parameter": name, "end": end, "numbers": {}, "claims": {}, "failed": {}, "by": {}}
    try:
        parameters.find(name).accept(end)
        parameters.together({**values, name: end})
    except BadParameter as error:
        return {**found, "refused": str(error)}
    return {**found, "refused": ""}


def chapter_at(
    book: Any, chapter: str, values: Mapping[str, Any], ends: Sequence[End], asked: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """A chapter's figures at some ends, as they were kept, or computed and kept."""
    from shortcase.publish.run import cache_key  # noqa: PLC0415

    code = book.codes[chapter]
    aside = sorted({*asked["aside"]} & {*code.named("number"), *code.named("claim")})
    key = cache_key.key(code, values, f"{ENGINE} {_routes()} {aside}", book.root)[0]
    path = Path(asked["kept"]) / "ends" / f"{chapter}.{key[:32]}.json"
    known: dict[str, dict[str, Any]] = taken(path) or {}
    missing = [end for end in ends if _named(end) not in known]
    if missing:
        told = by_its_lib(book, chapter, values, missing, {**asked, "aside": aside})
        known |= {_named(end): one for end, one in zip(missing, told, strict=True)}
        put(path, known, path.parent.glob(f"{chapter}.*.json"))
    new = set(missing)
    return [known[_named(end)] | ({} if end in new else {"by": "kept"}) for end in ends]


def by_its_lib(
    book: Any, chapter: str, values: Mapping[str, Any], ends: Sequence[End], asked: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """A chapter's figures at some ends, as the side's own lib computes many; by running it where the lib is older."""
    try:
        from shortcase.commands.compare import live_ends  # noqa: PLC0415
    except ImportError:
        return [by_running(book.codes[chapter], {**values, name: end}) for name, end in ends]
    return live_ends.at(book, chapter, values, ends, Path(asked["kept"]), say=say, aside=asked["aside"])


def by_running(code: Any, values: Mapping[str, Any], left_out: Collection[str] = ()) -> dict[str, Any]:
    """A chapter's figures, run again with few cases drawn; without those that are said to be wrong then."""
    from shortcase.publish.live import again, proof  # noqa: PLC0415

    try:
        real = again.run(code, values)
    except Exception as error:  # noqa: BLE001 - whatever a chapter raises is told
        return {"numbers": {}, "claims": {}, "failed": f"{type(error).__name__}: {error}", "by": "chapter"}
    numbers = {key: float(one.value) for key, one in real.numbers.items() if key not in left_out}
    judged = {
        name: proof.verdict(name, [one.computed, *one.ends])
        for name, one in real.claims.items()
        if name not in left_out
    }
    return {"numbers": numbers, "claims": judged, "failed": "", "by": "chapter"}


def say(what: str) -> None:
    """Tell how far it is to whoever waits for the answer."""
    print(SAYS + what, file=sys.stderr, flush=True)


def _named(end: End) -> str:
    return f"{end[0]}={end[1]!r}"


def _routes() -> str:
    """The code by which a side's ends are computed: what is kept of other code is not taken."""
    import shortcase  # noqa: PLC0415

    home = Path(shortcase.__file__).parent
    files = (Path(__file__), home / "commands" / "compare" / "live_ends.py", home / "sweep" / "live.py")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files if file.is_file())).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
