"""Which definitions of the lib a function reaches, and whether one says the same in two versions of the lib.

Everything is read from the source and nothing is imported, so a lib of another revision is read as well as this one:
`library.at(home)` says whose is meant.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache

from shortcase.publish.read import library
from shortcase.publish.read.bindings import CALLS, CASES
from shortcase.publish.read.library import PACKAGE, Definition, is_module

NO_FORMULA = (f"{PACKAGE}.show", f"{PACKAGE}.errors", f"{PACKAGE}.records", f"{PACKAGE}.places")
"""Modules that compute nothing of a figure: they record, write and refuse."""
DOORS = frozenset(CALLS) - frozenset(CASES)
"""Functions by which a chapter asks for parameters and facts, which are compared themselves."""


def reached(name: str) -> Mapping[str, str]:
    """The definitions that a name of the lib rests on, its own among them, each with a digest of what it computes.

    Errors: none; what is not there, or cannot be read off, is left out.

    >>> sorted(name.rpartition(".")[2] for name in reached("shortcase.model.chips.wafer_yield.poisson"))
    ['Quantity', 'poisson']
    """
    return _reached(name, library.HOME.as_posix())


@cache
def _reached(name: str, home: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    waiting = [name]
    while waiting:
        full, says, rests_on = _look(waiting.pop(), home)
        if full and full not in found:
            found[full] = says
            waiting += rests_on
    return found


@cache
def _look(name: str, home: str) -> tuple[str, str, tuple[str, ...]]:
    """A definition's full name, its digest, and the names that it reads; nothing of what computes nothing."""
    del home  # two libs have the same names
    definition = library.find(name)
    if definition is None or definition.is_module or not _computes(definition.name):
        return "", "", ()
    return definition.name, digest(definition.node), tuple(dict.fromkeys(names(definition)))


def _computes(name: str) -> bool:
    return name not in DOORS and not any(name == one or name.startswith(f"{one}.") for one in NO_FORMULA)


def digest(node: ast.AST | None) -> str:
    r"""Digest of what a definition computes: its docstrings and comments, and where it stands, do not count.

    >>> one, other = ast.parse("def f(x):\n  'One.'\n  return x"), ast.parse("def f(x):  # so\n  return x")
    >>> digest(one) == digest(other), digest(one) == digest(ast.parse("def f(x): return -x"))
    (True, False)
    """
    if node is None:
        return ""
    bare = deepcopy(node)
    for inner in ast.walk(bare):
        body = getattr(inner, "body", None)
        if isinstance(inner, (ast.FunctionDef, ast.ClassDef, ast.Module)) and isinstance(body, list) and body:
            first = body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                inner.body = body[1:]
    return hashlib.sha256(ast.dump(bare).encode()).hexdigest()


def names(definition: Definition) -> Iterator[str]:
    """The names of the lib that a definition reads, each in full."""
    if definition.node is None or isinstance(definition.node, ast.Module):
        return
    module = definition.name
    while module and not is_module(module):
        module = module.rpartition(".")[0]
    for node in ast.walk(definition.node):
        if isinstance(node, ast.Name):
            yield from _full(f"{module}.{node.id}")
        elif isinstance(node, ast.Attribute) and (above := _dotted(node)):
            yield from _full(f"{module}.{above}")


def _full(name: str) -> Iterator[str]:
    """The name in full where it is one of the lib; a module alone is none, for what is taken from it is named."""
    found = library.find(name)
    if found is not None and found.node is not None and not found.is_module and found.name.startswith(f"{PACKAGE}."):
        yield found.name


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    above = _dotted(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{above}.{node.attr}" if above and isinstance(node, ast.Attribute) else ""
