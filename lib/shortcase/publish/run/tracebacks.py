"""Tracebacks kept to a length that a reader can use."""

from __future__ import annotations

from types import TracebackType
from typing import Any

FIRST, LAST = 20, 20
"""Frames that are kept of a long traceback: where it set out, and where it ended."""


def shortened(error: BaseException) -> BaseException:
    """Cut the middle out of each long traceback of an error and of those behind it, in place.

    Endless recursion leaves a thousand frames or more; to set each with its source takes IPython half a minute.

    >>> def deep(n):
    ...     return 1 / n if n == 0 else deep(n - 1)
    >>> try:
    ...     deep(200)
    ... except ZeroDivisionError as error:
    ...     len(frames(shortened(error).__traceback__))
    40
    """
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            _cut(one.__traceback__)
            waiting += [one.__cause__, one.__context__]
    return error


def keep_short(shell: Any) -> None:
    """Have an IPython shell shorten every traceback before it sets it, whoever asks for it."""
    whole = shell.InteractiveTB.structured_traceback

    def short(kind: Any, error: Any = None, *rest: Any, **named: Any) -> Any:
        if isinstance(error, BaseException):
            shortened(error)
        return whole(kind, error, *rest, **named)

    shell.InteractiveTB.structured_traceback = short


def frames(traceback: TracebackType | None) -> list[TracebackType]:
    """The entries of a traceback, the outermost first."""
    found = []
    while traceback is not None:
        found.append(traceback)
        traceback = traceback.tb_next
    return found


def _cut(traceback: TracebackType | None) -> None:
    found = frames(traceback)
    if len(found) > FIRST + LAST:
        found[FIRST - 1].tb_next = found[-LAST]
