"""Exactly what a chapter's result depends on, as one key.

The chapter's code; the values and registry entries it names; the source of every module of this package that it
imports, through to the last; the tables of facts and rows of the ledger it names; the lock file; Python; the engine.
"""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import importlib.util
import json
import platform
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from shortcase import places
from shortcase.case import claims, parameters
from shortcase.case.parameters import Scalar
from shortcase.facts import names as tables
from shortcase.facts import schema
from shortcase.publish.read import library
from shortcase.publish.read.code import Code
from shortcase.publish.read.library import PACKAGE, is_module, path, tree

READ_BY: Mapping[str, tuple[str, ...]] = {
    f"{PACKAGE}.case.thesis.correlations": ("book/correlations.yml",),
    f"{PACKAGE}.case.scenarios": ("book/scenarios/*.yml", "book/parameters.yml"),
    f"{PACKAGE}.case.by_date": ("book/by_date.csv", "book/claims.csv"),
    f"{PACKAGE}.case.forecasts": ("book/forecasts.csv", "book/claims.csv"),
}
"""Files of the book that a module reads for a chapter, beside parameters, claims and facts."""
FOLLOWING = (f"{PACKAGE}.publish.live.chapter",)
"""By which the press follows a chapter's figures, beside executing it."""
ASKS = re.compile(rb"\b(?:table|later)\s*\(")
"""How a module's source asks for a table of facts."""
FORMAT = 6
"""Counts up when the press changes what it keeps of an executed chapter."""


def key(
    code: Code, values: Mapping[str, Scalar], engine: str, root: Path, *, live: bool = True
) -> tuple[str, dict[str, str]]:
    """The key, and its parts, each a digest; a part that differs says why a chapter runs again.

    live: whether what is kept holds how the chapter's figures follow from the parameters.
    """
    modules = _digests(imports(written) for _, written in code.trees)
    parts = {
        "format": str(FORMAT),
        "python": platform.python_version(),
        "engine": engine,
        "requirements.txt": _file(root / "requirements.txt"),
        "chapter": _digest(json.dumps([(cell.source, cell.tags) for cell in code.page.code])),
        **{f"value {name}": repr(values[name]) for name in sorted(code.parameters_read)},
        **{f"module {name}": digest for name, digest in modules.items()},
        "live": _digest(repr(list(_digests([FOLLOWING]).items()))) if live else "",
        **_named(code, values, modules),
    }
    return _digest(json.dumps(parts, sort_keys=True)), parts


def _named(code: Code, values: Mapping[str, Scalar], reached: Collection[str]) -> dict[str, str]:
    """Registry entries, claims and tables whose names stand in the code as strings.

    Who calls `registry()` or `ledger()` depends on every entry.
    """
    spoken = code.strings | code.parameters_read
    calls = [node.func for _, tree in code.trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {f.id if isinstance(f, ast.Name) else f.attr for f in calls if isinstance(f, (ast.Name, ast.Attribute))}
    registry, ledger = parameters.registry(), claims.ledger()
    read = {text for name in reached for text in _tables_read(path(name))} | code.tables_read
    found = {
        **{
            f"parameter {n}": f"{_record(registry[n])} {values[n]!r}"
            for n in registry
            if n in spoken or "registry" in called
        },
        **{f"claim {n}": _record(ledger[n]) for n in ledger if n in spoken or "ledger" in called},
    }
    for module, patterns in READ_BY.items():
        if module in reached:
            paths = sorted(file for pattern in patterns for file in places.ours(places.root(), pattern))
            found[f"read by {module}"] = _digest("".join(f"{file.name} {_file(file)}" for file in paths))
    for name in tables():
        if name in spoken | read:
            found[f"table {name}"] = _digest("".join(map(_file, schema(name).sources)))
    return found


def _record(record: object) -> str:
    assert dataclasses.is_dataclass(record)  # noqa: S101 - parameters and claims are
    values = {field.name: getattr(record, field.name) for field in dataclasses.fields(record) if field.name != "line"}
    return _digest(repr(values))


@cache
def _tables_read(file: Path) -> frozenset[str]:
    """The tables of facts that a module names where it asks for one."""
    if not ASKS.search(file.read_bytes()):
        return frozenset()
    calls = (node for node in ast.walk(tree(file)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    first = (node.args[0] for node in calls if node.func.id in ("table", "later") and node.args)  # type: ignore[attr-defined]
    return frozenset(a.value for a in first if isinstance(a, ast.Constant) and isinstance(a.value, str))


def _digests(first: Iterable[Iterable[str]]) -> dict[str, str]:
    """Every module of the package that is reached from the first ones, each with its digest."""
    return {name: _module_digest(name) for name in sorted(closure(first))}


def closure(first: Iterable[Iterable[str]]) -> set[str]:
    """Modules of the package reached from the first ones, packages above them included."""
    found: set[str] = set()
    waiting = [name for names in first for name in names]
    while waiting:
        name = waiting.pop()
        if name in found or not is_module(name):
            continue
        found.add(name)
        above = name.rpartition(".")[0]
        waiting += [above] if above else []
        waiting += _imported(path(name), name if path(name).name == "__init__.py" else above)
    return found


@cache
def _imported(file: Path, package: str) -> tuple[str, ...]:
    """What a module imports of the package: read once for all the chapters that reach it."""
    return tuple(imports(tree(file), package))


def imports(source: ast.AST, package: str = "") -> list[str]:
    r"""Modules of the package that a source names in its imports, wherever in it they stand.

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
    return [name for name in found if name.split(".")[0] == PACKAGE and is_module(name)]


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement under a node; expressions hold none, and are not looked into."""
    for block in ("body", "handlers", "orelse", "finalbody", "cases"):
        inside = getattr(node, block, ())
        for inner in inside if isinstance(inside, list) else ():
            yield inner
            yield from _statements(inner)


@cache
def _module_digest(name: str) -> str:
    """The module's source; of a package also the data files that lie in its folder."""
    file = path(name)
    data = []
    if file.name == "__init__.py" and file.parent != library.HOME:
        data = sorted(p for p in file.parent.iterdir() if p.is_file() and p.suffix not in (".py", ".pyc", ".pyi"))
    return _digest("".join(_file(p) for p in (file, *data)))


def _file(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "none"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
