"""A tape of scalar operations: what a formula of the lib does to its inputs, in the order it was written.

The same operation on the same operands is one node, which is all the common-subexpression elimination that is needed.
Constants fold in numpy itself, before they reach the tape, so a traced formula gives what numpy gives to the last bits.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import math
import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np

from shortcase.errors import BadSource

Arg: TypeAlias = "int | tuple[str, float | bool]"
"""An operand: the number of a node, or the tag and value of a constant."""


class Untraceable(BadSource, TypeError):
    """A formula did something to a traced input that has no expression in the page."""


class Refused(Untraceable):
    """A figure comes from what no page recomputes, such as draws."""


class TooLong(Untraceable):
    """More operations than a tape may take for this."""


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
        self._nodes: list[Node | None] = []
        self._room: float = math.inf
        self._names: list[str] = []
        self._comes: list[int] = []
        self._variables = 0

    def inputs(self, *places: int) -> set[str]:
        """The names of the inputs that places come from; a bit each, for the places are many and asked for often."""
        for op, *args in self.ops[len(self._comes) : max(places, default=-1) + 1]:
            if op == "input":
                self._names.append(args[0])
                bits = 1 << len(self._names) - 1
            elif op == "let":
                bits = self._comes[args[1]] if type(args[1]) is int else 0
            elif op == "at":  # an input that is let moves it no longer
                figure, *lets = args
                let = functools.reduce(operator.or_, (self._comes[self.ops[at][1]] for at in lets))
                bits = functools.reduce(operator.or_, (self._comes[at] for at in lets), self._comes[figure] & ~let)
            else:
                bits = 0
                for arg in args:
                    if type(arg) is int:
                        bits |= self._comes[arg]
            self._comes.append(bits)
        found = functools.reduce(operator.or_, (self._comes[at] for at in places), 0)
        return {name for bit, name in enumerate(self._names) if found >> bit & 1}

    @contextlib.contextmanager
    def at_most(self, operations: int) -> Iterator[None]:
        """While it lasts, so many new operations and no more.

        Errors: TooLong, with the first that is one too many.
        """
        before, self._room = self._room, len(self.ops) + operations
        try:
            yield
        finally:
            self._room = before

    def add(self, op: str, *args: Arg | str) -> Node:
        """The node of an operation, new or known."""
        return self.put((op, *args))

    def put(self, row: tuple[Any, ...]) -> Node:
        """The node of an operation and its operands: hundreds of thousands of times a chapter."""
        place = self._seen.get(row)
        if place is None:
            place = len(self.ops)
            if place >= self._room:
                raise TooLong("it takes too many operations to be computed at every touch of a slider")
            self._seen[row] = place
            self.ops.append(row)
            self._nodes.append(None)
        node = self._nodes[place]
        if node is None:  # most are asked for again
            node = self._nodes[place] = Node(self, place)
        return node

    def variable(self) -> Node:
        """A new variable of a search."""
        self._variables += 1
        return self.add("variable", str(self._variables - 1))

    def join(self, ops: Sequence[tuple[Any, ...]], places: Sequence[int]) -> dict[int, int]:
        """Operations of another tape, in its order and with all that they need: where each stands on this one."""
        at: dict[int, int] = {}
        rows: Sequence[tuple[Any, ...]] = list(ops) if places else ()
        seen, own = self._seen, self.ops
        for i in places:
            row = rows[i]
            if len(row) == 3 and type(row[1]) is int and type(row[2]) is int:  # most of them
                told = (row[0], at[row[1]], at[row[2]])
            else:
                told = (row[0], *[at[arg] if type(arg) is int else arg for arg in row[1:]])
            at[i] = place = seen.setdefault(told, len(own))
            if place == len(own):
                own.append(told)
        self._nodes += [None] * (len(own) - len(self._nodes))
        return at


def const(value: Any) -> Arg:
    """An operand that is a plain figure; its tag sets apart what is one key to Python: True and 1.0, 0.0 and -0.0.

    >>> const(True) == const(1.0), const(-0.0) == const(0.0), const(3) == const(3.0)
    (False, False, True)
    """
    if isinstance(value, (bool, np.bool_)):
        return ("truth", bool(value))
    figure = float(value)
    return ("const", figure) if figure or math.copysign(1.0, figure) > 0 else ("minus", figure)


def _special(name: str) -> Callable[..., Any]:
    """A function of scipy.special, imported when it is first called: most builds read tapes and compute none."""

    def special(*args: Any) -> Any:
        return getattr(importlib.import_module("scipy.special"), name)(*args)

    return special


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
    **{name: _special(name) for name in ("ndtr", "ndtri", "gammaln", "stdtrit")},
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
    return operation(name)(*args)


@functools.cache
def operation(name: str) -> Callable[..., Any]:
    """An operation on scalars, of which some may be nodes, by the name of numpy's function.

    Errors: Untraceable for an operation that has no expression in the page.
    """
    name = ALIASES.get(name, name)
    if name in LOWERED:
        return LOWERED[name]
    if name not in KNOWN:
        raise Untraceable(
            f"np.{name} of a traced input has no expression in the page",
            mend="write it with + - * / **, np.exp, np.log, np.sqrt, np.where, np.minimum, np.maximum",
        )
    plain = KNOWN[name]

    if getattr(plain, "nin", 0) == 2:
        return _of_two(name, plain)

    def applied(*args: Any) -> Any:
        for a in args:
            if type(a) is Node:
                tape = a.tape
                break
        else:
            return plain(*args)
        if name == "where" and type(args[0]) is not Node:
            return args[1] if args[0] else args[2]
        return tape.add(name, *[a.i if type(a) is Node else const(a) for a in args])

    return applied


def _of_two(name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
    def of_two(a: Any, b: Any) -> Any:
        if type(a) is Node:
            return a.tape.put((name, a.i, b.i if type(b) is Node else const(b)))
        return b.tape.put((name, const(a), b.i)) if type(b) is Node else plain(a, b)

    return of_two


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
