"""Chapters of a build: kept from the cache where nothing they depend on has changed, executed where it has."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from shortcase.case.parameters import Scalar
from shortcase.errors import ADVICE, BuildFailed
from shortcase.publish.check.book import Book
from shortcase.publish.check.problems import raise_failures
from shortcase.publish.files import write
from shortcase.publish.read import modules
from shortcase.publish.read.pages import Page
from shortcase.publish.request import Layout, Progress, Request
from shortcase.publish.run import cache_key
from shortcase.publish.run.cache import Cache, Entry
from shortcase.publish.run.job import FORK, Job, Outcome
from shortcase.publish.run.outputs import LIVE, Notebook, published, rewritten
from shortcase.publish.run.workers import engine_of, execute, load_all

Keys = Mapping[str, tuple[str, dict[str, str]]]
LINE_NAMED = re.compile(r"\.md:\d+")


@dataclass
class Executed:
    """The executed chapters, and how each came about."""

    notebooks: dict[str, Notebook] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    executed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def make_ready(book: Book, values: Mapping[str, Scalar], request: Request, paths: Layout) -> Keys:
    """The keys of the chapters; what executing takes is loaded where one will have to be, while there is time."""
    engine, cache = engine_of(request), Cache(paths.cache)
    keys = _keys(book, values, engine, request, paths)
    missing = [name for name, (key, _) in keys.items() if request.fresh or not cache.path(name, key).is_file()]
    if missing and engine == FORK:
        charts = any(book.codes[name].named("chart") for name in missing)
        load_all(_modules(keys, missing), live=request.live, charts=charts)
    return keys


def execute_all(
    book: Book, values: Mapping[str, Scalar], request: Request, paths: Layout, say: Progress,
    *, keys: Keys | None = None, by: Callable[..., None] | None = None,
) -> Executed:  # fmt: skip
    """Every chapter of the book, executed or kept.

    keys: as `make_ready` has found them; by: what does as `workers.execute` does, in a process that has been
    started before.
    Errors: BuildFailed, after all chapters have run, with each one's cell, line and cause. Its notebook is kept for
    inspection; the other chapters' results are cached.
    """
    engine, cache = engine_of(request), Cache(paths.cache)
    done, wrong, jobs = Executed(), list[BuildFailed](), list[Job]()
    keys = keys or _keys(book, values, engine, request, paths)
    for page in book.chapters:
        name = page.name
        done.keys[name] = keys[name][0]
        entry = None if request.fresh else cache.get(name, done.keys[name])
        if entry is None and not request.fresh and not request.live:  # what a build has kept holds the results as well
            entry = cache.get(name, cache_key.key(book.codes[name], values, engine, book.root)[0])
        entry = entry and _in_words_of(page, entry)
        if entry is not None:
            _done(done, name, entry, paths)
            done.kept += (name,)
            say(f"{name}: kept, nothing it depends on has changed")
        else:
            jobs.append(_job(page, book, values, request, paths))

    def report(outcome: Outcome) -> None:
        name = outcome.chapter
        if outcome.error is not None or outcome.notebook is None:
            wrong.append(_failure(outcome, paths))
            say(f"{name}: failed after {outcome.seconds:.1f} s")
            return
        entry = Entry(outcome.notebook, round(outcome.seconds, 3), outcome.opened, _digest(book.codes[name].page))
        cache.put(name, done.keys[name], entry)
        _done(done, name, entry, paths)
        done.executed += (name,)
        say(f"{name}: executed in {outcome.seconds:.1f} s")

    paths.work.mkdir(parents=True, exist_ok=True)
    # The longest first, so that none of the processes works on alone at the end; by length where none has run yet.
    jobs.sort(key=lambda job: (cache.lasted(job.chapter), len(book.codes[job.chapter].page.text)), reverse=True)
    warm = _modules(keys, [job.chapter for job in jobs])
    (by or execute)(jobs, request.jobs, report, warm, paths.pictures)
    raise_failures(sorted(wrong, key=str))
    done.notebooks = {page.name: done.notebooks[page.name] for page in book.chapters}
    done.executed = tuple(sorted(done.executed))
    return done


def _in_words_of(page: Page, entry: Entry) -> Entry | None:
    """What was kept of a chapter with the words that its page has now; nothing where it names a line of it."""
    if entry.page == _digest(page):
        return entry
    if LINE_NAMED.search(json.dumps(entry.notebook["metadata"].get(LIVE))):
        return None
    now = page.notebook()
    return replace(entry, notebook=rewritten(entry.notebook, now), page=_digest(page))


def _digest(page: Page) -> str:
    return hashlib.sha256(page.text.encode()).hexdigest()


def _done(done: Executed, name: str, entry: Entry, paths: Layout) -> None:
    done.notebooks[name], done.seconds[name] = entry.notebook, entry.seconds
    done.opened.update(entry.opened)
    write(paths.notebooks / f"{name}.ipynb", _text(published(entry.notebook)))
    (paths.failed / f"{name}.ipynb").unlink(missing_ok=True)


def _keys(book: Book, values: Mapping[str, Scalar], engine: str, request: Request, paths: Layout) -> Keys:
    """The key of each chapter, with its parts; what is read of the lib for it is remembered from build to build."""
    with modules.remembered(paths.known / "modules"):
        return {
            page.name: cache_key.key(book.codes[page.name], values, engine, book.root, live=request.live)
            for page in book.chapters
        }


def _modules(keys: Keys, chapters: Iterable[str]) -> list[str]:
    """Modules of the lib that the chapters import, to be loaded once for all of them."""
    parts = (part for name in chapters for part in keys[name][1])
    return sorted({part.removeprefix("module ") for part in parts if part.startswith("module ")})


def _job(
    page: Page, book: Book, values: Mapping[str, Scalar], request: Request, paths: Layout
) -> Job:  # fmt: skip
    read = {name: values[name] for name in book.codes[page.name].parameters}
    notebook = page.notebook()
    return Job(
        page.name, page.shown, notebook, book.codes[page.name], book.slices[page.name], read, values, paths.work,
        book.root / "book", engine_of(request), request.timeout_s, request.live,
    )  # fmt: skip


def _failure(outcome: Outcome, paths: Layout) -> BuildFailed:
    path: Path = paths.failed / f"{outcome.chapter}.ipynb"
    # The error of a cell says itself how to put it right; the notebook is kept to look into, which is no advice.
    what, _, mend = (outcome.error or "it left no notebook").partition(f" {ADVICE}")
    if outcome.notebook is not None:
        write(path, _text(outcome.notebook))
        what = f"{what.rstrip('.')}; its executed notebook is kept in {path.relative_to(paths.root).as_posix()}"
    return BuildFailed(what, where=outcome.where, mend=mend or None)


def _text(notebook: Notebook) -> str:
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
