"""What is asked of a build: scenario, settings, how to execute; and the folders in which it works."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortcase.errors import BadRequest
from shortcase.places import root as find_root
from shortcase.publish import address

if TYPE_CHECKING:
    from shortcase.case.parameters import Scalar
    from shortcase.case.scenarios import Scenario

DOCUMENTED, WHAT_IF = "documented", "what_if"
MANY = "scenarios"
TAKEN = (
    "cache", "cells", "compare", "failed", "html", "known", "notebooks", "pages", "pictures", "points", "results",
    "scripts", "site", "stage", "sweep", "work",
    WHAT_IF, MANY,
)  # fmt: skip
"""Folders of _build that no scenario may be named after."""
LONGEST_S = 86_400
"""The most that --timeout takes, a day."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    scenario: str = DOCUMENTED
    settings: tuple[str, ...] = ()
    jobs: int = field(default_factory=lambda: min(os.cpu_count() or 1, 8))
    fresh: bool = False
    engine: str = ""
    timeout_s: float = 120.0
    live: bool = True
    """Whether figures are followed, for a page to recompute them; who runs a chapter alone wants its results only."""
    among: Mapping[str, Any] | None = None
    """What its pages tell of the same book under other scenarios, where it is one of many (`every`)."""

    @property
    def words(self) -> tuple[str, ...]:
        """What of it decides the result.

        Errors: BadRequest for an address in the environment that is none.
        """
        return (
            self.scenario,
            self.engine,
            *sorted(self.settings),
            json.dumps(self.among, sort_keys=True),
            address.asked(),
        )


@dataclass(frozen=True)
class Layout:
    """Where a build puts things."""

    root: Path
    base: Path

    html = property(lambda self: self.base / "html")
    results = property(lambda self: self.base / "results")
    failed = property(lambda self: self.base / "failed")
    notebooks = property(lambda self: self.base / "notebooks")
    pages = property(lambda self: self.base / "pages")
    stage = property(lambda self: self.base / "stage")
    cache = property(lambda self: self.root / "_build" / "cache")
    pictures = property(lambda self: self.root / "_build" / "pictures")
    points = property(lambda self: self.root / "_build" / "points")
    scripts = property(lambda self: self.root / "_build" / "scripts")
    known = property(lambda self: self.root / "_build" / "known")
    work = property(lambda self: self.base / "work")


def layout(request: Request) -> Layout:
    """The folders of this request: the documented book is _build itself.

    Errors: BadRequest for a request that cannot be carried out with any book.
    """
    if request.jobs < 1:
        raise BadRequest(f"{request.jobs} chapters at a time", where="--jobs", mend="write 1 or more")
    if not 0 < request.timeout_s <= LONGEST_S:
        what = f"{request.timeout_s:g} s for a chapter"
        raise BadRequest(what, where="--timeout", mend=f"write more than 0 and at most {LONGEST_S}")
    root = find_root()
    name = WHAT_IF if request.settings else "" if request.scenario == DOCUMENTED else request.scenario
    if name in TAKEN and not request.settings:
        raise BadRequest(f"{name!r} names a folder of the build", mend="give the scenario another name")
    if request.among is not None:
        return Layout(root, root / "_build" / MANY / request.scenario)
    return Layout(root, root / "_build" / name)


def chosen(request: Request) -> dict[str, Scalar]:
    """Every parameter's value under a request for the book or a chapter of it.

    Errors: BadRequest for a scenario that begins after the essay, which the book judges; whatever is wrong with the
    registry, the scenario or a setting.
    """
    found, values = asked(request)
    if found.looks_ahead:
        raise BadRequest(
            f"The scenario {found.name} begins with {found.begins}, and the chapters begin with the essay",
            where="--scenario",
            mend=f"read its page, or ask shortcase value --scenario {found.name}",
        )
    return values


def asked(request: Request) -> tuple[Scenario, dict[str, Scalar]]:
    """The scenario of a request, wherever it begins, and every parameter's value under it.

    Errors: whatever is wrong with the registry, the scenario or a setting.
    """
    from shortcase.case import scenarios  # noqa: PLC0415 - reads YAML, which an unchanged build does not need

    found = scenarios.read_scenario(request.scenario)
    return found, found.values(scenarios.settings(request.settings))
