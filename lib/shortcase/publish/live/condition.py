"""A condition by which words in prose are chosen, on a page's tape: `read.conditions` decides the same in Python."""

from __future__ import annotations

import ast
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shortcase.case import parameters
from shortcase.errors import BadSource
from shortcase.publish.live.graph import Live
from shortcase.publish.read.conditions import FORM
from shortcase.show.live.tape import Node, Tape, Untraceable, apply

COMPARED: dict[type[ast.cmpop], str] = {
    ast.Lt: "less",
    ast.LtE: "less_equal",
    ast.Gt: "greater",
    ast.GtE: "greater_equal",
    ast.Eq: "equal",
    ast.NotEq: "not_equal",
}


SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def on_one_figure(condition: ast.expr) -> tuple[str, str, float] | None:
    """The key, the sign and the limit, where a condition holds one number against a figure; nothing for others.

    >>> on_one_figure(ast.parse("odds > 0.5", mode="eval").body), on_one_figure(ast.parse("a > b", mode="eval").body)
    (('odds', '>', 0.5), None)
    """
    match condition:
        case ast.Compare(left=ast.Name(id=key), ops=[sign], comparators=[ast.Constant(value=int() | float() as limit)]):
            return (key, SIGNS[type(sign)], limit) if type(sign) in SIGNS else None
    return None


@dataclass
class Condition:
    """A reader of conditions, and what the last one that it read rests on.

    numbers: live figures by key; dead: why others are not; rows: the build's own values, of everything else.
    """

    tape: Tape
    numbers: Mapping[str, Live]
    dead: Mapping[str, tuple[str, tuple[str, ...]]]
    rows: Mapping[str, Any]
    parameters: set[str] = field(default_factory=set)
    guards: set[int] = field(default_factory=set)

    def truth(self, node: ast.expr) -> Any:
        """Whether the condition is met: a node, or a plain answer where nothing in it moves.

        Errors: Untraceable where a figure in it is not live; BadSource for what no condition may hold.
        """
        if isinstance(node, ast.BoolOp):
            join = "logical_and" if isinstance(node.op, ast.And) else "logical_or"
            return functools.reduce(lambda one, other: apply(join, one, other), map(self.truth, node.values))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return apply("logical_not", self.truth(node.operand))
        if isinstance(node, ast.Compare):
            terms = [self._value(term) for term in (node.left, *node.comparators)]
            pairs = zip(node.ops, terms[:-1], terms[1:], strict=True)
            met = [apply(COMPARED[type(op)], left, right) for op, left, right in pairs]
            return functools.reduce(lambda one, other: apply("logical_and", one, other), met)
        return self._value(node)

    def _value(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Name):
            return self._named(node.id)
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -ast.literal_eval(node.operand)
        raise BadSource("A condition may hold keys, figures, comparisons, and, or, not", mend=FORM)

    def _named(self, name: str) -> Any:
        known = parameters.registry()
        if name in self.numbers:
            one = self.numbers[name]
            self.parameters.update(one.parameters)
            self.guards.update(one.guards)
            return Node(self.tape, one.at) if isinstance(one.at, int) else one.at[1]
        if name in self.dead:
            raise Untraceable(self.dead[name][0])
        if name in known and known[name].kind in ("float", "int"):
            self.parameters.add(name)
            return self.tape.add("input", name)
        return self.rows[name]["value"] if name in self.rows else known[name].value
