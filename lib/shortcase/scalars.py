"""Numbers and dates in the one form in which the book writes them, whichever file or command they come from."""

from __future__ import annotations

import datetime as dt
import math
import re

NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST = 40
"""Characters of a number at most: more say nothing that a float could hold."""


def number(written: str) -> float:
    """A finite number in plain digits.

    Python's own `float` takes more: digits of other scripts, underscores, any white space around, inf and nan.

    >>> number("-2.5e3")
    -2500.0
    >>> number("1_000")
    Traceback (most recent call last):
    ValueError: '1_000' is not written in plain digits

    Errors: ValueError where it is written otherwise; OverflowError where no float is as large.
    """
    if len(written) > LONGEST or not NUMBER.fullmatch(written):
        raise ValueError(f"{written[:LONGEST]!r} is not written in plain digits")
    found = float(written)
    if not math.isfinite(found):
        raise OverflowError(written)
    return found


def day(written: str) -> dt.date:
    """A day as YYYY-MM-DD.

    >>> day("2025-03-31").year
    2025
    >>> day("2025-W13-1")
    Traceback (most recent call last):
    ValueError: '2025-W13-1' is not written as YYYY-MM-DD

    Errors: ValueError where it is written otherwise, or the calendar has no such day.
    """
    if not DAY.fullmatch(written):
        raise ValueError(f"{written[:LONGEST]!r} is not written as YYYY-MM-DD")
    return dt.date.fromisoformat(written)


def shown(value: object) -> str:
    """A value as a message quotes it: cut where it is long.

    >>> shown("a" * 100) == repr("a" * 60 + "…")
    True
    """
    try:
        text = value if isinstance(value, str) else repr(value)
    except (ValueError, RecursionError):  # an integer of too many digits
        return "a value too long to show"
    text = text if len(text) <= 60 else text[:60] + "…"
    return repr(text) if isinstance(value, str) else text
