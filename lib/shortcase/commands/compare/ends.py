"""Both sides again with each parameter at either of its bounds: what agrees as documented can differ elsewhere.

Only chapters that something differs in are asked, at the ends of what they read: nothing else can tell the sides apart.
A chapter runs for the sake of a figure that is on no tape only where the two sides compute it otherwise.
Both sides are asked side by side. How many ends a live graph gave, a chapter run again, or an earlier comparison, is
told with what was found. Drawn figures are left out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortcase import yaml_lines
from shortcase.commands.compare import causes
from shortcase.commands.compare.gathering import Asked, End, Gathered, gather
from shortcase.commands.compare.sides import Side
from shortcase.errors import BadRequest
from shortcase.publish.request import Progress
from shortcase.show.units import fmt

if TYPE_CHECKING:
    from shortcase.commands.compare.differences import Differences

SAME = 1e-9
"""Relative difference below which two figures are one: a search ends where its tolerance lets it."""


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
    """What was found at the ends: how many were tried, how many refused or failed, and what came apart.

    by: how often a chapter's figures at an end came from its graph, from running it, or from what is kept.
    """

    tried: int
    refused: int
    failed: Sequence[str]
    chapters: Sequence[str]
    apart: Sequence[Apart]
    by: Mapping[str, int] = field(default_factory=dict)


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
    known = {*(move.key for move in told.moves), *told.beneath, *(flip.claim for flip in told.flips)}
    pair = _answers(sides, kept, Asked(chapters, asked, sorted(known | _computed_alike(old, new))), say)
    every = [one for a, b in zip(*pair, strict=True) for one in apart(a, b, new, known)]
    every.sort(key=lambda one: (one.kind != "claim", -one.size, one.name, one.parameter))
    refused = sum(bool(a["refused"] or b["refused"]) for a, b in zip(*pair, strict=True))
    failed = [
        f"{one['parameter']}={one['end']:g}: {chapter}: {why}"
        for told_by in pair
        for one in told_by
        for chapter, why in one["failed"].items()
    ]
    by = dict(Counter(how for told_by in pair for one in told_by for how in one["by"].values()))
    return AtEnds(len(asked), refused, failed, chapters, every, by)


def _computed_alike(old: Gathered, new: Gathered) -> set[str]:
    """Figures and verdicts of which both sides make the same, so that at most the values of parameters differ."""
    if old.sources is None or new.sources is None:
        return set()
    both = [("number", key) for key in new.numbers if key in old.numbers]
    both += [("claim", name) for name in new.claims if name in old.claims]
    found = {name: causes.of_sources(old.sources, new.sources, kind, name) for kind, name in both}
    return {name for name, told in found.items() if all(cause.kind == "parameter" for cause in told)}


def _answers(
    sides: Sequence[tuple[Side, Path | None]], kept: Path, asked: Asked, say: Progress
) -> list[Sequence[Mapping[str, Any]]]:
    """What each side answers at each end, in their order.

    The second goes through the chapters from the last to the first: so two sides of one book make each graph once.

    Errors: those of `gather`.
    """
    orders = (asked, replace(asked, chapters=asked.chapters[::-1]))

    def answer(which: int) -> Sequence[Mapping[str, Any]]:
        side, place = sides[which]
        return gather(side, place, kept, say, orders[which]).ends

    with ThreadPoolExecutor(len(sides)) as pool:
        return list(pool.map(answer, range(len(sides))))


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
