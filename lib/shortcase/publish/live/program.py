"""A tape as a program for the page: a table of operations that a short loop runs, without code made from text.

Operations that repeat, year by year and threat by threat, look alike in the table. What was done to arrays stands in
it as runs: one operation, how often, and for each operand where it begins and how far it steps. An operand that was
computed a little before is told by how long before, anything else by its place. So a hundred thousand operations
compress to some ten kilobytes, where the same in JavaScript takes a hundred times as much.
"""

from __future__ import annotations

import operator
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
    ops: Sequence[tuple[Any, ...]], outputs: Mapping[str, Sequence[Any]], digits: int | None = None
) -> dict[str, Any]:  # fmt: skip
    """The table for a tape and the places on it, or constants, that are wanted, by the name of their list.

    `i` names the inputs and `k` holds the constants, which come first in memory; `o` is a letter a run of operations,
    `m` how many it has, and `a`, `b`, `c` the operands of its first: above zero the number of operations before, else
    minus a place in memory. `s` tells, for each run of more than one, how many places each operand steps.
    A search is its variable with the number of operations in its body, then these, then the operation itself.
    digits: significant digits of the constants, where not all of them are wanted.

    Errors: Untraceable for an operation that a page lacks.

    >>> told = program([("input", "price"), ("input", "units"), ("multiply", 0, 1)], {"n": [2, ("const", 1.5)]})
    >>> told["i"], told["k"], told["o"], told["m"], told["a"], told["b"], told["n"]
    (['price', 'units'], [1.5], '*', [1], [0], [-1], [3, 2])
    """
    return _Table(ops, outputs, digits).told


@dataclass
class _Run:
    """Operations of one kind, one after the other: the operands of the first, and how far each steps from then on."""

    letter: str
    operands: list[int]
    count: int = 1
    steps: tuple[int, ...] = ()


SINGLE = "VR"
"""What stands alone: the variable of a search says how long its body is."""


def runs(rows: Sequence[tuple[str, list[int]]]) -> list[_Run]:
    """Rows of operations with the places of their operands, as runs.

    >>> [(run.count, run.steps) for run in runs([("*", [0, 9]), ("*", [1, 9]), ("*", [2, 9]), ("+", [2, 2])])]
    [(3, (1, 0)), (1, ())]
    """
    found: list[_Run] = []
    at = 0
    while at < len(rows):
        count, steps = _alike(rows, at)
        found.append(_Run(*rows[at], count, steps))
        at += count
    return found


def _alike(rows: Sequence[tuple[str, list[int]]], at: int) -> tuple[int, tuple[int, ...]]:
    """How many rows from one on do the same with operands that step evenly, and the steps."""
    letter = rows[at][0]
    if letter in SINGLE or at + 1 == len(rows) or rows[at + 1][0] != letter:
        return 1, ()
    steps = _steps(rows, at + 1)
    count = 2
    while at + count < len(rows) and rows[at + count][0] == letter and _steps(rows, at + count) == steps:
        count += 1
    return (count, steps) if count > 2 or set(steps) <= {0, 1} else (1, ())


def _steps(rows: Sequence[tuple[str, list[int]]], at: int) -> tuple[int, ...]:
    return tuple(map(operator.sub, rows[at][1], rows[at - 1][1]))


class _Table:
    def __init__(
        self, ops: Sequence[tuple[Any, ...]], outputs: Mapping[str, Sequence[Any]], digits: int | None
    ) -> None:  # fmt: skip
        self.ops, self.free = ops, bound(ops)
        wanted = [place for places in outputs.values() for place in places]
        self.needed = sorted(reached(ops, wanted))
        self.bodies, self.root_of = self._searches()
        self.order = list(self._ordered([i for i in self.needed if not self.free[i]]))
        operands = [arg for i in self.order for arg in ops[i][1:]] + wanted
        figures = (float(arg[1]) for arg in operands if type(arg) is tuple)
        constants = {_known(value): value for value in figures}
        inputs = [ops[i][1] for i in self.needed if ops[i][0] == "input"]
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
        name, *args = self.ops[i]
        if name not in CODES:
            raise Untraceable(f"{name} has no expression in the page")
        if name == "variable":
            here = self.at[i]
            return CODES[name], [self.at[self.root_of[i]] - here - 1]
        if name == "root":
            args = args[1:]  # its variable stands before its body
        at = self.at
        return CODES[name], [at[arg] if type(arg) is int else self._absolute(arg) for arg in args]

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
