"""Whose a name is, as Python binds it: the chapter's, or a function's, a lambda's or a comprehension's own.

A name that is bound inside a function is another than the chapter's of the same spelling, wherever that is written.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator, Mapping

from shortcase.publish.read.syntax import children

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
NOBODYS: frozenset[str] = frozenset()
WRITES = "_shortcase_writes"
"""Under which it is kept with a node what it binds, as `syntax` keeps what stands under it."""


def writes(node: ast.AST) -> Mapping[str, int]:
    r"""Names bound under a node, outside function bodies, each with its first line.

    >>> sorted(writes(ast.parse("a, b = 1, 2\nfor i in c: d = i\ndef f(x): y = x\n[(e := g) for g in h]")))
    ['a', 'b', 'd', 'e', 'f', 'i']
    """
    found: dict[str, int] | None = node.__dict__.get(WRITES)
    if found is None:
        found = {}
        for name, line in _writes(node):
            found.setdefault(name, line)
        setattr(node, WRITES, found)
    return found


def _writes(node: ast.AST, *, comprehended: bool = False) -> Iterator[tuple[str, int]]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name, node.lineno
        return
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.NamedExpr):  # inside a comprehension it still binds outside
        yield node.target.id, node.lineno
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load) and not comprehended:
        yield node.id, node.lineno
    if isinstance(node, ast.ExceptHandler) and node.name:
        yield node.name, node.lineno
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from ((alias.asname or alias.name.split(".")[0], node.lineno) for alias in node.names)
    for child in children(node):
        yield from _writes(child, comprehended=comprehended or isinstance(node, COMPREHENSIONS))


def own(body: Iterable[ast.AST], lib: Container[str] = ()) -> frozenset[ast.Name]:
    r"""The names under the statements of a chapter that are not the chapter's, but of something inside it.

    lib: names that stand for something of the lib; a function's own name for it stands for the same.

    >>> inside = "def f(a):\n    b = a + c\n    return [b + d for d in e]"
    >>> sorted({name.id for name in own(ast.parse(inside).body)})
    ['a', 'b', 'd']
    """
    return frozenset(name for node in body for name in _own(node, NOBODYS, lib))


def _own(node: ast.AST, hidden: frozenset[str], lib: Container[str]) -> Iterator[ast.Name]:
    """The names under a node that stand for one of those that are hidden there, or for one bound deeper."""
    if isinstance(node, ast.Name):
        if node.id in hidden:
            yield node
        return
    inside: tuple[ast.AST, ...] = ()
    outside = children(node)
    bound = hidden
    if isinstance(node, FUNCTIONS):  # what stands beside the body, such as a default, is looked up outside
        inside = tuple(node.body) if isinstance(node.body, list) else (node.body,)
        outside = tuple(child for child in outside if child not in inside)
        bound = (hidden | _bound(node.args, inside, lib)) - _declared(inside, ast.Global)
    elif isinstance(node, COMPREHENSIONS):  # only what is gone through first is looked up outside
        first, *more = node.generators
        inside = (first.target, *first.ifs, *more, *(child for child in outside if child not in node.generators))
        outside = (first.iter,)
        bound = hidden | {name for one in node.generators for name in writes(one.target)}
    for part in outside:
        yield from _own(part, hidden, lib)
    for part in inside:
        yield from _own(part, bound, lib)


def _bound(arguments: ast.arguments, inside: Iterable[ast.AST], lib: Container[str]) -> set[str]:
    """A function's parameters and its locals."""
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    assigned = {name for one in inside for name in writes(one) if name not in lib}
    return {one.arg for one in named if one} | (assigned - _declared(inside, ast.Nonlocal))


def _declared(inside: Iterable[ast.AST], how: type[ast.Global | ast.Nonlocal]) -> set[str]:
    """The names that a function declares to be the chapter's, or those of the function around it."""
    found: set[str] = set()
    for node in inside:
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            found |= set(node.names) if isinstance(node, how) else set()
        elif not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            found |= _declared(children(node), how)
    return found
