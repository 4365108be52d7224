"""Files that are whole or not there: written, swapped and locked, so that no reader meets half of one."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from shortcase.publish.request import Layout, Progress


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
def build_lock(paths: Layout, say: Progress) -> Iterator[None]:
    """Only one build at a time works in a folder; another waits, and says for whom.

    What the build leaves half-done on an error or an interrupt is removed.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - a tenth of a second that an unchanged build does not need

    paths.base.mkdir(parents=True, exist_ok=True)
    lock = FileLock(paths.base / ".lock")
    holder = paths.base / ".lock.holder"
    try:
        lock.acquire(blocking=False)
    except Timeout:
        say(f"waiting for {_held_by(holder)}, which works in {paths.base.name}")
        lock.acquire()
    try:
        command = shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
        since = dt.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        write(holder, json.dumps({"pid": os.getpid(), "since": since, "command": command}) + "\n")
        yield
    finally:
        shutil.rmtree(paths.work, ignore_errors=True)
        shutil.rmtree(paths.stage / ".site", ignore_errors=True)
        holder.unlink(missing_ok=True)
        lock.release()


def _held_by(holder: Path) -> str:
    """Who has the lock, as it wrote beside it; in general words where it has not written yet."""
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {told['pid']} ({told['command']}, since {told['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another build"
