"""The typed registry of everything that a reader may change: book/parameters.yml, read strictly."""

from __future__ import annotations

import datetime as dt
import json
import keyword
import math
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import SkipValidation

from shortcase import scalars
from shortcase.errors import ADD, BadFile, BadParameter, nearest
from shortcase.facts import documents
from shortcase.places import book, place
from shortcase.records import About, Choices, Day, Figure, Text, record
from shortcase.scalars import shown
from shortcase.yaml_lines import read

Scalar = float | int | str | bool
CHOSEN = "SHORTCASE_VALUES"
"""Environment variable, a JSON object, by which the press tells a chapter's process the values of its build; so tables
of parameters and thresholds of claims agree with what is computed, under any scenario."""


def _read_float(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise TypeError(value)
    number = scalars.number(value) if isinstance(value, str) else float(value)
    if not math.isfinite(number):
        raise OverflowError(value)
    return number


def _read_int(value: object) -> int:
    number = _read_float(value)
    if number != round(number):
        raise ValueError(value)
    return int(number)


def _read_bool(value: object) -> bool:
    return {"true": True, "false": False}[value] if isinstance(value, str) else _same(value, bool)


def _read_date(value: object) -> str:
    return scalars.day(str(value)).isoformat()


def _same(value: object, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(value)
    return value


READ: dict[str, Callable[[object], Scalar]] = {
    "float": _read_float,
    "int": _read_int,
    "str": lambda value: _same(value, str),
    "bool": _read_bool,
    "date": _read_date,
}
PLAIN = (float, int, str, bool, list, dict)
"""What can be injected into a notebook; what a chapter is traced with is something else, and held elsewhere."""
BOUNDS = ("low", "high", "min", "max", "step")
SLACK = 1e-12
"""What two values may be closer than their gap by the rounding of a decimal."""
INTERVALS = ("judgement", "P10–P90", "P5–P95", "range in sources")
"""What low and high mean; P10–P90 is z = 1.2816, P5–P95 is 1.6449."""


@dataclass(frozen=True)
class Parameter:
    """One entry of the registry; low and high are its uncertainty, min and max its hard bounds.

    below: another parameter that it stays below, by the gap at least: beyond that the two together say nothing.
    """

    name: str
    label: Text
    kind: Text
    unit: Text
    value: SkipValidation[Scalar]
    source: Text
    date: Day
    essay: SkipValidation[Scalar | None] = None
    low: Figure | None = None
    high: Figure | None = None
    interval: Text | None = None
    min: Figure | None = None
    max: Figure | None = None
    step: Figure | None = None
    choices: Choices | None = None
    below: Text | None = None
    gap: Figure = 0.0
    note: Text = ""
    line: int = 0

    def accept(self, value: object, *, where: str | None = None) -> Scalar:
        """The value as this parameter's type, or a refusal that says what would be taken.

        >>> price = Parameter("p", "Price", "float", "USD", 30e3, "", "", min=1e3, max=1e5)
        >>> price.accept("40000"), price.accept(25_000)
        (40000.0, 25000.0)

        Errors: BadParameter for a wrong type, NaN or infinity, a value outside the bounds, or no valid choice.
        """
        found = self._typed(value, where)
        if isinstance(found, (int, float)) and not isinstance(found, bool):
            self._bounded(float(found), where)
        if self.choices is not None and found not in self.choices:
            raise BadParameter(
                f"{self.name} may not be {shown(found)}", where=where, mend=nearest(str(found), self.choices)
            )
        return found

    def _typed(self, value: object, where: str | None) -> Scalar:
        try:
            return READ[self.kind](value)
        except OverflowError:
            raise BadParameter(f"{self.name} may not be {shown(value)}", where=where, mend=self._example()) from None
        except (ValueError, TypeError, KeyError):
            what = f"{self.name} takes a {self.kind}, not {shown(value)}"
            raise BadParameter(what, where=where, mend=self._example()) from None

    def _bounded(self, number: float, where: str | None) -> None:
        low = -math.inf if self.min is None else self.min
        high = math.inf if self.max is None else self.max
        if not low <= number <= high:
            raise BadParameter(
                f"{self.name} is {number:g}, outside its bounds",
                where=where,
                mend=f"choose a value from {low:g} to {high:g} {self.unit}",
            )

    def _example(self) -> str:
        bounds = f", from {self.min:g} to {self.max:g}" if self.min is not None and self.max is not None else ""
        return f"write for example {self.name}={str(self.value)[:40]}{bounds}"


_HELD: dict[str, Any] = {}


@cache
def registry(path: Path | None = None) -> Mapping[str, Parameter]:
    """All parameters by name, in the order of the file.

    Errors: BadFile with file and line for anything the registry does not allow.
    """
    told: Mapping[str, object] = json.loads(os.environ.get(CHOSEN, "{}"))
    found = as_written() if path is None else as_written(path)  # read once, whoever asks
    chosen = {name: replace(p, value=p.accept(told[name])) if name in told else p for name, p in found.items()}
    return chosen | {name: replace(chosen[name], value=held) for name, held in _HELD.items()}


@contextmanager
def holding(values: Mapping[str, Any]) -> Iterator[None]:
    """While it lasts, parameters have these values in this process, which are taken as they are.

    >>> with holding({"demand_elasticity": 1.2}):
    ...     value("demand_elasticity")
    1.2
    """
    before = dict(_HELD)
    _HELD.update(values)
    registry.cache_clear()
    try:
        yield
    finally:
        _HELD.clear()
        _HELD.update(before)
        registry.cache_clear()


@cache
def as_written(path: Path | None = None) -> Mapping[str, Parameter]:
    """All parameters as the file has them, whatever the values of the build: where scenarios begin.

    Errors: BadFile with file and line for anything the registry does not allow.
    """
    path = path or book() / "parameters.yml"
    entries = read(path)
    return {name: _parameter(name, raw, path, entries.lines[name]) for name, raw in entries.items()}


def _parameter(name: str, raw: Any, path: Path, line: int) -> Parameter:
    where = place(path, line)
    if not (name.isascii() and name.isidentifier()) or name != name.lower() or keyword.iskeyword(name):
        raise BadFile(
            f"{shown(name)} cannot be a parameter's name",
            where=where,
            mend="use small letters, digits and _, and no word of Python's",
        )
    parameter = record(Parameter, raw, About(name, path, line), {"name": name, "line": line})
    if parameter.kind not in READ:
        raise BadFile(f"{name} is of no known kind", where=where, mend=f"use one of {', '.join(READ)}")
    _consistent(parameter, where)
    documents.not_before(parameter.source, dt.date.fromisoformat(parameter.date), where)
    accepted: dict[str, Any] = {
        key: parameter.accept(raw[key], where=place(path, raw.lines[key]))
        for key in ("value", "essay")
        if raw.get(key) is not None
    }
    return replace(parameter, **accepted)


def _consistent(p: Parameter, where: str) -> None:
    if p.gap and p.below is None:
        raise BadFile(f"{p.name} keeps a gap from nothing", where=where, mend="say below which parameter it stays")
    if p.kind in ("float", "int"):
        if p.min is None or p.max is None:
            raise BadFile(f"{p.name} has no hard bounds", where=where, mend="give it min and max")
        if p.min >= p.max:
            raise BadFile(f"The bounds of {p.name} leave no room", where=where, mend="give it a max above its min")
        if p.step is not None and not 0.0 < p.step <= p.max - p.min:
            mend = f"write a step above 0 and up to {p.max - p.min:g}, or none"
            raise BadFile(f"The step of {p.name} is {p.step:g}", where=where, mend=mend)
        if (p.low is None) != (p.high is None):
            raise BadFile(
                f"{p.name} has only one end of its range", where=where, mend="give it low and high, or neither"
            )
        if p.low is not None and p.high is not None and not p.min <= p.low <= p.high <= p.max:
            mend = f"choose low and high from {p.min:g} to {p.max:g}, low first"
            raise BadFile(f"The range of {p.name} is not inside its bounds, in order", where=where, mend=mend)
        if p.low is not None and p.interval not in INTERVALS:
            raise BadFile(
                f"{p.name} does not say what its range means", where=where, mend=f"interval: {' | '.join(INTERVALS)}"
            )
    elif any(getattr(p, bound) is not None for bound in BOUNDS):
        mend = f"take out {', '.join(bound for bound in BOUNDS if getattr(p, bound) is not None)}"
        raise BadFile(f"{p.name} is a {p.kind} and can have no range", where=where, mend=mend)


def together(values: Mapping[str, object], *, where: str | None = None) -> None:
    """Refuse values that are right one by one and senseless together.

    Errors: BadParameter where one is not below another by its stated gap.
    """
    known = as_written()
    for p in known.values():
        if p.below is None or p.name not in values or p.below not in values:
            continue
        lower, upper = (float(values[name]) for name in (p.name, p.below))  # type: ignore[arg-type]
        if upper - lower < p.gap - SLACK or upper <= lower:
            raise BadParameter(
                f"{p.name} is {lower:g} and {p.below} {upper:g}: closer than {p.gap:g} the two together say nothing",
                where=where,
                mend=f"keep {p.name} at least {p.gap:g} below {p.below}",
            )


def find(name: str, *, where: str | None = None) -> Parameter:
    """One parameter by name.

    Errors: BadParameter for an unknown name, with the nearest right one.
    """
    known = registry()
    if name not in known:
        raise BadParameter(
            f"There is no parameter {shown(name)}", where=where, mend=nearest(name, known, new=ADD["parameter"])
        )
    return known[name]


def hold(names: Mapping[str, object]) -> None:
    """Hold what a notebook calls by the names of parameters to their types and bounds.

    >>> hold({"demand_elasticity": 1.1, "other": None})
    >>> hold({"demand_elasticity": -99.0})
    Traceback (most recent call last):
    shortcase.errors.BadParameter: demand_elasticity: demand_elasticity is -99, outside its bounds...

    Errors: BadParameter for the first that is refused.
    """
    for name, parameter in registry().items():
        if isinstance(names.get(name), PLAIN):
            parameter.accept(names[name], where=name)


def value(name: str) -> Any:
    """The documented value; what a chapter's parameters cell reads, and the press or papermill then overrides."""
    return find(name).value
