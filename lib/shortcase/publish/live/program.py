"""A tape as a program for the page: a table of operations that a short loop runs, without code made from text.

Operations that repeat, year by year and threat by threat, look alike in the table. What was done to arrays stands in
it as runs: one operation, how often, and for each operand where it begins and how far it steps. An operand that was
computed a little before is told by how long before, anything else by its place. So a hundred thousand operations
compress to some ten kilobytes, where the same in JavaScript takes a hundred times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortcase.show.live import along, columns
from shortcase.show.live.replay import bound, reached
from shortcase.show.live.tape import Untraceable

CODES = {
    "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "^", "negative": "n", "absolute": "a",
    "exp": "e", "log": "l", "sqrt": "q", "floor": "f", "ceil": "c", "sin": "s", "cos": "o", "tan": "t", "arctan": "u",
    "minimum": "m", "maximum": "x", "greater": ">", "greater_equal": "g", "less": "<", "less_equal": "h",
    "equal": "=", "not_equal": "!", "logical_and": "&", "logical_or": "|", "logical_not": "~", "where": "?",
    "ndtr": "N", "ndtri": "Q", "gammaln": "G", "root": "R", "variable": "V",
    "let": "L", "at": "@", "turns": "#", "nearest": "%",
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
    `e`, where something is searched for along an input, is the number of operations that do not wait for it.
    digits: significant digits of the constants, where not all of them are wanted; order: that of the inputs, where
    the page tells their names before: told twice in one order they compress to little more than once.

    Errors: Untraceable for an operation that a page lacks.

    >>> told = program([("input", "price"), ("input", "units"), ("multiply", 0, 1)], {"n": [2, ("const", 1.5)]})
    >>> told["i"], told["k"], told["o"], told["m"], told["a"], told["b"], told["n"]
    (['price', 'units'], [1.5], '*', [1], [0], [-1], [3, 2])
    """
    return _Table(ops, outputs, digits, order).told


OPERANDS = 3
"""The most operands of an operation in the table: the variable of a search stands before its body."""
SINGLE = "VR"
"""What stands alone: the variable of a search says how long its body is."""


@dataclass(frozen=True)
class Runs:
    """Operations of one kind, one after the other: where each run begins, and how many it has."""

    firsts: np.ndarray
    counts: np.ndarray


def runs(letters: Sequence[str], operands: np.ndarray) -> Runs:
    """Operations with the places of their operands, as runs: at least three alike, or two that step by one.

    >>> found = runs("***+", np.array([[0, 9], [1, 9], [2, 9], [2, 2]]))
    >>> found.firsts.tolist(), found.counts.tolist()
    ([0, 3], [3, 1])
    """
    codes = np.array(list(map(ord, letters)), dtype=np.int64)
    steps: np.ndarray = np.diff(operands, axis=0)
    same = (np.diff(codes) == 0) & ~np.isin(codes[1:], list(map(ord, SINGLE)))
    goes_on = same[1:] & (steps[1:] == steps[:-1]).all(axis=1)
    ends = np.flatnonzero(~np.append(goes_on, np.zeros(min(len(codes), 1), dtype=bool)))
    lasts = np.arange(len(codes))
    lasts[:-1] = np.where(same, ends[np.searchsorted(ends, lasts[:-1])] + 1, lasts[:-1])
    by_one: np.ndarray = np.all(np.isin(steps, (0, 1)), axis=1)
    told: list[int] = lasts.tolist()
    firsts, counts, at = [], [], 0
    while at < len(told):
        count = told[at] - at + 1
        if count == 2 and not by_one[at]:
            count = 1
        firsts.append(at)
        counts.append(count)
        at += count
    return Runs(np.array(firsts, dtype=np.int64), np.array(counts, dtype=np.int64))


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
        late = along.rests_on_searches(ops)
        parts = ([i for i in self.needed if not self.free[i] and bool(late[i]) is is_late] for is_late in (False, True))
        soon, later = (list(self._ordered(part)) for part in parts)
        self.order = soon + later
        told: dict[Any, int] = {}
        rows, arity = columns.operands(ops, self.order, told)
        figures = (float(arg[1]) for arg in [*told, *wanted] if type(arg) is tuple)
        constants = {_known(value): value for value in figures}
        places = {name: n for n, name in enumerate(order)}
        inputs = sorted(
            (ops[i][1] for i in self.needed if ops[i][0] == "input"), key=lambda n: places.get(n, len(order))
        )
        named = {name: n for n, name in enumerate(inputs)}
        self.constants: dict[Any, int] = {known: len(named) + n for n, known in enumerate(constants)}
        self.first = len(named) + len(constants)
        self.at = np.zeros(len(ops), dtype=np.int64)
        self.at[self.order] = self.first + np.arange(len(self.order))
        for i in self.needed:
            if ops[i][0] == "input":
                self.at[i] = named[ops[i][1]]
        self.told: dict[str, Any] = {
            "i": inputs,
            "k": [_written(value, digits) for value in constants.values()],
            **self._runs(rows, arity, np.array([self._absolute(arg) for arg in told], dtype=np.int64)),
            **{name: [self._absolute(place) for place in places] for name, places in outputs.items()},
            **({"e": len(soon)} if later else {}),
        }

    def _runs(self, rows: np.ndarray, arity: np.ndarray, constants: np.ndarray) -> dict[str, Any]:
        """The operations as runs; rows, arity: their operands and how many, constants: where each stands in memory."""
        names = [self.ops[i][0] for i in self.order]
        lacking = sorted(set(names) - CODES.keys())
        if lacking:
            raise Untraceable(f"{lacking[0]} has no expression in the page")
        letters = list(map(CODES.__getitem__, names))
        here = self.first + np.arange(len(self.order))
        absolute = np.where(rows < 0, np.append(constants, 0)[np.where(rows < 0, ~rows, -1)], self.at[rows])
        absolute[np.arange(columns.OPERANDS) >= arity[:, None]] = 0
        for place in (n for n, letter in enumerate(letters) if letter in SINGLE):
            if letters[place] == CODES["root"]:
                absolute[place, :OPERANDS] = absolute[place, 1:]
                arity[place] -= 1
            else:
                i = self.order[place]
                absolute[place, 0] = self.at[self.root_of[i]] - self.at[i] - 1
                arity[place] = 1
        absolute = absolute[:, :OPERANDS]
        found = runs(letters, absolute)
        of, has = absolute[found.firsts], np.arange(OPERANDS) < arity[found.firsts][:, None]
        before = here[found.firsts][:, None] - of
        opens = np.array([letters[first] == CODES["variable"] for first in found.firsts], dtype=bool)[:, None]
        firsts = np.where(opens, of, np.where((of >= self.first) & (before <= NEAR), before, -of))
        more = found.counts > 1
        return {
            "o": "".join(letters[first] for first in found.firsts),
            "m": found.counts.tolist(),
            **{name: firsts[has[:, n], n].tolist() for n, name in enumerate("abc")},
            "s": np.diff(absolute, axis=0)[found.firsts[more]][has[more]].tolist(),
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
        return int(self.at[place]) if type(place) is int else self.constants[_known(float(place[1]))]


def _known(value: float) -> Any:
    """A key that two constants share where they are the same to the last bit; 0.0 and -0.0 are two, NaN is one."""
    return value if value and value == value else repr(value)  # noqa: PLR0124 - NaN is not itself


def _written(value: float, digits: int | None) -> Any:
    """A constant as JSON has it; what JSON lacks as a word that the page reads."""
    if digits is not None and np.isfinite(value):
        return float(f"{value:.{digits}g}")
    return value if np.isfinite(value) else "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"
