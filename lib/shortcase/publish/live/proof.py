"""The proof that a live figure is right: every chapter run again in Python, at other values, and held to its tape.

A figure that differs at one of the points is wrong there in the page. A decision that does not hold at a point sets the
figure back in the page, so it proves nothing there; how often that is so is counted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from shortcase.case import claims, parameters
from shortcase.case.claims import Verdict
from shortcase.case.parameters import Parameter, Scalar
from shortcase.errors import ShortcaseError
from shortcase.publish.live import again
from shortcase.publish.live.graph import LOST, Graph, LiveClaim
from shortcase.publish.live.kept import Kept
from shortcase.publish.read.code import Code
from shortcase.show.live import along
from shortcase.show.live.replay import Ops, Player

POINTS = 20
SEED = 20250125
TOLERANCE = 1e-9
"""Relative; a page that differs by less shows the same digits."""
NOTHING = 1e-14
"""What is left of a sum that is nothing: the order of its terms, no figure."""
ASIDE = 0.2
"""A parameter without a stated range moves so far either side, as a part of its value."""


@dataclass
class Proof:
    """What a chapter's run again found: figures that differ, with the first point; how often each was held, and not."""

    wrong: dict[str, tuple[int, Any, Any]] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    set_back: dict[str, int] = field(default_factory=dict)
    refused: list[tuple[int, str]] = field(default_factory=list)
    worst: float = 0.0

    def seldom(self) -> dict[str, float]:
        """Figures that were set back at more than half of the points."""
        return {
            name: self.set_back[name] / (self.held.get(name, 0) + self.set_back[name])
            for name in self.set_back
            if self.set_back[name] > self.held.get(name, 0)
        }


def points(values: Mapping[str, Scalar], count: int = POINTS, seed: int = SEED) -> Iterator[dict[str, Scalar]]:
    """Values for every parameter that is a figure, the others as they are: the ends of the ranges, then drawn ones.

    At every second drawn point only a third of the parameters move, as a reader moves a few.
    """
    rng = np.random.default_rng(seed)
    known = {name: p for name, p in parameters.as_written().items() if p.kind in ("float", "int") and name in values}
    for number in range(count):
        moved: dict[str, Scalar] = dict(values)
        for name, p in known.items():
            low, high = _range(p, float(values[name]))
            at, stays = rng.random(), rng.random() < 2.0 / 3.0
            if number < 2:
                at, stays = float(number), False  # every parameter at the low end, then at the high end
            elif number < 4:
                at, stays = round(at), False  # each at one of its ends
            elif number % 2:
                stays = False
            if not stays:
                x = low + at * (high - low)
                moved[name] = round(x) if p.kind == "int" else x
        yield moved


TURNS = "at other values the chapter takes another way to it"
SETTLING, ENOUGH = (2, 3, 4, 6), 2
"""Points, by their numbers, at which a build looks whether what the code names and the tape lacks matters: the first
two at which the chapter runs, and of the others those where a decision lets stand what none has let stand yet. The
proof takes more."""


@dataclass(frozen=True)
class Ran:
    """The chapter run again at a point: what it computed and its charts; or why it refused the values."""

    number: int
    point: Mapping[str, Scalar]
    found: again.Found | None = None
    kept: Kept | None = None
    refused: str = ""


def ran(
    code: Code, number: int, point: Mapping[str, Scalar], *, charts: bool = False, rough: bool = False
) -> Ran:  # fmt: skip
    """The chapter run again at a point, as it is, without any step; rough: as `again.run` has it."""
    kept = Kept() if charts else None
    try:
        return Ran(number, point, again.run(code, point, charts=kept, rough=rough), kept)
    except (ShortcaseError, ArithmeticError, ValueError, LookupError) as error:
        return Ran(number, point, refused=f"{type(error).__name__}: {error}")


Figures = Callable[[Any], Any]
"""What stands at a place of a tape at one of the points, or the constant that is there."""


class Played:
    """A tape played as far as some places need it, for all of some points at once, each with its number."""

    def __init__(self, ops: Ops, places: Iterable[Any], points: Mapping[int, Mapping[str, Scalar]]) -> None:
        player = Player(ops, places)
        given = {name: np.array([float(point[name]) for point in points.values()]) for _, name in player.inputs}
        found = player(given) if given else np.empty((0, len(points)))
        self._columns = {number: found[..., column] for column, number in enumerate(points)}

    def at(self, number: int) -> Figures:
        """What stands at the places at the point of a number."""
        return partial(_figure, self._columns[number])


def _figure(column: Any, place: Any) -> Any:
    return column[place] if isinstance(place, int) else place[1] if isinstance(place, tuple) else place


def looked_at(values: Mapping[str, Scalar]) -> dict[int, dict[str, Scalar]]:
    """The points, by their numbers, at which a build looks."""
    drawn = list(points(values, max(SETTLING) + 1))
    return {number: drawn[number] for number in SETTLING}


def settle(
    code: Code, graph: Graph, values: Mapping[str, Scalar], *, charts: bool = False, played: Played | None = None
) -> tuple[Graph, list[Ran]]:  # fmt: skip
    """The graph without what cannot be shown right, and the runs that told; with `charts`, these are kept in them.

    played: its tape at the points that a build looks at, where it has been played.

    Of some figures the code names more parameters than their tape holds: it errs on the side of more, or the tape has
    lost one. The chapter run again at other values tells which; so it does where a whole number decides how often
    something is done. A figure that no parameter moves leaves the graph, for there is nothing about it to recompute.
    """
    at = looked_at(values)
    played = played or Played(graph.ops, places_of(graph), at)
    runs: list[Ran] = []
    proof = Proof()
    searched = _searched(graph)
    for name in searched:
        graph.unsure.pop(name, None)
    for number, point in at.items():
        if sum(one.found is not None for one in runs) >= ENOUGH:
            stands = _stands(graph, played.at(number))
            if not any(all(stands[i] for i in graph.guards_of(name)) for name in graph.unsure.keys() - proof.held):
                continue
        runs.append(ran(code, number, point, charts=charts, rough=True))
        _hold_to(proof, graph, played, runs[-1], aside=searched)
    both: list[tuple[str, dict[str, Any]]] = [("number", graph.numbers), ("claim", graph.claims)]
    for kind, held in both:
        for key, one in list(held.items()):
            name = f"{kind} {key}"
            comes = (one.computed if isinstance(one, LiveClaim) else one).parameters
            missing = graph.unsure.get(name, ())
            # What is drawn stays the same here only because too little is drawn to move it.
            too_few = missing and not comes and graph.reasons[name] != LOST
            if too_few or name in proof.wrong or (missing and not proof.held.get(name)):
                del held[key]
                why = graph.reasons[name] if not comes else TURNS
                graph.dead[name] = (why, tuple(sorted({*missing, *comes})))
            elif not comes:
                del held[key]
    return graph.pruned(), runs


def further(code: Code, values: Mapping[str, Scalar], runs: Sequence[Ran]) -> Iterator[Ran]:
    """The chapter, with its charts, at those of the points that a build looks at which it has not needed so far."""
    known = {one.number for one in runs}
    for number, point in looked_at(values).items():
        if number not in known:
            yield ran(code, number, point, charts=True, rough=True)


def _range(p: Parameter, value: float) -> tuple[float, float]:
    low, high = (p.low, p.high) if p.low is not None and p.high is not None else (None, None)
    if low is None or high is None:
        low, high = sorted((value * (1.0 - ASIDE), value * (1.0 + ASIDE)))
    least, most = (-math.inf if p.min is None else p.min), (math.inf if p.max is None else p.max)
    return min(max(low, least), most), min(max(high, least), most)


def prove(code: Code, graph: Graph, values: Mapping[str, Scalar], count: int = POINTS, seed: int = SEED) -> Proof:
    """A chapter's graph against the chapter itself, at seeded points."""
    return compare(graph, [ran(code, number, point) for number, point in enumerate(points(values, count, seed))])


def compare(graph: Graph, runs: Sequence[Ran]) -> Proof:
    """A chapter's graph against what the chapter gave when it was run again."""
    found = Proof()
    played = Played(graph.ops, places_of(graph), {one.number: one.point for one in runs})
    for one in runs:
        _hold_to(found, graph, played, one)
    return found


def _searched(graph: Graph) -> set[str]:
    """Figures that are searched for along an input, which a rough run only comes near to.

    The whole formula that is searched was traced, and so can have lost no parameter; the proof holds what was found.
    """
    late = along.rests_on_searches(graph.ops)
    found = {f"number {key}" for key, one in graph.numbers.items() if isinstance(one.at, int) and late[one.at]}
    claims = ((key, (one.computed.at, *one.ends)) for key, one in graph.claims.items())
    return found | {f"claim {key}" for key, ats in claims if any(isinstance(at, int) and late[at] for at in ats)}


def _hold_to(found: Proof, graph: Graph, played: Played, one: Ran, aside: Collection[str] = ()) -> None:
    real, number, at = one.found, one.number, played.at(one.number)
    if real is None:
        found.refused.append((number, one.refused))
        return
    stands = _stands(graph, at)
    for key, live in graph.numbers.items():
        if f"number {key}" in aside:
            continue
        if all(stands[i] for i in live.guards):
            _hold(found, f"number {key}", number, at(live.at), real.numbers[key].value)
        else:
            _count(found.set_back, f"number {key}")
    for claim_id, live_claim in graph.claims.items():
        if f"claim {claim_id}" in aside:
            continue
        if all(stands[i] for i in live_claim.computed.guards):
            page = verdict(claim_id, [at(p) for p in (live_claim.computed.at, *live_claim.ends)])
            told = real.claims[claim_id]
            here = verdict(claim_id, [told.computed, *told.ends])
            _hold(found, f"claim {claim_id}", number, page, here)
        else:
            _count(found.set_back, f"claim {claim_id}")


def _stands(graph: Graph, at: Figures) -> list[bool]:
    """Which of the graph's decisions are taken at a point as they were at the values of the build."""
    return [bool(at(place)) is answer for place, answer in graph.guards]


def places_of(graph: Graph) -> Iterator[Any]:
    """The places on the tape at which a graph's figures and decisions stand."""
    yield from (one.at for one in graph.numbers.values())
    yield from (at for at, _ in graph.guards)
    for claim in graph.claims.values():
        yield from (claim.computed.at, *claim.ends)


def replayed(graph: Graph, inputs: Mapping[str, Any], count: int) -> Callable[[Any], Any]:
    """What stands at a place of a graph's tape, or the constant that is there, for so many points at once."""
    found = Player(graph.ops, places_of(graph))(inputs)

    def at(place: Any) -> Any:
        return np.broadcast_to(found[place] if isinstance(place, int) else place[1], count)

    return at


def verdict(claim_id: str, figures: Sequence[Any]) -> str:
    """The verdict of the ledger on a computed value, with those at the ends of a range if it turns on one."""
    claim = claims.ledger()[claim_id]
    judged = [claim.judge(bool(x) if claim.rule is claims.Rule.TRUE else float(x)) for x in figures]
    passes = {one in (Verdict.HOLDS, Verdict.ROUNDING) for one in judged}
    return (Verdict.DEPENDS if len(passes) > 1 else judged[0]).value


def _hold(found: Proof, name: str, number: int, page: Any, real: Any) -> None:
    _count(found.held, name)
    if isinstance(real, str):
        same = page == real
    else:
        size = max(abs(float(page)), abs(float(real)))
        off = abs(float(page) - float(real)) / size if size else 0.0
        same = off <= TOLERANCE
        if real == 0 and size <= NOTHING:
            return
        if same:
            found.worst = max(found.worst, off)
    if not same:
        found.wrong.setdefault(name, (number, page, real))


def _count(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1
