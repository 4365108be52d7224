"""A chapter as a function of the parameters: its numbers and claims on one tape, and what each of them needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from shortcase.publish.live import again
from shortcase.publish.read.code import Code
from shortcase.publish.read.dependencies import Dependencies
from shortcase.show.live import carried
from shortcase.show.live.tape import Arg, Node, Untraceable, const
from shortcase.show.live.traced import Traced

LOST = "a value on the way leaves numpy's arrays, and with them its parameters"


@dataclass(frozen=True)
class Live:
    """One figure on the tape: its place there, the parameters it comes from, and the decisions it needs."""

    at: Any
    parameters: tuple[str, ...]
    guards: tuple[int, ...] = ()


@dataclass(frozen=True)
class LiveClaim:
    """A claim on the tape: the computed value, and those at the ends of the range on which its verdict turns."""

    computed: Live
    turns_on: str | None = None
    ends: tuple[Any, ...] = ()


@dataclass
class Graph:
    """What a chapter leaves for its page.

    ops: the tape; guards: places on it with the answer each must have; dead: why a figure that rests on parameters is
    not live, and on which of them it rests; unsure: figures of which the code names more parameters than their tape.
    """

    ops: list[tuple[Any, ...]] = field(default_factory=list)
    numbers: dict[str, Live] = field(default_factory=dict)
    claims: dict[str, LiveClaim] = field(default_factory=dict)
    guards: list[tuple[Any, bool]] = field(default_factory=list)
    dead: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    unsure: dict[str, tuple[str, ...]] = field(default_factory=dict)


def follow(code: Code, slices: Mapping[tuple[str, str], Dependencies], values: Mapping[str, Any]) -> Graph:
    """The graph of one chapter at the values of a build.

    Errors: what the chapter raises.
    """
    found = again.run(code, values, follow=True)
    moving = {name for name, value in values.items() if isinstance(value, (int, float)) and not isinstance(value, bool)}
    graph = Graph(found.tape.ops)
    guards = _Guards(found, graph)
    for key, number in found.numbers.items():
        rests = _parameters(slices.get(("number", key), frozenset()), moving)
        if rests:
            _add(graph, f"number {key}", rests, lambda: _number(key, number, found, guards, rests, graph))
    for claim_id, claim in found.claims.items():
        rests = _parameters(slices.get(("claim", claim_id), frozenset()), moving)
        if rests:
            _add(graph, f"claim {claim_id}", rests, lambda: _claim(claim_id, claim, found, guards, rests, graph))
    return graph


def _parameters(rests: Dependencies, moving: set[str]) -> set[str]:
    return {rest.name for rest in rests if rest.kind == "parameter"} & moving


def _add(graph: Graph, name: str, rests: set[str], put: Any) -> None:
    try:
        put()
    except Untraceable as error:
        graph.dead[name] = (error.what, tuple(sorted(rests)))


def _number(
    key: str, number: again.Numbered, found: again.Found, guards: _Guards, rests: set[str], graph: Graph
) -> None:
    at, comes = _place(number.value, found)
    if not comes:
        raise Untraceable(number.why_not or LOST)
    graph.numbers[key] = Live(at, tuple(sorted(comes)), guards.needed(number.decisions, rests))
    if rests - comes:
        graph.unsure[f"number {key}"] = tuple(sorted(rests - comes))


def _claim(
    claim_id: str, claim: again.Claimed, found: again.Found, guards: _Guards, rests: set[str], graph: Graph
) -> None:
    at, comes = _place(claim.computed, found)
    ends = [_place(end, found) for end in claim.ends]
    comes |= set().union(*(more for _, more in ends)) | ({claim.turns_on} - {None} if ends else set())
    if not comes:
        raise Untraceable(LOST)
    computed = Live(at, tuple(sorted(comes)), guards.needed(claim.decisions, rests))
    graph.claims[claim_id] = LiveClaim(computed, claim.turns_on, tuple(end for end, _ in ends))
    if rests - comes:
        graph.unsure[f"claim {claim_id}"] = tuple(sorted(rests - comes))


def _place(value: Any, found: again.Found) -> tuple[Arg, set[str]]:
    """Where a figure stands on the tape, or the constant that it is, and the parameters it comes from."""
    step = carried.step_of(value)
    if step is None:
        return const(bool(value) if isinstance(value, (bool, np.bool_)) else value), set()
    traced = found.realise(value)
    cell = traced.nodes.item() if isinstance(traced, Traced) else traced
    return (cell.i if isinstance(cell, Node) else const(cell)), inputs_of(found.tape.ops, cell.i) if isinstance(
        cell, Node
    ) else set()


def inputs_of(ops: list[tuple[Any, ...]], at: int) -> set[str]:
    """The inputs that a place on a tape comes from."""
    return {ops[i][1] for i in reached(ops, [at]) if ops[i][0] == "input"}


def reached(ops: list[tuple[Any, ...]], places: Iterable[Any]) -> set[int]:
    """The places on a tape that some places need, themselves among them."""
    needed, waiting = set[int](), [place for place in places if isinstance(place, int)]
    while waiting:
        i = waiting.pop()
        if i not in needed:
            needed.add(i)
            waiting += [arg for arg in ops[i][1:] if isinstance(arg, int)]
    return needed


class _Guards:
    """The decisions of a run, put on the tape as they are needed, each once."""

    def __init__(self, found: again.Found, graph: Graph) -> None:
        self.found, self.graph = found, graph
        self.rests = [carried.rests_on(guard.step) for guard in found.guards]
        self.known: dict[tuple[Any, bool], int] = {}

    def needed(self, before: int, rests: set[str]) -> tuple[int, ...]:
        """Places in the graph's list of those decisions that can have moved a figure.

        A decision that rests on a parameter on which the figure does not rest cannot: what the code says that a figure
        rests on holds the conditions on its way.

        Errors: Untraceable where such a decision cannot be put on the tape.
        """
        chosen = [i for i in range(before) if self.rests[i] and self.rests[i] <= rests]
        return tuple(sorted({self._put(self.found.guards[i]) for i in chosen} - {-1}))

    def _put(self, guard: carried.Guard) -> int:
        try:
            traced = carried.realise(guard.step, self.found.tape, self.found.realised)
        except Untraceable:
            raise Untraceable(f"a decision on it cannot be followed ({guard.where})") from None
        cell = traced.nodes.item() if isinstance(traced, Traced) else traced
        if not isinstance(cell, Node):
            return -1
        key = (cell.i, guard.answer)
        if key not in self.known:
            self.known[key] = len(self.graph.guards)
            self.graph.guards.append(key)
        return self.known[key]
