"""Files that are whole or not there: written, swapped, locked and swept, so that no reader meets half of one."""

from __future__ import annotations

import contextlib
import ctypes
import datetime as dt
import errno
import json
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from shortcase.errors import BuildFailed
from shortcase.places import place
from shortcase.publish.request import Layout, Progress

HALF = re.compile(r"\..+\.(\d+)")
"""Name of a file that is being written: its own, and the number of the process that writes."""
ROOMS, ROOM = "rooms", "shortcase-"
"""A link in the work folder to where the chapters' processes have what is theirs, and how that place's name begins."""
AT_FDCWD, EXCHANGE = -100, 2
"""Of renameat2(2) in Linux, and of renamex_np(2) in macOS: paths from here; the two change places."""


def write(path: Path, content: str | bytes) -> None:
    """Write a file under another name, then rename it: a reader sees the old one or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_bytes(content.encode() if isinstance(content, str) else content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


ROOM_WANTED_MB = 300
"""Room that a build of the whole book takes beside the last one, with some to spare."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
WRONG_KIND = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def refused(error: OSError) -> BuildFailed:
    """What the system has refused, in words: what could not be written, and what to do about it.

    >>> print(refused(IsADirectoryError(errno.EISDIR, "Is a directory", "a.json")))
    a.json: A folder is where a file belongs, or the reverse. To put it right: move it away.
    """
    path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, (str, bytes, os.PathLike)) else None
    where = None if path is None else place(path)
    if error.errno in FULL:
        there = next((p for p in (path, *path.parents) if p.exists()), Path()) if path else Path()
        free = shutil.disk_usage(there).free >> 20
        what = f"It could not be written, for the disk is full or a limit is reached ({free:,} MB are free)"
        mend = f"make room for about {ROOM_WANTED_MB} MB and try again; the last good site stands as it was"
        return BuildFailed(what, where=where, mend=mend)
    if error.errno in WRONG_KIND:
        return BuildFailed("A folder is where a file belongs, or the reverse", where=where, mend="move it away")
    if error.errno in FORBIDDEN:
        mend = "allow it, or work in a copy of the checkout that is yours"
        return BuildFailed("It may not be read or written", where=where, mend=mend)
    return BuildFailed(f"The system refuses: {error.strerror or error}", where=where, mend="look at that path")


def remove(path: Path) -> None:
    """Remove a file, a link or a folder, whichever is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def swap(new: Path, place: Path) -> None:
    """Put a finished folder into place: in one step where the system has one; else by two renames, which `mend` ends.

    On failure what was there is there again.
    """
    old = _old(place)
    shutil.rmtree(old, ignore_errors=True)
    if place.is_dir() and _exchange(new, place):
        shutil.rmtree(new, ignore_errors=True)
        return
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _old(place: Path) -> Path:
    return place.with_name(f".{place.name}.old")


def _exchange(one: Path, other: Path) -> bool:
    """Two folders change places in one step; False where the system or the file system cannot."""
    library = ctypes.CDLL(None)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        return not library.renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), EXCHANGE)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return not library.renamex_np(os.fsencode(one), os.fsencode(other), EXCHANGE)
    return False


def mend(paths: Layout) -> None:
    """Put the last good site back where a build was killed between the two renames of its swap."""
    old = _old(paths.html)
    if paths.html.exists() or not old.exists():
        return
    from filelock import FileLock, Timeout  # noqa: PLC0415 - as in `build_lock`

    with contextlib.suppress(Timeout), FileLock(paths.base / ".lock", blocking=False):  # else a build is at it
        if not paths.html.exists():
            old.rename(paths.html)


@contextlib.contextmanager
def build_lock(paths: Layout, say: Progress) -> Iterator[None]:
    """Only one build at a time works in a folder; another waits, and says for whom.

    The lock is the system's: it is free again when its holder ends, however it ends. What a build leaves half-done is
    removed at its end, and what a killed one has left before the next begins.
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
        _sweep(paths)
        yield
    finally:
        _sweep(paths)
        holder.unlink(missing_ok=True)
        lock.release()


def _held_by(holder: Path) -> str:
    """Who has the lock, as it wrote beside it; in general words where it has not written yet."""
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {told['pid']} ({told['command']}, since {told['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another build"


def _sweep(paths: Layout) -> None:
    """Remove what is half-done: by a build that ends, or by one that was killed."""
    rooms = paths.work / ROOMS
    if rooms.is_symlink():
        place = rooms.readlink()
        if place.parent == Path(tempfile.gettempdir()) and place.name.startswith(ROOM):
            shutil.rmtree(place, ignore_errors=True)
    for folder in (paths.work, paths.stage / ".site", paths.stage.with_name(".pages"), _old(paths.html)):
        shutil.rmtree(folder, ignore_errors=True)
    kept = (paths.cache, paths.known, paths.pictures, paths.points, paths.scripts)
    for folder in (paths.base, paths.results, paths.notebooks, paths.failed, *kept):
        for path in folder.glob(".*.*"):
            found = HALF.fullmatch(path.name)
            if found and not _alive(int(found[1])):
                path.unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError as error:
        return isinstance(error, PermissionError)
    return True
