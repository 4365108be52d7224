"""Named sets of parameter overrides, each a small file in book/scenarios with a title and a reason.

Most begin where the book does, on the day of the essay, and the whole book can be built with them. One that `begins`
later is a look ahead: it values the share from the last reported quarter, has a page of its own, and is read by name
with `later_scenario`, which the press marks as it marks facts looked up ahead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shortcase.case.parameters import Scalar, as_written, find, together
from shortcase.errors import ADD, BadFile, BadRequest, LookAhead, nearest
from shortcase.places import book, ours, place
from shortcase.records import About, Names, Text, record
from shortcase.scalars import shown
from shortcase.yaml_lines import Lined, read

DEFAULT = "documented"
NAME = re.compile(r"[a-z][a-z0-9_]*")
ESSAY, LAST_FOUR = "the essay", "the last four quarters"
BEGINNINGS = (ESSAY, LAST_FOUR)
"""Where a scenario's forecast begins: with fiscal 2025, as the essay found it, or with the last year reported."""


@dataclass(frozen=True)
class Scenario:
    """A title, a reason, and the parameters that differ from the documented ones."""

    name: str
    title: str
    reason: str
    overrides: Mapping[str, Scalar] = field(default_factory=dict)
    begins: str = ESSAY

    @property
    def looks_ahead(self) -> bool:
        """Whether it begins after the essay."""
        return self.begins != ESSAY

    def values(self, settings: Mapping[str, Scalar] | None = None) -> dict[str, Scalar]:
        """Every parameter's value: documented, then this scenario's, then the reader's own settings.

        Errors: BadParameter for values that are senseless together.
        """
        documented = {name: p.value for name, p in as_written().items()}
        found = {**documented, **self.overrides, **(settings or {})}
        together(found, where="--set" if settings else f"book/scenarios/{self.name}.yml")
        return found


@dataclass(frozen=True)
class Written:
    """What a scenario's file says."""

    title: Text
    reason: Text
    base: Text = DEFAULT
    begins: Text = ESSAY
    set: Names = field(default_factory=lambda: Lined({}, {}))


def folder() -> Path:
    """Where the scenario files are."""
    return book() / "scenarios"


def names() -> list[str]:
    """Names of all scenarios."""
    return [path.stem for path in ours(folder(), "*.yml")]


def of_the_day() -> list[str]:
    """Names of the scenarios that differ in what they take for granted, and not in what was known."""
    every = [read_scenario(name) for name in names()]
    return [one.name for one in every if not one.looks_ahead and "as_of" not in one.overrides]


def scenario(name: str = DEFAULT) -> Scenario:
    """One scenario for a chapter of the book, as it began with the essay.

    Errors: LookAhead for one that begins later; those of `read_scenario`.
    """
    found = read_scenario(name)
    if found.looks_ahead:
        raise LookAhead(
            f"The scenario {name} begins with {found.begins}, after the essay",
            where=place(folder() / f"{name}.yml"),
            mend=f'show it on a page that is frozen at a day, with later_scenario("{name}", FROZEN)',
        )
    return found


def later_scenario(name: str, until: str) -> Scenario:
    """A scenario that begins after the essay: a look ahead on purpose, by a page that is frozen at a day.

    Errors: LookAhead where it knows of more than that day; BadRequest for one that begins with the essay; those of
    `read_scenario`.
    """
    found = read_scenario(name)
    if not found.looks_ahead:
        raise BadRequest(f"The scenario {name} begins with the essay", mend=f'write scenario("{name}")')
    day = str(found.values()["as_of"])
    if day > until:
        what = f"The scenario {name} is of {day}, and the page looks up to {until}"
        raise LookAhead(what, where=place(folder() / f"{name}.yml"), mend="freeze the page at a later day")
    return found


def read_scenario(name: str = DEFAULT) -> Scenario:
    """Read one scenario, wherever it begins.

    Errors: BadRequest for an unknown name or one with a path in it; BadFile or BadParameter, with file and line, for
    its content.
    """
    if not NAME.fullmatch(name):
        raise BadRequest(
            f"{shown(name)} cannot be a scenario's name",
            where="--scenario",
            mend=f"name a scenario, not a file: {', '.join(names())}",
        )
    path = folder() / f"{name}.yml"
    if name not in names():
        raise BadRequest(
            f"There is no scenario {shown(name)}", where="--scenario", mend=nearest(name, names(), new=ADD["scenario"])
        )
    return read_file(path)


def read_file(path: Path) -> Scenario:
    """Read a scenario's file, wherever it lies; its name is the scenario's.

    Errors: BadFile or BadParameter, with file and line, for its content.
    """
    name = path.stem
    raw = read(path)
    said = record(Written, raw, About(f"the scenario {name}", path))
    if said.base not in BASES:
        where = place(path, raw.lines["base"])
        raise BadFile(f"{shown(said.base)} is no base", where=where, mend=nearest(said.base, BASES))
    if said.begins not in BEGINNINGS:
        where = place(path, raw.lines["begins"])
        raise BadFile(f"{shown(said.begins)} is no beginning", where=where, mend=nearest(said.begins, BEGINNINGS))
    if said.begins != ESSAY and "as_of" not in said.set:
        where = place(path, raw.lines["begins"])
        raise BadFile(f"{name} begins later and does not say of which day it is", where=where, mend="set as_of")
    overrides = {
        key: find(key, where=where).accept(value, where=where)
        for key, value in said.set.items()
        for where in [place(path, said.set.lines[key])]
    }
    return Scenario(name, said.title, said.reason, {**BASES[said.base](), **overrides}, said.begins)


def _essay() -> dict[str, Scalar]:
    return {name: p.essay for name, p in as_written().items() if p.essay is not None}


BASES: Mapping[str, Callable[[], dict[str, Scalar]]] = {DEFAULT: dict, "essay": _essay}
"""What a scenario starts from: the documented values, or the essay's own wherever it states one."""


def settings(pairs: Iterable[str], *, where: str = "--set") -> dict[str, Scalar]:
    """What `--set NAME=VALUE` asks for, each value held to its parameter's type and bounds.

    where: what asks for it, for a message.

    Errors: BadRequest for a pair without `=` or a name set twice; BadParameter for the rest.
    """
    found: dict[str, Scalar] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise BadRequest(f"{shown(pair)} sets nothing", where=where, mend="write NAME=VALUE")
        if name in found:
            raise BadRequest(f"{shown(name)} is set twice", where=where, mend="set it once")
        found[name] = find(name, where=where).accept(text.strip(" "), where=where)
    return found
