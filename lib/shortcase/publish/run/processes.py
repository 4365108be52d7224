"""Processes that end when they are told to, with all that they have started, and never outlive who started them."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PARENT = "SHORTCASE_PARENT"
"""Environment variable by which a process that starts from nothing knows who has started it, before it is told more."""
PR_SET_PDEATHSIG = 1
"""Of prctl(2): the signal that the kernel sends to a process when its parent ends."""
LOOK_EVERY_S = 0.25
"""How often a process looks for its parent where the system does not tell it."""
PATIENCE_S = 2.0
"""How long a process may take to end by itself once it has been asked to."""
HEARD = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))
"""What ends a command in good order."""

THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
"""What the libraries of linear algebra look at, once, when they are loaded."""


def one_thread() -> None:
    """Linear algebra in one thread here and in what this process starts: to be called before numpy is loaded.

    Chapters run side by side, and the last digit of a product may not hang on how many threads have summed it.
    """
    for name in THREADS:
        os.environ.setdefault(name, "1")


def can_fork() -> bool:
    """Whether a process may be copied here, with all that it has loaded."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def collect_seldom() -> None:
    """Look for garbage in cycles once in so many thousand new objects: a command makes little, and soon ends.

    With Python's own numbers a tenth of a check is spent on looking through syntax trees that all stay.
    """
    gc.set_threshold(100_000, 20, 50)


def settled() -> None:
    """What is there now stays: said before this process is copied, so that no copy looks through it for garbage.

    A look would also write into all of it, and so make each copy's memory its own.
    """
    gc.freeze()


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Signals that come in here are kept until its end: a child that is being born would not yet know what to do.

    One that starts from nothing, and not as a copy, is told by the environment whom to end with: see the end of this
    module, which it loads long before it is told what to do.
    """
    os.environ[PARENT] = str(os.getpid())
    before = signal.pthread_sigmask(signal.SIG_BLOCK, HEARD) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        os.environ.pop(PARENT, None)
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def follow(parent: int, *, group: bool = True) -> None:
    """What a child does first: it gets a group of its own and ends as soon as `parent` has.

    An interrupt is the parent's affair, which then ends this process; a request to end is followed at once.
    """
    os.environ.pop(PARENT, None)  # a copy has it as well, and what it starts has another parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for one in HEARD[1:]:
        signal.signal(one, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
    if group and hasattr(os, "setpgid"):
        with contextlib.suppress(PermissionError):  # it leads a session already
            os.setpgid(0, 0)
    die_with(parent)


def die_with(parent: int) -> None:
    """End this process, at once and whatever it is doing, when its parent ends.

    Linux sends the signal itself; elsewhere a thread looks for the parent four times a second.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    elif hasattr(os, "getppid"):
        threading.Thread(target=_watch, args=(parent,), name="parent watch", daemon=True).start()
    if hasattr(os, "getppid") and os.getppid() != parent:  # it ended before this was set up
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_S)
    os._exit(1)


def stop(process: Any, patience_s: float = PATIENCE_S) -> None:
    """End a process of `multiprocessing`, and whatever runs on in its group."""
    if process.is_alive():
        process.terminate()
        process.join(patience_s)
    if process.is_alive():
        process.kill()
    process.join()
    end_group(process.pid)


def end_group(leader: int | None) -> None:
    """Kill what is left of a process group, or of a session, by the process that began it."""
    if leader is None or leader <= 1 or not hasattr(os, "killpg"):
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if leader != os.getpgid(0):
            os.killpg(leader, signal.SIGKILL)


def end_noted(note: Path) -> None:
    """Kill the session of a kernel that has written its number into a file; nothing where it has not."""
    with contextlib.suppress(OSError, ValueError):
        end_group(int(note.read_text(encoding="utf-8")))


if PARENT in os.environ:
    die_with(int(os.environ.pop(PARENT)))
