"""The modules of the lib that reach each other: what each imports and asks for, read off its source once.

What has been read is known by the digest of the source, and can be kept: of a lib in which one module has changed, one
is parsed.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import importlib.util
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from shortcase.publish.kept_files import keep, kept
from shortcase.publish.read import library

ASKS = re.compile(rb"\b(?:table|later)\s*\(")
"""How a module's source asks for a table of facts."""
MOST = 1000
"""Sources of which it is kept what was read off them; more than three times those of the lib."""
RULES = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]
"""By what rules sources are read: what was read by others is not used."""


class Module(NamedTuple):
    """What is read off a module of the lib: what it imports of the package, and the tables of facts it asks for."""

    imports: tuple[str, ...]
    tables: tuple[str, ...]


_known: dict[str, Module] = {}


@contextlib.contextmanager
def remembered(file: Path) -> Iterator[None]:
    """While it lasts, what was read off sources before is known from a file, in which all of it is kept at the end."""
    body = kept(file)
    for source, (imports_, tables) in json.loads(body or b"{}").items():
        _known.setdefault(source, Module(tuple(imports_), tuple(tables)))
    told = len(_known)
    yield
    if body is None or len(_known) > told:
        keep(file, json.dumps(dict([*_known.items()][-MOST:])).encode())


def closure(first: Iterable[Iterable[str]]) -> dict[str, Module]:
    """Modules of the package reached from the first ones, packages above them included.

    Errors: SyntaxError where one is not Python.
    """
    found: dict[str, Module] = {}
    waiting = [name for names in first for name in names]
    while waiting:
        name = waiting.pop()
        module = None if name in found else _module(library.HOME, name)
        if module is None:
            continue
        found[name] = module
        above = name.rpartition(".")[0]
        waiting += [above] if above else []
        waiting += module.imports
    return found


@cache
def _module(home: Path, name: str) -> Module | None:
    """A module of the lib in a folder, which is where `library` looks; None where there is none of this name."""
    del home
    if not library.is_module(name):
        return None
    file = library.path(name)
    source = file.read_bytes()
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    key = f"{RULES} {package} {hashlib.sha256(source).hexdigest()}"
    if key not in _known:
        tree = library.tree(file)
        tables = _tables(tree) if ASKS.search(source) else ()
        _known[key] = Module(tuple(imports(tree, package)), tuple(sorted(tables)))
    return _known[key]


def imports(source: ast.AST, package: str = "") -> list[str]:
    r"""What a source names of the package in its imports, modules or not, wherever in it they stand.

    >>> imports(ast.parse("from shortcase.model.chips import roofline\nimport numpy, shortcase.show.units"))
    ['shortcase.model.chips', 'shortcase.model.chips.roofline', 'shortcase.show.units']
    """
    found = []
    for node in _statements(source):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = importlib.util.resolve_name("." * node.level + (node.module or ""), package or None)
            found += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return [name for name in found if name.split(".")[0] == library.PACKAGE]


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement under a node; expressions hold none, and are not looked into."""
    for block in ("body", "handlers", "orelse", "finalbody", "cases"):
        inside = getattr(node, block, ())
        for inner in inside if isinstance(inside, list) else ():
            yield inner
            yield from _statements(inner)


def _tables(tree: ast.AST) -> set[str]:
    """The tables of facts that a module names where it asks for one."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    first = (node.args[0] for node in calls if node.func.id in ("table", "later") and node.args)  # type: ignore[attr-defined]
    return {a.value for a in first if isinstance(a, ast.Constant) and isinstance(a.value, str)}
