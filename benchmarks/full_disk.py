"""A build of a small book on a disk that is full from its n-th write on, for every n: told, the last good site whole.

A write is a file that is opened to be written, made or renamed, by the press or by any process that it has started.
After every tenth the disk has room again, and the next build must give the same bytes.

    python benchmarks/full_disk.py        writes benchmarks/results/full_disk.json
"""

from __future__ import annotations

import argparse
import errno
import json
import multiprocessing as mp
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from shortcase.publish.run import workers
from shortcase.publish.site import render
from under_fire import make, pressed, whole

RESULT = Path(__file__).parent / "results" / "full_disk.json"
WHOLE_EVERY = 10
WORDS = ("build", "--fresh")
MAKES = {"os.mkdir": 0, "os.rename": 1, "os.symlink": 1}
"""Events of Python's audit that make a name, and which of their arguments is that name."""


class Disk:
    """A disk that takes so many writes; it is shared by the processes that are copied from this one."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = tuple(map(str, folders))
        self.written: Any = mp.get_context("fork").Value("i", 0)
        self.room = sys.maxsize

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Count what is written, and refuse it where there is no room."""
        path = self.path(event, arguments)
        if path is None or not path.startswith(self.folders) or path.endswith("told.txt"):
            return
        with self.written.get_lock():
            self.written.value += 1
            full = self.written.value > self.room
        if full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    @staticmethod
    def path(event: str, arguments: tuple[Any, ...]) -> str | None:
        """What would be written by an event; None where nothing would."""
        if event == "open":
            path, _, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            return os.fsdecode(path) if writes and isinstance(path, str | bytes) else None
        if event in MAKES:
            name = arguments[MAKES[event]]
            return os.fsdecode(name) if isinstance(name, str | bytes) else None
        return None


def main() -> None:
    """Fill the disk at each write in turn, and write the tally."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=int, default=1, help="only each so many of the writes")
    options.add_argument("--first", type=int, default=0, help="go on from this one; what was found before is kept")
    options.add_argument("--minutes", type=float, default=1e9)
    asked = options.parse_args()
    ends = time.monotonic() + 60 * asked.minutes
    workers.load((*workers.STACK, *render.LOADED, "shortcase.publish.build", "shortcase.publish.check.book"))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = str(Path(folder) / "t")
        Path(tempfile.gettempdir()).mkdir()
        book = make(Path(folder) / "book")
        disk = Disk((book.root, Path(tempfile.gettempdir())))
        sys.addaudithook(disk.hook)
        with pressed(book, WORDS) as press:
            if press.ended():
                raise SystemExit(press.told())
        writes, good = disk.written.value, book.site()
        before = json.loads(RESULT.read_text(encoding="utf-8")) if asked.first else {}
        tally, wrong = Counter[str](before.get("tally", {})), list(before.get("wrong", []))
        for number in range(asked.first, writes, asked.every):
            if time.monotonic() > ends:
                break
            disk.written.value, disk.room = 0, number
            with pressed(book, WORDS) as press:
                code, told = press.ended(), press.told()
            disk.room = sys.maxsize
            found = judged(code, told)
            if book.site() != good:
                found.append("the site is another")
            if number // asked.every % WHOLE_EVERY == WHOLE_EVERY - 1:
                found += whole(book, good, fresh=False)
                tally["builds after it, the same to the byte"] += not found
            tally.update(["full", "told" if code == 1 else "done without it" if code == 0 else f"exit code {code}"])
            wrong += [f"full from write {number + 1} of {writes}: {what}" for what in found]
            print(number + 1, code, told.strip()[-200:] if code else "", *found, flush=True)
            record = {"writes": writes, "tally": dict(sorted(tally.items())), "wrong": wrong}
            RESULT.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def judged(code: int, told: str) -> list[str]:
    """What is wrong with how a build on a full disk ended."""
    if "Traceback" in told:
        return [f"a traceback: {told[-1500:]}"]
    if code == 0:
        return []
    if code != 1 or "the disk is full" not in told:
        return [f"exit code {code}: {told[-600:]}"]
    return []


if __name__ == "__main__":
    main()
