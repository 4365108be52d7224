"""The steps behind figures: a function of numpy and what it was given, and the decisions that were taken on the way."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

BARE = frozenset({float, int, bool, str, type(None), np.ndarray, np.float64, type(Ellipsis), type, type(len)})
"""Types that hold nothing with a step, looked at first because they are the most."""


class Step:
    """A function of numpy, and what it was given: figures, or the steps behind them.

    Without a function, an input by its name, or the variable of a search by its shape.
    """

    __slots__ = ("args", "before", "function", "options", "rests")

    def __init__(self, function: Callable[..., Any] | None, args: Any, options: Any) -> None:
        self.function, self.args, self.options = function, args, options
        self.before: tuple[Step, ...] | None = None
        self.rests: frozenset[str] | None = None

    def behind(self) -> tuple[Step, ...]:
        """The steps among what it was given."""
        if self.before is None:
            self.before = () if self.function is None else tuple(before((self.args, self.options)))
        return self.before


@dataclass(frozen=True)
class Guard:
    """A decision that the code took: the step of its condition, the answer, and a place in the code.

    aside: taken while something was shown, from which nothing is computed.
    """

    step: Step
    answer: bool
    where: str
    aside: bool = False


_NOTED: list[tuple[list[Guard], Callable[[], str]]] = []
_ASIDE: list[bool] = []


def aside(shown: Callable[[], Any]) -> Any:
    """What showing something gives; decisions on its way concern nothing else."""
    _ASIDE.append(True)
    try:
        return shown()
    finally:
        _ASIDE.pop()


@contextlib.contextmanager
def noting(guards: list[Guard], where: Callable[[], str]) -> Iterator[None]:
    """While it lasts, decisions on figures with steps are added to a list, where there is a place to name."""
    _NOTED.append((guards, where))
    try:
        yield
    finally:
        _NOTED.pop()


def note(step: Step, answer: bool) -> None:
    """Note a decision, where decisions are noted and there is a place to name."""
    if _NOTED:
        guards, where = _NOTED[-1]
        if place := where():
            guards.append(Guard(step, answer, place, bool(_ASIDE)))


@functools.cache
def fields_of(kind: type) -> tuple[str, ...] | None:
    """The fields of a dataclass that it is made from; nothing for any other type."""
    if not dataclasses.is_dataclass(kind):
        return None
    return tuple(field.name for field in dataclasses.fields(kind) if field.init)


def inside(value: Any, change: Callable[[Any], Any]) -> Any:
    """A structure of lists, tuples, slices, mappings and dataclasses with each part changed."""
    kind: Any = type(value)
    if kind in BARE:
        return value
    if kind is tuple or kind is list:
        parts = [part if type(part) in BARE else change(part) for part in value]
        return parts if kind is list else tuple(parts)
    if kind is dict:
        return {key: change(part) for key, part in value.items()} if value else value
    if kind is slice:
        return slice(change(value.start), change(value.stop), change(value.step))
    if fields_of(kind) is None:
        return value
    changed = {}
    for name in fields_of(kind) or ():
        part = getattr(value, name)
        if type(part) not in BARE and (other := change(part)) is not part:
            changed[name] = other
    return dataclasses.replace(value, **changed) if changed else value


def before(value: Any) -> list[Step]:
    """The steps in such a structure."""
    found: list[Step] = []
    _gather(value, found)
    return found


def _gather(value: Any, found: list[Step]) -> None:
    kind: Any = type(value)
    if kind in BARE:
        return
    if kind is Step:
        found.append(value)
    elif kind is tuple or kind is list:
        for part in value:
            _gather(part, found)
    elif kind is dict:
        for part in value.values():
            _gather(part, found)
    elif kind is slice:
        _gather((value.start, value.stop, value.step), found)
    else:
        for name in fields_of(kind) or ():
            _gather(getattr(value, name), found)


def rests_on(step: Step) -> frozenset[str]:
    """The inputs that a step comes from; each step on the way keeps its own."""
    waiting = [step]
    while waiting:
        now = waiting[-1]
        missing = [one for one in now.behind() if one.rests is None]
        if missing:
            waiting += missing
            continue
        waiting.pop()
        if now.function is None:
            now.rests = frozenset({now.args}) if isinstance(now.args, str) else frozenset()
        else:
            now.rests = _together([one.rests for one in now.behind() if one.rests])
    return step.rests or frozenset()


def _together(parts: list[frozenset[str]]) -> frozenset[str]:
    """All of them; the largest itself where it holds the others, for thousands of steps rest on the same inputs."""
    most = max(parts, key=len, default=frozenset())
    return most if all(part <= most for part in parts) else frozenset().union(*parts)
