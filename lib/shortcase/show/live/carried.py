"""Figures that remember how they came about: plain floats, whole numbers and arrays to everyone, with a step behind.

A step is a numpy function and what it was given. Nothing is written on a tape until somebody asks, so a chart over a
thousand points costs a thousand points of numpy and one step. `realise` calls the same functions again with `Traced`
inputs; what no page can compute is refused there, in words.

A decision on a figure (`if a > b`) is noted as a guard: the steps of whatever came after hold only while it holds.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from shortcase.show.live.operators import Operators, carry, decide, follow
from shortcase.show.live.steps import Step, rests_on
from shortcase.show.live.structures import plain, steps_in
from shortcase.show.live.tape import Refused, Untraceable

MOST = 4096
"""Arrays of more elements are draws, which no page recomputes one by one: whatever comes of them is refused."""
TOO_MANY = f"it comes from an array of more than {MOST:,} elements"

EXACT = 2**53
"""Up to here a float holds every whole number."""


def given(name: str, value: float) -> Any:
    """An input by name, whole where its value is."""
    return carry(value, Step(None, name, None))


def refused(found: Any, why: str, given: Any) -> Any:
    """A result that no page can recompute; whatever comes of it says why. Bare where nothing given has a step."""
    inputs = {name for step in steps_in(given) for name in rests_on(step)}
    steps = tuple(Step(None, name, None) for name in sorted(inputs))
    return carry(found, Step(_refusing(why), steps, {})) if steps else found


def _refusing(why: str) -> Callable[..., Any]:
    def refuse(*_: Any) -> Any:
        raise Refused(why)

    return refuse


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


@carry.register
def _(found: bool, step: Step) -> Any:
    return Truth(found, step)


@carry.register
def _(found: float, step: Step) -> Any:
    figure = CarriedFloat(found)
    figure.step = step
    return figure


@carry.register
def _(found: int, step: Step) -> Any:
    figure = CarriedInt(found) if abs(found) <= EXACT else CarriedFloat(found)
    figure.step = step
    return figure


@carry.register
def _(found: np.ndarray, step: Step) -> Any:
    if not found.ndim:
        return carry(found.item(), step)
    if found.dtype.kind not in "biuf":
        return found
    if found.size > MOST:
        step = Step(_refusing(TOO_MANY), (step,), {})
    array = found.view(CarriedArray)
    array.step = step
    return array
