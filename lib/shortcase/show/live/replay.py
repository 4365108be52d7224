"""A tape played in Python: the value of every operation for given inputs, layer by layer.

Operations of one kind that need nothing of each other are computed at once, over their places in one array; so a tape
of a hundred thousand operations is played in a few thousand calls of numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

import numpy as np

from shortcase.show.live.tape import KNOWN, Tape, Untraceable

Ops = Sequence[tuple[Any, ...]]


HALVINGS = 64
"""Steps of a bracketed search: enough for the last digit of a float from any bracket of a parameter's bounds."""


def halved(gap: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """Where a function changes its sign between two ends, by halving; NaN where it has one sign at both.

    >>> float(halved(lambda x: x * x - 2.0, 0.0, 2.0)) - 2.0**0.5 < 1e-15
    True
    """
    at_low, at_high = gap(low), gap(high)
    rising, crossed = at_high > at_low, ~(at_low * at_high > 0.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        before = (gap(middle) < 0.0) == rising
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    return np.where(crossed, (low + high) / 2.0, np.nan)


def bound(ops: Ops) -> list[frozenset[int]]:
    """For each place on a tape, the variables of searches that it depends on and no search on its way has bound."""
    nothing: frozenset[int] = frozenset()
    first = next((i for i, op in enumerate(ops) if op[0] == "variable"), len(ops))
    found = [nothing] * first
    for i in range(first, len(ops)):
        row = ops[i]
        op, free = row[0], nothing
        for arg in row[1:]:
            if type(arg) is int and (more := found[arg]) and more is not free:
                free = free | more if free else more
        if op == "variable":
            free = frozenset({i})
        elif op == "root":
            free -= {row[1]}
        found.append(free)
    return found


def replay(tape: Tape, values: Mapping[str, Any]) -> Any:
    """The value of every node for given inputs, in Python; inputs may be arrays of points, which come last.

    A node inside a search has the value that it had at the search's last step. An answer to a comparison
    is one or zero.

    Errors: Untraceable for an input without a value.
    """
    return Player(tape.ops)(values)


class Player:
    """A tape, ready to be played at any inputs; with `places`, only as far as these need."""

    def __init__(self, ops: Ops, places: Iterable[Any] | None = None) -> None:
        self.ops, self.free = ops, bound(ops)
        self.constants: dict[str, int] = {}
        self._figures: list[float] = []
        wanted = range(len(ops)) if places is None else reached(ops, places)
        self._of = _bodies(ops, self.free, wanted)
        self.inputs = [(i, ops[i][1]) for i in wanted if ops[i][0] == "input"]
        self.layers = self._layers([i for i in wanted if not self.free[i] and ops[i][0] != "input"])

    def __call__(self, values: Mapping[str, Any]) -> Any:
        """The value of every place, on the first axis; of those that are not needed there is none.

        Errors: Untraceable for an input without a value.
        """
        for _, name in self.inputs:
            if name not in values:
                raise Untraceable(f"The input {name} has no value")
        shape = np.broadcast_shapes(*(np.shape(values[name]) for _, name in self.inputs))
        memory = np.full((len(self.ops) + len(self._figures), *shape), np.nan)
        memory[len(self.ops) :] = np.reshape(self._figures, (-1, *(1 for _ in shape)))
        for i, name in self.inputs:
            memory[i] = values[name]
        with np.errstate(all="ignore"):  # a branch that `where` does not take may be undefined
            _play(self.layers, memory)
        return memory

    def _layers(self, places: Sequence[int]) -> list[_Layer]:
        depth = [0] * len(self.ops)
        found: dict[tuple[int, str, int], _Layer] = {}
        for i in places:
            row = self.ops[i]
            op, deepest = row[0], 0
            for arg in self._of[i].needs if op == "root" else row:
                if type(arg) is int and depth[arg] > deepest:
                    deepest = depth[arg]
            depth[i] = deepest + 1
            if op == "variable":  # the search puts it there
                continue
            key = (deepest, op, i if op == "root" else 0)
            layer = found.get(key)
            if layer is None:
                layer = found[key] = _Layer(op)
            layer.places.append(i)
            layer.operands.append([arg if type(arg) is int else self._constant(arg) for arg in row[1:]])
            if op == "root":
                layer.body = self._layers(self._of[i].inside)
        return [found[key].ready() for key in sorted(found)]

    def _constant(self, arg: Any) -> int:
        known = repr(arg)  # 0.0 and -0.0 are two, and NaN is one
        if known not in self.constants:
            self.constants[known] = len(self.ops) + len(self._figures)
            self._figures.append(float(arg[1]))
        return self.constants[known]


@dataclass
class _Layer:
    """Operations of one kind that need nothing of each other: their places, and those of their operands."""

    op: str
    places: list[int] = field(default_factory=list)
    operands: list[list[int]] = field(default_factory=list)
    body: list[_Layer] = field(default_factory=list)
    at: Any = None
    of: tuple[Any, ...] = ()

    def ready(self) -> _Layer:
        """With its places as arrays."""
        self.at, self.of = np.array(self.places), tuple(np.array(self.operands).T)
        return self


def _play(layers: Iterable[_Layer], memory: Any) -> None:
    for layer in layers:
        if layer.op == "root":
            memory[layer.places[0]] = _root(layer, memory)
        else:
            memory[layer.at] = KNOWN[layer.op](*(memory[places] for places in layer.of))


def _root(layer: _Layer, memory: Any) -> Any:
    variable, body, low, high = layer.operands[0]

    def gap(x: Any) -> Any:
        memory[variable] = x
        _play(layer.body, memory)
        return memory[body].copy()

    return halved(gap, memory[low].copy(), memory[high].copy())


@dataclass(frozen=True)
class _Body:
    """What stands inside a search, and what it needs from outside."""

    inside: list[int]
    needs: set[int]


def _bodies(ops: Ops, free: Sequence[frozenset[int]], places: Iterable[int]) -> dict[int, _Body]:
    within: dict[int, list[int]] = {}
    for k in places:
        for variable in free[k]:
            within.setdefault(variable, []).append(k)
    found: dict[int, _Body] = {}
    for i in places:
        if ops[i][0] != "root":
            continue
        variable = ops[i][1]
        inside = [k for k in within.get(variable, ()) if k < i and free[k] <= free[i] | {variable}]
        needs = {arg for k in inside for arg in ops[k][1:] if type(arg) is int} | {
            a for a in ops[i][2:] if type(a) is int
        }
        for k in inside:
            if ops[k][0] == "root":
                needs |= found[k].needs
        found[i] = _Body(inside, needs - set(inside))
    return found


def reached(ops: Ops, places: Iterable[Any]) -> list[int]:
    """The places on a tape that some places need, themselves among them, in their order.

    >>> reached([("input", "a"), ("input", "b"), ("add", 0, 0), ("add", 1, 2)], [2, ("const", 1.0)])
    [0, 2]
    """
    ends = [place for place in places if type(place) is int]
    needed = bytearray(max(ends, default=-1) + 1)
    for place in ends:
        needed[place] = True
    for i in range(len(needed) - 1, -1, -1):  # what a place needs stands before it
        if needed[i]:
            for arg in ops[i]:
                if type(arg) is int:
                    needed[arg] = True
    return list(compress(range(len(needed)), needed))
