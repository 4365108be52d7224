"""What is asked of a sweep, and what of a chapter or of the thesis is kept."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shortcase.case.parameters import Scalar
from shortcase.errors import BadRequest, nearest
from shortcase.publish.request import Request, chosen
from shortcase.sweep.design import Points, points

THESIS, LIVE, NOTEBOOK = "thesis", "live", "notebook"
"""Ways to compute a point: the valuation itself, a chapter's live graph, a chapter's notebook."""


@dataclass(frozen=True)
class Sweep:
    """A sweep as it was asked for. `request` has the scenario, the settings and the processes at a time."""

    request: Request
    out: Path
    over: tuple[str, ...] = ()
    design: str | None = None
    chapter: str | None = None
    notebook: bool = False
    scheduler: str | None = None
    keep: tuple[str, ...] = ()
    seed: int = 1
    chart: Path | None = None

    @property
    def route(self) -> str:
        """How its points are computed.

        Errors: BadRequest for a notebook or a scheduler without a chapter to run there.
        """
        if self.chapter is None and (self.notebook or self.scheduler):
            what = "No chapter is named whose notebook could be run"
            raise BadRequest(what, where="--notebook", mend="write --chapter NAME, or leave out --notebook")
        if self.scheduler and not self.notebook:
            what = "Only notebooks run on a cluster; the live graph is computed here"
            raise BadRequest(what, where="--scheduler", mend="add --notebook, or leave out --scheduler")
        return NOTEBOOK if self.notebook else LIVE if self.chapter else THESIS

    def points(self) -> Points:
        """Its points, over the values of its scenario and settings.

        Errors: whatever is wrong with these.
        """
        found = points(chosen(self.request), self.over, self.design, self.seed)
        fixed = {text.partition("=")[0] for text in self.request.settings}
        for name in found.columns:
            if name in fixed:
                raise BadRequest(f"{name} is set, and swept over", where="--set", mend="leave out one of the two")
        return found

    def told(self) -> dict[str, Any]:
        """What of it decides the results, beside its points."""
        return {"route": self.route, "chapter": self.chapter or "", "keep": sorted(self.keep),
                "scenario": self.request.scenario}  # fmt: skip


def kept(keys: Iterable[str], patterns: Sequence[str]) -> list[str]:
    """The keys that a pattern matches, in their order; without a pattern, all.

    >>> kept(["fo_spend", "fo_price", "va_none"], ["fo_*"])
    ['fo_spend', 'fo_price']

    Errors: BadRequest for a pattern that matches none.
    """
    every = list(keys)
    for pattern in patterns:
        if not fnmatch.filter(every, pattern):
            mend = nearest(pattern, every) + "; * stands for any letters"
            raise BadRequest(f"No number or claim is called {pattern!r}", where="--keep", mend=mend)
    return [key for key in every if not patterns or any(fnmatch.fnmatchcase(key, one) for one in patterns)]


def refuse_unread(found: Points, read: Iterable[str], who: str) -> None:
    """Refuse a swept parameter that nobody reads; a scenario may set what it likes.

    Errors: BadRequest with its name.
    """
    for name in () if found.named else found.columns:
        if name not in read:
            mend = "sweep over one that it reads; shortcase parameters lists them"
            raise BadRequest(f"{who} does not read {name}, which is swept over", where="--over", mend=mend)


def moved(found: Points, numbers: Iterable[int]) -> list[tuple[int, dict[str, Scalar]]]:
    """Points by their number, each with what it sets."""
    return [(number, found.moved(number)) for number in numbers]
