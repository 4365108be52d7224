"""What a chapter computes only to show it, left out where it is run again and nothing is shown: dead code."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from shortcase.show.live.choices import without_words

RECORDING = frozenset({"number", "claim", "chart"})
"""Calls that leave something behind, whatever becomes of what they give."""
LATER = (ast.FunctionDef, ast.Lambda)
"""What reads names when it is called, which may be below where it stands."""


def without(trees: Sequence[ast.Module], silent: Collection[str], kept: Collection[str]) -> Sequence[ast.Module]:
    r"""The cells of a chapter, changed in place: nothing is bound to a name that no statement below names.

    silent: calls that are not wanted; kept: names that are read without being named. Only what binds whole names is
    left out, and only where it records nothing: a name that is needed after all is missing, and the chapter fails.

    >>> cells = [ast.parse("a = f(1)\nb = g(a)\ngrid(b)"), ast.parse("c = number('n', 'USD', h, x=a)\ntotal = a + b")]
    >>> [ast.unparse(cell) for cell in without(cells, ("grid",), ())]
    ['a = f(1)', "c = number('n', 'USD', h, x=a)"]
    """
    cells = [[_Statement(one, silent) for one in tree.body] for tree in trees]
    named = set(kept).union(*(one.later for cell in cells for one in cell))
    for tree, cell in zip(reversed(trees), reversed(cells), strict=True):
        tree.body = []
        for one in reversed(cell):
            if one.bound is None or not one.bound.isdisjoint(named):
                tree.body.insert(0, one.node)
                named |= one.named
    return trees


class _Statement:
    """A statement: the names in it, those that it reads only later, and what it binds where that is all it does."""

    def __init__(self, node: ast.stmt, silent: Collection[str]) -> None:
        self.node, self.named, self.later = node, set[str](), set[str]()
        without_words(node)
        called = set[str]()
        for part, later in _under(node):
            if isinstance(part, ast.Name):
                self.named.add(part.id)
                if later:
                    self.later.add(part.id)
            elif isinstance(part, ast.Call) and isinstance(part.func, ast.Name):
                called.add(part.func.id)
        self.bound = _bound(node, silent) if called.isdisjoint(RECORDING) else None


def _under(node: ast.AST) -> Iterator[tuple[ast.AST, bool]]:
    """Every node under one, and whether it is read later."""
    waiting = [(node, False)]
    while waiting:
        part, later = waiting.pop()
        yield part, later
        later = later or isinstance(part, LATER)
        for value in vars(part).values():
            if isinstance(value, ast.AST):
                waiting.append((value, later))
            elif type(value) is list:
                waiting += [(one, later) for one in value if isinstance(one, ast.AST)]


def _bound(statement: ast.stmt, silent: Collection[str]) -> set[str] | None:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))) if name in silent:
            return set()
        case ast.FunctionDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {(one.asname or one.name).split(".")[0] for one in names}
        case ast.Assign(targets=targets):
            parts = [part for target in targets for part, _ in _under(target)]
            if all(isinstance(part, (ast.Name, ast.Tuple, ast.expr_context)) for part in parts):
                return {part.id for part in parts if isinstance(part, ast.Name)}
    return None
