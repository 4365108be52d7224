"""Python's collector of garbage, paused while much is made of which nothing is garbage."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def paused() -> Iterator[None]:
    """While it lasts, Python looks for no garbage: of a tape's steps, or a tree's nodes, hardly one is ever any.

    It would look through all of them again and again: a fifth of the time that following a chapter takes, and longer
    than it takes to read a book's trees.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
