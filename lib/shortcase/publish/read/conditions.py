"""Conditions on recorded numbers, by which words in prose are chosen: read as a tree, never evaluated as code."""

from __future__ import annotations

import ast
import hashlib
import operator
from collections.abc import Callable, Mapping
from typing import Any

from shortcase.errors import ADD, BadSource, nearest
from shortcase.publish.read.syntax import under

FORM = "write {when}`key > 1 | words if so | words if not`"
COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def parse(text: str) -> tuple[ast.expr, str, str]:
    """The condition and its two wordings.

    >>> _, yes, no = parse("gain > 1 | more | less")
    >>> yes, no
    ('more', 'less')

    Errors: BadSource where there are not three parts, or the condition cannot be read.
    """
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != 3 or not parts[0]:
        raise BadSource("A choice of words needs a condition and two wordings", mend=FORM)
    try:
        return ast.parse(parts[0], mode="eval").body, parts[1], parts[2]
    except SyntaxError:
        raise BadSource(f"The condition {parts[0]!r} cannot be read", mend=FORM) from None


def names(condition: ast.expr) -> list[str]:
    """The numbers and parameters that a condition reads."""
    return [node.id for node in under(condition) if isinstance(node, ast.Name)]


def mark(condition: ast.expr) -> str:
    """The name of a choice of words in the page: the same for the same condition, however it is spaced.

    >>> mark(parse("gain>1 | more | less")[0]) == mark(parse("gain > 1 | better | worse")[0])
    True
    """
    return hashlib.sha256(ast.unparse(condition).encode()).hexdigest()[:8]


def holds(condition: ast.expr, values: Mapping[str, Any]) -> bool:
    """Whether a condition is met.

    >>> holds(parse("gain > 1 and not gain >= 2 * 3 | a | b")[0], {"gain": 1.5})
    Traceback (most recent call last):
    shortcase.errors.BadSource: A condition may hold keys, figures, comparisons, and, or, not. To put it right: ...
    >>> holds(parse("0 < gain <= 2 and not cost > gain | a | b")[0], {"gain": 1.5, "cost": 1})
    True

    Errors: BadSource for anything but keys, figures, comparisons, `and`, `or`, `not`; for an unknown key; or where two
    values cannot be compared.
    """
    return _truth(condition, values)


def _truth(node: ast.expr, values: Mapping[str, Any]) -> bool:
    if isinstance(node, ast.BoolOp):
        parts = (_truth(part, values) for part in node.values)
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return not _truth(node.operand, values)
    if isinstance(node, ast.Compare):
        terms = [_value(term, values) for term in (node.left, *node.comparators)]
        pairs = zip(node.ops, terms[:-1], terms[1:], strict=True)
        return all(_compared(op, left, right) for op, left, right in pairs)
    found = _value(node, values)
    if not isinstance(found, bool):
        raise BadSource("A figure alone is no condition", mend=FORM)
    return found


def _compared(op: ast.cmpop, left: Any, right: Any) -> bool:
    if type(op) not in COMPARE:
        raise BadSource("A condition may compare with < <= > >= == !=", mend=FORM)
    try:
        return COMPARE[type(op)](left, right)
    except TypeError:
        raise BadSource(f"{left!r} and {right!r} cannot be compared", mend=FORM) from None


def _value(node: ast.expr, values: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float, str, bool)):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        found = _value(node.operand, values)
        if isinstance(found, (int, float)):
            return -found
    if isinstance(node, ast.Name):
        if node.id not in values:
            raise BadSource(
                f"There is no number or parameter {node.id!r}",
                mend=nearest(node.id, values, new=ADD["number or parameter"]),
            )
        return values[node.id]
    raise BadSource("A condition may hold keys, figures, comparisons, and, or, not", mend=FORM)
