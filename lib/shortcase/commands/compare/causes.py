"""Why a figure differs between two sides: of all that it rests on, what says something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shortcase.case.parameters import registry
from shortcase.commands.compare.sources import Sources, changed
from shortcase.show.units import UNITS, fmt

KINDS = ("parameter", "fact", "formula", "chapter", "file", "ledger", "package", "unknown")
"""What can be the cause, in the order in which causes are told."""
LONGEST = 90
"""Characters of a statement that are told."""
BEFORE = 30
"""Characters that are told before the first in which two statements differ."""


@dataclass(frozen=True, order=True)
class Cause:
    """One thing that differs, as it was and as it is."""

    kind: str
    name: str
    what: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}" + (f" {self.what}" if self.what else "")


def of_sources(
    one: Sources, other: Sources, kind: str, name: str, old_name: str = ""
) -> list[Cause]:  # fmt: skip
    """What differs among all that a number or a claim rests on, when the files of both sides can be read."""
    before, after = one.behind(kind, old_name or name), other.behind(kind, name)
    if not before and not after:
        return []
    found = [
        Cause(part[0], part[1], _what(part[0], part[1], before.get(part), after.get(part)))
        for part in dict.fromkeys([*before, *after])
        if part[0] != "chapter" and before.get(part) != after.get(part)
    ]
    gone = [part[1] for part in before if part[0] == "chapter" and part not in after]
    come = [part[1] for part in after if part[0] == "chapter" and part not in before]
    chapter = other.traced.get((kind, name), one.traced.get((kind, name), ("", frozenset())))[0]
    found += [Cause("chapter", chapter, told) for told in _statements(sorted(gone), sorted(come))]
    return _sorted(found)


def of_records(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Cause]:
    """What differs by what two builds recorded, when what they were made from cannot be read: the formula's name."""
    if old.get("function") != new.get("function"):
        return [Cause("formula", str(new.get("function")), f"in place of {old.get('function')}")]
    return []


def of_values(old: Mapping[str, Any], new: Mapping[str, Any], rests_on: list[str]) -> list[Cause]:
    """Parameters that differ, among those that a figure rests on."""
    return [
        Cause("parameter", name, f"{_shown(name, old.get(name))} → {_shown(name, new.get(name))}")
        for name in rests_on
        if old.get(name) != new.get(name)
    ]


def of_packages(old: Mapping[str, str], new: Mapping[str, str]) -> list[Cause]:
    """Packages in another version."""
    return [Cause("package", name, f"{a or 'none'} → {b or 'none'}") for name, a, b in changed(old, new)]


def _sorted(found: list[Cause]) -> list[Cause]:
    return sorted(found, key=lambda cause: (KINDS.index(cause.kind), cause.name, cause.what))


def _what(kind: str, name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> str:
    if not old or not new:
        if kind in ("parameter", "fact"):
            return "is new to it" if new else "is out of it"
        return "is used" if new else "is no more used"
    if kind == "formula":
        return "computes otherwise"
    if kind == "file":
        return "says something else"
    told = []
    for field, a, b in changed(old, new):
        said = f"{_shown(name, a)} → {_shown(name, b)}" if kind == "parameter" else f"{a or 'empty'} → {b or 'empty'}"
        told.append(said if field == "value" else f"{field} {said}")
    return "; ".join(told)


def _statements(gone: list[str], come: list[str]) -> list[str]:
    if len(gone) == len(come) == 1:
        old, new = (" ".join(one.split()) for one in (gone[0], come[0]))
        apart = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
        first = max(0, apart - BEFORE)
        begins = "…" if first else ""
        return [f"`{begins}{_cut(old[first:])}` → `{begins}{_cut(new[first:])}`"]
    return [f"without `{_cut(one)}`" for one in gone] + [f"with `{_cut(one)}`" for one in come]


def _cut(statement: str) -> str:
    text = " ".join(statement.split())
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _shown(name: str, value: Any) -> str:
    """A parameter's value as the reader sees it, where this book knows the parameter."""
    known = registry().get(name)
    if value is None:
        return "none"
    if known is None or known.unit not in UNITS or isinstance(value, (list, bool)):
        return str(value)
    try:
        return fmt(value, known.unit)
    except (TypeError, ValueError):
        return str(value)
