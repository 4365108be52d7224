"""How long a chapter may take: seconds of processor, which do not grow on a busy machine, and a patient clock.

A chapter that computes without end is stopped by the processor's time, its own and that of the processes that it has
started (a kernel is one). A chapter that waits without end uses none, and is stopped by the clock, `PATIENCE` times as
late.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import NoReturn

import psutil

PATIENCE = 10
"""How many times its processor seconds a chapter may last by the clock."""
LOOK_S = 1.0
"""Seconds between two looks at what has been used."""
AGAIN_S = 5.0
"""Seconds after which a chapter that has caught even that is told once more."""


class ChapterTimeout(BaseException):
    """The chapter ran past its time. No Exception, so that a cell which catches those ends, too."""


def processor_s() -> float:
    """Processor seconds of this process and of all that it has started, whether they still run or have ended."""
    spent = sum(os.times()[:4])
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):  # it has just ended, and is counted by its parent
            spent += sum(child.cpu_times()[:4])
    return spent


def end_here() -> NoReturn:
    """End what this process computes, wherever it is."""
    raise ChapterTimeout("the chapter ran past its time")


def end_children() -> None:
    """Kill what this process has started."""
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            child.kill()


@contextlib.contextmanager
def time_limit(seconds: float, late: Callable[[], None]) -> Iterator[None]:
    """Call `late` in the main thread, wherever it is, once so much time has been used.

    Where the system has no interval timers it never is; then a kernel's client has a clock of its own.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = sum(os.times()[:4])  # what it starts runs later, and to look for that among all processes takes a while
    latest = time.monotonic() + PATIENCE * seconds

    def look(*_: object) -> None:
        if processor_s() - before > seconds or time.monotonic() > latest:
            signal.setitimer(signal.ITIMER_REAL, AGAIN_S, AGAIN_S)
            late()

    signal.signal(signal.SIGALRM, look)
    every = min(LOOK_S, seconds)
    signal.setitimer(signal.ITIMER_REAL, every, every)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
