"""One chapter, computed again whenever a source changes: what moved since the last time, and because of what."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from shortcase.case import claims, parameters
from shortcase.commands.compare import report
from shortcase.commands.compare.comparison import KEPT, Comparison, set_against
from shortcase.commands.compare.gathering import Asked, Gathered, gather
from shortcase.commands.compare.sides import Side
from shortcase.commands.compare.sources import Sources
from shortcase.errors import ShortcaseError
from shortcase.publish.fingerprint import SOURCES, inputs
from shortcase.publish.read import pages
from shortcase.publish.request import Progress, Request, chosen, layout

LOOK_S = 0.5
"""Seconds between two looks at the sources."""


def watch(chapter: str, request: Request, tell: Callable[[str], None], rounds: int | None = None) -> int:
    """Compute a chapter, and again on every change, until it is interrupted or has done so many rounds.

    A chapter that fails is told with its line, and what is told next is against the last that did not.

    Errors: BadRequest for an unknown chapter or values that no build would take.
    """
    root = layout(request).root
    pages.chapter(chapter, root)
    chosen(request)
    side = Side(request.scenario, request.scenario, settings=request.settings)
    with tempfile.TemporaryDirectory(prefix="shortcase-") as folder:
        before = _computed(side, root, chapter, Path(folder), tell)
        tell(f"{chapter} is watched; an interrupt (Ctrl-C) ends it.")
        for _ in _changes(root, rounds):
            after = _computed(side, root, chapter, Path(folder), tell)
            if after is not None:
                if before is not None:
                    tell(report.as_text(Comparison("before", "now", set_against(before, after))))
                before = after
    return 0


def _changes(root: Path, rounds: int | None) -> Iterator[None]:
    seen, done = inputs(root, ()), 0
    while rounds is None or done < rounds:
        time.sleep(LOOK_S)
        now = inputs(root, ())
        if now != seen:
            seen, done = now, done + 1
            yield


def _computed(side: Side, root: Path, chapter: str, folder: Path, tell: Progress) -> Gathered | None:
    """The chapter's figures, with a copy of the sources that gave them; nothing where it fails, which is told."""
    for kept in (claims.ledger, parameters.as_written, parameters.registry):
        kept.cache_clear()
    with _copy(root, folder) as copy:
        try:
            found = gather(side, root, root / KEPT, lambda _: None, Asked((chapter,)))
        except ShortcaseError as error:
            tell(str(error))
            return None
        sources = Sources(copy, found.values)
        _ = sources.traced  # read while the copy is what was computed
    return replace(found, sources=sources)


@contextmanager
def _copy(root: Path, folder: Path) -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(dir=folder))
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.copytree(root / name, place / name, ignore=shutil.ignore_patterns("__pycache__", "_static"))
    yield place
