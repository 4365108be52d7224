"""Figures that remember how they came about: plain floats, whole numbers and arrays to everyone, with a step behind.

A step is a numpy function and what it was given. Nothing is written on a tape until somebody asks, so a chart over a
thousand points costs a thousand points of numpy and one step. `realise` calls the same functions again with `Traced`
inputs; what no page can compute is refused there, in words.

A decision on a figure (`if a > b`) is noted as a guard: the steps of whatever came after hold only while it holds.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from shortcase.show.live.steps import Step, before, inside, note, rests_on
from shortcase.show.live.tape import Node, Refused, Untraceable
from shortcase.show.live.traced import Traced

MOST = 4096
"""Arrays of more elements are draws, which no page recomputes one by one: whatever comes of them is refused."""
TOO_MANY = f"it comes from an array of more than {MOST:,} elements"

EXACT = 2**53
"""Up to here a float holds every whole number."""

ABOUT_SHAPE = frozenset({np.ndim, np.shape, np.size, np.iscomplexobj, np.isrealobj, np.result_type, np.can_cast})
"""Functions that ask nothing about the figures in an array."""


def given(name: str, value: float) -> Any:
    """An input by name, whole where its value is."""
    return carry(value, Step(None, name, None))


def step_of(value: Any) -> Step | None:
    """The step behind a figure, if it has one."""
    return getattr(value, "step", None) if isinstance(value, CARRIED) else None


def plain(value: Any) -> Any:
    """The same without steps, also inside lists, tuples, slices, mappings and dataclasses."""
    return value.plain() if isinstance(value, CARRIED) else inside(value, plain)


def steps_in(value: Any) -> Iterator[Step]:
    """The steps behind figures in a structure of lists, tuples, mappings and dataclasses."""
    return before(_steps(value))


def same(value: Any) -> Any:
    """A key that two structures share where they hold the same steps and the same figures."""
    if isinstance(value, CARRIED):
        return id(value.step), type(value)
    if isinstance(value, Traced):
        return value.shape, *(cell.i if isinstance(cell, Node) else repr(cell) for cell in value.nodes.ravel().tolist())
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return type(value), *(same(getattr(value, f.name)) for f in dataclasses.fields(value))
    if isinstance(value, Mapping):
        return tuple((key, same(part)) for key, part in value.items())
    return tuple(same(part) for part in value) if isinstance(value, (list, tuple)) else value


def is_traced(value: Any) -> bool:
    """Whether a figure, or a field of a dataclass, stands on a tape."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return any(is_traced(getattr(value, f.name)) for f in dataclasses.fields(value))
    return isinstance(value, Traced)


def _steps(value: Any) -> Any:
    if isinstance(value, CARRIED):
        return value.step if value.step is not None else value.plain()
    return inside(value, _steps)


def follow(function: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """What a function of numpy gives, with the step behind it."""
    found = function(*plain(args), **plain(options))
    return carry(found, Step(function, _steps(args), _steps(options)))


def carry(found: Any, step: Step) -> Any:
    """A result of numpy's, with the step behind it."""
    if isinstance(found, CARRIED):
        return found
    if type(found) in (tuple, list):
        return type(found)(carry(part, _part(operator.getitem, step, i)) for i, part in enumerate(found))
    if type(found) is dict:
        return {key: carry(part, _part(operator.getitem, step, key)) for key, part in found.items()}
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        parts = {f.name: getattr(found, f.name) for f in dataclasses.fields(found) if f.init}
        return dataclasses.replace(found, **{n: carry(v, _part(getattr, step, n)) for n, v in parts.items()})
    if isinstance(found, np.ndarray) and found.ndim:
        return _array(found, step)
    return _figure(found.item() if isinstance(found, (np.ndarray, np.generic)) else found, step)


def _part(of: Callable[..., Any], step: Step, which: Any) -> Step:
    return Step(of, (step, which), {})


def _array(found: np.ndarray, step: Step) -> np.ndarray:
    if found.dtype.kind not in "biuf":
        return found
    if found.size > MOST:
        step = Step(_refusing(TOO_MANY), (step,), {})
    array = found.view(CarriedArray)
    array.step = step
    return array


def _figure(found: Any, step: Step) -> Any:
    if isinstance(found, bool):
        return Truth(found, step)
    if not isinstance(found, (int, float)):
        return found
    figure = CarriedInt(found) if isinstance(found, int) and abs(found) <= EXACT else CarriedFloat(found)
    figure.step = step
    return figure


def refused(found: Any, why: str, given: Any) -> Any:
    """A result that no page can recompute; whatever comes of it says why. Bare where nothing given has a step."""
    inputs = {name for step in steps_in(given) for name in rests_on(step)}
    steps = tuple(Step(None, name, None) for name in sorted(inputs))
    return carry(found, Step(_refusing(why), steps, {})) if steps else found


def _refusing(why: str) -> Callable[..., Any]:
    def refuse(*_: Any) -> Any:
        raise Refused(why)

    return refuse


def known(value: Any) -> bool:
    """Whether numpy's operations on it are followed; pandas and others bring their own."""
    return isinstance(value, (bool, int, float, np.generic, np.ndarray, Truth))


def _binary(function: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    def operation(self: Any, other: Any) -> Any:
        return _two(function, self, other) if known(other) else NotImplemented

    return operation


def _two(function: Callable[..., Any], left: Any, right: Any) -> Any:
    # `follow` for the commonest case, without looking inside what is known to be one figure or array.
    bare = [value.plain() if isinstance(value, CARRIED) else value for value in (left, right)]
    steps = tuple((value.step or value.plain()) if isinstance(value, CARRIED) else value for value in (left, right))
    return carry(function(*bare), Step(function, steps, {}))


def _reflected(function: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    def operation(self: Any, other: Any) -> Any:
        return _two(function, other, self) if known(other) else NotImplemented

    return operation


def _unary(function: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda self: follow(function, self)


class Operators:
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
        if out is not None and any(isinstance(value, CARRIED) for value in out):
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


class CarriedFloat(Operators, float):  # type: ignore[misc]
    """A float with a step behind it."""

    step: Step | None = None
    __hash__ = float.__hash__
    dtype, shape, ndim, size = np.dtype(float), (), 0, 1

    def plain(self) -> float:
        """The bare float."""
        return float.__float__(self)

    def __reduce__(self) -> Any:
        return float, (self.plain(),)

    def item(self) -> CarriedFloat:
        """Itself, as of a numpy scalar."""
        return self


class CarriedInt(Operators, float):  # type: ignore[misc]
    """A whole number with a step behind it; as an index or a count it is bare.

    A float underneath: `1.5 * whole` asks the float first, which would take an int for itself and drop the step.
    """

    step: Step | None = None
    __hash__ = float.__hash__
    dtype, shape, ndim, size = np.dtype(int), (), 0, 1

    def plain(self) -> int:
        """The bare whole number."""
        return int(float.__float__(self))

    __index__ = __int__ = __trunc__ = plain

    def __repr__(self) -> str:
        return repr(self.plain())

    def __format__(self, how: str) -> str:
        return format(self.plain(), how)

    def __reduce__(self) -> Any:
        return int, (self.plain(),)

    def item(self) -> CarriedInt:
        """Itself, as of a numpy scalar."""
        return self


class Truth(Operators):
    """The answer to a comparison. Asked for in code (`if`, `and`, `not`) it is a decision, and noted."""

    __slots__ = ("answer", "step")
    __hash__ = object.__hash__
    dtype, shape, ndim, size = np.dtype(bool), (), 0, 1

    def __init__(self, answer: bool, step: Step | None) -> None:
        self.answer, self.step = answer, step

    def plain(self) -> bool:
        """The bare answer."""
        return self.answer

    def item(self) -> Truth:
        """Itself, as of a numpy scalar."""
        return self

    def __invert__(self) -> Any:
        return follow(np.logical_not, self)

    def __float__(self) -> float:
        return float(decide(self))

    def __index__(self) -> int:
        return int(decide(self))

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        del copy
        return np.asarray(decide(self), dtype=dtype)

    def __repr__(self) -> str:
        return repr(self.answer)


class CarriedArray(Operators, np.ndarray):  # type: ignore[misc]
    """An array with a step behind it."""

    step: Step | None = None
    __hash__ = None

    def __array_finalize__(self, obj: Any) -> None:
        self.step = None

    def plain(self) -> np.ndarray:
        """The bare array."""
        return self.view(np.ndarray)

    def __getitem__(self, key: Any) -> Any:
        return follow(operator.getitem, self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self.plain()[plain(key)] = plain(value)
        self.step = Step(_written, (), {})

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def __bool__(self) -> bool:
        return decide(self)

    def __reduce__(self) -> Any:
        return self.plain().__reduce__()

    @property
    def T(self) -> Any:  # noqa: N802 - numpy's name
        """As numpy's."""
        return follow(np.transpose, self)

    def item(self, *place: Any) -> Any:
        """As numpy's, with its step."""
        return follow(operator.getitem, follow(np.ravel, self), place[0] if place else 0)

    def astype(self, dtype: Any, **options: Any) -> Any:  # type: ignore[override]
        """Itself where nothing is lost."""
        found = self.plain().astype(dtype, **options)
        kept = np.dtype(dtype).kind == "f" and self.step is not None
        return carry(found, Step(_same, (self.step,), {})) if kept else found

    def tolist(self) -> Any:
        """As numpy's, each figure with its step."""
        return [part.tolist() if isinstance(part, CarriedArray) else part for part in self]


def _pick(value: Any, key: Any) -> Any:
    return (value if isinstance(value, Traced) else np.asarray(value))[key]


def _same(value: Any) -> Any:
    return value


def _written() -> Any:
    raise Untraceable("An array was written in place", mend="build a new one with np.where or np.stack")


def _method(name: str) -> Callable[..., Any]:
    def called(array: Any, *args: Any, **options: Any) -> Any:
        found = getattr(array, name, None)
        if found is None:
            raise Untraceable(f"array.{name} of a traced input has no expression in the page")
        return found(*args, **options)

    def method(self: Any, *args: Any, **options: Any) -> Any:
        return follow(called, self, *args, **options)

    return method


for _name in (
    "sum", "prod", "max", "min", "mean", "cumsum", "cumprod", "any", "all", "reshape", "ravel", "flatten", "transpose",
    "squeeze", "round", "std", "var", "argmax", "argmin", "dot",
):  # fmt: skip
    setattr(CarriedArray, _name, _method(_name))

CARRIED = (CarriedFloat, CarriedInt, CarriedArray, Truth)


def decide(value: Any) -> bool:
    """The bare answer to a condition, noted as a decision."""
    answer = bool(plain(value))
    if value.step is not None:
        note(value.step, answer)
    return answer
