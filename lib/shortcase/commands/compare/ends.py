"""Both sides again with each parameter at either of its bounds: what agrees as documented can differ elsewhere.

Only chapters that something differs in are run: the others cannot tell the sides apart. Drawn figures are left out.
Both sides are asked side by side, some ends at a time, so that all cores are used and one hears how far it is.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortcase import yaml_lines
from shortcase.commands.compare.gathering import End, Gathered, gather
from shortcase.commands.compare.sides import Side
from shortcase.errors import BadRequest
from shortcase.publish.request import Progress
from shortcase.show.units import fmt

if TYPE_CHECKING:
    from shortcase.commands.compare.differences import Differences

SAME = 1e-9
"""Relative difference below which two figures are one: a search ends where its tolerance lets it."""
AT_A_TIME = 48
"""Ends that one process is asked: few enough to hear of often, and enough that its start does not count."""


@dataclass(frozen=True)
class Apart:
    """A number or claim that is the same on both sides as documented, and not with a parameter at one end."""

    kind: str
    name: str
    parameter: str
    end: Any
    old_text: str
    new_text: str
    size: float


@dataclass(frozen=True)
class AtEnds:
    """What was found at the ends: how many were tried, how many refused or failed, and what came apart."""

    tried: int
    refused: int
    failed: Sequence[str]
    chapters: Sequence[str]
    apart: Sequence[Apart]


def at_ends(
    sides: Sequence[tuple[Side, Path | None]], found: Sequence[Gathered], told: Differences, kept: Path, say: Progress
) -> AtEnds:
    """Ask both sides at both ends of every parameter of the new one.

    Errors: BadRequest where a side's files cannot be read.
    """
    old, new = found
    if new.sources is None or old.sources is None:
        raise BadRequest("The files of a side cannot be read", where="--ends", mend="name a scenario or a revision")
    chapters = sorted(name for name, key in new.keys.items() if old.keys.get(name) != key)
    if not chapters:
        return AtEnds(0, 0, (), (), ())
    read = frozenset().union(*(new.sources.book.codes[name].parameters_read for name in chapters))
    asked = [end for end in ends(new.sources.root) if end[0] in read]
    say(f"{len(asked)} ends of parameters, in {len(chapters)} chapters of each side")
    pair = _asked(sides, kept, chapters, asked, say)
    known = {*(move.key for move in told.moves), *told.beneath, *(flip.claim for flip in told.flips)}
    every = [one for a, b in zip(*pair, strict=True) for one in apart(a, b, new, known)]
    every.sort(key=lambda one: (one.kind != "claim", -one.size, one.name, one.parameter))
    refused = sum(bool(a["refused"] or b["refused"]) for a, b in zip(*pair, strict=True))
    failed = [
        f"{one['parameter']}={one['end']:g}: {chapter}: {why}"
        for told_by in pair
        for one in told_by
        for chapter, why in one["failed"].items()
    ]
    return AtEnds(len(asked), refused, failed, chapters, every)


def _asked(
    sides: Sequence[tuple[Side, Path | None]],
    kept: Path,
    chapters: Sequence[str],
    asked: Sequence[End],
    say: Progress,
) -> list[list[Mapping[str, Any]]]:
    """What each side answers at each end, in their order.

    Errors: those of `gather`; then nothing more is begun.
    """
    pieces = [(i, first) for first in range(0, len(asked), AT_A_TIME) for i in range(len(sides))]

    def answer(which: int, first: int) -> Sequence[Mapping[str, Any]]:
        side, place = sides[which]
        some = asked[first : first + AT_A_TIME]
        return gather(side, place, kept, lambda _: None, chapters=chapters, ends=some).ends

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        begun: dict[Future[Sequence[Mapping[str, Any]]], tuple[int, int]] = {}
        try:
            begun = {pool.submit(answer, *piece): piece for piece in pieces}
            for done, future in enumerate(as_completed(begun), start=1):
                future.result()
                say(f"{done} of {len(pieces)} parts of the ends are computed")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    found: list[list[Mapping[str, Any]]] = [[] for _ in sides]
    for future, (which, _) in begun.items():
        found[which] += future.result()
    return found


def ends(root: Path) -> list[End]:
    """Both hard bounds of every parameter that is a figure."""
    entries = yaml_lines.read(root / "book" / "parameters.yml")
    found: list[End] = []
    for name, entry in entries.items():
        if entry.get("kind") in ("float", "int"):
            whole = entry["kind"] == "int"
            found += [(name, int(entry[end]) if whole else float(entry[end])) for end in ("min", "max")]
    return found


def apart(old: Mapping[str, Any], new: Mapping[str, Any], side: Gathered, known: set[str]) -> list[Apart]:
    """What two answers at one end do not agree on, of what agrees as documented."""
    if old["refused"] or new["refused"]:
        return []
    found = []
    for key in (key for key in new["numbers"] if key in old["numbers"] and key not in known):
        a, b = old["numbers"][key], new["numbers"][key]
        if not math.isclose(a, b, rel_tol=SAME, abs_tol=1e-300):
            row = side.numbers[key]
            before, after = (fmt(value, row["unit"], row.get("digits")) for value in (a, b))
            if before == after:
                before, after = repr(a), repr(b)
            size = abs(b - a) / max(abs(a), abs(b))
            found.append(Apart("number", key, new["parameter"], new["end"], before, after, size))
    for key in (key for key in new["claims"] if key in old["claims"] and key not in known):
        if old["claims"][key] != new["claims"][key]:
            words = (old["claims"][key], new["claims"][key])
            found.append(Apart("claim", key, new["parameter"], new["end"], *words, math.inf))
    return found
