"""A traced formula as Vega expressions: a chain of named steps that a chart computes in the reader's browser.

A node that is used more than once, is an output, or stands too deep becomes a step of its own; all others are written
where they are used, with parentheses round every operation, so no order of precedence is relied on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortcase.show.live.tape import Node, Tape, Untraceable
from shortcase.show.live.trace import nodes_of
from shortcase.show.live.traced import Traced

DEPTH = 50
"""Vega's parser gives up on expressions nested a few hundred deep; a step begins long before."""

CONSTANTS = frozenset({
    "NaN", "E", "LN2", "LN10", "LOG2E", "LOG10E", "PI", "SQRT1_2", "SQRT2", "MIN_VALUE", "MAX_VALUE", "true", "false",
    "null", "undefined",
})  # fmt: skip
RESERVED = CONSTANTS | frozenset({
    "datum", "item", "event", "parent", "width", "height", "padding", "autosize", "background", "cursor", "if", "this",
    "function", "var", "let", "const",
})  # fmt: skip
"""Names that Vega reads as something else, without a word."""

NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*")
INFIX = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "divide": "/",
    "greater": ">",
    "greater_equal": ">=",
    "less": "<",
    "less_equal": "<=",
    "equal": "==",
    "not_equal": "!=",
    "logical_and": "&&",
    "logical_or": "||",
}


@dataclass(frozen=True)
class Dialect:
    """How a target writes what is not written alike everywhere."""

    calls: Mapping[str, str]
    infinity: str


VEGA = Dialect(
    calls={
        "power": "pow", "absolute": "abs", "exp": "exp", "log": "log", "sqrt": "sqrt", "floor": "floor", "ceil": "ceil",
        "sin": "sin", "cos": "cos", "tan": "tan", "arctan": "atan", "minimum": "min", "maximum": "max",
        "ndtr": "cumulativeNormal", "ndtri": "quantileNormal",
    },
    infinity="(1/0)",
)  # fmt: skip


@dataclass(frozen=True)
class Steps:
    """Named expressions in an order in which each uses only earlier ones; the outputs are the last."""

    inputs: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]


def steps(outputs: Mapping[str, Any], dialect: Dialect = VEGA) -> Steps:
    """The steps that compute traced outputs, a name for each; an output of several figures is an array.

    Errors: Untraceable for a name that the target reads as something else, or outputs of different traces.
    """
    tape = _tape(outputs)
    inputs = tuple(op[1] for op in tape.ops if op[0] == "input")
    for name in (*inputs, *outputs):
        check_name(name)
    clash = set(inputs) & set(outputs)
    if clash:
        raise Untraceable(f"{min(clash)} is both an input and an output", mend="rename the output")
    printer = _Printer(tape, [node.i for node in nodes_of(outputs)], dialect)
    named = [(name, _shape(printer, output)) for name, output in outputs.items()]
    return Steps(inputs, (*printer.steps, *named))


def check_name(name: str) -> None:
    """Errors: Untraceable for a name that no signal may have."""
    if not NAME.fullmatch(name) or name in RESERVED:
        raise Untraceable(f"{name!r} cannot name a value in a chart", mend="use a plain word that Vega has no use for")


def _tape(outputs: Mapping[str, Any]) -> Tape:
    found = {id(node.tape): node.tape for node in nodes_of(outputs)}
    if len(found) != 1:
        raise Untraceable("The outputs are not of one trace")
    return next(iter(found.values()))


class _Printer:
    def __init__(self, tape: Tape, wanted: Sequence[int], dialect: Dialect) -> None:
        self.tape, self.dialect = tape, dialect
        self.steps: list[tuple[str, str]] = []
        self.told: dict[int, tuple[str, int]] = {}
        needed = self._needed(wanted)
        uses = Counter(arg for i in needed for arg in tape.ops[i][1:] if isinstance(arg, int))
        outs = set(wanted)
        for i in sorted(needed):
            text, depth = self._write(tape.ops[i])
            plain = tape.ops[i][0] == "input"
            if not plain and (uses[i] > 1 or depth > DEPTH or (i in outs and uses[i] > 0)):
                # An underscore begins no input's name, so a step can never hide one.
                name = f"_{len(self.steps) + 1}"
                self.steps.append((name, text))
                text, depth = name, 0
            self.told[i] = (text, depth)

    def _needed(self, wanted: Sequence[int]) -> set[int]:
        needed: set[int] = set()
        todo = list(wanted)
        while todo:
            i = todo.pop()
            if i not in needed:
                needed.add(i)
                todo += [arg for arg in self.tape.ops[i][1:] if isinstance(arg, int)]
        return needed

    def _write(self, op: tuple[Any, ...]) -> tuple[str, int]:
        name, *args = op
        if name == "input":
            return str(args[0]), 0
        parts = [self.told[a] if isinstance(a, int) else (figure(a[1], self.dialect), 0) for a in args]
        texts, depth = [text for text, _ in parts], 1 + max(depth for _, depth in parts)
        if name in INFIX:
            return f"({texts[0]} {INFIX[name]} {texts[1]})", depth
        if name == "where":
            return f"({texts[0]} ? {texts[1]} : {texts[2]})", depth
        if name == "negative":
            return f"(-{texts[0]})", depth
        if name == "logical_not":
            return f"(!{texts[0]})", depth
        if name not in self.dialect.calls:
            raise Untraceable(f"{name} has no expression here")
        return f"{self.dialect.calls[name]}({', '.join(texts)})", depth


def figure(value: Any, dialect: Dialect = VEGA) -> str:
    """A constant, exactly.

    >>> [figure(x) for x in (0.1, -2.0, float("inf"), True)]
    ['0.1', '(-2.0)', '(1/0)', 'true']
    """
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    number = float(value)
    if np.isnan(number):
        return "NaN"
    if np.isinf(number):
        return dialect.infinity if number > 0 else f"(-{dialect.infinity})"
    return repr(number) if number >= 0 and not np.signbit(number) else f"({number!r})"


def _shape(printer: _Printer, output: Any) -> str:
    if not isinstance(output, Traced):
        raise Untraceable("An output is not a traced figure or array of them")
    return _nested(printer, output.nodes)


def _nested(printer: _Printer, nodes: np.ndarray[Any, Any]) -> str:
    if nodes.ndim == 0:
        cell = nodes.item()
        return printer.told[cell.i][0] if isinstance(cell, Node) else figure(cell, printer.dialect)
    return f"[{', '.join(_nested(printer, part if isinstance(part, np.ndarray) else _cell(part)) for part in nodes)}]"


def _cell(node: Any) -> np.ndarray[Any, Any]:
    cell = np.empty((), dtype=object)
    cell[()] = node
    return cell


def params(printed: Steps) -> list[dict[str, str]]:
    """The steps as Vega-Lite parameters, for a chart whose inputs are parameters of their own."""
    return [{"name": name, "expr": text} for name, text in printed.steps]
