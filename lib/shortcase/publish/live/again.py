"""A chapter's code run again without a notebook: at other values, or with steps behind its figures.

Nothing is drawn and nothing is shown; what is kept are the numbers and claims, as the formulas gave them.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import inspect
import io
import math
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

import numpy as np

from shortcase.case import parameters
from shortcase.errors import BadRecord
from shortcase.places import book
from shortcase.publish.live import stand_ins, unused
from shortcase.publish.live.replaced import Replaced
from shortcase.publish.read.code import Code
from shortcase.publish.read.library import PACKAGE, is_module
from shortcase.publish.read.pages import Page
from shortcase.show import record
from shortcase.show.live import carried, choices, operators, realising, steps, structures
from shortcase.show.live.tape import Tape, Untraceable

ABOUT = frozenset(
    name for name, one in inspect.signature(record.number).parameters.items() if one.kind is one.KEYWORD_ONLY
)
"""What `number` is told about a figure, beside the inputs of its formula."""
SILENT = frozenset({"chart", "grid", "parameter_table"})
"""Calls that only show: nothing is computed from what they give."""
NOT_CHARTS = SILENT - {"chart"}
CHAPTER = "shortcase_chapter"
"""The name of the module that a chapter's code believes to be."""


@dataclass(frozen=True)
class Numbered:
    """A number as its formula gave it, how many decisions had been taken before, and the formula.

    why_not: why it was not followed as a whole; drawn: whether the formula draws cases or searches, which no page does.
    """

    value: Any
    decisions: int
    function: str
    why_not: str = ""
    drawn: bool = False


@dataclass(frozen=True)
class Claimed:
    """A claim's computed value, and those at the low and the high end of the range of the parameter it turns on."""

    computed: Any
    decisions: int
    turns_on: str | None = None
    ends: tuple[Any, ...] = ()


@dataclass
class Found:
    """What a chapter computed: numbers by key, claims by id; followed, the tape and the decisions on the way."""

    follow: bool = False
    numbers: dict[str, Numbered] = field(default_factory=dict)
    claims: dict[str, Claimed] = field(default_factory=dict)
    guards: list[steps.Guard] = field(default_factory=list)
    tape: Tape = field(default_factory=Tape)
    realised: dict[int, Any] = field(default_factory=dict)

    def number(self, key: str, unit: str, formula: Callable[..., Any], /, **given: Any) -> Any:
        """As `show.number`, but what the formula gave is kept as it came."""
        del unit
        part = given.pop("part", None)
        given = {name: value for name, value in given.items() if name not in ABOUT}
        by_itself = hasattr(formula, "followed") or hasattr(formula, "why_not")
        computed = functools.partial(_part_of, formula, part, key)
        value, why_not = self._computed(computed, given, by_itself=by_itself)
        why_not = getattr(formula, "why_not", why_not)
        if np.ndim(value):
            raise BadRecord(f"The number {key} is {type(value).__name__}, not one figure")
        value = choices.figure(value)
        if not math.isfinite(value):
            raise BadRecord(f"The number {key} is {float(value)}")
        function = f"{formula.__module__}.{formula.__qualname__}"
        self.numbers[key] = Numbered(value, len(self.guards), function, why_not, hasattr(formula, "why_not"))
        return value

    def _computed(
        self, formula: Callable[..., Any], given: dict[str, Any], *, by_itself: bool = False
    ) -> tuple[Any, str]:
        """The formula's result; followed, by the whole formula at once where that can be, else operation by operation.

        A formula that is given a function of the chapter's cannot be followed as a whole: what is behind the function
        is not among its inputs.
        """
        if not self.follow or not structures.steps_in(given):
            return formula(**given), ""
        if by_itself:
            return formula(**given), ""
        if not any(callable(value) and not isinstance(value, type) for value in given.values()):
            found = operators.follow(formula, **given)
            try:
                self.realise(found)
            except Untraceable as error:
                why_not = error.what
            else:
                return found, ""
        else:
            why_not = ""
        return formula(**given), why_not

    def realise(self, value: Any) -> Any:
        """A figure on the tape.

        Errors: Untraceable for what no page can compute.
        """
        step = structures.step_of(value)
        return value if step is None else realising.realise(step, self.tape, self.realised)

    def claim(
        self,
        claim_id: str,
        computed: Any,
        *,
        turns_on: str | None = None,
        recompute: Callable[[Any], Any] | None = None,
    ) -> None:
        """As `show.claim`, but the value is kept as it came, with those at the ends of the range that it turns on."""
        ends: tuple[Any, ...] = ()
        if turns_on is not None and recompute is not None:
            p = parameters.find(turns_on)
            ends = tuple(recompute(end) for end in (p.low, p.high))
        self.claims[claim_id] = Claimed(computed, len(self.guards), turns_on, ends)


class Charts(Protocol):
    """Who keeps the charts of a run."""

    def keeping(self, put: Replaced, found: Found) -> contextlib.AbstractContextManager[Any]:
        """While it lasts, charts come to it instead of being drawn."""
        ...

    def cell(self, cell: Any, space: dict[str, Any]) -> None:
        """Run a cell."""
        ...


def _part_of(formula: Callable[..., Any], part: Any, key: str, /, **given: Any) -> Any:
    return record._part(formula(**given), part, key)


def _nothing(_: Found) -> None:
    return None


@cache
def compiled(page: Page, *, follow: bool, silent: frozenset[str]) -> tuple[Any, ...]:
    """The cells of a chapter, ready to run, without what only shows; followed, with their choices written as calls.

    As they are written: the code that the checks read names calls in one way. A case of the valuation reads parameters
    by itself.
    """
    cells = unused.without([cell.tree() for cell in page.code], silent, parameters.registry())
    read = choices.chosen if follow else choices.quiet
    return tuple(compile(read(cell, silent), f"<{page.name}>", "exec") for cell in cells)


def imported(code: Code) -> None:
    """Import what the chapter imports of the lib: what is replaced there is replaced where it is loaded already."""
    for name in code.names.values():
        if name.split(".")[0] == PACKAGE:
            importlib.import_module(name if is_module(name) else name.rpartition(".")[0])


def run(
    code: Code,
    values: Mapping[str, Any],
    *,
    follow: bool = False,
    then: Callable[[Found], None] = _nothing,
    charts: Charts | None = None,
    few: bool = True,
    rough: bool = False,
) -> Found:
    """The chapter at given values of the parameters; with `follow`, every figure with the step behind it.

    then: what is done with it while the thesis and its searches are still followed; charts: who keeps the charts and
    the tables behind them, which are left out else; few: whether only a few cases are drawn, so that what is drawn is
    quick and wrong; rough: whether the thesis is searched on a coarse grid, so that what is searched for is near, and
    the cells are those that were compiled to be followed, whose choices are Python's where no figure has a step.

    Errors: what the chapter raises.
    """
    found = Found(follow)
    held = {name: carried.given(name, value) if follow and _moves(value) else value for name, value in values.items()}
    choosing = follow or rough
    space: dict[str, Any] = {"__name__": CHAPTER, **(choices.NAMES if choosing else {})}
    cells = compiled(code.page, follow=choosing, silent=NOT_CHARTS if charts else SILENT)
    imported(code)
    where = stand_ins.bound()
    with contextlib.ExitStack() as stack:
        if few:
            stack.callback(stand_ins.forget)
        stack.enter_context(parameters.holding(held))
        put = stack.enter_context(Replaced())
        _recorders(put, found)
        if few:
            stand_ins.few_draws(put, where, values)
        if charts is not None:
            stack.enter_context(charts.keeping(put, found))
        if follow:
            stack.enter_context(stand_ins.followed(put, where, found.guards, _where))
        if rough:
            stand_ins.rough_searches(put)
        stack.enter_context(contextlib.chdir(book()))
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))  # what cells print is in the notebook already
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        for cell in cells:
            if charts is None:
                exec(cell, space)  # noqa: S102 - the book's own code
            else:
                charts.cell(cell, space)
        then(found)
    return found


def _moves(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _recorders(put: Replaced, found: Found) -> None:
    from shortcase import show  # noqa: PLC0415

    for module in (show, record):
        put.put(module, "number", found.number)
        put.put(module, "claim", found.claim)
        put.put(module, "swings", lambda *_, **__: None)
    for name in SILENT:
        put.put(show, name, lambda *_, **__: None)


OURS = (os.sep + "show" + os.sep + "live" + os.sep, os.sep + "publish" + os.sep + "live" + os.sep)


def _where() -> str:
    """The place in the chapter or the lib at which a decision is taken; nothing where a library takes it for itself."""
    frame: Any = sys._getframe(1)
    while frame is not None and any(ours in frame.f_code.co_filename for ours in OURS):
        frame = frame.f_back
    if frame is None:
        return ""
    module, file = str(frame.f_globals.get("__name__", "")), frame.f_code.co_filename
    while module.split(".", maxsplit=1)[0] == "pandas" and frame.f_back is not None:
        frame = frame.f_back
        module, file = str(frame.f_globals.get("__name__", "")), frame.f_code.co_filename
    if file == "<string>" or not (module == CHAPTER or module.startswith("shortcase.")):
        return ""  # another library, or the equality of a dataclass
    if module == CHAPTER:
        return f"book/{file.strip('<>')}.md:{frame.f_lineno}"
    return f"{module}.{frame.f_code.co_name}"
