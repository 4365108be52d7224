"""Two sides set against each other, from the words on the command line to what differs and why."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from shortcase.case.claims import Verdict
from shortcase.commands.compare import causes, differences
from shortcase.commands.compare.causes import Cause
from shortcase.commands.compare.differences import Differences, Flip
from shortcase.commands.compare.ends import AtEnds, at_ends
from shortcase.commands.compare.gathering import Gathered, gather, placed
from shortcase.commands.compare.sides import side
from shortcase.errors import BadRequest
from shortcase.places import root as find_root
from shortcase.publish.request import DOCUMENTED, Progress

KEPT = Path("_build") / "compare"
"""Where answers of the probe are kept, each under the key of all that it depends on."""


@dataclass(frozen=True)
class Comparison:
    """What differs between two sides."""

    old: str
    new: str
    differences: Differences
    ends: AtEnds | None = None
    expected: Mapping[str, str] | None = None
    verdicts: Mapping[str, str] = field(default_factory=dict)

    def unexpected(self) -> list[Flip]:
        """Flipped verdicts that the new side's book does not expect; of another case than the documented one, none."""
        if self.expected is None:
            return []
        judged = {str(verdict) for verdict in Verdict}
        return [
            flip
            for flip in self.differences.flips
            if (found := self.verdicts.get(flip.claim, "")) in judged and self.expected.get(flip.claim) != found
        ]


def compare(old: str, new: str, say: Progress, *, ends: bool = False) -> Comparison:
    """Compare two sides, written as `sides` says.

    Errors: those of `side` and `gather`; BadRequest for ends of a build that is finished.
    """
    root = find_root()
    sides = [side(words, root) for words in (old, new)]
    if ends and any(one.results is not None for one in sides):
        what = "The ends of the parameters cannot be asked of a build that is finished"
        raise BadRequest(what, where="--ends", mend="name a scenario or a revision")
    with contextlib.ExitStack() as stack:
        places = [stack.enter_context(placed(one, root)) for one in sides]
        found = [gather(one, place, root / KEPT, say) for one, place in zip(sides, places, strict=True)]
        one, other = found
        if one.sources and other.sources and one.sources.root == other.sources.root:
            other = replace(other, sources=one.sources.on(other.values))
        told = set_against(one, other)
        pair = list(zip(sides, places, strict=True))
        looked = at_ends(pair, (one, other), told, root / KEPT, say) if ends else None
        documented = not (sides[1].settings or sides[1].overrides) and sides[1].scenario == DOCUMENTED
        expected = other.sources.expected() if other.sources and documented else None
    verdicts = {name: str(row["verdict"]) for name, row in other.claims.items()}
    return Comparison(old, new, told, looked, expected, verdicts)


def set_against(old: Gathered, new: Gathered) -> Differences:
    """What differs, each with its causes."""
    moves, beneath, same = differences.moves(old.numbers, new.numbers)
    appeared, vanished, renamed = differences.names(old.numbers, new.numbers)
    texts: Mapping[str, str] = {}
    if old.sources and new.sources and old.sources.root != new.sources.root:
        texts = differences.texts(old.sources.texts(), new.sources.texts())
    return Differences(
        flips=[replace(f, causes=why(old, new, "claim", f.claim)) for f in differences.flips(old.claims, new.claims)],
        moves=[replace(move, causes=why(old, new, "number", move.key)) for move in moves],
        beneath=beneath, same=same, appeared=appeared, vanished=vanished, renamed=renamed, texts=texts,
    )  # fmt: skip


def why(old: Gathered, new: Gathered, kind: str, name: str) -> Sequence[Cause]:
    """The causes of a difference: what the figure rests on and differs; else packages; else what is not known."""
    rows = [(side.numbers if kind == "number" else side.claims).get(name, {}) for side in (old, new)]
    if old.sources and new.sources:
        found = causes.of_sources(old.sources, new.sources, kind, name)
    else:
        rests_on = sorted({*(rows[0].get("parameters") or ()), *(rows[1].get("parameters") or ())})
        found = causes.of_values(old.values, new.values, rests_on) + causes.of_records(*rows)
    if found:
        return found
    packages = causes.of_packages(old.versions, new.versions)
    if packages:
        return packages
    told = "" if old.sources and new.sources else "what one of the builds was made from cannot be read"
    return [Cause("unknown", "cause", told)]
