"""A chapter's code run again without a notebook: at other values, or with steps behind its figures.

Nothing is drawn and nothing is shown; what is kept are the numbers and claims, as the formulas gave them.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import inspect
import io
import math
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import CodeType
from typing import Any
from unittest import mock

import numpy as np
from scipy.optimize import elementwise

from shortcase.case import parameters
from shortcase.errors import BadRecord
from shortcase.model.probability import copula
from shortcase.places import book
from shortcase.publish.read.code import Code
from shortcase.publish.read.pages import Page
from shortcase.show import record
from shortcase.show.live import carried, choices, roots
from shortcase.show.live.tape import Tape, Untraceable
from shortcase.show.live.traced import Traced

DRAWN = {
    "answer": ("drawn", "quantile", "quantile_without_threats", "threat_cost", "taken", "implied"),
    "sensitivity": (
        "swings", "asked_for", "parts_of_variance", "total_part", "effects_of_groups", "effect_of",
    ),
    "distribution": ("convergence",),
    "trade": ("view",),
    "warnings": ("implied",),
    "year_on": ("parts", "implied"),
    "reverse": ("implied", "implied_with_threats"),
    "thresholds": ("flips_of", "flips_inside", "flip_at", "pair_map", "part_at_the_price", "flip_count"),
}  # fmt: skip
"""Functions of the thesis that draw cases or search grids: what they give carries nothing."""
WHY_DRAWN = {
    "answer": "it is drawn from many cases",
    "sensitivity": "it is drawn from many cases",
    "distribution": "it is drawn from many cases",
    "trade": "it is drawn from many cases",
    "warnings": "it is held against limits",
    "thresholds": "it is searched for over many cases",
    "reverse": "it is searched for over many cases",
    "year_on": "it sets many valuations against each other",
}
WHOLE = {
    "chain": ("valuation", "in_year", "output_needed", "all_combinations"),
    "weighing": (
        "probability_weighted", "priced_in", "parts", "parts_in_full", "part_lost", "alone", "cost_alone",
        "cost_in_full", "beyond_the_sum", "interaction", "chances",
    ),
    "year_on": ("path", "value_per_share", "probability_weighted", "without_news", "in_year", "expected"),
}  # fmt: skip
"""Functions of the thesis that are one step, whoever calls them: thousands of operations that nobody looks into."""
FEW = 8
"""Cases drawn where nothing that is drawn is looked at."""
THESIS = "shortcase.case.thesis"
ABOUT = frozenset(
    name for name, one in inspect.signature(record.number).parameters.items() if one.kind is one.KEYWORD_ONLY
)
"""What `number` is told about a figure, beside the inputs of its formula."""
CHAPTER = "shortcase_chapter"
"""The name of the module that a chapter's code believes to be."""


@dataclass(frozen=True)
class Numbered:
    """A number as its formula gave it, how many decisions had been taken before, and the formula."""

    value: Any
    decisions: int
    function: str
    why_not: str = ""


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
    guards: list[carried.Guard] = field(default_factory=list)
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
        self.numbers[key] = Numbered(value, len(self.guards), function, why_not)
        return value

    def _computed(
        self, formula: Callable[..., Any], given: dict[str, Any], *, by_itself: bool = False
    ) -> tuple[Any, str]:
        """The formula's result; followed, by the whole formula at once where that can be, else operation by operation.

        A formula that is given a function of the chapter's cannot be followed as a whole: what is behind the function
        is not among its inputs.
        """
        if not self.follow or not list(carried.steps_in(given)):
            return formula(**given), ""
        if by_itself:
            return formula(**given), ""
        if not any(callable(value) and not isinstance(value, type) for value in given.values()):
            found = carried.follow(formula, **given)
            try:
                self.realise(found)
            except Untraceable as error:
                why_not = str(error)
            else:
                return found, ""
        else:
            why_not = ""
        return formula(**given), why_not

    def realise(self, value: Any) -> Any:
        """A figure on the tape.

        Errors: Untraceable for what no page can compute.
        """
        step = carried.step_of(value)
        return value if step is None else carried.realise(step, self.tape, self.realised)

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


def _part_of(formula: Callable[..., Any], part: Any, key: str, /, **given: Any) -> Any:
    return record._part(formula(**given), part, key)


def _nothing(_: Found) -> None:
    return None


def run(
    code: Code, values: Mapping[str, Any], *, follow: bool = False, then: Callable[[Found], None] = _nothing
) -> Found:
    """The chapter at given values of the parameters; with `follow`, every figure with the step behind it.

    then: what is done with it while the thesis and its searches are still followed.

    Errors: what the chapter raises.
    """
    found = Found(follow)
    held = {name: carried.given(name, value) if follow and _moves(value) else value for name, value in values.items()}
    space: dict[str, Any] = {"__name__": CHAPTER, **(choices.NAMES if follow else {})}
    read = choices.chosen if follow else choices.quiet
    with contextlib.ExitStack() as stack:
        for patch in _patches(found):
            stack.enter_context(patch)
        stack.callback(_forget)
        for patch in _few_draws():
            stack.enter_context(patch)
        if follow:
            stack.enter_context(_followed(found))
        stack.enter_context(parameters.holding(held))
        stack.enter_context(contextlib.chdir(book()))
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))  # what cells print is in the notebook already
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        for cell in compiled(code.page, read):
            exec(cell, space)  # noqa: S102 - the book's own code
        then(found)
    return found


@functools.lru_cache(maxsize=32)
def compiled(page: Page, read: Callable[[ast.Module], ast.Module]) -> tuple[CodeType, ...]:
    """The cells of a chapter as they are written, for the parsed code names calls in one way; compiled once."""
    return tuple(compile(read(cell.tree()), f"<{page.name}>", "exec") for cell in page.code)


def _moves(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _patches(found: Found) -> Iterator[Any]:
    from shortcase import show  # noqa: PLC0415

    for module in (show, record):
        yield mock.patch.object(module, "number", found.number)
        yield mock.patch.object(module, "claim", found.claim)
        yield mock.patch.object(module, "swings", return_value=None)
    for name in choices.SILENT:
        yield mock.patch.object(show, name, return_value=None)


def _few_draws() -> Iterator[Any]:
    """Drawn results are not live, so a few draws are enough to come past them; those that are known stay."""
    from shortcase.case.thesis import distribution, draws, inputs, sensitivity, thresholds  # noqa: PLC0415

    if not set(inputs.PARAMETERS) <= parameters.registry().keys():
        return  # a book without the valuation
    few = _fewer(distribution.distribution)
    for module, name in _bindings(distribution.distribution):
        yield mock.patch.object(module, name, few)
    groups = _even([*sensitivity.GROUPS, sensitivity.WHICH])
    drawn = _even([p.name for p in draws.uncertain()])
    yield mock.patch.object(sensitivity, "group_effects", return_value=[groups, groups])
    yield mock.patch.object(sensitivity, "variance_parts", return_value=(drawn, drawn))
    yield mock.patch.object(thresholds, "flips", return_value=[])


def _even(names: list[str]) -> list[Any]:
    from shortcase.case.thesis.sensitivity import Index  # noqa: PLC0415

    return [Index(name, 1.0 / len(names), 0.0, 1.0) for name in names]


def _fewer(ordinary: Callable[..., Any]) -> Callable[..., Any]:
    def fewer(case: Any, draws: int, **options: Any) -> Any:
        return ordinary(carried.plain(case), min(draws, FEW), **options)

    return fewer


def _forget() -> None:
    """What few draws gave may not stand for what many give: whoever asks the thesis next, it computes anew."""
    for module in _modules():
        for thing in list(vars(module).values()):
            if hasattr(thing, "cache_clear") and thing.__module__.startswith(THESIS):
                thing.cache_clear()


def _whole(ordinary: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    def whole(*args: Any, **options: Any) -> Any:
        if next(carried.steps_in((args, options)), None) is None:
            return ordinary(*args, **options)
        key = carried.same((args, options))
        if key not in known:
            known[key] = (carried.follow(ordinary, *args, **options), args, options)
        return known[key][0]

    functools.update_wrapper(whole, ordinary)
    whole.__dict__["followed"] = True
    return whole


def _bare(ordinary: Callable[..., Any], why_not: str) -> Callable[..., Any]:
    def bare(*args: Any, **options: Any) -> Any:
        return ordinary(*carried.plain(args), **carried.plain(options))

    functools.update_wrapper(bare, ordinary)
    bare.__dict__["why_not"] = why_not
    return bare


@contextlib.contextmanager
def _followed(found: Found) -> Iterator[None]:
    """Numpy's makers of arrays keep steps, decisions are noted, and what was computed before is forgotten."""

    def maker(ordinary: Callable[..., Any]) -> Callable[..., Any]:
        def made(values: Any, *args: Any, **options: Any) -> Any:
            if isinstance(values, carried.CARRIED):
                return values
            if isinstance(values, (list, tuple)) and any(isinstance(v, carried.CARRIED) for v in values):
                return carried.follow(np.stack, list(values))
            return ordinary(values, *args, **options)

        return made

    with contextlib.ExitStack() as stack:
        for name in ("array", "asarray"):
            stack.enter_context(mock.patch.object(np, name, maker(getattr(np, name))))
        for module, name in _bindings(copula.nodes_for):
            stack.enter_context(mock.patch.object(module, name, _nodes(copula.nodes_for)))
        search = roots.search(elementwise.find_root)
        for module, name in _bindings(elementwise.find_root):
            stack.enter_context(mock.patch.object(module, name, search))
        for patch in _followed_thesis():
            stack.enter_context(patch)
        for module in _modules():
            stack.enter_context(mock.patch.object(module, "range", choices.counted, create=True))
        stack.enter_context(carried.noting(found.guards, _where))
        yield


def _nodes(ordinary: Callable[..., Any]) -> Callable[..., Any]:
    """As many nodes as the top of the stated range of the threats' correlation wants; beyond it there is no figure."""
    top = parameters.find("threat_correlation").high

    def nodes_for(correlation: Any, events: int) -> Any:
        if not isinstance(correlation, Traced):
            return ordinary(carried.plain(correlation), events)
        places, weights = ordinary(top, events)
        return places, weights * np.where(correlation <= top, 1.0, np.nan)

    return nodes_for


def _followed_thesis() -> Iterator[Any]:
    for home, name in ((home, name) for home, names in WHOLE.items() for name in names):
        thing = getattr(importlib.import_module(f"{THESIS}.{home}"), name)
        whole = _whole(thing)
        yield from (mock.patch.object(module, bound, whole) for module, bound in _bindings(thing))
    for home, name in ((home, name) for home, names in DRAWN.items() for name in names):
        thing = getattr(importlib.import_module(f"{THESIS}.{home}"), name)
        bare = _bare(thing, WHY_DRAWN[home])
        yield from (mock.patch.object(module, bound, bare) for module, bound in _bindings(thing))


def _modules() -> list[Any]:
    """The formulas and the thesis, as far as they have been imported."""
    inside = ("shortcase.model.", f"{THESIS}.")
    return [module for name, module in list(sys.modules.items()) if name.startswith(inside)]


def _bindings(thing: Any) -> list[tuple[Any, str]]:
    """Where the lib and scipy name a thing."""
    modules = [m for n, m in list(sys.modules.items()) if n.startswith("shortcase.")] + [elementwise]
    return [(m, name) for m in modules for name, found in list(vars(m).items()) if found is thing]


OURS = (os.sep + "show" + os.sep + "live" + os.sep, os.sep + "publish" + os.sep + "live" + os.sep)


def _where() -> str:
    """The place in the chapter or the lib at which a decision is taken; nothing where a library takes it."""
    frame: Any = sys._getframe(1)
    while frame is not None and any(ours in frame.f_code.co_filename for ours in OURS):
        frame = frame.f_back
    if frame is None:
        return ""
    module, file = str(frame.f_globals.get("__name__", "")), frame.f_code.co_filename
    if file == "<string>" or not (module == CHAPTER or module.startswith("shortcase.")):
        return ""  # a library, or the equality of a dataclass
    if module == CHAPTER:
        return f"book/{file.strip('<>')}.md:{frame.f_lineno}"
    return f"{module}.{frame.f_code.co_name}"
