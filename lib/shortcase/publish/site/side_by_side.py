"""Pages read and printed side by side, on as many cores as there are.

Sphinx hands pages out by number, so that one process may get all the long ones, and resolves every page in the process
that also waits for the others. Here pages are read in shares of one size, and each process takes the next page to
resolve and print when it is done with the last.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.build_phase import BuildPhase
from sphinx.util.parallel import ParallelTasks

from shortcase.publish.run import processes
from shortcase.publish.site import code_colours

Result = TypeVar("Result")
FEW = 5
"""So many pages are read one after the other by Sphinx, and printed so: a copy of the process costs more."""


def shares(sizes: Mapping[str, int], count: int) -> list[list[str]]:
    """Names in so many shares of about one size, each in order: the largest first, to the share that has least.

    >>> shares({"a": 5, "b": 3, "c": 3, "d": 1}, 2)
    [['a', 'd'], ['b', 'c']]

    Source: Graham 1969, Bounds on Multiprocessing Timing Anomalies, SIAM Journal on Applied Mathematics 17(2).
    """
    found: list[list[str]] = [[] for _ in range(count)]
    weights = [0] * count
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        least = weights.index(min(weights))
        found[least].append(name)
        weights[least] += sizes[name]
    return [sorted(share) for share in found if share]


class SideBySide(StandaloneHTMLBuilder):
    """Sphinx's own builder of HTML, which reads and prints pages in several processes."""

    def init_highlighter(self) -> None:
        """Code in few colours."""
        super().init_highlighter()
        self.highlighter = code_colours.Bridge()

    def _read_parallel(self, docnames: list[str], nproc: int) -> None:
        for page in docnames:
            self.events.emit("env-purge-doc", self.env, page)
            self.env.clear_doc(page)
        each = shares({page: _size(self.env.doc2path(page)) for page in docnames}, nproc)
        for pages, env in zip(each, _together(self._read, each), strict=True):
            self.env.merge_info_from(pages, pickle.loads(env), self.app)  # noqa: S301 - from a copy of this process

    def _read(self, pages: Iterable[str]) -> bytes:
        self.env.app = self.app
        for page in pages:
            self.read_doc(page, _cache=False)
        return pickle.dumps(self.env, pickle.HIGHEST_PROTOCOL)

    def write(self, build_docnames: Any, updated_docnames: Sequence[str], method: Any = "update") -> None:
        """Print what `kept_pages` tells; Sphinx would add the first page, and each that lists a changed one."""
        every = build_docnames is None or build_docnames == ["__all__"]
        self.asked = {*(self.env.found_docs if every else build_docnames), *updated_docnames}
        super().write(build_docnames, updated_docnames, method)

    def _write_serial(self, docnames: Sequence[str]) -> None:
        super()._write_serial([page for page in docnames if page in self.asked])

    def _write_parallel(self, docnames: Sequence[str], nproc: int) -> None:
        asked = [page for page in docnames if page in self.asked]
        if len(asked) <= FEW:
            self._write_serial(asked)
            return
        largest_first = sorted(asked, key=lambda page: (-_size(f"{self.doctreedir}/{page}.doctree"), page))
        left = get_context("fork").SimpleQueue()
        for page in [*largest_first, *[None] * (nproc + 1)]:
            left.put(page)
        for images in _together(self._print, [left] * (nproc + 1)):
            self.images.update(images)

    def _print(self, left: Any) -> dict[str, str]:
        for page in iter(left.get, None):
            self.app.phase = BuildPhase.RESOLVING
            doctree = self.env.get_and_resolve_doctree(page, self)
            self.app.phase = BuildPhase.WRITING
            self.write_doc_serialized(page, doctree)
            self.write_doc(page, doctree)
        return self.images


def _together(do: Callable[[Any], Result], each: Sequence[Any]) -> list[Result]:
    """What is done with each, all at once and each in a copy of this process; in their order."""
    processes.settled()
    done: dict[int, Result] = {}
    tasks = ParallelTasks(len(each))
    for place, one in enumerate(each):
        tasks.add_task(do, one, lambda _, result, place=place: done.update({place: result}))
    tasks.join()
    return [done[place] for place in range(len(each))]


def _size(path: str | Path) -> int:
    return Path(path).stat().st_size
