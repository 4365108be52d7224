"""A build: from the book's sources to a site in place, or to an error that leaves everything as it was."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortcase.publish import fingerprint
from shortcase.publish.files import build_lock, mend, swap, write
from shortcase.publish.request import Layout, Progress, Request, chosen, layout

if TYPE_CHECKING:
    from shortcase.case.parameters import Scalar
    from shortcase.publish.check.book import Book
    from shortcase.publish.collect.results import Results
    from shortcase.publish.run.chapters import Keys
    from shortcase.publish.site.render import Renderer


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


@dataclass(frozen=True)
class _Checked:
    """The checked book, its chapters' keys if they are known, the values, and the digest of all but pages."""

    book: Book
    keys: Keys | None
    values: Mapping[str, Scalar]
    around: str


def build(request: Request, say: Progress) -> Report:
    """Build the whole book.

    Errors: exit code 2 before anything has run where the request or a text is wrong; 1 where a chapter or the rendering
    failed. Either way the site and results of the last good build stay.
    """
    started = time.monotonic()
    paths = layout(request)
    mend(paths)
    found = fingerprint.inputs(paths.root, request.words)
    last = _last(paths)
    same = last.get("fingerprint") == found and fingerprint.unchanged(last.get("opened", {}))
    if not request.fresh and same and last.get("site") == fingerprint.site(paths.html):
        if paths.work.exists():  # of a build that was killed, or of one that still works: then it is waited for
            with build_lock(paths, say):
                pass
        return _report(paths, last, started, changed=False)

    from shortcase.publish.site.render import Renderer  # noqa: PLC0415

    values = chosen(request)
    with Renderer() as renderer:  # it loads while the texts are checked
        checked = _checked(request, paths, values)
        with build_lock(paths, say):
            built = _build(request, paths, checked, say, renderer=renderer, started=started)
            record = {"fingerprint": found, **built}
            write(
                paths.results / "manifest.json",
                json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n",
            )
    return _report(paths, record, started, changed=True)


def _checked(request: Request, paths: Layout, values: Mapping[str, Scalar]) -> _Checked:
    """The book, held to its rules by a copy of this process while this one finds its chapters' keys and what they take.

    Errors: BadSource, LookAhead, or Refused with all of them.
    """
    from shortcase.facts.lookup import names, vintages  # noqa: PLC0415
    from shortcase.publish.check.book import hold, read  # noqa: PLC0415
    from shortcase.publish.check.known import Known  # noqa: PLC0415
    from shortcase.publish.run.beside import beside  # noqa: PLC0415
    from shortcase.publish.run.chapters import make_ready  # noqa: PLC0415

    around = fingerprint.inputs(paths.root, (), pages=False)
    known = None if request.fresh else Known.of(paths.root, around)
    book, keys = read(paths.root, known=known), None
    with contextlib.suppress(Exception):  # what is wrong with a book is told by those who hold it to its rules
        for name in names():  # tables are read once, for the copy as well
            vintages(name)
    with beside(lambda: hold(book, str(values["as_of"]), known)) as held:
        with contextlib.suppress(Exception):  # as above
            keys = make_ready(book, values, request, paths)
        held()
    return _Checked(book, keys, values, around)


def _build(
    request: Request, paths: Layout, checked: _Checked, say: Progress, *, renderer: Renderer, started: float
) -> dict[str, Any]:
    from shortcase.publish.collect import live, manifest, status  # noqa: PLC0415
    from shortcase.publish.collect.results import collect  # noqa: PLC0415
    from shortcase.publish.collect.values import NAME  # noqa: PLC0415
    from shortcase.publish.collect.values import values as all_values  # noqa: PLC0415
    from shortcase.publish.live.kept_scripts import Room  # noqa: PLC0415
    from shortcase.publish.run import outputs  # noqa: PLC0415
    from shortcase.publish.run.chapters import execute_all  # noqa: PLC0415
    from shortcase.publish.site.kept_pages import Kept  # noqa: PLC0415
    from shortcase.publish.site.stage import stage  # noqa: PLC0415

    book, values = checked.book, checked.values
    executed = execute_all(book, values, request, paths, say, keys=checked.keys)
    results = collect(book, executed.notebooks, str(values["as_of"]))
    shown = all_values(book, results, values, request.scenario) | {"among": request.among or {}}
    graphs = live.graphs(executed.notebooks)
    scripts = live.scripts(book, graphs, results.numbers, values, Room(paths.scripts, checked.around, request.fresh))
    charts = live.charts(executed.notebooks)
    shown["live"] = live.coverage(graphs, scripts, charts)
    pages = {page.name: page for page in book.chapters}
    stage(paths.stage, paths.root, pages, executed.notebooks, shown)
    for name, text in live.files(scripts, charts).items():
        write(paths.stage / "book" / "_static" / live.FOLDER / name, text)
    starts = {name: outputs.lines(notebook) for name, notebook in executed.notebooks.items()}
    new = paths.stage / ".site"
    rendering = time.monotonic()
    rest_on = json.dumps([checked.around, *request.words, fingerprint.digest(paths.stage / NAME)])
    kept = Kept(paths.pages, rest_on, fresh=request.fresh)
    told = dict[str, str]()
    renderer.render(paths.stage, new, starts, kept, jobs=request.jobs, meanwhile=lambda: told.update(_told(results)))
    render_s = time.monotonic() - rendering
    say(f"site: rendered in {render_s:.1f} s")
    judged = sum("computed_in" in row for row in results.claims.values())
    record = manifest.manifest(paths.root, request, values, executed) | {
        "render_s": round(render_s, 3),
        "opened": executed.opened,
        "site": fingerprint.site(new),
        "counts": {"numbers": len(results.numbers), "claims": len(results.claims), "judged": judged},
    }
    record["seconds"] = round(time.monotonic() - started, 3)
    write(new / status.FILE, status.script(paths.root, record))  # before the swap: a site is whole, or is not there
    (paths.results / "manifest.json").unlink(missing_ok=True)  # until the end, what is there is not known to fit
    swap(new, paths.html)
    for name, text in told.items():
        write(paths.results / name, text)
    return record


def _report(paths: Layout, record: Mapping[str, Any], started: float, *, changed: bool) -> Report:
    ran = tuple(name for name, row in record["chapters"].items() if row["executed"] and changed)
    kept = tuple(name for name in record["chapters"] if name not in ran)
    counts = record["counts"]
    return Report(paths.html, changed, ran, kept, time.monotonic() - started, counts["numbers"], counts["judged"])


def _told(results: Results) -> dict[str, str]:
    """A line for each number and claim, by file, so that two builds' can be held against each other."""
    told = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
    lines = {
        f"{name}.json": [f"{told(key)}: {told(rows[key])}" for key in sorted(rows)]
        for name, rows in (("numbers", results.numbers), ("claims", results.claims))
    }
    return {name: "{\n" + ",\n".join(of) + "\n}\n" for name, of in lines.items()}


def _last(paths: Layout) -> dict[str, Any]:
    try:
        found = json.loads((paths.results / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
