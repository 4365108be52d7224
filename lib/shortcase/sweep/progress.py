"""How far a sweep is: done, failed, rate, time left. One line that is written over, or plain lines in a pipe."""

from __future__ import annotations

import datetime as dt
import sys
import time
from dataclasses import dataclass, field

EVERY_S = {True: 0.5, False: 5.0}
"""Seconds between two lines, by whether a person watches them."""


def line(done: int, failed: int, total: int, rate: float) -> str:
    """Where a sweep stands, in words.

    >>> line(50, 1, 100, 2.5)
    '50 of 100 points done, 1 failed, 2.5 a second, 0:00:20 left'
    """
    told = f"{done:,} of {total:,} points done, {failed:,} failed"
    if done >= total or not rate:
        return told
    left = dt.timedelta(seconds=round((total - done) / rate))
    return f"{told}, {f'{rate:,.1f}' if rate < 100 else f'{rate:,.0f}'} a second, {left} left"


def _watched() -> bool:
    return sys.stderr.isatty()


@dataclass
class Progress:
    """Counts points and says so on stderr; what was done before counts as done, but not for the rate."""

    total: int
    before: int = 0
    failed: int = 0
    watched: bool = field(default_factory=_watched)
    done: int = 0
    begun: float = field(default_factory=time.monotonic)
    told: float = field(default_factory=time.monotonic)

    def add(self, done: int, failed: int = 0) -> None:
        """So many more are done, of which so many failed."""
        self.done += done
        self.failed += failed
        now = time.monotonic()
        if now - self.told >= EVERY_S[self.watched]:
            self.told = now
            self._say(end="\r" if self.watched else "\n")

    def end(self) -> None:
        """The last word."""
        self._say(end="\n")

    @property
    def rate(self) -> float:
        """Points a second since the sweep was begun or taken up."""
        return self.done / max(time.monotonic() - self.begun, 1e-9)

    def _say(self, end: str) -> None:
        text = line(self.before + self.done, self.failed, self.total, self.rate)
        print(text + ("\x1b[K" if self.watched else ""), end=end, file=sys.stderr, flush=True)
