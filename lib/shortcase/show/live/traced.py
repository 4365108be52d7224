"""An array of nodes that numpy treats as its own, so that a formula of the lib can be traced without a change.

The nodes stand in an object array inside, but numpy never sees that array: on bare objects it would look for a method
`.exp`, or ask for the truth of a node. Here every ufunc and function is taken over instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, reduce
from itertools import accumulate
from typing import Any, NoReturn

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from shortcase.show.live.tape import Node, Tape, Untraceable, apply, operation


def _quick(name: str, general: Callable[..., Any], *, turned: bool = False) -> Callable[[Any, Any], Any]:
    # One figure with another: most of what a formula does, and not worth numpy's machinery.
    def operation(self: Any, other: Any) -> Any:
        if self.nodes.ndim == 0:
            if type(other) is Traced and other.nodes.ndim == 0:
                cells = (self.nodes.item(), other.nodes.item())
            elif type(other) in (float, int, np.float64):
                cells = (self.nodes.item(), other)
            else:
                return general(self, other)
            return Traced(apply(name, *(reversed(cells) if turned else cells)))
        return general(self, other)

    return operation


FUNCTIONS: dict[str, Callable[..., Any]] = {}
"""numpy's functions, by name, over traced arrays; `functions` puts them here."""


class Traced(NDArrayOperatorsMixin):
    """Traced scalars in the shape of an array."""

    __array_priority__ = 1000
    _general = NDArrayOperatorsMixin
    __add__ = _quick("add", _general.__add__)
    __radd__ = _quick("add", _general.__radd__, turned=True)
    __sub__ = _quick("subtract", _general.__sub__)
    __rsub__ = _quick("subtract", _general.__rsub__, turned=True)
    __mul__ = _quick("multiply", _general.__mul__)
    __rmul__ = _quick("multiply", _general.__rmul__, turned=True)
    __truediv__ = _quick("divide", _general.__truediv__)
    __rtruediv__ = _quick("divide", _general.__rtruediv__, turned=True)
    __pow__ = _quick("power", _general.__pow__)

    def __init__(self, nodes: Any) -> None:
        self.nodes: np.ndarray[Any, Any] = objects(nodes)

    shape = property(lambda self: self.nodes.shape)
    ndim = property(lambda self: self.nodes.ndim)
    size = property(lambda self: self.nodes.size)
    T = property(lambda self: Traced(self.nodes.T))

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Traced]:
        return (self[k] for k in range(len(self.nodes)))

    def __getitem__(self, key: Any) -> Traced:
        return Traced(self.nodes[key])

    def __setitem__(self, key: Any, value: Any) -> NoReturn:
        raise Untraceable("A traced array cannot be written in place", mend="build a new one with np.where or np.stack")

    def __bool__(self) -> NoReturn:
        raise Untraceable("A traced formula may not branch on a value", mend="use np.where, np.minimum or np.maximum")

    def _no_number(self, *_: Any, **__: Any) -> NoReturn:
        raise Untraceable(
            "A traced value has no number yet", mend="use numpy's functions, without float() or asarray()"
        )

    __float__ = __int__ = __index__ = __array__ = _no_number

    def __round__(self, digits: int | None = None) -> Traced:
        found: Traced = FUNCTIONS["round"](self, digits or 0)
        return found

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        if options.pop("out", None) is not None or "where" in options:
            raise Untraceable(f"np.{ufunc.__name__} may not write in place over a traced value")
        if ufunc.signature is not None and method == "__call__":  # not cell by cell
            return self.__array_function__(ufunc, (), inputs, options)
        if method == "__call__" and not options:
            return lift(ufunc.__name__, *inputs)
        if method in ("reduce", "accumulate"):
            keep = bool(options.pop("keepdims", False))
            return fold(ufunc.__name__, inputs[0], options.pop("axis", 0), every=method == "accumulate", keep=keep)
        raise Untraceable(f"np.{ufunc.__name__}.{method} cannot be traced")

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, options: Any) -> Any:
        known = FUNCTIONS.get(function.__name__)
        if known is None:
            raise Untraceable(f"np.{function.__name__} cannot be traced")
        return known(*args, **options)

    def sum(self, axis: Any = None, *, keepdims: bool = False) -> Any:
        """As numpy's."""
        return fold("add", self, axis, keep=keepdims)

    def prod(self, axis: Any = None, *, keepdims: bool = False) -> Any:
        """As numpy's."""
        return fold("multiply", self, axis, keep=keepdims)

    def max(self, axis: Any = None, *, keepdims: bool = False) -> Any:
        """As numpy's."""
        return fold("maximum", self, axis, keep=keepdims)

    def min(self, axis: Any = None, *, keepdims: bool = False) -> Any:
        """As numpy's."""
        return fold("minimum", self, axis, keep=keepdims)

    def mean(self, axis: Any = None, *, keepdims: bool = False) -> Any:
        """As numpy's."""
        count = self.size if axis is None else self.shape[axis]
        return self.sum(axis, keepdims=keepdims) / count

    def cumsum(self, axis: Any = None) -> Any:
        """As numpy's."""
        return fold("add", self, axis, every=True)

    def cumprod(self, axis: Any = None) -> Any:
        """As numpy's."""
        return fold("multiply", self, axis, every=True)

    def round(self, decimals: int = 0) -> Traced:
        """As numpy's."""
        return self.__round__(decimals)

    def ravel(self) -> Traced:
        """As numpy's."""
        return Traced(self.nodes.reshape(-1))

    def reshape(self, *shape: Any) -> Traced:
        """As numpy's."""
        return Traced(self.nodes.reshape(*shape))


def objects(values: Any) -> np.ndarray[Any, Any]:
    """Traced figures, one or many, or plain ones, as an array of cells."""
    if isinstance(values, Node):
        return _cell(values)
    if isinstance(values, Traced):
        return values.nodes
    if isinstance(values, np.ndarray):
        return values if values.dtype == object else values.astype(object)
    if isinstance(values, (list, tuple)):
        return np.asarray(values).astype(object)
    return _cell(values)


def _cell(value: Any) -> np.ndarray[Any, Any]:
    cell = np.empty((), dtype=object)
    cell[()] = value
    return cell


def variables_on(tape: Tape, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """New variables of a search on a tape, one for each place of an array."""
    found = np.empty(shape, dtype=object)
    for place in np.ndindex(shape):
        found[place] = tape.variable()
    return found


def lift(name: str, *args: Any) -> Traced:
    """An operation on scalars, over arrays that broadcast."""
    cells = [arg.nodes.item() if isinstance(arg, Traced) and not arg.ndim else arg for arg in args]
    if not any(isinstance(cell, (Traced, np.ndarray, list, tuple)) for cell in cells):
        return Traced(apply(name, *cells))
    return Traced(_over_arrays(name, len(args))(*(arg.nodes if isinstance(arg, Traced) else arg for arg in args)))


@cache
def _over_arrays(name: str, operands: int) -> Callable[..., Any]:
    # numpy broadcasts and calls the operation on the cells, of which it knows nothing.
    found: np.ufunc = np.frompyfunc(operation(name), operands, 1)
    return found


def fold(name: str, array: Any, axis: Any, *, every: bool = False, keep: bool = False) -> Traced:
    """An operation along an axis: its last result, or every one."""
    nodes = objects(array)
    if axis is None:
        shape = (1,) * nodes.ndim
        got = fold(name, Traced(nodes.reshape(-1)), 0, every=every)
        return got.reshape(shape) if keep and not every else got
    if isinstance(axis, tuple):
        raise Untraceable("A traced array is reduced along one axis at a time")
    rows = np.moveaxis(nodes, axis, 0)
    if not len(rows):
        raise Untraceable("A traced array without elements cannot be reduced")
    cells = rows.tolist() if nodes.ndim == 1 else rows
    join = operation(name) if nodes.ndim == 1 else _over_arrays(name, 2)
    if every:
        found = np.stack([objects(one) for one in accumulate(cells, join)])
        return Traced(np.moveaxis(found, 0, axis))
    total = objects(reduce(join, cells))
    return Traced(np.expand_dims(total, axis)) if keep else Traced(total)
