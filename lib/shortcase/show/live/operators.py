"""What figures with steps behind them answer to: Python's operators and numpy's functions, each a new step."""

from __future__ import annotations

import dataclasses
import functools
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from shortcase.show.live.steps import Step, note
from shortcase.show.live.structures import Carried, plain, stepped
from shortcase.show.live.traced import Traced

ABOUT_SHAPE = frozenset({np.ndim, np.shape, np.size, np.iscomplexobj, np.isrealobj, np.result_type, np.can_cast})
"""Functions that ask nothing about the figures in an array."""


def follow(function: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """What a function of numpy gives, with the step behind it."""
    found = function(*plain(args), **plain(options))
    return carry(found, Step(function, stepped(args), stepped(options)))


@functools.singledispatch
def carry(found: Any, step: Step) -> Any:
    """A result of numpy's, with the step behind it; what a figure or an array becomes, `carried` says."""
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        parts = {f.name: getattr(found, f.name) for f in dataclasses.fields(found) if f.init}
        return dataclasses.replace(found, **{n: carry(v, _part(getattr, step, n)) for n, v in parts.items()})
    return carry(found.item(), step) if isinstance(found, np.generic) else found


@carry.register
def _(found: Carried, step: Step) -> Any:
    del step
    return found


@carry.register(tuple)
@carry.register(list)
def _(found: Any, step: Step) -> Any:
    if type(found) not in (tuple, list):
        return found
    return type(found)(carry(part, _part(operator.getitem, step, i)) for i, part in enumerate(found))


@carry.register
def _(found: dict, step: Step) -> Any:  # type: ignore[type-arg]
    if type(found) is not dict:
        return found
    return {key: carry(part, _part(operator.getitem, step, key)) for key, part in found.items()}


def _part(of: Callable[..., Any], step: Step, which: Any) -> Step:
    return Step(of, (step, which), {})


def decide(value: Any) -> bool:
    """The bare answer to a condition, noted as a decision."""
    answer = bool(plain(value))
    if value.step is not None:
        note(value.step, answer)
    return answer


def known(value: Any) -> bool:
    """Whether numpy's operations on it are followed; pandas and others bring their own."""
    return isinstance(value, (bool, int, float, np.generic, np.ndarray, Carried))


def _binary(function: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    def operation(self: Any, other: Any) -> Any:
        return _two(function, self, other) if known(other) else NotImplemented

    return operation


def _two(function: Callable[..., Any], left: Any, right: Any) -> Any:
    # `follow` for the commonest case, without looking inside what is known to be one figure or array.
    bare = [value.plain() if isinstance(value, Carried) else value for value in (left, right)]
    steps = tuple((value.step or value.plain()) if isinstance(value, Carried) else value for value in (left, right))
    return carry(function(*bare), Step(function, steps, {}))


def _reflected(function: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    def operation(self: Any, other: Any) -> Any:
        return _two(function, other, self) if known(other) else NotImplemented

    return operation


def _unary(function: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda self: follow(function, self)


class Operators(Carried):
    """What a figure with a step behind it answers to."""

    step: Step | None
    __slots__ = ()

    __add__, __radd__ = _binary(operator.add), _reflected(operator.add)
    __sub__, __rsub__ = _binary(operator.sub), _reflected(operator.sub)
    __mul__, __rmul__ = _binary(operator.mul), _reflected(operator.mul)
    __truediv__, __rtruediv__ = _binary(operator.truediv), _reflected(operator.truediv)
    __floordiv__, __rfloordiv__ = _binary(operator.floordiv), _reflected(operator.floordiv)
    __mod__, __rmod__ = _binary(operator.mod), _reflected(operator.mod)
    __pow__, __rpow__ = _binary(operator.pow), _reflected(operator.pow)
    __and__, __rand__ = _binary(operator.and_), _reflected(operator.and_)
    __or__, __ror__ = _binary(operator.or_), _reflected(operator.or_)
    __neg__, __pos__, __abs__ = _unary(operator.neg), _unary(operator.pos), _unary(operator.abs)
    __lt__, __le__ = _binary(operator.lt), _binary(operator.le)
    __gt__, __ge__ = _binary(operator.gt), _binary(operator.ge)
    __eq__, __ne__ = _binary(operator.eq), _binary(operator.ne)

    def __getitem__(self, key: Any) -> Any:
        # As a numpy scalar: x[()] is itself, x[..., None] has an axis more.
        return self if key == () else follow(_pick, self, key)

    def __round__(self, digits: int | None = None) -> Any:
        return follow(np.round, self, digits or 0)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        if not all(known(value) for value in inputs):
            return NotImplemented
        out = options.pop("out", None)
        if out is not None and any(isinstance(value, Carried) for value in out):
            return NotImplemented
        if out is not None:  # written into an array that carries nothing
            return getattr(ufunc, method)(*plain(inputs), out=out, **plain(options))
        called = ufunc if method == "__call__" else getattr(ufunc, method)
        return follow(called, *inputs, **options)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, options: Any) -> Any:
        del types
        if function in ABOUT_SHAPE:
            return function(*plain(args), **plain(options))
        return follow(function, *args, **options)

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, memo: Any) -> Any:
        return self

    def __bool__(self) -> bool:
        return decide(self)


def _pick(value: Any, key: Any) -> Any:
    return (value if isinstance(value, Traced) else np.asarray(value))[key]
