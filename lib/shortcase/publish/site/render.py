"""The staged book rendered by Jupyter Book's own configuration, every warning an error, and put in place whole."""

from __future__ import annotations

import contextlib
import functools
import importlib
import multiprocessing as mp
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from shortcase.errors import BuildFailed
from shortcase.places import root
from shortcase.publish.check.problems import Refused
from shortcase.publish.files import FULL
from shortcase.publish.run import processes
from shortcase.publish.run.job import FORK
from shortcase.publish.run.workers import engine_names
from shortcase.publish.site import assets, kept_pages
from shortcase.publish.site.kept_pages import Kept

ANSI = re.compile(r"\x1b\[[0-9;]*m")
PLACE = re.compile(r"^(?P<file>[^:\s]+\.(?:ipynb|md|html))(?::(?P<line>\d+))?: (?P<what>.*)$")
LOADED = (
    "jupyter_book.sphinx",
    "myst_nb.sphinx_ext",
    "sphinx.builders.html",
    "shortcase.publish.site.extension",
    "shortcase.publish.site.finishing",
)
"""What takes long to import; loaded while chapters are executed."""
SHARED = "shortcase.publish.collect.results"
"""What both processes load, with what it imports: once, before the one is copied."""
ERRNO = re.compile(r"\[Errno (?P<number>\d+)\] (?P<what>[^:\n]+)(?:: '(?P<path>[^'\n]+)')?")
"""How Python words what the system has refused."""
CELL = 10_000
"""MyST-NB counts a notebook's lines as the cell's number times this, plus the line in the cell, plus one."""
CHARTS = "charts.js"
"""What a page with a chart loads; it brings the drawing library."""
LOG = "warnings.txt"
"""What Sphinx has to say, in the staged book."""
ROOM = ".pages"
"""Where Sphinx works, beside the staged book."""


class Renderer:
    """Sphinx in a process of its own: it loads while chapters are executed, and prints when it is told to.

    Sphinx changes much that belongs to its whole process; in one of its own it does no harm.
    """

    def __init__(self) -> None:
        importlib.import_module(SHARED)
        context: Any = mp.get_context("fork" if FORK in engine_names() else "spawn")
        theirs, self._pipe = context.Pipe(duplex=False)
        self._process = context.Process(target=_sphinx, args=(theirs, self._pipe, os.getpid()), name="renderer")
        with processes.held():
            self._process.start()
        theirs.close()

    def __enter__(self) -> Renderer:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.close()
        processes.stop(self._process)

    def render(
        self, stage: Path, out: Path, starts: Mapping[str, Sequence[int]], kept: Kept | None = None,
        *, jobs: int = 1, meanwhile: Callable[[], object] = lambda: None,
    ) -> None:  # fmt: skip
        """Render the staged book into an empty folder.

        starts: for each chapter the line of its page on which each cell begins, so that a warning names a line that an
        author can go to.
        kept: the pages of the last rendering, from which those are taken that have not changed.
        jobs: processes that read and print pages side by side, where there are more than a few.
        meanwhile: what is done here while they do.

        Errors: BuildFailed with every warning, each with file and line.
        """
        for folder in (out, room := stage.with_name(ROOM)):
            shutil.rmtree(folder, ignore_errors=True)
        log = stage / LOG
        kept_pages.as_if_old(stage / "book")
        known = kept is not None and kept.recall(room)
        with contextlib.suppress(BrokenPipeError):  # it has died already; its exit code says so below
            self._pipe.send((stage, room, out, not known, jobs if FORK in engine_names() else 1))
        meanwhile()
        self._process.join()
        told = log.read_text(encoding="utf-8") if log.is_file() else ""
        problems = [_problem(line, stage, starts) for line in ANSI.sub("", told).splitlines() if line.strip()]
        if self._process.exitcode and (refused := ERRNO.search(told)):
            raise OSError(int(refused["number"]), refused["what"], refused["path"])
        if self._process.exitcode in FULL:  # with no room for a word about it
            raise OSError(self._process.exitcode, os.strerror(self._process.exitcode), out)
        if self._process.exitcode or problems:
            raise _failed(problems or [BuildFailed(f"Sphinx ended with exit code {self._process.exitcode}")])
        if (out / "_static" / CHARTS).is_file():
            assets.serve(root(stage) / "_build" / "cache" / "assets", out / "_static")
        if kept is not None:
            kept.keep(room)


def _sphinx(orders: Connection, other_end: Connection, parent: int) -> None:
    processes.follow(parent)
    other_end.close()  # or the end of the parent would not be heard
    load()
    processes.settled()
    if hasattr(os, "register_at_fork"):  # what reads and prints beside this process ends with it
        os.register_at_fork(after_in_child=functools.partial(processes.die_with, os.getpid()))
    try:
        sys.exit(_printed(*orders.recv()))
    except EOFError:  # there is nothing to print
        sys.exit(0)
    except OSError as error:  # such as no room for Sphinx's own report of what went wrong; its text is what matters
        sys.exit(error.errno if error.errno in FULL else 1)


def load() -> None:
    """Import what a rendering needs, compile what each page has the most of and the form of notebooks, find plugins."""
    for name in LOADED:
        importlib.import_module(name)
    from nbformat.validator import get_validator  # noqa: PLC0415 - as long as all that is named above
    from sphinx.application import builtin_extensions  # noqa: PLC0415 - as this

    from shortcase.publish.site import citations, markup  # noqa: PLC0415 - what no other process here loads

    for name in builtin_extensions:
        importlib.import_module(name)
    markup.TEMPLATES.parts("trace.html")
    citations.know_plugins()
    get_validator()


def _printed(stage: Path, room: Path, out: Path, fresh: bool, jobs: int) -> int:
    """Sphinx's exit code, or that of what makes a site of its pages; what there is to say goes into the log."""
    devnull = Path(os.devnull)
    with (stage / LOG).open("w", encoding="utf-8") as warnings, devnull.open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(warnings):
            from jupyter_book.sphinx import build_sphinx  # noqa: PLC0415 - a second that only a rendering needs

            from shortcase.publish.site.finishing import finish  # noqa: PLC0415 - as this

            result = build_sphinx(
                stage, room / kept_pages.HTML, path_config=stage / "_config.yml", noconfig=True, builder="html",
                confoverrides={
                    "external_toc_path": (stage / "_toc.yml").as_posix(),
                    "nb_execution_mode": "off",
                    "latex_individualpages": False,
                },
                doctreedir=room / kept_pages.DOCTREES, freshenv=fresh, jobs=jobs,
                warningiserror=True, keep_going=True, quiet=True,
            )  # fmt: skip
        if result == 0:
            try:
                warnings.writelines(f"{wrong.where}: {wrong.what}\n" for wrong in finish(room / kept_pages.HTML, out))
            except OSError as error:
                warnings.write(str(error))
                raise
    return 0 if result == 0 else 1


def _problem(line: str, stage: Path, starts: Mapping[str, Sequence[int]]) -> BuildFailed:
    text = line.replace(f"{stage.as_posix()}/", "")
    found = PLACE.match(text)
    if not found:
        return BuildFailed(text)
    file, number = Path(found["file"]), int(found["line"] or 0)
    if file.suffix == ".ipynb":
        file = file.with_suffix(".md")
        cell, inside = divmod(number, CELL)
        lines = starts.get(file.stem, ())
        number = lines[cell - 1] + max(inside - 2, 0) if 0 < cell <= len(lines) else 0
    what = found["what"].removeprefix("WARNING: ").removeprefix("ERROR: ")
    return BuildFailed(what, where=f"{file.as_posix()}:{number}" if number else file.as_posix())


def _failed(problems: Sequence[BuildFailed]) -> BuildFailed | Refused:
    if len(problems) == 1:
        return problems[0]
    many = Refused(problems)
    many.exit_code = BuildFailed.exit_code
    return many
