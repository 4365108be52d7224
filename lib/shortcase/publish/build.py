"""A build: from the book's sources to a site in place, or to an error that leaves everything as it was."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortcase.errors import BadRequest, BuildFailed
from shortcase.places import root as find_root
from shortcase.publish import fingerprint
from shortcase.publish.cache import write

if TYPE_CHECKING:
    from shortcase.case.parameters import Scalar
    from shortcase.publish.check import Book
    from shortcase.publish.results import Results

DOCUMENTED, WHAT_IF = "documented", "what_if"
TAKEN = ("cache", "failed", "html", "notebooks", "results", "stage", "work", WHAT_IF)
"""Folders of _build that no scenario may be named after."""
LONGEST_S = 86_400
"""The most that --timeout takes, a day."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    scenario: str = DOCUMENTED
    settings: tuple[str, ...] = ()
    jobs: int = field(default_factory=lambda: min(os.cpu_count() or 1, 8))
    fresh: bool = False
    engine: str = ""
    timeout_s: float = 120.0

    @property
    def words(self) -> tuple[str, ...]:
        """What of it decides the result."""
        return (self.scenario, self.engine, *sorted(self.settings))


@dataclass(frozen=True)
class Layout:
    """Where a build puts things."""

    root: Path
    base: Path

    html = property(lambda self: self.base / "html")
    results = property(lambda self: self.base / "results")
    failed = property(lambda self: self.base / "failed")
    notebooks = property(lambda self: self.base / "notebooks")
    stage = property(lambda self: self.base / "stage")
    cache = property(lambda self: self.root / "_build" / "cache")
    work = property(lambda self: self.base / "work")


@dataclass(frozen=True)
class Report:
    """What a build did."""

    site: Path
    changed: bool
    executed: tuple[str, ...]
    kept: tuple[str, ...]
    seconds: float
    numbers: int
    judged: int


def layout(request: Request) -> Layout:
    """The folders of this request: the documented book is _build itself.

    Errors: BadRequest for a request that cannot be carried out with any book.
    """
    if request.jobs < 1:
        raise BadRequest(f"{request.jobs} chapters at a time", where="--jobs", mend="write 1 or more")
    if not 0 < request.timeout_s <= LONGEST_S:
        what = f"{request.timeout_s:g} s for a chapter"
        raise BadRequest(what, where="--timeout", mend=f"write more than 0 and at most {LONGEST_S}")
    root = find_root()
    name = WHAT_IF if request.settings else "" if request.scenario == DOCUMENTED else request.scenario
    if name in TAKEN and not request.settings:
        raise BadRequest(f"{name!r} names a folder of the build", mend="give the scenario another name")
    return Layout(root, root / "_build" / name)


def chosen(request: Request) -> dict[str, Scalar]:
    """Every parameter's value under this request.

    Errors: whatever is wrong with the registry, the scenario or a setting.
    """
    from shortcase.case import scenarios  # noqa: PLC0415 - reads YAML, which an unchanged build does not need

    return scenarios.scenario(request.scenario).values(scenarios.settings(request.settings))


def build(request: Request, say: Say) -> Report:
    """Build the whole book.

    Errors: exit code 2 before anything has run where the request or a text is wrong; 1 where a chapter or the rendering
    failed. Either way the site and results of the last good build stay.
    """
    started = time.monotonic()
    places = layout(request)
    found = fingerprint.inputs(places.root, request.words)
    last = _last(places)
    if not request.fresh and last.get("fingerprint") == found and last.get("site") == fingerprint.site(places.html):
        return _report(places, last, started, changed=False)

    from shortcase.publish.check import check  # noqa: PLC0415

    values = chosen(request)
    book = check(places.root, str(values["as_of"]))
    with alone(places):
        record = {"fingerprint": found, **_build(request, places, book, values, say)}
        record["seconds"] = round(time.monotonic() - started, 3)
        write(places.results / "manifest.json", json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    return _report(places, record, started, changed=True)


def _build(
    request: Request, places: Layout, book: Book, values: Mapping[str, Scalar], say: Say
) -> dict[str, Any]:  # fmt: skip
    from shortcase.publish import manifest, outputs, render  # noqa: PLC0415
    from shortcase.publish.chapters import execute_all  # noqa: PLC0415
    from shortcase.publish.results import collect  # noqa: PLC0415
    from shortcase.publish.stage import stage  # noqa: PLC0415
    from shortcase.publish.values import values as all_values  # noqa: PLC0415

    with render.Renderer() as renderer:
        executed = execute_all(book, values, request, places, say)
        results = collect(book, executed.notebooks, str(values["as_of"]))
        shown = all_values(book, results, values, request.scenario)
        pages = {page.name: page for page in book.chapters}
        stage(places.stage, places.root, pages, executed.notebooks, shown)
        starts = {name: outputs.lines(notebook) for name, notebook in executed.notebooks.items()}
        new = places.stage / ".site"
        rendering = time.monotonic()
        renderer.render(places.stage, new, starts)
    render_s = time.monotonic() - rendering
    say(f"site: rendered in {render_s:.1f} s")
    judged = sum("computed_in" in row for row in results.claims.values())
    record = manifest.manifest(places.root, request, values, executed) | {
        "render_s": round(render_s, 3),
        "site": fingerprint.site(new),
        "counts": {"numbers": len(results.numbers), "claims": len(results.claims), "judged": judged},
    }
    (places.results / "manifest.json").unlink(missing_ok=True)  # until the end, what is there is not known to fit
    render.swap(new, places.html)
    _write_results(places, results)
    return record


def _report(places: Layout, record: Mapping[str, Any], started: float, *, changed: bool) -> Report:
    ran = tuple(name for name, row in record["chapters"].items() if row["executed"] and changed)
    kept = tuple(name for name in record["chapters"] if name not in ran)
    counts = record["counts"]
    return Report(places.html, changed, ran, kept, time.monotonic() - started, counts["numbers"], counts["judged"])


def _write_results(places: Layout, results: Results) -> None:
    for name, rows in (("numbers", results.numbers), ("claims", results.claims)):
        write(places.results / f"{name}.json", json.dumps(rows, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def _last(places: Layout) -> dict[str, Any]:
    try:
        found = json.loads((places.results / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@contextlib.contextmanager
def alone(places: Layout) -> Iterator[None]:
    """Only one build at a time works in a folder; another waits.

    What the build leaves half-done on an error or an interrupt is removed.
    """
    places.base.mkdir(parents=True, exist_ok=True)
    with (places.base / ".lock").open("w", encoding="utf-8") as lock:
        with contextlib.suppress(ImportError):
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            shutil.rmtree(places.work, ignore_errors=True)
            shutil.rmtree(places.stage / ".site", ignore_errors=True)


def failed(messages: list[BuildFailed]) -> None:
    """Raise what has failed, if anything.

    >>> failed([])
    """
    from shortcase.publish.problems import Refused  # noqa: PLC0415

    if len(messages) == 1:
        raise messages[0]
    if messages:
        many = Refused(messages)
        many.exit_code = BuildFailed.exit_code
        raise many
