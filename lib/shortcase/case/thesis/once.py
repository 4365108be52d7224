"""What takes long is computed once, in whatever way it is asked for."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


def once(function: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """A function that keeps what it has found, and knows the same arguments by place, by name and by default.

    `functools.cache` takes `f(1)`, `f(x=1)` and `f()` for three calls; a chapter names its arguments where the thesis
    does not, so that the same would be computed twice.

    >>> @once
    ... def squared(x: float = 3.0) -> float:
    ...     print("computing")
    ...     return x * x
    >>> squared(), squared(3.0), squared(x=3.0)
    computing
    (9.0, 9.0, 9.0)
    """
    signature = inspect.signature(function)
    kept = cache(function)

    @wraps(function)
    def found(*args: Asked.args, **named: Asked.kwargs) -> Found:
        asked = signature.bind(*args, **named)
        asked.apply_defaults()
        return kept(*asked.args, **asked.kwargs)

    found.__dict__["cache_clear"] = kept.cache_clear
    return found
