"""Exactly what a chapter's result depends on, as one key.

The chapter's code; the values and registry entries it names; the source of every module of this package that it
imports, through to the last; the tables of facts and rows of the ledger it names; the lock file; Python; the engine.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from shortcase import places
from shortcase.case import claims, parameters
from shortcase.case.parameters import Scalar
from shortcase.facts import names as tables
from shortcase.facts import schema
from shortcase.publish.read import library, modules
from shortcase.publish.read.code import Code
from shortcase.publish.read.modules import Module

READ_BY: Mapping[str, tuple[str, ...]] = {
    f"{library.PACKAGE}.case.thesis.correlations": ("book/correlations.yml",),
    f"{library.PACKAGE}.case.scenarios": ("book/scenarios/*.yml", "book/parameters.yml"),
    f"{library.PACKAGE}.case.by_date": ("book/by_date.csv", "book/claims.csv"),
    f"{library.PACKAGE}.case.forecasts": ("book/forecasts.csv", "book/claims.csv"),
}
"""Files of the book that a module reads for a chapter, beside parameters, claims and facts."""
FOLLOWING = (f"{library.PACKAGE}.publish.live.chapter",)
"""By which the press follows a chapter's figures, beside executing it."""
FORMAT = 8
"""Counts up when the press changes what it keeps of an executed chapter."""


def key(
    code: Code, values: Mapping[str, Scalar], engine: str, root: Path, *, live: bool = True
) -> tuple[str, dict[str, str]]:
    """The key, and its parts, each a digest; a part that differs says why a chapter runs again.

    live: whether what is kept holds how the chapter's figures follow from the parameters.
    """
    reached = modules.closure([code.imports])
    parts = {
        "format": str(FORMAT),
        "python": platform.python_version(),
        "engine": engine,
        "requirements.txt": _file(root / "requirements.txt"),
        "chapter": _digest(json.dumps([(cell.source, cell.tags) for cell in code.page.code])),
        **{f"value {name}": repr(values[name]) for name in sorted(code.parameters_read)},
        **{f"module {name}": digest for name, digest in _digests(reached).items()},
        "live": _digest(repr(list(_digests(modules.closure([FOLLOWING])).items()))) if live else "",
        **_named(code, values, reached),
    }
    return _digest(json.dumps(parts, sort_keys=True)), parts


def _named(code: Code, values: Mapping[str, Scalar], reached: Mapping[str, Module]) -> dict[str, str]:
    """Registry entries, claims and tables whose names stand in the code as strings.

    Who calls `registry()` or `ledger()` depends on every entry.
    """
    spoken = code.strings | code.parameters_read
    called = code.called
    registry, ledger = parameters.registry(), claims.ledger()
    read = {table for module in reached.values() for table in module.tables} | code.tables_read
    found = {
        **{
            f"parameter {n}": f"{_record(registry[n])} {values[n]!r}"
            for n in registry
            if n in spoken or "registry" in called
        },
        **{f"claim {n}": _record(ledger[n]) for n in ledger if n in spoken or "ledger" in called},
    }
    for name, patterns in READ_BY.items():
        if name in reached:
            paths = sorted(file for pattern in patterns for file in places.ours(places.root(), pattern))
            found[f"read by {name}"] = _digest("".join(f"{file.name} {_file(file)}" for file in paths))
    for name in tables():
        if name in spoken | read:
            found[f"table {name}"] = _digest("".join(map(_file, schema(name).sources)))
    return found


def _record(record: object) -> str:
    assert dataclasses.is_dataclass(record)  # noqa: S101 - parameters and claims are
    values = {field.name: getattr(record, field.name) for field in dataclasses.fields(record) if field.name != "line"}
    return _digest(repr(values))


def _digests(reached: Iterable[str]) -> dict[str, str]:
    """Modules of the package, each with its digest."""
    return {name: _module_digest(name) for name in sorted(reached)}


@cache
def _module_digest(name: str) -> str:
    """The module's source; of a package also the data files that lie in its folder."""
    file = library.path(name)
    data = []
    if file.name == "__init__.py" and file.parent != library.HOME:
        data = sorted(p for p in file.parent.iterdir() if p.is_file() and p.suffix not in (".py", ".pyc", ".pyi"))
    return _digest("".join(_file(p) for p in (file, *data)))


def _file(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "none"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
