"""Arithmetic on outputs, as an expectation writes it: read as a tree, never evaluated as code."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from shortcase.errors import BadSource

OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {"min": np.minimum, "max": np.maximum, "abs": np.abs, "log": np.log}
FORM = "write names, figures, + - * / **, min(a, b), max(a, b), abs(x), log(x)"


def parse(text: str, where: str | None = None) -> ast.expr:
    """The tree of an expression.

    Errors: BadSource for what is no arithmetic.

    >>> names(parse("thesis.value - 2 * va_none"))
    ['thesis.value', 'va_none']
    """
    try:
        found = ast.parse(str(text), mode="eval").body
    except SyntaxError:
        raise BadSource(f"{text!r} cannot be read", where=where, mend=FORM) from None
    _allowed(found, str(text), where)
    return found


def _allowed(node: ast.expr, text: str, where: str | None) -> None:
    match node:
        case ast.Name() | ast.Constant(value=int() | float()):
            return
        case ast.Attribute(value=ast.Name()):
            return
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            inner = [left, right]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = [operand]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS and args:
            inner = args
        case _:
            raise BadSource(f"{text!r} holds what is no arithmetic: {ast.unparse(node)}", where=where, mend=FORM)
    for one in inner:
        _allowed(one, text, where)


def names(node: ast.expr) -> list[str]:
    """The outputs and parameters that an expression reads, each once."""
    found: dict[str, None] = {}
    waiting: list[ast.AST] = [node]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, (ast.Attribute, ast.Name)):
            found[ast.unparse(one)] = None
        elif isinstance(one, ast.Call):
            waiting += one.args
        else:
            waiting += list(ast.iter_child_nodes(one))
    return list(found)


def value(node: ast.expr, known: Mapping[str, Any]) -> Any:
    """What an expression is, figures or arrays.

    >>> value(parse("max(a, 2) ** 2 - 1"), {"a": 3.0}).item()
    8.0
    """
    match node:
        case ast.Constant(value=figure):
            return figure
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](value(left, known), value(right, known))
        case ast.UnaryOp(operand=operand):
            return -value(operand, known)
        case ast.Call(func=ast.Name(id=name), args=args):
            return FUNCTIONS[name](*(value(one, known) for one in args))
    return known[ast.unparse(node)]
