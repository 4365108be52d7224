"""A figure of a tape as a function of its inputs: at other values of one or two of them, and where it changes its sign.

Four operations. `let` is an input with another value; `at` a figure with its inputs let; `turns` and `nearest` how
often a figure changes its sign between two values of an input, and where it does nearest to the input's own value. What
lies between the input and the figure stands on the tape once, however many values are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import compress
from typing import Any

import numpy as np

from shortcase.show.live.crossing import crossing
from shortcase.show.live.tape import Arg, Node, Tape, const
from shortcase.show.live.traced import Traced

AT, LET, TURNS, NEAREST = "at", "let", "turns", "nearest"
ALONG = (AT, TURNS, NEAREST)
SEARCHED = frozenset({TURNS, NEAREST})
"""Operations that take hundreds of evaluations: a page computes what comes of them after the frame."""
MOST = 2
"""The most inputs that are let at once."""
GRID = 401
"""Points at which a search looks at the sign, as `case.thesis.roots` does."""


def at(figures: Traced, values: Mapping[str, Any]) -> Traced:
    """Traced figures with some inputs at other values; one figure becomes as many as there are values.

    values: by the names of at most two inputs; what does not come from them stays as it is.

    >>> tape = Tape()
    >>> both = Traced(tape.add("input", "a")) * Traced(tape.add("input", "b"))
    >>> there = at(both, {"b": 3.0})
    >>> [row[0] for row in tape.ops]
    ['input', 'input', 'multiply', 'let', 'at']
    """
    cells = [value.nodes if isinstance(value, Traced) else np.asarray(value, dtype=object) for value in values.values()]
    places = np.broadcast(figures.nodes, *cells)
    found = np.empty(places.size, dtype=object)
    for k, (figure, *told) in enumerate(places):
        found[k] = _at(figure, dict(zip(values, told, strict=True)))
    return Traced(found.reshape(places.shape))


def _at(figure: Any, values: Mapping[str, Any]) -> Any:
    if not isinstance(figure, Node):
        return figure
    comes = figure.tape.inputs(figure.i)
    lets = [_let(figure.tape, name, value) for name, value in values.items() if name in comes]
    return figure.tape.add(AT, figure.i, lets[0], lets[-1]) if lets else figure


def _let(tape: Tape, name: str, value: Any) -> int:
    told: Arg = value.i if isinstance(value, Node) else const(value)
    return tape.add(LET, tape.add("input", name).i, told).i


def searched(op: str, figure: Traced, name: str, low: Any, high: Any) -> Traced:
    """How often, or where, a figure changes its sign as one input goes from low to high, the others as they are."""
    node = figure.nodes.item()
    ends = [_let(node.tape, name, end.nodes.item() if isinstance(end, Traced) else end) for end in (low, high)]
    return Traced(node.tape.add(op, node.i, *ends))


def rests_on_searches(ops: Sequence[tuple[Any, ...]]) -> bytearray:
    """For each place on a tape, whether it comes from a search along an input."""
    found = bytearray(len(ops))
    for i, row in enumerate(ops):
        found[i] = row[0] in SEARCHED or any(type(arg) is int and found[arg] for arg in row)
    return found


@dataclass(frozen=True)
class Part:
    """What of a tape some inputs move on the way to a figure, as a tape of its own.

    ops: those operations; outside: the places of the whole tape that it takes as inputs, each by its number as a name;
    end: where the figure stands.
    """

    ops: list[tuple[Any, ...]]
    outside: tuple[int, ...]
    end: int


def part(ops: Sequence[tuple[Any, ...]], figure: int, inputs: Sequence[int]) -> Part:
    """What of a tape some of its inputs, by their places, move on the way to a figure.

    >>> ops = [("input", "a"), ("input", "b"), ("exp", 0), ("add", 1, 2)]
    >>> part(ops, 3, [1])
    Part(ops=[('input', '1'), ('input', '2'), ('add', 0, 1)], outside=(1, 2), end=2)
    """
    needed = _needed(ops, figure)
    within = [ops[let][1] for i in needed if ops[i][0] in ALONG for let in ops[i][2:]]
    moved = bytearray(len(ops))
    for i in (*inputs, *within):  # what lets an input computes anew whatever comes of it
        moved[i] = True
    new: dict[int, int] = {}
    rows: list[tuple[Any, ...]] = []

    def place(arg: Any) -> Any:
        if type(arg) is int and arg not in new:
            new[arg] = len(rows)
            rows.append(("input", str(arg)))
        return new[arg] if type(arg) is int else arg

    for i in needed:
        if not moved[i] and any(type(arg) is int and moved[arg] for arg in ops[i]):
            moved[i] = True
            row = tuple(map(place, ops[i]))
            new[i] = len(rows)
            rows.append(row)
    end = place(figure)
    return Part(rows, tuple(int(row[1]) for row in rows if row[0] == "input"), end)


def _needed(ops: Sequence[tuple[Any, ...]], figure: int) -> list[int]:
    found = bytearray(figure + 1)
    found[figure] = True
    for i in range(figure, -1, -1):
        if found[i]:
            for arg in ops[i]:
                if type(arg) is int:
                    found[arg] = True
    return list(compress(range(figure + 1), found))


Figure = Callable[[Any], Any]
"""A figure at values of an input, which come last."""


def turning(figure: Figure, low: Any, high: Any, here: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The grid between two ends with the input's own value among its points, where the sign changes, and that value."""
    grid = np.linspace(low, high, GRID, axis=-1)
    own = np.where((low < here) & (here < high), here, low)
    grid = np.sort(np.concatenate([grid, np.expand_dims(own, -1)], axis=-1), axis=-1)
    above = figure(grid) > 0.0
    return grid, above[..., 1:] != above[..., :-1], np.expand_dims(here, -1)


def count(figure: Figure, low: Any, high: Any, here: Any) -> Any:
    """How often a figure changes its sign along an input, as `case.thesis.roots` counts it."""
    return turning(figure, low, high, here)[1].sum(axis=-1)


def nearest(figure: Figure, low: Any, high: Any, here: Any) -> Any:
    """Where a figure changes its sign nearest to the input's own value; NaN where it never does.

    Of all steps of the grid in which it does, the nearest on either side are looked into.
    """
    grid, turns, own = turning(figure, low, high, here)
    steps = np.arange(turns.shape[-1])
    before = np.where(turns & (grid[..., 1:] <= own), steps, -1).max(axis=-1)
    after = np.where(turns & (grid[..., :-1] >= own), steps, len(steps)).min(axis=-1)

    def signed(x: Any) -> Any:
        found = figure(np.expand_dims(x, -1))[..., 0]
        return np.where((found > 0.0) | (found < 0.0), found, -1.0)

    def root(step: Any) -> Any:
        known = (step >= 0) & (step < len(steps))
        at = np.expand_dims(np.where(known, step, 0), -1)
        ends = (np.take_along_axis(grid, at + k, axis=-1)[..., 0] for k in (0, 1))
        return np.where(known, crossing(signed, *ends), np.nan) if known.any() else np.full(known.shape, np.nan)

    return reduce(lambda one, other: _nearer(one, other, here), map(root, (before, after)))


def _nearer(one: Any, other: Any, here: Any) -> Any:
    return np.where(np.isnan(one) | (np.abs(other - here) < np.abs(one - here)), other, one)
