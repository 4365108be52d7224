"""What a chapter computes only to show it, left out where it is run again and nothing is shown: dead code."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from shortcase.publish.read.syntax import under

RECORDING = frozenset({"number", "claim", "chart"})
"""Calls that leave something behind, whatever becomes of what they give."""
LATER = (ast.FunctionDef, ast.Lambda)
"""What reads names when it is called, which may be below where it stands."""


def without(trees: Sequence[ast.Module], kept: Iterable[str]) -> Sequence[ast.Module]:
    r"""The cells of a chapter, changed in place: nothing is bound to a name that no statement below names.

    kept: names that are read without being named. Only what binds whole names is left out, and only where it records
    nothing; a name that something needs after all is missing, and the chapter fails.

    >>> cells = [ast.parse("a = f(1)\nb = g(a)"), ast.parse("c = number('n', 'USD', h, x=a)\ntotal = a + b")]
    >>> [ast.unparse(cell) for cell in without(cells, ())]
    ['a = f(1)', "c = number('n', 'USD', h, x=a)"]
    """
    named = set(kept).union(*(_named(node) for tree in trees for node in under(tree) if isinstance(node, LATER)))
    for tree in reversed(trees):
        needed = []
        for statement in reversed(tree.body):
            names = _bound(statement)
            if names is None or not names.isdisjoint(named):
                needed.append(statement)
                named |= _named(statement)
        tree.body = needed[::-1]
    return trees


def _named(node: ast.AST) -> set[str]:
    return {one.id for one in under(node) if isinstance(one, ast.Name)}


def _bound(statement: ast.stmt) -> set[str] | None:
    """The names that a statement binds, where that is all it does; `pass` binds none."""
    match statement:
        case ast.Pass():
            return set()
        case ast.FunctionDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {(one.asname or one.name).split(".")[0] for one in names}
        case ast.Assign(targets=targets, value=value) if not _records(value):
            parts = [part for target in targets for part in under(target)]
            if all(isinstance(part, (ast.Name, ast.Tuple, ast.expr_context)) for part in parts):
                return {part.id for part in parts if isinstance(part, ast.Name)}
    return None


def _records(value: ast.expr) -> bool:
    calls = (one.func for one in under(value) if isinstance(one, ast.Call))
    return any(isinstance(name, ast.Name) and name.id in RECORDING for name in calls)
