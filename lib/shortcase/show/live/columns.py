"""The operations of a tape as columns of numbers, for whoever looks at all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np

OPERANDS = 4
"""The most operands of an operation: a search has its variable, the figure that is to be zero, and both ends."""
NAMED = frozenset({"input", "variable"})
"""What stands on a tape by its name, without operands."""


def operands(
    ops: Sequence[tuple[Any, ...]], places: Iterable[int], constants: dict[Any, int]
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """The operands of operations, a row each, and how many each has.

    An operand is the number of a place, or, below zero, that of a constant: minus one is the first. Where there is
    none, zero. constants: the number of each, by the operand that it is; new ones are added to it.

    >>> known = {}
    >>> rows, counts = operands([("input", "a"), ("add", 0, ("const", 2.0)), ("exp", 1)], [1, 2], known)
    >>> rows.tolist(), counts.tolist(), list(known)
    ([[0, -1, 0, 0], [1, 0, 0, 0]], [2, 1], [('const', 2.0)])
    """
    rows = [ops[i] for i in places]
    counts = np.array([0 if row[0] in NAMED else len(row) - 1 for row in rows], dtype=np.int64)
    found = np.zeros((len(rows), OPERANDS), dtype=np.int64)
    found[np.arange(OPERANDS) < counts[:, None]] = [
        one if type(one) is int else ~constants.setdefault(one, len(constants))
        for one in chain.from_iterable(rows)
        if type(one) is not str  # the operation, or what an input is called
    ]
    return found, counts
