"""What must hold of the book's figures if the model is sane: book/expectations.yml, sentences with a test in each.

An expectation says of an output how it moves with an input, within which bounds it stays, what it equals or what its
parts sum to, and over which cases. An output is a number of a chapter by its key, an output of the valuation
(`thesis.value`), a parameter, or arithmetic on these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from shortcase.errors import BadFile, nearest
from shortcase.places import book, place
from shortcase.records import About, Choices, Figure, Listed, Names, Text, record
from shortcase.yaml_lines import Lined, read

FILE = "expectations.yml"
MOVES = {
    "rises_with": "rises with",
    "falls_with": "falls with",
    "never_falls_with": "never falls with",
    "never_rises_with": "never rises with",
}
"""Kinds that ask how an output moves with an input: across its bounds, never against it, and over all of them with it;
with `never`, it may stay as well."""
STATES = {"within": "stays within", "equals": "equals", "sums_to": "sums to"}
"""Kinds that ask what an output is."""
KINDS = {**MOVES, **STATES}
CASES = {
    "documented": "the documented values",
    "bounds": "one input at either end of its bounds",
    "scenarios": "every scenario of the day",
    "matrix": "all inputs at the ends of their ranges, each pair in each of its four combinations",
    "draws": "random draws from the ranges",
}
"""Over which cases: what each word means."""
SPANS = ("bounds", "range")


@dataclass(frozen=True)
class Expectation:
    """One sentence about an output of a chapter, why a specialist would demand it, and the test of it."""

    name: str
    says: Text
    why: Text
    chapter: Text
    of: Text = ""
    parts: Choices = ()
    rises_with: Text | None = None
    falls_with: Text | None = None
    never_falls_with: Text | None = None
    never_rises_with: Text | None = None
    within: Listed | None = None
    equals: Text | None = None
    sums_to: Text | None = None
    over: Choices = ("documented",)
    across: Text = "bounds"
    at: Names = field(default_factory=lambda: Lined({}, {}))
    tolerance: Figure = 1e-9
    line: int = 0

    @property
    def kind(self) -> str:
        """Which of the kinds it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def against(self) -> Any:
        """The input that it moves with, or what it is held against."""
        return getattr(self, self.kind)

    @property
    def output(self) -> str:
        """The output as one expression."""
        return " + ".join(f"({part})" for part in self.parts) if self.parts else self.of

    @property
    def test(self) -> str:
        """The test in words."""
        if self.kind == "within":
            low, high = self.against
            return f"{self.output} stays within {low} and {high}"
        return f"{self.output} {KINDS[self.kind]} {self.against}"


@cache
def expectations(path: Path | None = None) -> Mapping[str, Expectation]:
    """All expectations by name, in the order of the file.

    Errors: BadFile with file and line for one that has no test or several, bounds that are not two, an unknown word
    for its cases, or what a record refuses.
    """
    path = path or book() / FILE
    entries = read(path)
    return {name: _expectation(name, raw, path, entries.lines[name]) for name, raw in entries.items()}


def _expectation(name: str, raw: Any, path: Path, line: int) -> Expectation:
    where = place(path, line)
    found = record(Expectation, raw, About(name, path, line), {"name": name, "line": line})
    kinds = [kind for kind in KINDS if getattr(found, kind) is not None]
    if len(kinds) != 1:
        told = f"has {len(kinds)} tests" if kinds else "has no test"
        raise BadFile(f"{name} {told}", where=where, mend=f"give it one of {', '.join(KINDS)}")
    if bool(found.of) == bool(found.parts) or bool(found.parts) != (found.sums_to is not None):
        mend = "write of: for one output, or parts: with sums_to:"
        raise BadFile(f"{name} does not say of what it speaks", where=where, mend=mend)
    if found.within is not None and len(found.within) != 2:
        raise BadFile(f"{name} has no two bounds", where=where, mend="write within: [low, high]")
    for word in found.over:
        if word not in CASES:
            raise BadFile(f"{name} is over {word}, which is no set of cases", where=where, mend=nearest(word, CASES))
    if found.across not in SPANS:
        raise BadFile(f"{name} goes across {found.across}", where=where, mend=nearest(found.across, SPANS))
    return found
