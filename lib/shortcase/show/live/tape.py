"""A tape of scalar operations: what a formula of the lib does to its inputs, in the order it was written.

The same operation on the same operands is one node, which is all the common-subexpression elimination that is needed.
Constants fold in numpy itself, before they reach the tape, so a traced formula gives what numpy gives to the last bits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from scipy.special import gammaln, ndtr, ndtri, stdtrit

from shortcase.errors import BadSource

Arg: TypeAlias = "int | tuple[str, float | bool]"
"""An operand: the number of a node, or ("const", value)."""


class Untraceable(BadSource, TypeError):
    """A formula did something to a traced input that has no expression in the page."""


class Node:
    """One scalar on a tape."""

    __slots__ = ("i", "tape")

    def __init__(self, tape: Tape, i: int) -> None:
        self.tape, self.i = tape, i

    def __bool__(self) -> bool:
        raise Untraceable("A traced formula may not branch on a value", mend="use np.where, np.minimum or np.maximum")


class Tape:
    """Operations in the order in which they were first needed."""

    def __init__(self) -> None:
        self.ops: list[tuple[Any, ...]] = []
        self._seen: dict[tuple[Any, ...], int] = {}

    def add(self, op: str, *args: Arg | str) -> Node:
        """The node of an operation, new or known."""
        # True == 1 and 0.0 == -0.0 in Python, but not in what is printed.
        told = (op, *[repr(a) if type(a) is tuple and (a[1] == 0 or a[1] == 1) else a for a in args])
        if told not in self._seen:
            self._seen[told] = len(self.ops)
            self.ops.append((op, *args))
        return Node(self, self._seen[told])


def const(value: Any) -> Arg:
    """An operand that is a plain figure."""
    return ("const", bool(value) if isinstance(value, (bool, np.bool_)) else float(value))


KNOWN: dict[str, Callable[..., Any]] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "power": np.power,
    "negative": np.negative,
    "absolute": np.absolute,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "floor": np.floor,
    "ceil": np.ceil,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "arctan": np.arctan,
    "minimum": np.minimum,
    "maximum": np.maximum,
    "greater": np.greater,
    "greater_equal": np.greater_equal,
    "less": np.less,
    "less_equal": np.less_equal,
    "equal": np.equal,
    "not_equal": np.not_equal,
    "logical_and": np.logical_and,
    "logical_or": np.logical_or,
    "logical_not": np.logical_not,
    "where": np.where,
    "ndtr": ndtr,
    "ndtri": ndtri,
    "gammaln": gammaln,
    "stdtrit": stdtrit,
}
"""Every operation that can stand on a tape, with the numpy function it is."""

ALIASES = {
    "true_divide": "divide",
    "abs": "absolute",
    "fabs": "absolute",
    "bitwise_and": "logical_and",
    "bitwise_or": "logical_or",
    "invert": "logical_not",
}


def apply(name: str, *args: Any) -> Any:
    """One operation on scalars, of which some may be nodes.

    Errors: Untraceable for an operation that has no expression in the page.
    """
    name = ALIASES.get(name, name)
    if name in LOWERED:
        return LOWERED[name](*args)
    nodes = [a for a in args if type(a) is Node]
    if name not in KNOWN:
        raise Untraceable(
            f"np.{name} of a traced input has no expression in the page",
            mend="write it with + - * / **, np.exp, np.log, np.sqrt, np.where, np.minimum, np.maximum",
        )
    if not nodes:
        return KNOWN[name](*args)
    if name == "where" and not isinstance(args[0], Node):
        return args[1] if args[0] else args[2]
    return nodes[0].tape.add(name, *[a.i if type(a) is Node else const(a) for a in args])


def _power(base: Any, exponent: Any) -> Any:
    # numpy multiplies where the exponent is two and takes the root where it is a half; so does the page.
    if isinstance(base, Node) and not isinstance(exponent, Node):
        if exponent == 2:
            return apply("multiply", base, base)
        if exponent == 0.5:
            return apply("sqrt", base)
    tape = base.tape if isinstance(base, Node) else exponent.tape if isinstance(exponent, Node) else None
    operands = (a.i if isinstance(a, Node) else const(a) for a in (base, exponent))
    return np.power(base, exponent) if tape is None else tape.add("power", *operands)


def _expm1(x: Any) -> Any:
    # Kahan: (u - 1) x / log(u) with u = exp(x) cancels the error of rounding u, so small x keep their digits.
    u = apply("exp", x)
    less = apply("subtract", u, 1.0)
    told = apply("divide", apply("multiply", less, x), apply("log", u))
    small = apply("where", apply("equal", u, 1.0), x, told)
    return apply("where", apply("equal", less, -1.0), -1.0, small)


def _log1p(x: Any) -> Any:
    # The same device: log(u) x / (u - 1) with u = 1 + x.
    u = apply("add", 1.0, x)
    told = apply("divide", apply("multiply", apply("log", u), x), apply("subtract", u, 1.0))
    return apply("where", apply("equal", u, 1.0), x, told)


LOWERED: dict[str, Callable[..., Any]] = {
    "power": _power,
    "float_power": _power,
    "square": lambda x: apply("multiply", x, x),
    "positive": lambda x: x,
    "reciprocal": lambda x: apply("divide", 1.0, x),
    "expm1": _expm1,
    "log1p": _log1p,
    "log2": lambda x: apply("divide", apply("log", x), float(np.log(2.0))),
    "log10": lambda x: apply("divide", apply("log", x), float(np.log(10.0))),
    "exp2": lambda x: apply("power", 2.0, x),
}
"""Operations that the page lacks, written with those that it has."""


HALVINGS = 64
"""Steps of a bracketed search: enough for the last digit of a float from any bracket of a parameter's bounds."""


def bound(ops: Sequence[tuple[Any, ...]]) -> list[frozenset[int]]:
    """For each place on a tape, the variables of searches that it depends on and no search on its way has bound."""
    found: list[frozenset[int]] = []
    for i, (op, *args) in enumerate(ops):
        if op == "variable":
            found.append(frozenset({i}))
            continue
        free = frozenset().union(*(found[a] for a in args if isinstance(a, int)))
        found.append(free - {args[0]} if op == "root" else free)
    return found


def replay(tape: Tape, values: Mapping[str, Any]) -> list[Any]:
    """The value of every node for given inputs, in Python; inputs may be arrays of points.

    A node inside a search has the value that it had at the search's last step.

    Errors: Untraceable for an input without a value.
    """
    free = bound(tape.ops)
    found: list[Any] = [None] * len(tape.ops)
    with np.errstate(all="ignore"):  # a branch that `where` does not take may be undefined
        for i in range(len(tape.ops)):
            if not free[i]:
                found[i] = _value(tape.ops, i, free, found, values)
    return found


def _value(ops: Sequence[tuple[Any, ...]], i: int, free: list[frozenset[int]], found: list[Any], values: Any) -> Any:
    op, *args = ops[i]
    if op == "input":
        if args[0] not in values:
            raise Untraceable(f"The input {args[0]} has no value")
        return np.asarray(values[args[0]], dtype=float)
    if op == "root":
        return _root(ops, i, free, found, values)
    return KNOWN[op](*(found[a] if isinstance(a, int) else a[1] for a in args))


def _root(ops: Sequence[tuple[Any, ...]], i: int, free: list[frozenset[int]], found: list[Any], values: Any) -> Any:
    _, variable, body, *ends = ops[i]
    inner = [k for k in range(variable + 1, i) if variable in free[k] and free[k] <= free[i] | {variable}]

    def gap(x: Any) -> Any:
        found[variable] = x
        for k in inner:
            found[k] = _value(ops, k, free, found, values)
        return found[body] if isinstance(body, int) else body[1]

    low, high = ((found[end] if isinstance(end, int) else end[1]) + 0.0 for end in ends)
    return halved(gap, low, high)


def halved(gap: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """Where a function changes its sign between two ends, by halving; NaN where it has one sign at both.

    >>> float(halved(lambda x: x * x - 2.0, 0.0, 2.0)) - 2.0**0.5 < 1e-15
    True
    """
    at_low, at_high = gap(low), gap(high)
    rising, crossed = at_high > at_low, ~(at_low * at_high > 0.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        before = (gap(middle) < 0.0) == rising
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    return np.where(crossed, (low + high) / 2.0, np.nan)
