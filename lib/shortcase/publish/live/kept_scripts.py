"""Pages' scripts, kept from one build to the next by the content of all that they are made of.

A script tells how the figures of its page follow from the parameters. It changes with what the page shows, with the
graphs of the chapters that compute it, with the values of the build, and with what lies around: the lib, the
registry, the ledger, the scenarios. Where none of that has changed, as on every other page when one page's words do, a
digest is all that it costs.
"""

from __future__ import annotations

import ast
import hashlib
import json
import marshal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from shortcase.publish import collector
from shortcase.publish.kept_files import keep, kept
from shortcase.publish.live.graph import Graph
from shortcase.publish.live.page import Asked, Build, printed, shown

MOST = 240
"""Scripts that are kept: those of a dozen builds."""
TOLD_OF = ("value", "unit", "digits")
"""What a script may tell of a number, beside how it follows."""


@dataclass(frozen=True)
class Script:
    """A page's script, empty where nothing on it rests on a parameter.

    turns: how many of its choices of words follow; why_not: why the others do not, by their condition.
    """

    text: str = ""
    turns: int = 0
    why_not: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """A script that is wanted: its name, how it is made, and what it rests on beside all that lies around."""

    name: str
    make: Callable[[], Script]
    rests_on: Mapping[str, Any]


@dataclass(frozen=True)
class Room:
    """Where scripts are kept, and the digest of all that each of them rests on; fresh: none is taken from there."""

    folder: Path
    around: str
    fresh: bool = False

    def kept(self, one: Wanted) -> Script | None:
        """A script as it was kept, if it was."""
        body = None if self.fresh else kept(self.path(one))
        return None if body is None else Script(**json.loads(body))

    def made(self, one: Wanted) -> Script:
        """A script made now, and kept."""
        with collector.paused():
            script = one.make()
        keep(self.path(one), json.dumps(vars(script), ensure_ascii=False).encode(), MOST)
        return script

    def path(self, one: Wanted) -> Path:
        """Where a script is kept."""
        told = json.dumps([self.around, one.rests_on], sort_keys=True)
        return self.folder / f"{one.name}.{hashlib.sha256(told.encode()).hexdigest()[:32]}.json"


@dataclass(frozen=True)
class Scripts:
    """The scripts of a build's pages, made from its chapters' graphs."""

    graphs: Mapping[str, Graph]
    build: Build

    def wanted(self, page: Asked) -> Wanted:
        """The script of one page."""
        return Wanted(page.page, partial(self._made, page), self._rests_on(page))

    def _made(self, page: Asked) -> Script:
        found = shown(page, self.graphs, self.build.rows)
        why_not = {f"words on {ast.unparse(page.turns[mark])}": why for mark, (why, _) in found.dead["when"].items()}
        text = printed(page.page, found, self.build) if found.parameters else ""
        return Script(text, len(found.whens), why_not)

    def _rests_on(self, page: Asked) -> dict[str, Any]:
        names = page.numbers | page.operands
        rows = {name: [self.build.rows[name][part] for part in TOLD_OF] for name in names & self.build.rows.keys()}
        return {
            "values": dict(self.build.values),
            "numbers": sorted(page.numbers),
            "claims": sorted(page.claims),
            "turns": {mark: ast.unparse(condition) for mark, condition in page.turns.items()},
            "answer": list(page.answer),
            "rows": rows,
            "graphs": [self._digests[name] for name in self._that_know(names, page.claims)],
        }

    def _that_know(self, numbers: Iterable[str], claims: Iterable[str]) -> list[str]:
        """The chapters whose graphs know something that a page asks."""
        named = {*(f"number {key}" for key in numbers), *(f"claim {name}" for name in claims)}
        return [name for name in self.graphs if not named.isdisjoint(self._known[name])]

    @cached_property
    def _known(self) -> dict[str, set[str]]:
        return {
            name: {*(f"number {key}" for key in graph.numbers), *(f"claim {key}" for key in graph.claims), *graph.dead}
            for name, graph in self.graphs.items()
        }

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {name: _digest(graph.as_json()) for name, graph in self.graphs.items()}


def _digest(told: Mapping[str, Any]) -> str:
    """Of a graph, in whatever order it names its figures: one that was just made and one from the cache are the same.

    As Python writes its own constants, without references: the same bytes for the same values, and soon written.
    """
    parts = [(name, sorted(part.items()) if isinstance(part, dict) else part) for name, part in told.items()]
    return hashlib.sha256(marshal.dumps(parts, 2)).hexdigest()
