"""A tape as a program for the page: a table of operations that a short loop runs, without code made from text.

Operations that repeat, year by year and threat by threat, look alike in the table. What was done to arrays stands in
it as runs: one operation, how often, and for each operand where it begins and how far it steps. An operand that was
computed a little before is told by how long before, anything else by its place. So a hundred thousand operations
compress to some ten kilobytes, where the same in JavaScript takes a hundred times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortcase.show.live.replay import bound, reached
from shortcase.show.live.tape import Untraceable

CODES = {
    "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "^", "negative": "n", "absolute": "a",
    "exp": "e", "log": "l", "sqrt": "q", "floor": "f", "ceil": "c", "sin": "s", "cos": "o", "tan": "t", "arctan": "u",
    "minimum": "m", "maximum": "x", "greater": ">", "greater_equal": "g", "less": "<", "less_equal": "h",
    "equal": "=", "not_equal": "!", "logical_and": "&", "logical_or": "|", "logical_not": "~", "where": "?",
    "ndtr": "N", "ndtri": "Q", "gammaln": "G", "root": "R", "variable": "V",
}  # fmt: skip
"""One letter an operation; book/_static/live/program.js knows the same."""
TRUTHS = frozenset(">g<h=!&|~")
NEAR = 256
"""Operands computed at most so many operations before are told by how many."""


def program(
    ops: Sequence[tuple[Any, ...]],
    outputs: Mapping[str, Sequence[Any]],
    digits: int | None = None,
    order: Sequence[str] = (),
) -> dict[str, Any]:
    """The table for a tape and the places on it, or constants, that are wanted, by the name of their list.

    `i` names the inputs and `k` holds the constants, which come first in memory; `o` is a letter a run of operations,
    `m` how many it has, and `a`, `b`, `c` the operands of its first: above zero the number of operations before, else
    minus a place in memory. `s` tells, for each run of more than one, how many places each operand steps.
    A search is its variable with the number of operations in its body, then these, then the operation itself.
    digits: significant digits of the constants, where not all of them are wanted; order: that of the inputs, where
    the page tells their names before: told twice in one order they compress to little more than once.

    Errors: Untraceable for an operation that a page lacks.

    >>> told = program([("input", "price"), ("input", "units"), ("multiply", 0, 1)], {"n": [2, ("const", 1.5)]})
    >>> told["i"], told["k"], told["o"], told["m"], told["a"], told["b"], told["n"]
    (['price', 'units'], [1.5], '*', [1], [0], [-1], [3, 2])
    """
    return _Table(ops, outputs, digits, order).told


@dataclass
class _Run:
    """Operations of one kind, one after the other: the operands of the first, and how far each steps from then on."""

    letter: str
    operands: list[int]
    count: int = 1
    steps: tuple[int, ...] = ()


OPERANDS = 3
"""The most operands of an operation."""
SINGLE = "VR"
"""What stands alone: the variable of a search says how long its body is."""


def runs(rows: Sequence[tuple[str, list[int]]]) -> list[_Run]:
    """Rows of operations with the places of their operands, as runs: at least three alike, or two that step by one.

    >>> [(run.count, run.steps) for run in runs([("*", [0, 9]), ("*", [1, 9]), ("*", [2, 9]), ("+", [2, 2])])]
    [(3, (1, 0)), (1, ())]
    """
    steps, lasts = _alike(rows)
    found: list[_Run] = []
    at = 0
    while at < len(rows):
        letter, operands = rows[at]
        count = lasts[at] - at + 1
        step = tuple(steps[at][: len(operands)]) if count > 1 else ()
        if count == 2 and not set(step) <= {0, 1}:
            count, step = 1, ()
        found.append(_Run(letter, operands, count, step))
        at += count
    return found


def _alike(rows: Sequence[tuple[str, list[int]]]) -> tuple[list[list[int]], list[int]]:
    """How far the operands of each row step to the next, and for each row the last that goes on so from it."""
    letters = np.array([ord(letter) for letter, _ in rows])
    operands = np.zeros((len(rows), OPERANDS), dtype=np.int64)
    for n in range(OPERANDS):
        operands[:, n] = [told[n] if n < len(told) else 0 for _, told in rows]
    steps = np.diff(operands, axis=0)
    same = (np.diff(letters) == 0) & ~np.isin(letters[1:], [ord(letter) for letter in SINGLE])
    goes_on = same[1:] & (steps[1:] == steps[:-1]).all(axis=1)
    ends = np.flatnonzero(~np.append(goes_on, np.zeros(min(len(rows), 1), dtype=bool)))
    lasts = np.arange(len(rows))
    lasts[:-1] = np.where(same, ends[np.searchsorted(ends, lasts[:-1])] + 1, lasts[:-1])
    told: list[list[int]] = steps.tolist()
    return told, lasts.tolist()


class _Table:
    def __init__(
        self,
        ops: Sequence[tuple[Any, ...]],
        outputs: Mapping[str, Sequence[Any]],
        digits: int | None,
        order: Sequence[str],
    ) -> None:
        self.ops, self.free = ops, bound(ops)
        wanted = [place for places in outputs.values() for place in places]
        self.needed = reached(ops, wanted)
        self.bodies, self.root_of = self._searches()
        self.order = list(self._ordered([i for i in self.needed if not self.free[i]]))
        told_of = [arg for i in self.order for arg in ops[i] if type(arg) is tuple]
        figures = (float(arg[1]) for arg in [*told_of, *wanted] if type(arg) is tuple)
        constants = {_known(value): value for value in figures}
        places = {name: n for n, name in enumerate(order)}
        inputs = sorted(
            (ops[i][1] for i in self.needed if ops[i][0] == "input"), key=lambda n: places.get(n, len(order))
        )
        named = {name: n for n, name in enumerate(inputs)}
        self.constants: dict[Any, int] = {known: len(named) + n for n, known in enumerate(constants)}
        self.first = len(named) + len(constants)
        self.at = {i: self.first + n for n, i in enumerate(self.order)}
        self.at |= {i: named[ops[i][1]] for i in self.needed if ops[i][0] == "input"}
        told = runs([self._row(i) for i in self.order])
        firsts = list(self._firsts(told))
        self.told: dict[str, Any] = {
            "i": inputs,
            "k": [_written(value, digits) for value in constants.values()],
            "o": "".join(run.letter for run in told),
            "m": [run.count for run in told],
            **{name: [one[n] for one in firsts if n < len(one)] for n, name in enumerate("abc")},
            "s": [step for run in told for step in run.steps],
            **{name: [self._absolute(place) for place in places] for name, places in outputs.items()},
        }

    def _searches(self) -> tuple[dict[int, list[int]], dict[int, int]]:
        """By the variable of each search, what stands in its own body and in no search within it, and the search."""
        bodies: dict[int, list[int]] = {}
        root_of: dict[int, int] = {}
        for k in self.needed:
            if self.free[k]:
                bodies.setdefault(max(self.free[k]), []).append(k)
            if self.ops[k][0] == "root":
                root_of.setdefault(self.ops[k][1], k)
        return bodies, root_of

    def _ordered(self, places: Iterable[int]) -> Iterable[int]:
        """Places in an order in which the body of a search stands before it, whole."""
        for i in places:
            if self.ops[i][0] == "root":
                variable = self.ops[i][1]
                yield variable
                yield from self._ordered(k for k in self.bodies[variable] if variable < k < i)
            if self.ops[i][0] != "input":
                yield i

    def _absolute(self, place: Any) -> int:
        return self.at[place] if type(place) is int else self.constants[_known(float(place[1]))]

    def _row(self, i: int) -> tuple[str, list[int]]:
        row, at = self.ops[i], self.at
        letter = CODES.get(row[0])
        if letter is None:
            raise Untraceable(f"{row[0]} has no expression in the page")
        if row[0] == "variable":
            return letter, [at[self.root_of[i]] - at[i] - 1]
        args = row[2:] if row[0] == "root" else row[1:]  # the variable of a search stands before its body
        return letter, [at[arg] if type(arg) is int else self._absolute(arg) for arg in args]

    def _firsts(self, told: Iterable[_Run]) -> Iterator[list[int]]:
        """The operands of the first operation of each run, as the table tells them."""
        first = here = self.first
        for run in told:
            if run.letter == CODES["variable"]:
                yield run.operands
            else:
                yield [here - p if p >= first and here - p <= NEAR else -p for p in run.operands]
            here += run.count


def _known(value: float) -> Any:
    """A key that two constants share where they are the same to the last bit; 0.0 and -0.0 are two, NaN is one."""
    return value if value and value == value else repr(value)  # noqa: PLR0124 - NaN is not itself


def _written(value: float, digits: int | None) -> Any:
    """A constant as JSON has it; what JSON lacks as a word that the page reads."""
    if digits is not None and np.isfinite(value):
        return float(f"{value:.{digits}g}")
    return value if np.isfinite(value) else "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"
