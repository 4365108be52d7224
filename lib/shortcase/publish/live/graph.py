"""A chapter as a function of the parameters: its numbers and claims on one tape, and what each of them needs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from shortcase.publish.read.code import Code
from shortcase.publish.read.dependencies import Dependencies
from shortcase.show.live import realising, steps, structures
from shortcase.show.live.replay import reached
from shortcase.show.live.tape import Arg, Node, Refused, Tape, Untraceable, const
from shortcase.show.live.traced import Traced

if TYPE_CHECKING:
    from shortcase.publish.live import again

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


@dataclass(frozen=True)
class Written(Sequence[tuple[Any, ...]]):
    """Operations as the cache keeps them, read when the first of them is wanted: most builds want none.

    >>> ops = Written('[["input", "a"], ["add", 0, ["const", 2.0]]]')
    >>> len(ops), ops[1]
    (2, ('add', 0, ('const', 2.0)))
    """

    text: str

    @cached_property
    def _rows(self) -> list[tuple[Any, ...]]:
        return list(map(_row, json.loads(self.text)))

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: Any) -> Any:
        return self._rows[at]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._rows)


@dataclass
class Graph:
    """What a chapter leaves for its page.

    ops: the tape; guards: places on it with the answer each must have; dead: why a figure that rests on parameters is
    not live, and on which of them it rests; unsure: figures of which the code names more parameters than their tape.
    """

    ops: Sequence[tuple[Any, ...]] = field(default_factory=list)
    numbers: dict[str, Live] = field(default_factory=dict)
    claims: dict[str, LiveClaim] = field(default_factory=dict)
    guards: list[tuple[Any, bool]] = field(default_factory=list)
    dead: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    unsure: dict[str, tuple[str, ...]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def guards_of(self, name: str) -> tuple[int, ...]:
        """The decisions that a figure needs, by its kind and key as in `unsure`."""
        kind, _, key = name.partition(" ")
        return (self.numbers[key] if kind == "number" else self.claims[key].computed).guards

    def as_json(self) -> dict[str, Any]:
        """For the cache; the operations, of which there are many, as text."""
        text = self.ops.text if isinstance(self.ops, Written) else json.dumps(self.ops)
        return dataclasses.asdict(dataclasses.replace(self, ops=())) | {"ops": text}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Graph:
        """As `as_json` left it."""
        return cls(
            ops=Written(told["ops"]),
            numbers={key: _live(one) for key, one in told["numbers"].items()},
            claims={
                name: LiveClaim(_live(one["computed"]), one["turns_on"], tuple(map(_at, one["ends"])))
                for name, one in told["claims"].items()
            },
            guards=[(_at(at), answer) for at, answer in told["guards"]],
            dead={name: (why, tuple(on)) for name, (why, on) in told["dead"].items()},
            unsure={name: tuple(on) for name, on in told["unsure"].items()},
            reasons=dict(told["reasons"]),
        )

    def pruned(self) -> Graph:
        """Without the operations that nothing needs."""
        ends = [place for one in self.claims.values() for place in (one.computed.at, *one.ends)]
        places = [one.at for one in self.numbers.values()] + ends + [at for at, _ in self.guards]
        tape = Tape()
        new = tape.join(self.ops, reached(self.ops, places))

        def moved(one: Live) -> Live:
            return dataclasses.replace(one, at=place(one.at))

        def place(at: Any) -> Any:
            return new[at] if isinstance(at, int) else at

        return dataclasses.replace(
            self,
            ops=tape.ops,
            numbers={key: moved(one) for key, one in self.numbers.items()},
            claims={
                name: LiveClaim(moved(one.computed), one.turns_on, tuple(map(place, one.ends)))
                for name, one in self.claims.items()
            },
            guards=[(place(at), answer) for at, answer in self.guards],
        )


def _row(op: list[Any]) -> tuple[Any, ...]:
    if len(op) == 3 and type(op[1]) is int and type(op[2]) is int:  # most of them
        return tuple(op)
    return (op[0], *(tuple(a) if isinstance(a, list) else a for a in op[1:]))


def _at(place: Any) -> Any:
    return tuple(place) if isinstance(place, list) else place


def _live(told: Mapping[str, Any]) -> Live:
    return Live(_at(told["at"]), tuple(told["parameters"]), tuple(told["guards"]))


def follow(code: Code, slices: Mapping[tuple[str, str], Dependencies], values: Mapping[str, Any]) -> Graph:
    """The graph of one chapter at the values of a build.

    Errors: what the chapter raises.
    """
    from shortcase.publish.live import again  # noqa: PLC0415 - runs a chapter; to read a graph needs none of that

    made: list[Graph] = []
    again.run(code, values, follow=True, then=lambda found: made.append(on_tape(found, slices, values)))
    return made[0]


def on_tape(
    found: again.Found, slices: Mapping[tuple[str, str], Dependencies], values: Mapping[str, Any]
) -> Graph:  # fmt: skip
    """The graph of a chapter that was followed, while it is followed still."""
    return _Follower(found, slices, _moving(values)).graph()


class _Follower:
    """A chapter's figures put on the tape, one after the other."""

    def __init__(self, found: again.Found, slices: Mapping[tuple[str, str], Dependencies], moving: set[str]) -> None:
        self.found, self.slices, self.moving = found, slices, moving
        self.made = Graph(found.tape.ops)
        self.guards = _Guards(found, self.made)

    def graph(self) -> Graph:
        """Everything that rests on a parameter, live or dead."""
        for key, number in self.found.numbers.items():
            self._add(f"number {key}", number.why_not, partial(self._number, key, number))
        for claim_id, claim in self.found.claims.items():
            self._add(f"claim {claim_id}", "", partial(self._claim, claim_id, claim))
        return self.made

    def _add(self, name: str, why_not: str, put: Callable[[set[str]], set[str]]) -> None:
        kind, _, key = name.partition(" ")
        rests = _parameters(self.slices.get((kind, key), frozenset()), self.moving)
        if not rests:
            return
        self.made.reasons[name] = why_not or LOST
        try:
            missing = rests - put(rests)
        except Untraceable as error:
            self.made.dead[name] = (error.what, tuple(sorted(rests)))
        else:
            if missing:
                self.made.unsure[name] = tuple(sorted(missing))

    def _number(self, key: str, number: again.Numbered, rests: set[str]) -> set[str]:
        if number.drawn:
            raise Untraceable(number.why_not)
        at, comes = _place(number.value, self.found)
        self.made.numbers[key] = Live(at, tuple(sorted(comes)), self.guards.needed(number.decisions, rests))
        return comes

    def _claim(self, claim_id: str, claim: again.Claimed, rests: set[str]) -> set[str]:
        at, comes = _place(claim.computed, self.found)
        ends = [_place(end, self.found) for end in claim.ends]
        comes = comes.union(*(more for _, more in ends))
        if ends and claim.turns_on:
            comes.add(claim.turns_on)
        computed = Live(at, tuple(sorted(comes)), self.guards.needed(claim.decisions, rests))
        self.made.claims[claim_id] = LiveClaim(computed, claim.turns_on, tuple(end for end, _ in ends))
        return comes


def lost(slices: Mapping[tuple[str, str], Dependencies], values: Mapping[str, Any], why: str) -> Graph:
    """The graph of a chapter that could not be followed: nothing of it that rests on a parameter is live."""
    moving = _moving(values)
    rests = {f"{kind} {name}": _parameters(found, moving) for (kind, name), found in slices.items()}
    return Graph(dead={name: (why, tuple(sorted(on))) for name, on in rests.items() if on})


def _moving(values: Mapping[str, Any]) -> set[str]:
    return {name for name, value in values.items() if isinstance(value, (int, float)) and not isinstance(value, bool)}


def _parameters(rests: Dependencies, moving: set[str]) -> set[str]:
    return {rest.name for rest in rests if rest.kind == "parameter"} & moving


def _place(value: Any, found: again.Found) -> tuple[Arg, set[str]]:
    """Where a figure stands on the tape, or the constant that it is, and the parameters it comes from."""
    step = structures.step_of(value)
    if step is None:
        return const(bool(value) if isinstance(value, (bool, np.bool_)) else value), set()
    traced = found.realise(value)
    cell = traced.nodes.item() if isinstance(traced, Traced) else traced
    if not isinstance(cell, Node):
        return const(cell), set()
    return cell.i, found.tape.inputs(cell.i)


class _Guards:
    """The decisions of a run, put on the tape as they are needed, each once."""

    def __init__(self, found: again.Found, graph: Graph) -> None:
        self.found, self.graph = found, graph
        rests = ((i, steps.rests_on(guard.step)) for i, guard in enumerate(found.guards) if not guard.aside)
        self.rests = [(i, on) for i, on in rests if on]
        self.known: dict[tuple[Any, bool], int] = {}

    def needed(self, before: int, rests: set[str]) -> tuple[int, ...]:
        """Places in the graph's list of those decisions that can have moved a figure.

        A decision that rests on a parameter on which the figure does not rest cannot: what the code says that a figure
        rests on holds the conditions on its way.

        Errors: Untraceable where such a decision cannot be put on the tape.
        """
        chosen = [i for i, on in self.rests if i < before and on <= rests]
        return tuple(sorted({self._put(self.found.guards[i]) for i in chosen} - {-1}))

    def _put(self, guard: steps.Guard) -> int:
        try:
            traced = realising.realise(guard.step, self.found.tape, self.found.realised)
        except Refused:  # what it decides on draws is held to the chapter at other values
            return -1
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
