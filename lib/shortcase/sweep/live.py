"""A chapter over arrays of points through its live graph: the tape of its figures, as the page recomputes them.

Each graph is held, before it is used, to the chapter itself at some of the sweep's own points. A point at which the
chapter takes another way than the tape, or at which the tape has no figure, is computed by the chapter itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from shortcase.errors import ShortcaseError
from shortcase.publish.live import again, proof
from shortcase.publish.live.graph import Graph
from shortcase.publish.live.graph import Live as Figure
from shortcase.sweep import failures
from shortcase.sweep.baseline import Baseline
from shortcase.sweep.design import Points

TRIED = 4
"""Points of the sweep at which a graph is held to its chapter."""
ROOM = 2**25
"""Figures held at once: each operation of the tape keeps its results until the end."""
WHOLE = 8192
RAISES = (ShortcaseError, ArithmeticError, ValueError, LookupError, TypeError)
"""What a chapter raises where its formulas have no answer."""


@dataclass(frozen=True)
class Live:
    """A chapter that can be computed for many points at once, as far as it can; and why the rest of it cannot."""

    base: Baseline
    graph: Graph
    numbers: Mapping[str, float]
    verdicts: Mapping[str, str]
    left_out: Mapping[str, str]

    @property
    def keys(self) -> tuple[str, ...]:
        """What is computed: numbers, then verdicts."""
        return (*self.graph.numbers, *self.numbers, *self.graph.claims, *self.verdicts)

    @property
    def portion(self) -> int:
        """Points at a time."""
        return int(np.clip(ROOM // max(len(self.graph.ops), 1), 16, WHOLE))


def live(base: Baseline, wanted: Collection[str]) -> Live:
    """What of a chapter's wanted figures is live; the others stay where no parameter moves them, or are left out."""
    graph = base.graph
    dead = {name.partition(" ")[2]: why for name, (why, _) in graph.dead.items()}
    made = replace(
        graph,
        numbers={key: one for key, one in graph.numbers.items() if key in wanted},
        claims={name: one for name, one in graph.claims.items() if name in wanted},
    ).pruned()
    still = set(wanted) - made.numbers.keys() - made.claims.keys() - dead.keys()
    return Live(
        base,
        made,
        {key: row["value"] for key, row in base.numbers.items() if key in still},
        {name: row["verdict"] for name, row in base.claims.items() if name in still},
        {key: why for key, why in dead.items() if key in wanted},
    )


def proved(found: Live, points: Points, seed: int) -> Live:
    """The same without the figures that differ from the chapter's own at some of the points: ends, and drawn ones."""
    drawn = np.random.default_rng(seed).integers(len(points), size=max(TRIED - 2, 0))
    wrong: dict[str, str] = {}
    for number in sorted({0, len(points) - 1, *drawn.tolist()}):
        one = points.between(number, number + 1)
        rows, held = replayed(found, one)
        if not held[0]:
            continue
        try:
            real = _rows(found, again.run(found.base.code, one.point(0)))
        except RAISES:
            continue  # what the chapter refuses, the sweep tells of at that point
        for key, value in real.items():
            if not _same(rows[key][0], value):
                wrong.setdefault(key, f"it differs from the chapter's own at point {number}")
    if not wrong:
        return found
    graph = replace(
        found.graph,
        numbers={key: one for key, one in found.graph.numbers.items() if key not in wrong},
        claims={name: one for name, one in found.graph.claims.items() if name not in wrong},
    ).pruned()
    return replace(found, graph=graph, left_out={**found.left_out, **wrong})


def compute(found: Live, points: Points, repeat: failures.Repeat) -> dict[str, Any]:
    """Numbers and verdicts at some points that share everything but figures; errors where the chapter raises one."""
    rows, held = replayed(found, points)
    told: dict[str, list[Any]] = {column.key: [None] * len(points) for column in failures.COLUMNS}
    for number in np.flatnonzero(~held).tolist():
        moved = points.moved(number)
        try:
            if number in points.senseless:
                raise ValueError(points.senseless[number])
            real = _rows(found, again.run(found.base.code, points.point(number)))
        except RAISES as error:
            real = dict.fromkeys(found.keys)
            cause = f"{type(error).__name__}: {error}" if number not in points.senseless else str(error)
            cell, at = failures.located(found.base.code, error)
            for key, value in failures.row(cause, repeat.command(moved), cell, at).items():
                told[key][number] = value
        for key, value in real.items():
            rows[key][number] = value
    return {**rows, **told}


def replayed(found: Live, points: Points) -> tuple[dict[str, Any], np.ndarray]:
    """What the tape gives of each figure, and the points at which all of it stands."""
    count, graph = len(points), found.graph
    inputs = {op[1] for op in graph.ops if op[0] == "input"}
    given = {n: np.asarray(points.columns.get(n, points.base[n]), float) for n in inputs}
    at = proof.replayed(graph, given, count)
    held = np.ones(count, bool)
    held[list(points.senseless)] = False
    for place in sorted({i for one in _figures(graph) for i in one.guards}):
        where, answer = graph.guards[place]
        held &= np.asarray(at(where), bool) == answer
    rows: dict[str, Any] = {}
    for key, one in graph.numbers.items():
        rows[key] = np.array(at(one.at), float)
        held &= np.isfinite(rows[key])
    for name, claim in graph.claims.items():
        figures = [np.asarray(at(place)) for place in (claim.computed.at, *claim.ends)]
        held &= np.all([np.isfinite(np.asarray(one, float)) for one in figures], axis=0)
        rows[name] = [proof.verdict(name, [f[i] for f in figures]) if held[i] else None for i in range(count)]
    rows |= {key: np.full(count, value) for key, value in found.numbers.items()}
    rows |= {name: [value] * count for name, value in found.verdicts.items()}
    return rows, held


def _figures(graph: Graph) -> Iterator[Figure]:
    yield from graph.numbers.values()
    yield from (claim.computed for claim in graph.claims.values())


def _rows(found: Live, real: again.Found) -> dict[str, Any]:
    """What the chapter itself gives of what is on the tape; what nothing moves is known already."""
    rows: dict[str, Any] = {key: float(real.numbers[key].value) for key in found.graph.numbers}
    for name in found.graph.claims:
        told = real.claims[name]
        rows[name] = proof.verdict(name, [told.computed, *told.ends])
    return rows


def _same(page: Any, real: Any) -> bool:
    if isinstance(real, str):
        return bool(page == real)
    return bool(np.isclose(float(page), real, rtol=proof.TOLERANCE, atol=proof.NOTHING))
