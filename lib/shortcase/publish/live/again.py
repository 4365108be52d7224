"""A chapter's code run again without a notebook: at other values, or with steps behind its figures.

Nothing is drawn and nothing is shown; what is kept are the numbers and claims, as the formulas gave them.
"""

from __future__ import annotations

import contextlib
import math
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import numpy as np

from shortcase.case import parameters
from shortcase.errors import BadRecord
from shortcase.places import book
from shortcase.publish.calls import Code
from shortcase.show import record
from shortcase.show.live import carried, choices

CHAPTER = "shortcase_chapter"
"""The name of the module that a chapter's code believes to be."""
DRAWN = ("answer", "distribution", "sensitivity", "draws", "thresholds", "trade")


@dataclass(frozen=True)
class Claimed:
    """A claim's computed value, and where it turns on a parameter the values at the low and the high end of its range."""

    computed: Any
    turns_on: str | None = None
    at: tuple[Any, ...] = ()
    recompute: Callable[[Any], Any] | None = None


@dataclass
class Found:
    """What a chapter computed: numbers by key, claims by id."""

    numbers: dict[str, Any] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    claims: dict[str, Claimed] = field(default_factory=dict)
    guards: list[carried.Guard] = field(default_factory=list)

    def number(self, key: str, unit: str, formula: Callable[..., Any], /, **given: Any) -> Any:
        """As `show.number`, but what the formula gave is kept as it came."""
        del unit
        part = given.pop("part", None)
        given.pop("label", None), given.pop("digits", None)
        found = record._part(formula(**given), part, key)  # noqa: SLF001
        if np.ndim(found):
            raise BadRecord(f"The number {key} is {type(found).__name__}, not one figure")
        found = choices.figure(found)
        if not math.isfinite(found):
            raise BadRecord(f"The number {key} is {float(found)}")
        self.numbers[key] = found
        self.functions[key] = f"{formula.__module__}.{formula.__qualname__}"
        return found

    def claim(
        self,
        claim_id: str,
        computed: Any,
        *,
        turns_on: str | None = None,
        recompute: Callable[[Any], Any] | None = None,
    ) -> None:
        """As `show.claim`, but the value is kept as it came, with those at the ends of the range that it turns on."""
        at: tuple[Any, ...] = ()
        if turns_on is not None and recompute is not None:
            p = parameters.find(turns_on)
            at = tuple(recompute(end) for end in (p.low, p.high))
        self.claims[claim_id] = Claimed(computed, turns_on, at, recompute)


def run(code: Code, values: Mapping[str, Any], *, follow: bool = False) -> Found:
    """The chapter at given values of its parameters; with `follow`, every figure with the step behind it.

    Errors: what the chapter raises.
    """
    found = Found()
    name = f"<{code.page.name}>"
    held = {n: carried.given(n, v) if follow and _moves(n, v) else v for n, v in values.items()}
    space: dict[str, Any] = {"__name__": CHAPTER, **(choices.NAMES if follow else {})}
    with contextlib.ExitStack() as stack:
        for patch in _patches(found):
            stack.enter_context(patch)
        if follow:
            stack.enter_context(_followed())
        stack.enter_context(parameters.holding(held))
        stack.enter_context(contextlib.chdir(book()))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        for _, tree in code.trees:
            exec(compile(choices.chosen(tree) if follow else choices.quiet(tree), name, "exec"), space)  # noqa: S102 - the book's own code
        found.guards = list(carried.NOTED.guards)
    return found


def _moves(name: str, value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and name in parameters.as_written()


def _patches(found: Found) -> Iterator[Any]:
    from shortcase import show  # noqa: PLC0415

    for module in (show, record):
        yield mock.patch.object(module, "number", found.number)
        yield mock.patch.object(module, "claim", found.claim)
        yield mock.patch.object(module, "swings", lambda *_, **__: None)
    for name in choices.SILENT:
        yield mock.patch.object(show, name, lambda *_, **__: None)


@contextlib.contextmanager
def _followed() -> Iterator[None]:
    """numpy's makers of arrays keep steps, and what the thesis has computed before is forgotten."""
    arrays = {name: getattr(np, name) for name in ("array", "asarray")}

    def maker(ordinary: Callable[..., Any]) -> Callable[..., Any]:
        def made(values: Any, *args: Any, **options: Any) -> Any:
            if isinstance(values, carried.CARRIED) and np.ndim(values) == 0:
                return values
            if isinstance(values, carried.CarriedArray):
                return values
            if isinstance(values, (list, tuple)) and any(isinstance(v, carried.CARRIED) for v in values):
                return carried.follow(np.stack, list(values))
            return ordinary(values, *args, **options)

        return made

    _forget()
    carried.NOTED.guards.clear()
    carried.NOTED.where = _where
    with contextlib.ExitStack() as stack:
        for name, ordinary in arrays.items():
            stack.enter_context(mock.patch.object(np, name, maker(ordinary)))
        try:
            yield
        finally:
            carried.NOTED.where = str
            _forget()


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("shortcase.case.thesis") and name.rpartition(".")[2] not in DRAWN:
            for thing in vars(module).values():
                if hasattr(thing, "cache_clear"):
                    thing.cache_clear()


OURS = os.sep + "show" + os.sep + "live" + os.sep


def _where() -> str:
    """The chapter's line, or the lib's, at which a decision is taken; nothing where a library takes it."""
    frame: Any = sys._getframe(1)  # noqa: SLF001
    while frame is not None and OURS in frame.f_code.co_filename:
        frame = frame.f_back
    if frame is None:
        return ""
    module, file = str(frame.f_globals.get("__name__", "")), frame.f_code.co_filename
    if file == "<string>" or not (module == CHAPTER or module.startswith("shortcase.")):
        return ""
    first = f"{module}:{frame.f_lineno}"
    while frame is not None and frame.f_globals.get("__name__") != CHAPTER:
        frame = frame.f_back
    return f"{frame.f_code.co_filename.strip('<>')}.md:{frame.f_lineno} {first}" if frame is not None else first
