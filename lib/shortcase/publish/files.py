"""Files that are whole or not there: written, swapped and locked, so that no reader meets half of one."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from shortcase.publish.request import Layout


def write(path: Path, text: str) -> None:
    """Write a file under another name, then rename it: a reader sees the old one or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def swap(new: Path, place: Path) -> None:
    """Put a finished folder into place by renaming; on failure what was there is there again."""
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def build_lock(paths: Layout) -> Iterator[None]:
    """Only one build at a time works in a folder; another waits.

    What the build leaves half-done on an error or an interrupt is removed.
    """
    paths.base.mkdir(parents=True, exist_ok=True)
    with (paths.base / ".lock").open("w", encoding="utf-8") as lock:
        with contextlib.suppress(ImportError):
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            shutil.rmtree(paths.work, ignore_errors=True)
            shutil.rmtree(paths.stage / ".site", ignore_errors=True)
