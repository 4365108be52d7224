"""Trace a formula of the lib, and hold the trace to what the formula itself gives.

from shortcase.show.live import parity
assert parity(wafer_yield.murphy, defect_density_per_cm2=0.1, area_mm2=814.0) < 1e-12
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

from shortcase.show.live.replay import replay
from shortcase.show.live.tape import Node, Tape, Untraceable
from shortcase.show.live.traced import Traced


def trace_inputs(*names: str) -> dict[str, Traced]:
    """Inputs on one new tape, to call a formula with.

    >>> x = trace_inputs("price", "units")
    >>> evaluate(x["price"] * x["units"], {"price": 2.0, "units": 3.0})
    6.0
    """
    tape = Tape()
    return {name: Traced(tape.add("input", name)) for name in names}


def evaluate(result: Any, values: Mapping[str, Any]) -> Any:
    """What a formula returned when traced, with values for its inputs: the same structure, holding figures.

    Values may be arrays of points; each traced figure then becomes an array of results, points last.

    Errors: Untraceable for an input without a value.
    """
    tape = next((node.tape for node in nodes_of(result)), None)
    return result if tape is None else _filled(result, replay(tape, values))


def nodes_of(result: Any) -> list[Node]:
    """Every node in a result: an array, a mapping, a sequence or a dataclass of them."""
    if isinstance(result, Traced):
        return [node for node in result.nodes.ravel() if isinstance(node, Node)]
    return [node for part in _parts(result).values() for node in nodes_of(part)]


def _parts(result: Any) -> dict[Any, Any]:
    if dataclasses.is_dataclass(result) and not isinstance(result, type):
        return {field.name: getattr(result, field.name) for field in dataclasses.fields(result)}
    if isinstance(result, Mapping):
        return dict(result)
    return dict(enumerate(result)) if isinstance(result, (list, tuple)) else {}


def _filled(result: Any, found: list[Any]) -> Any:
    if isinstance(result, Traced):
        cells = [found[n.i] if isinstance(n, Node) else np.asarray(n) for n in result.nodes.ravel()]
        points = np.broadcast_shapes(*(c.shape for c in cells))
        array = np.array([np.broadcast_to(c, points) for c in cells]).reshape(result.shape + points)
        return array if array.ndim else array.item()
    parts = {key: _filled(part, found) for key, part in _parts(result).items()}
    if not parts:
        return result
    if dataclasses.is_dataclass(result) and not isinstance(result, type):
        return dataclasses.replace(result, **parts)
    return parts if isinstance(result, Mapping) else type(result)(parts.values())


def figures(
    inputs: Mapping[str, Any], *, fixed: Collection[str] = (), counts: bool = False, prefix: str = ""
) -> dict[str, float]:
    """The inputs that can move: each float, also inside a dataclass, by its dotted name; with `counts` each int too."""
    kinds = (float, np.floating, int, np.integer) if counts else (float, np.floating)
    found: dict[str, float] = {}
    for name, value in inputs.items():
        if name in fixed:
            continue
        if isinstance(value, kinds) and not isinstance(value, bool):
            found[f"{prefix}{name}"] = float(value)
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            found |= figures(_parts(value), fixed=fixed, counts=counts, prefix=f"{prefix}{name}.")
    return found


def replaced(inputs: Mapping[str, Any], by: Mapping[str, Any], *, prefix: str = "") -> dict[str, Any]:
    """The inputs with some of their figures replaced, by dotted name."""
    out = dict(inputs)
    for name, value in inputs.items():
        if f"{prefix}{name}" in by:
            out[name] = by[f"{prefix}{name}"]
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            out[name] = dataclasses.replace(value, **replaced(_parts(value), by, prefix=f"{prefix}{name}."))
    return out


def trace(formula: Callable[..., Any], /, *, fixed: Collection[str] = (), counts: bool = False, **inputs: Any) -> Any:
    """What the formula returns when every float among its inputs, also inside a dataclass, is traced.

    `fixed` names the inputs that stay figures: those that no slider moves. Whole numbers stay, unless `counts`.

    Errors: Untraceable where the formula does what has no expression in the page, or nothing can move.
    """
    moving = figures(inputs, fixed=fixed, counts=counts)
    if not moving:
        raise Untraceable(f"{formula.__name__} was given no float that could move")
    return formula(**replaced(inputs, trace_inputs(*moving)))


def parity(
    formula: Callable[..., Any],
    /,
    *,
    fixed: Collection[str] = (),
    counts: bool = False,
    spread: float = 0.2,
    **inputs: Any,
) -> float:
    """The largest relative difference between a formula called with figures, with arrays of draws, and traced.

    The floats among the inputs (with `counts`, whole numbers too) move together over eleven points up to `spread`
    either side. For tests:
    `assert parity(formula, …) < 1e-12`. Draws stand on the first axis; an axis that the formula makes, of years for
    example, comes after it.

    Errors: Untraceable, or what the formula itself raises on an array.
    """
    moving = figures(inputs, fixed=fixed, counts=counts)
    steps = np.linspace(1 - spread, 1 + spread, 11)
    draws = {name: value * np.roll(steps, k) for k, (name, value) in enumerate(moving.items())}
    traced = _flat(evaluate(trace(formula, fixed=fixed, counts=counts, **inputs), draws), len(steps))
    single = [formula(**replaced(inputs, {n: float(d[k]) for n, d in draws.items()})) for k in range(len(steps))]
    scalars = np.stack([_flat(one, 1)[:, 0] for one in single], axis=-1)
    worst = _difference(traced, scalars)
    arrays = _flat(formula(**replaced(inputs, draws)), len(steps), axis=0)
    return max(worst, _difference(arrays, scalars))


def _flat(result: Any, points: int, *, axis: int = -1) -> np.ndarray[Any, Any]:
    parts = [part for part in _parts(result).values() if not isinstance(part, (str, bool)) and part is not None]
    if parts:
        return np.concatenate([_flat(part, points, axis=axis) for part in parts])
    array = np.asarray(result, dtype=float)
    if array.ndim == 0 or array.shape[axis] != points:
        return np.repeat(array.reshape(-1, 1), points, axis=1)
    return np.moveaxis(array, axis, -1).reshape(-1, points)


def _difference(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    if one.shape != other.shape:
        raise Untraceable(f"The formula gives {one.shape[0]} figures one way and {other.shape[0]} the other")
    size = np.maximum(np.abs(one), np.abs(other))
    gap = np.where(one == other, 0.0, np.abs(one - other) / np.where(size == 0, 1.0, size))
    gap = np.where(np.isnan(one) & np.isnan(other), 0.0, gap)
    return float(np.max(gap)) if not np.isnan(gap).any() else float("inf")
