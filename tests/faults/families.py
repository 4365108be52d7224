"""A command and all that it has started, told apart from whatever else runs on the machine by a mark they carry."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from small_book import SmallBook

MARK = "SHORTCASE_TEST_FAMILY"
PATIENCE_S = 60
"""How long to wait for what must come on a machine that has much else to do; nothing here is timed."""


@dataclass
class Family:
    """A running command of the book, with its descendants."""

    process: subprocess.Popen[str]
    mark: str

    def members(self) -> dict[int, str]:
        """Process id and command line of each that lives, the command itself included."""
        found = {}
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError, IndexError):
                if entry.name.isdigit() and self.mark.encode() in (entry / "environ").read_bytes():
                    state = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
                    if state not in "ZX":
                        words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                        found[int(entry.name)] = words.strip()
        return found

    def children(self) -> dict[int, str]:
        """Those that the command has started."""
        return {pid: words for pid, words in self.members().items() if pid != self.process.pid}

    def kernels(self) -> list[int]:
        """Those that are Jupyter kernels."""
        return [pid for pid, words in self.children().items() if "shortcase.publish.run.kernel" in words]

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the command alone."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, number)

    def ended(self) -> tuple[int, str]:
        """Wait for the end: exit code and what was said."""
        _, told = self.process.communicate(timeout=180)
        return self.process.returncode, told

    def gone(self) -> bool:
        """Whether all of it has ended, before long."""
        return until(lambda: not self.members())


def until(condition: Callable[[], object]) -> bool:
    """Wait for a condition; whether it came true."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


@contextlib.contextmanager
def family(book: SmallBook, *arguments: str, folder: Path | None = None) -> Iterator[Family]:
    """Start a command in a book; whatever of it is left at the end is killed."""
    mark = uuid.uuid4().hex
    process = subprocess.Popen(
        [sys.executable, "-m", "shortcase.cli", *arguments], cwd=folder or book.root, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**book.environment(), MARK: mark},
    )  # fmt: skip
    found = Family(process, mark)
    try:
        yield found
    finally:
        for pid in found.members():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.communicate()
