"""numpy's functions over traced arrays, by their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from shortcase.show.live.tape import Untraceable
from shortcase.show.live.traced import FUNCTIONS, Traced, fold, lift, objects


def _folded(name: str, *, every: bool = False) -> Callable[..., Traced]:
    def folded(array: Any, axis: Any = None, *, keepdims: bool = False) -> Traced:
        return fold(name, array, axis, every=every, keep=keepdims)

    return folded


def _joined(join: Callable[..., Any]) -> Callable[..., Traced]:
    def joined(arrays: Sequence[Any], axis: int = 0) -> Traced:
        return Traced(join([objects(a) for a in arrays], axis=axis))

    return joined


def _shaped(change: Callable[..., Any]) -> Callable[..., Traced]:
    def shaped(array: Any, *args: Any, **options: Any) -> Traced:
        return Traced(change(objects(array), *args, **options))

    return shaped


def _clip(array: Any, a_min: Any = None, a_max: Any = None, *, min: Any = None, max: Any = None) -> Any:  # noqa: A002
    low, high = (min if a_min is None else a_min), (max if a_max is None else a_max)
    raised = array if low is None else lift("maximum", array, low)
    return raised if high is None else lift("minimum", raised, high)


def _where(condition: Any, *choices: Any) -> Traced:
    if len(choices) != 2:
        raise Untraceable("np.where of a traced condition needs both choices")
    return lift("where", condition, *choices)


def _select(conditions: Sequence[Any], choices: Sequence[Any], default: Any = 0) -> Any:
    for condition, choice in zip(reversed(conditions), reversed(choices), strict=True):
        default = _where(condition, choice, default)
    return default


def _isclose(a: Any, b: Any, rtol: float = 1e-5, atol: float = 1e-8) -> Traced:
    """As numpy's, of finite figures."""
    apart = lift("absolute", lift("subtract", a, b))
    return lift("less_equal", apart, lift("add", atol, lift("multiply", rtol, lift("absolute", b))))


def _linspace(start: Any, stop: Any, num: int = 50, endpoint: bool = True, **_: Any) -> Traced:  # noqa: FBT002
    """As numpy's, along a first axis."""
    first, last = np.broadcast_arrays(objects(start), objects(stop))
    grid = np.arange(float(num)).reshape(-1, *(1 for _ in first.shape))
    step = lift("divide", lift("subtract", Traced(last), Traced(first)), float(num - 1 if endpoint else num) or np.nan)
    found = lift("add", lift("multiply", grid, step), Traced(first))
    return _with_ends(found, first, last if endpoint else None)


def _geomspace(start: Any, stop: Any, num: int = 50, endpoint: bool = True, **_: Any) -> Traced:  # noqa: FBT002
    """As numpy's, between ends above zero."""
    found = lift("power", 10.0, _linspace(lift("log10", start), lift("log10", stop), num, endpoint))
    first, last = np.broadcast_arrays(objects(start), objects(stop))
    return _with_ends(found, first, last if endpoint else None)


def _with_ends(found: Traced, first: Any, last: Any) -> Traced:
    # numpy puts the ends there as they were given.
    nodes = found.nodes.copy()
    if len(nodes):
        nodes[0] = first[()]
    if len(nodes) > 1 and last is not None:
        nodes[-1] = last[()]
    return Traced(nodes)


def _round(array: Any, decimals: int = 0, **_: Any) -> Traced:
    """As numpy's: to the nearest, and from halfway to the even one."""
    if decimals:
        scale = 10.0 ** abs(decimals)
        there, back = ("multiply", "divide") if decimals > 0 else ("divide", "multiply")
        return lift(back, _round(lift(there, array, scale)), scale)
    below = lift("floor", array)
    apart = lift("subtract", array, below)
    odd = lift("not_equal", lift("floor", lift("divide", below, 2.0)), lift("divide", below, 2.0))
    up = lift("logical_or", lift("greater", apart, 0.5), lift("logical_and", lift("equal", apart, 0.5), odd))
    return lift("where", up, lift("add", below, 1.0), below)


def _vecdot(a: Any, b: Any, axis: int = -1) -> Traced:
    """As numpy's, of real figures."""
    return fold("add", lift("multiply", a, b), axis)


def _broadcast_arrays(*arrays: Any, subok: bool = False) -> tuple[Any, ...]:
    del subok
    return tuple(Traced(a) for a in np.broadcast_arrays(*(objects(a) for a in arrays)))


FUNCTIONS.update(
    {
        "where": _where,
        "select": _select,
        "clip": _clip,
        "sum": _folded("add"),
        "prod": _folded("multiply"),
        "max": _folded("maximum"),
        "amax": _folded("maximum"),
        "min": _folded("minimum"),
        "amin": _folded("minimum"),
        "any": _folded("logical_or"),
        "all": _folded("logical_and"),
        "isclose": _isclose,
        "allclose": lambda a, b, rtol=1e-5, atol=1e-8: fold("logical_and", _isclose(a, b, rtol, atol), None),
        "vecdot": _vecdot,
        "cumsum": _folded("add", every=True),
        "cumprod": _folded("multiply", every=True),
        "mean": lambda a, axis=None, *, keepdims=False: Traced(objects(a)).mean(axis, keepdims=keepdims),
        "linspace": _linspace,
        "geomspace": _geomspace,
        "round": _round,
        "around": _round,
        "stack": _joined(np.stack),
        "concatenate": _joined(np.concatenate),
        "expand_dims": _shaped(np.expand_dims),
        "squeeze": _shaped(np.squeeze),
        "reshape": _shaped(np.reshape),
        "ravel": _shaped(np.ravel),
        "moveaxis": _shaped(np.moveaxis),
        "transpose": _shaped(np.transpose),
        "flip": _shaped(np.flip),
        "broadcast_to": _shaped(np.broadcast_to),
        "broadcast_arrays": _broadcast_arrays,
        "shape": lambda a: objects(a).shape,
        "ndim": lambda a: objects(a).ndim,
        "size": lambda a: objects(a).size,
        "zeros_like": lambda a, **_: np.zeros(objects(a).shape),
        "ones_like": lambda a, **_: np.ones(objects(a).shape),
        "full_like": lambda a, fill_value, **_: Traced(np.broadcast_to(objects(fill_value), objects(a).shape)),
    }
)
