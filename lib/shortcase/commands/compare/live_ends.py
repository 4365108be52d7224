"""A chapter at the ends of its parameters: by its live graph where that has the figures, else by the chapter itself.

A graph is a function of the parameters, so all ends are one replay of it. It is held, before it is used, to the chapter
at some of the ends; an end at which a decision falls otherwise than on the tape, or where a figure that is on no tape
can move, is the chapter run again. Drawn figures are left out: run again, a chapter draws too few cases to be right.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from shortcase.case import parameters
from shortcase.commands.compare.probe import by_running
from shortcase.publish.check.book import Book
from shortcase.publish.files import write
from shortcase.publish.live import graph, proof, stand_ins
from shortcase.publish.live.graph import Graph
from shortcase.publish.request import Request
from shortcase.publish.run import cache_key
from shortcase.publish.run.cache import Cache
from shortcase.publish.run.outputs import LIVE
from shortcase.publish.run.workers import engine_of
from shortcase.sweep import live
from shortcase.sweep.baseline import Baseline
from shortcase.sweep.design import FIGURES, Points

End = tuple[str, Any]
Told = dict[str, Any]
"""What is known of a chapter at an end, as `by_running` tells it."""
SEED = 20250125


def at(
    book: Book, chapter: str, values: Mapping[str, Any], ends: Sequence[End], kept: Path,
    *, say: Callable[[str], None], aside: Collection[str] = (),
) -> list[Told]:  # fmt: skip
    """A chapter's figures with one parameter at a time at an end of its bounds, in the order of the ends.

    kept: the folder of what comparisons keep, beside that of the press; aside: figures for which no chapter need run.
    """
    code = book.codes[chapter]
    try:
        followed = _followed(book, chapter, values, kept)
    except Exception as error:  # noqa: BLE001 - a chapter that cannot be followed can be run
        followed = graph.lost(book.slices[chapter], values, f"{type(error).__name__}: {error}")
    drawn = {name.partition(" ")[2] for name, (why, _) in followed.dead.items() if why in stand_ins.MADE_UP}
    points = _points(values, ends)
    base = Baseline(chapter, book, values, {}, {}, followed)
    found = live.proved(live.Live(base, followed, {}, {}, {}), points, SEED)
    asking = _moving_what_is_not_live(followed, found, aside)
    rows, held = live.replayed(found, points)
    again_at = [i for i, (name, _) in enumerate(ends) if not held[i] or name in asking]
    say(f"{chapter}: {len(ends) - len(again_at)} ends by its graph, {len(again_at)} by running it")
    told = [_row(found, rows, i) for i in range(len(ends))]
    for done, i in enumerate(again_at, start=1):
        name, end = ends[i]
        told[i] = by_running(code, {**values, name: end}, drawn)
        if done % 20 == 0:
            say(f"{chapter}: run at {done} of {len(again_at)} ends")
    return told


def _row(found: live.Live, rows: Mapping[str, Any], i: int) -> Told:
    numbers = {key: float(rows[key][i]) for key in found.graph.numbers}
    return {"numbers": numbers, "claims": {n: rows[n][i] for n in found.graph.claims}, "failed": "", "by": "graph"}


def _points(values: Mapping[str, Any], ends: Sequence[End]) -> Points:
    columns = {name: np.full(len(ends), values[name]) for name, _ in ends}
    for i, (name, end) in enumerate(ends):
        columns[name][i] = end
    return Points(values, columns, "ends of the parameters")


def _moving_what_is_not_live(followed: Graph, found: live.Live, aside: Collection[str]) -> set[str]:
    """Parameters that move a figure which is on no tape, or on one that is not right, and can be told all the same."""
    dead = {name.partition(" ")[2]: on for name, (why, on) in followed.dead.items() if why not in stand_ins.MADE_UP}
    numbers = {key: one.parameters for key, one in followed.numbers.items() if key not in found.graph.numbers}
    judged = {name: one.computed.parameters for name, one in followed.claims.items() if name not in found.graph.claims}
    lacking = {**dead, **numbers, **judged}
    return set().union(*(on for name, on in lacking.items() if name not in aside))


def _followed(book: Book, chapter: str, values: Mapping[str, Any], kept: Path) -> Graph:
    """The chapter's graph at the book's own figures and the side's words: as a build or a comparison keeps it, or made.

    So two sides of one book have one graph; what of it depends on figures otherwise than by the tape, its decisions
    tell at each end.
    """
    code, known = book.codes[chapter], parameters.as_written()
    own = {name: known[name].value if known[name].kind in FIGURES else value for name, value in values.items()}
    key = cache_key.key(code, own, engine_of(Request()), book.root)[0]
    entry = Cache(kept.parent / "cache").get(chapter, key)
    if entry is not None and LIVE in entry.notebook["metadata"]:
        return Graph.from_json(entry.notebook["metadata"][LIVE])
    path = kept / "graphs" / f"{chapter}.{key[:32]}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.parent / f".{chapter}.lock"):  # the other side may be at it
        if path.is_file():
            return Graph.from_json(json.loads(path.read_text(encoding="utf-8")))
        made, _ = proof.settle(code, graph.follow(code, book.slices[chapter], own), own)
        for old in _but_few(path.parent, chapter):
            old.unlink(missing_ok=True)
        write(path, json.dumps(made.as_json()))
    return made


def _but_few(folder: Path, chapter: str) -> Iterator[Path]:
    """The graphs of a chapter that are not among the newest."""
    found = sorted(folder.glob(f"{chapter}.*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    yield from found[3:]
