"""Python's collector of garbage, paused while tapes are made."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def paused() -> Iterator[None]:
    """While it lasts, Python looks for no garbage: of the many small objects of a tape hardly one is ever any.

    It would look through all of them again and again, a fifth of the time that following a chapter takes.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
