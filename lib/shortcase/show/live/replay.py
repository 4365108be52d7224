"""A tape played in Python: the value of every operation for given inputs, layer by layer.

Operations of one kind that need nothing of each other are computed at once, over their places in one array; so a tape
of a hundred thousand operations is played in a few thousand calls of numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np

from shortcase.show.live.columns import operands
from shortcase.show.live.tape import KNOWN, Tape, Untraceable

Ops = Sequence[tuple[Any, ...]]
ROOT = "root"
"""The operation that is a search."""

STEPS = 100
"""The most steps of a bracketed search; a tenth of them is the rule."""
NEAREST, LEAST = 2.0 * np.finfo(float).eps, 1e-300
"""How near a search comes to where the sign changes: relative, and where that is zero."""


def crossing(gap: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """Where a function changes its sign between two ends; NaN where it has one sign at both.

    Each step takes the parabola through the last three points where it can be trusted, and the middle where not.

    >>> [float(crossing(lambda x, k=k: k * (x * x - 2.25), 0.0, 2.0)) for k in (1.0, -1.0)]
    [1.5, 1.5]
    >>> [float(crossing(lambda x: -x, *ends)) for ends in ((0.0, 1.0), (-1.0, 0.0), (1.0, 2.0))]
    [0.0, 0.0, nan]

    Source: Chandrupatla 1997, A new hybrid quadratic/bisection algorithm, Advances in Engineering Software 28(3);
    as scipy's `find_root`, and as the page has it.
    """
    a, b = np.broadcast_arrays(low, high)
    at_a, at_b = gap(a), gap(b)
    c, at_c = a, at_a
    t: Any = 0.5
    root = np.where(np.abs(at_b) < np.abs(at_a), b, a)
    crossed, searched = at_a * at_b <= 0.0, at_a * at_b < 0.0
    for _ in range(STEPS):
        x = a + t * (b - a)
        here = gap(x)
        crossed = crossed & ~(searched & np.isnan(here))
        same = (here > 0.0) == (at_a > 0.0)
        c, at_c = np.where(same, a, b), np.where(same, at_a, at_b)
        b, at_b = np.where(same, b, a), np.where(same, at_b, at_a)
        a, at_a = x, here
        nearer = np.abs(at_b) < np.abs(at_a)
        best, off = np.where(nearer, b, a), np.where(nearer, at_b, at_a)
        root = np.where(searched, best, root)
        least = (NEAREST * np.abs(best) + LEAST) / np.abs(b - a)
        searched = searched & crossed & (least <= 0.5) & (off != 0.0)
        if not searched.any():
            break
        along, rise = (a - b) / (c - b), (at_a - at_b) / (at_c - at_b)
        trusted = (rise**2 < along) & ((1.0 - rise) ** 2 < 1.0 - along)
        through_c = (c - a) / (b - a) * at_a / (at_c - at_a) * at_b / (at_c - at_b)
        parabola = at_a / (at_b - at_a) * at_c / (at_b - at_c) + through_c
        t = np.clip(np.where(trusted, parabola, 0.5), least, 1.0 - least)
    return np.where(crossed, root, np.nan)


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
        kinds = {name: kind for kind, name in enumerate(KNOWN | {ROOT: None})}
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
            )
            for group in groups
        ]

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

    at, of: their places, and those of their operands; bodies: what stands inside each, where they are searches.
    """

    op: str
    at: np.ndarray
    of: tuple[np.ndarray, ...]
    bodies: list[list[_Layer]]


def _play(layers: Iterable[_Layer], memory: Any) -> None:
    for layer in layers:
        if layer.op == ROOT:
            for i, body, given in zip(layer.at, layer.bodies, zip(*layer.of, strict=True), strict=True):
                memory[i] = _root(body, given, memory)
        else:
            memory[layer.at] = KNOWN[layer.op](*(memory[places] for places in layer.of))


def _root(body: list[_Layer], given: tuple[int, ...], memory: Any) -> Any:
    variable, told, low, high = given

    def gap(x: Any) -> Any:
        memory[variable] = x
        _play(body, memory)
        return memory[told].copy()

    return crossing(gap, memory[low].copy(), memory[high].copy())


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
