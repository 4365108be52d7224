"""A tape played in Python: the value of every operation for given inputs, layer by layer.

Operations of one kind that need nothing of each other are computed at once, over their places in one array; so a tape
of a hundred thousand operations is played in a few thousand calls of numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np

from shortcase.show.live import along
from shortcase.show.live.columns import operands
from shortcase.show.live.crossing import crossing
from shortcase.show.live.tape import KNOWN, Tape, Untraceable

Ops = Sequence[tuple[Any, ...]]
ROOT = "root"
"""The operation that is a search."""


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
        self._constants: dict[Any, int] = {}
        self._parts: dict[Any, _Part] = {}
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
        figures = [float(value) for _, value in self._constants]
        memory = np.full((len(self.ops) + len(figures), *shape), np.nan)
        memory[len(self.ops) :] = np.reshape(figures, (-1, *(1 for _ in shape)))
        for i, name in self.inputs:
            memory[i] = values[name]
        with np.errstate(all="ignore"):  # a branch that `where` does not take may be undefined
            _play(self.layers, memory)
        return memory

    def _layers(self, places: Sequence[int]) -> list[_Layer]:
        """The operations of some places, those of one kind and one depth together."""
        depth = self._depths(places)
        played = np.array([i for i in places if self.ops[i][0] != "variable"], dtype=np.int64)  # a search puts it there
        if not len(played):
            return []
        names = [self.ops[i][0] for i in played]
        kinds = {name: kind for kind, name in enumerate((*KNOWN, ROOT, along.LET, *along.ALONG))}
        keys = depth[played] * len(kinds) + np.array([kinds[name] for name in names])
        of, counts = operands(self.ops, played, self._constants)
        of = np.where(of < 0, len(self.ops) + ~of, of)
        order = np.argsort(keys, kind="stable")
        groups = np.split(order, np.flatnonzero(np.diff(keys[order])) + 1)
        return [
            _Layer(
                names[group[0]],
                played[group],
                tuple(of[group, : counts[group[0]]].T),
                [self._layers(self._of[i].inside) for i in played[group]] if names[group[0]] == ROOT else [],
                [self._part(i) for i in played[group]] if names[group[0]] in along.ALONG else [],
            )
            for group in groups
        ]

    def _part(self, i: int) -> _Part:
        """What the inputs that an operation lets move on the way to its figure."""
        _, figure, *lets = self.ops[i]
        key = figure, *(self.ops[let][1] for let in lets)
        if key not in self._parts:
            part = along.part(self.ops, figure, key[1:])
            self._parts[key] = _Part(Player(part.ops, [part.end]), part.outside, part.end, key[1:])
        return self._parts[key]

    def _depths(self, places: Sequence[int]) -> np.ndarray:
        """By place, how many operations stand one upon the other below it, among some places."""
        depth = [0] * len(self.ops)
        for i in places:
            row, deepest = self.ops[i], 0
            for arg in self._of[i].needs if row[0] == ROOT else row:
                if type(arg) is int and depth[arg] > deepest:
                    deepest = depth[arg]
            depth[i] = deepest + 1
        return np.array(depth)


@dataclass(frozen=True)
class _Layer:
    """Operations of one kind that need nothing of each other.

    at, of: their places, and those of their operands; bodies: what stands inside each, where they are searches; parts:
    what each computes anew, where they let inputs have other values.
    """

    op: str
    at: np.ndarray
    of: tuple[np.ndarray, ...]
    bodies: list[list[_Layer]]
    parts: list[_Part]


AT_ONCE = 2**22
"""Figures that are computed at once along an input."""


@dataclass(frozen=True)
class _Part:
    """A part of a tape that some inputs move, ready to be played: what it takes from outside, and where it ends."""

    player: Player
    outside: tuple[int, ...]
    end: int
    inputs: tuple[int, ...]

    def along(self, memory: Any, *values: Any) -> Any:
        """The figure at other values of the inputs, which come last, as many at once as there is room for."""
        count, points = values[0].shape[-1], max(1, int(np.prod(memory.shape[1:])))
        size = max(1, AT_ONCE // (points * len(self.player.ops)))
        blocks = [self._block(memory, [x[..., k : k + size] for x in values]) for k in range(0, count, size)]
        return np.concatenate(blocks, axis=-1)

    def _block(self, memory: Any, values: Sequence[Any]) -> Any:
        given = {str(i): memory[i][..., None] for i in self.outside}
        given |= {str(i): x for i, x in zip(self.inputs, values, strict=True)}
        return np.broadcast_to(self.player(given)[self.end], np.broadcast_shapes(*(np.shape(x) for x in values)))


def _play(layers: Iterable[_Layer], memory: Any) -> None:
    for layer in layers:
        if layer.op == ROOT:
            for i, body, given in zip(layer.at, layer.bodies, zip(*layer.of, strict=True), strict=True):
                memory[i] = _root(body, given, memory)
        elif layer.op == along.LET:
            memory[layer.at] = memory[layer.of[1]]
        elif layer.op == along.AT:
            _at(layer, memory)
        elif layer.op in along.SEARCHED:
            for i, part, *lets in zip(layer.at, layer.parts, *layer.of[1:], strict=True):
                memory[i] = _searched(layer.op, part, [memory[let].copy() for let in lets], memory)
        else:
            memory[layer.at] = KNOWN[layer.op](*(memory[places] for places in layer.of))


def _root(body: list[_Layer], given: tuple[int, ...], memory: Any) -> Any:
    variable, told, low, high = given

    def gap(x: Any) -> Any:
        memory[variable] = x
        _play(body, memory)
        return memory[told].copy()

    return crossing(gap, memory[low].copy(), memory[high].copy())


def _at(layer: _Layer, memory: Any) -> None:
    groups: dict[int, list[int]] = {}
    for k, part in enumerate(layer.parts):
        groups.setdefault(id(part), []).append(k)
    for which in groups.values():
        values = [np.moveaxis(memory[lets[which]], 0, -1) for lets in layer.of[1:]]
        memory[layer.at[which]] = np.moveaxis(layer.parts[which[0]].along(memory, *values), -1, 0)


def _searched(op: str, part: _Part, ends: Sequence[Any], memory: Any) -> Any:
    def figure(x: Any) -> Any:
        return part.along(memory, x, x)

    low, high = ends
    search = along.count if op == along.TURNS else along.nearest
    return search(figure, low, high, memory[part.inputs[0]].copy())


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
    if not ends:
        return []
    rows, needed = list(ops), bytearray(max(ends) + 1)
    for place in ends:
        needed[place] = True
    for i in range(len(needed) - 1, -1, -1):  # what a place needs stands before it
        if needed[i]:
            for arg in rows[i]:
                if type(arg) is int:
                    needed[arg] = True
    return list(compress(range(len(needed)), needed))
