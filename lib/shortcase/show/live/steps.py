"""The steps behind figures: a function of numpy and what it was given, and the decisions that were taken on the way."""

from __future__ import annotations

import contextlib
import dataclasses
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

    __slots__ = ("args", "before", "function", "options")

    def __init__(self, function: Callable[..., Any] | None, args: Any, options: Any) -> None:
        self.function, self.args, self.options = function, args, options
        self.before: tuple[Step, ...] | None = None

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


def inside(value: Any, change: Callable[[Any], Any]) -> Any:
    """A structure of lists, tuples, slices, mappings and dataclasses with each part changed."""
    if type(value) in BARE:
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value) if f.init}
        changed = {name: change(part) for name, part in fields.items()}
        return dataclasses.replace(value, **changed) if any(changed[n] is not fields[n] for n in fields) else value
    if type(value) in (list, tuple):
        return type(value)(change(part) for part in value)
    if type(value) is slice:
        return slice(change(value.start), change(value.stop), change(value.step))
    return {key: change(part) for key, part in value.items()} if type(value) is dict else value


def before(value: Any) -> Iterator[Step]:
    """The steps in such a structure."""
    if type(value) in BARE:
        return
    if isinstance(value, Step):
        yield value
    elif type(value) in (list, tuple):
        for part in value:
            yield from before(part)
    elif type(value) is slice:
        yield from before((value.start, value.stop, value.step))
    elif type(value) is dict:
        yield from before(list(value.values()))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from before([getattr(value, f.name) for f in dataclasses.fields(value) if f.init])


def rests_on(step: Step) -> set[str]:
    """The inputs that a step comes from."""
    found, seen, waiting = set[str](), set[int](), [step]
    while waiting:
        now = waiting.pop()
        if id(now) in seen:
            continue
        seen.add(id(now))
        if now.function is None:
            found |= {now.args} if isinstance(now.args, str) else set()
        else:
            waiting += now.behind()
    return found
