"""What stands in for parts of the lib while a chapter is run again: fewer draws, whole formulas, noted decisions.

A function of the lib is bound to a name in every module that imports it, so it is replaced in all of them at once.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy.optimize import elementwise

from shortcase.case import parameters
from shortcase.case.thesis import thresholds
from shortcase.model.probability import copula
from shortcase.publish.live import varied
from shortcase.publish.live.replaced import Bound, Replaced
from shortcase.show.live import carried, choices, operators, roots, steps, structures
from shortcase.show.live.traced import Traced

DRAWN = {
    "answer": (
        "drawn", "quantile", "quantile_without_threats", "threat_cost", "threat_error", "taken",
        "mean_without_correlations", "mean_held", "implied",
    ),
    "sensitivity": ("swings", "asked_for", "parts_of_variance", "total_part"),
    "shapley_effects": ("effects_of_groups", "effect_of"),
    "deciding": (
        "rule", "named_rule", "resampled", "comes_again", "density", "coverage", "bound", "names_these", "trade_off",
    ),
    "means": ("mean", "convergence"),
    "draws": ("mean_drawn",),
    "trade": ("view",),
    "warnings": ("implied",),
    "year_on": ("parts", "implied"),
    "reverse": ("implied", "implied_with_threats"),
    "thresholds": ("flips_of", "flips_inside"),
}  # fmt: skip
"""Functions of the thesis that draw cases or search grids: what rests on what they give is not live, and says why."""
WHY_DRAWN = {
    "answer": "it is drawn from many cases",
    "sensitivity": "it is drawn from many cases",
    "shapley_effects": "it is drawn from many cases",
    "deciding": "it is drawn from many cases",
    "means": "it is drawn from many cases",
    "draws": "it is a mean over all that may be drawn, which would be a twentieth of what its page loads",
    "trade": "it is drawn from many cases",
    "warnings": "it is held against limits",
    "thresholds": "it is searched for over many cases",
    "reverse": "it is searched for over many cases",
    "year_on": "it sets many valuations against each other",
}
MADE_UP = frozenset({WHY_DRAWN["answer"], WHY_DRAWN["thresholds"]})
"""Why figures are not live that are wrong as well where a chapter is run again with few draws: `few_draws` says how."""
WHOLE = {
    "chain": ("valuation", "in_year", "output_needed"),
    "combinations": ("all_combinations",),
    "weighing": (
        "probability_weighted", "priced_in", "parts", "parts_in_full", "part_lost", "alone", "cost_alone",
        "cost_in_full", "beyond_the_sum", "interaction", "chances",
    ),
    "year_on": ("path", "value_per_share", "probability_weighted", "without_news", "in_year", "expected"),
}  # fmt: skip
"""Functions of the thesis that are one step, whoever calls them: thousands of operations that nobody looks into."""
FEW, REPLICATES = 8, 2
"""Cases drawn where nothing that is drawn is looked at, and in how many lots."""
COARSE = 21
"""Points of a grid on which a search looks where nothing that is searched for is looked at."""
THESIS = "shortcase.case.thesis"


def bound() -> Bound:
    """Every function of the lib and of scipy's searches, with the modules and names that it is bound to."""
    for home in {*WHOLE, *DRAWN}:
        importlib.import_module(f"{THESIS}.{home}")
    return _bound(frozenset(name for name in sys.modules if name.startswith("shortcase.")))


@functools.cache
def _bound(names: frozenset[str]) -> Bound:
    found: dict[int, list[tuple[Any, str]]] = {}
    for module in (*(sys.modules[name] for name in names), elementwise):
        for name, thing in vars(module).items():
            if callable(thing):
                found.setdefault(id(thing), []).append((module, name))
    return found


def few_draws(put: Replaced, where: Bound, values: Mapping[str, Any]) -> None:
    """Drawn results are not live, so a few draws are enough to come past them.

    Those that are not drawn at all are made up, otherwise at other values: so whatever rests on them is seen to move.
    """
    from shortcase.case.thesis import (  # noqa: PLC0415
        deciding,
        distribution,
        draws,
        means,
        sensitivity,
        shapley_effects,
        year_on,
    )
    from shortcase.case.thesis import groups as groups_of  # noqa: PLC0415
    from shortcase.case.thesis.inputs import PARAMETERS  # noqa: PLC0415

    if not set(PARAMETERS) <= parameters.registry().keys():
        return  # a book without the valuation
    by_chance = np.random.default_rng(zlib.crc32(repr(sorted(values.items(), key=str)).encode()))

    def made_up(names: list[str]) -> list[Any]:
        parts = by_chance.dirichlet(np.full(len(names), 50.0))
        return [sensitivity.Index(name, float(part), 0.0, 1.0) for name, part in zip(names, parts, strict=True)]

    def convergence(case: Any, counts: tuple[int, ...] = (2**8, 2**10, 2**12, 2**14)) -> list[Any]:
        del case
        kinds = (means.SEQUENCE, means.INDEPENDENT)
        return [means.Step(count, kind, by_chance.uniform(0.5, 2.0)) for kind in kinds for count in counts]

    groups = made_up([*groups_of.GROUPS, shapley_effects.WHICH])
    drawn = made_up([p.name for p in draws.uncertain()])
    put.everywhere(where, distribution.distribution, _fewer(distribution.distribution))
    put.everywhere(where, means.convergence, convergence)
    put.everywhere(where, means.mean, lambda *_, **__: by_chance.normal())
    put.put(distribution, "REPLICATES", REPLICATES)
    put.put(deciding, "DRAWS", 2 * FEW)
    put.put(deciding, "HALVES", 1)
    put.put(shapley_effects, "group_effects", lambda *_, **__: [groups, groups])
    put.put(sensitivity, "variance_parts", lambda *_, **__: (drawn, drawn))
    put.put(thresholds, "flips", lambda *_: [])
    put.put(year_on, "parts", lambda *_, **__: {name: by_chance.normal() for name in year_on.GROUPS})


def rough_searches(put: Replaced) -> None:
    """A search of the thesis gives the middle of the step of a coarse grid in which the sign changes.

    It looks no closer: no page shows what is searched for; who runs a chapter again only to see what else moves comes
    past it in a tenth of the time.
    """
    home = importlib.import_module(f"{THESIS}.roots")
    put.put(home, "GRID", COARSE)
    put.put(home, "find_root", _middle)


def _middle(function: Callable[..., Any], ends: tuple[Any, Any], args: tuple[Any, ...] = ()) -> SimpleNamespace:
    del function, args
    return SimpleNamespace(x=(ends[0] + ends[1]) / 2.0)


def _fewer(ordinary: Callable[..., Any]) -> Callable[..., Any]:
    def fewer(case: Any, draws: int, **options: Any) -> Any:
        return ordinary(structures.plain(case), min(draws, FEW), **options)

    return fewer


def forget() -> None:
    """What few draws gave may not stand for what many give: whoever asks the thesis next, it computes anew."""
    for module in _modules():
        for thing in list(vars(module).values()):
            if hasattr(thing, "cache_clear") and thing.__module__.startswith(THESIS):
                thing.cache_clear()


@contextlib.contextmanager
def followed(put: Replaced, where: Bound, guards: list[steps.Guard], place: Callable[[], str]) -> Iterator[None]:
    """Numpy's makers of arrays keep steps, decisions are noted, and the thesis is followed function by function."""
    for name in ("array", "asarray"):
        put.put(np, name, _maker(getattr(np, name)))
    for name in ("isclose", "allclose"):
        put.put(np, name, _close(getattr(np, name)))
    put.put(np.random, "default_rng", _drawing(np.random.default_rng))
    put.everywhere(where, copula.nodes_for, _nodes(copula.nodes_for))
    put.everywhere(where, copula.one_factor, _whole(copula.one_factor))
    put.everywhere(where, elementwise.find_root, roots.search(elementwise.find_root))
    for home, names in WHOLE.items():
        for name in names:
            thing = getattr(importlib.import_module(f"{THESIS}.{home}"), name)
            put.everywhere(where, thing, _whole(thing))
    for name, on_tape in varied.SEARCHES.items():
        put.everywhere(where, getattr(thresholds, name), _searched(getattr(thresholds, name), on_tape))
    for home, names in DRAWN.items():
        module = importlib.import_module(f"{THESIS}.{home}")
        for name in names:
            put.everywhere(where, put.original(module, name), _bare(getattr(module, name), WHY_DRAWN[home]))
    for module in _modules():
        put.put(module, "range", choices.counted)
    with steps.noting(guards, place):
        yield


def _maker(ordinary: Callable[..., Any]) -> Callable[..., Any]:
    def made(values: Any, *args: Any, **options: Any) -> Any:
        if isinstance(values, structures.Carried):
            return values
        if isinstance(values, (list, tuple)) and any(isinstance(v, structures.Carried) for v in values):
            return operators.follow(np.stack, list(values))
        return ordinary(values, *args, **options)

    return made


def _close(ordinary: Callable[..., Any]) -> Callable[..., Any]:
    def close(first: Any, second: Any, *args: Any, **options: Any) -> Any:
        parts = [np.array(part) if isinstance(part, (list, tuple)) else part for part in (first, second)]
        return ordinary(*parts, *args, **options)  # a list of figures with steps is an array with steps by now

    return close


class _Generator(np.random.Generator):
    """A generator of random figures: what it draws with figures that have steps says that it is drawn."""

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        drawing = callable(found) and not name.startswith("_") and name != "spawn"
        return _bare(found, WHY_DRAWN["answer"]) if drawing else found


def _drawing(ordinary: Callable[..., Any]) -> Callable[..., Any]:
    return lambda seed=None: _Generator(ordinary(structures.plain(seed)).bit_generator)


def _whole(ordinary: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    def whole(*args: Any, **options: Any) -> Any:
        behind = bool(structures.steps_in((args, options)))
        if not behind and not any(map(structures.is_traced, (*args, *options.values()))):
            return ordinary(*args, **options)
        key = structures.same((args, options))
        if key not in known:  # kept with what it was given: an id is only good while its step lives
            found = (
                _stepped(ordinary, whole, args, options) if behind else varied.varied(ordinary, whole, args, options)
            )
            known[key] = (found, args)
        return known[key][0]

    functools.update_wrapper(whole, ordinary)
    whole.__dict__["followed"] = True
    return whole


def _stepped(
    ordinary: Callable[..., Any], on_tape: Callable[..., Any], args: tuple[Any, ...], options: Mapping[str, Any]
) -> Any:  # fmt: skip
    """What a function gives, with one step behind it, that another function puts on the tape."""
    found = ordinary(*structures.plain(args), **structures.plain(options))
    return operators.carry(found, steps.Step(on_tape, structures.stepped(args), structures.stepped(options)))


def _searched(ordinary: Callable[..., Any], on_tape: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(ordinary)
    def search(*args: Any, **options: Any) -> Any:
        return _stepped(ordinary, on_tape, args, options)

    search.__dict__["followed"] = True
    return search


def _bare(ordinary: Callable[..., Any], why_not: str) -> Callable[..., Any]:
    def bare(*args: Any, **options: Any) -> Any:
        found = ordinary(*structures.plain(args), **structures.plain(options))
        return carried.refused(found, why_not, (args, options))

    functools.update_wrapper(bare, ordinary)
    bare.__dict__["why_not"] = why_not
    return bare


def _nodes(ordinary: Callable[..., Any]) -> Callable[..., Any]:
    """As many nodes as the top of the stated range of the threats' correlation wants; beyond it there is no figure."""

    def nodes_for(correlation: Any, events: int) -> Any:
        if not isinstance(correlation, Traced):
            return ordinary(structures.plain(correlation), events)
        top = parameters.find("threat_correlation").high  # here, so that a book without threats can be followed
        places, weights = ordinary(top, events)
        return places, weights * np.where(correlation <= top, 1.0, np.nan)

    return nodes_for


def _modules() -> list[Any]:
    """The formulas and the thesis, as far as they have been imported."""
    inside = ("shortcase.model.", f"{THESIS}.")
    return [module for name, module in list(sys.modules.items()) if name.startswith(inside)]
