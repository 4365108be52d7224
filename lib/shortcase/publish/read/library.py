"""What the lib defines, read from its source: whether a name is there, what it takes, what it says of itself.

Nothing is imported, so a check costs no more than reading, and a module that cannot be imported can still be told of.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import shortcase

PACKAGE = shortcase.__name__
HOME = Path(shortcase.__file__).parent
KEEPS_SIGNATURE = {"cache", "lru_cache", "staticmethod", "functools.cache", "functools.lru_cache"}
"""Decorators under which a function takes what it says it takes."""
Kind = inspect.Parameter


@dataclass(frozen=True)
class Definition:
    """Where a name of the lib is defined, in full, and by what; `node` is None where that cannot be read off."""

    name: str
    node: ast.AST | None

    @property
    def is_module(self) -> bool:
        """Whether the name is a module or a package."""
        return isinstance(self.node, ast.Module)

    @property
    def docstring(self) -> str:
        """What it says of itself; nothing where it is no function, class or module, or says nothing."""
        kinds = (ast.FunctionDef, ast.ClassDef, ast.Module)
        return (ast.get_docstring(self.node) if isinstance(self.node, kinds) else None) or ""

    @cached_property
    def signature(self) -> inspect.Signature | None:
        """What a call of it takes: of a function, or of a dataclass by its fields; None where that cannot be told."""
        if isinstance(self.node, ast.FunctionDef):
            return _of_function(self.node)
        return _of_dataclass(self) if isinstance(self.node, ast.ClassDef) else None

    def fields(self) -> list[str]:
        """The fields of a dataclass, in order; none where it is something else."""
        found = self.signature if isinstance(self.node, ast.ClassDef) else None
        return list(found.parameters) if found else []


@contextlib.contextmanager
def at(home: Path) -> Iterator[None]:
    """While it lasts, the lib is the one in another folder: that of a revision, beside the one that is running."""
    global HOME  # noqa: PLW0603 - whoever reads the lib asks this module where it is
    before = HOME
    find.cache_clear()
    HOME = home
    try:
        yield
    finally:
        HOME = before
        find.cache_clear()


@cache
def find(name: str) -> Definition | None:
    """What a dotted name of the lib stands for, followed through the modules that hand it on; None where it is not.

    >>> find("shortcase.facts.table").name, find("shortcase.model.chips.wafer_yield.poison")
    ('shortcase.facts.lookup.table', None)
    >>> find("shortcase.case.thesis.start").name, find("shortcase.case.thesis.start.known").name
    ('shortcase.case.thesis.start.start', 'shortcase.case.thesis.start.known')
    """
    parts = name.split(".")
    # The last part is an attribute: a package may give the name of one of its modules to something else.
    cut = next((n for n in range(max(1, len(parts) - 1), 0, -1) if is_module(".".join(parts[:n]))), 0)
    if not cut:
        return None
    module = ".".join(parts[:cut])
    found: Definition | None = Definition(module, tree(path(module)))
    for part in parts[cut:]:
        found = _member(found, part) if found else None
    return found


def _member(owner: Definition, part: str) -> Definition | None:
    """What an attribute of a module or a class is defined by; of anything else it cannot be told, and it is let be."""
    if not isinstance(owner.node, (ast.Module, ast.ClassDef)):
        return Definition(f"{owner.name}.{part}", None)
    node = _defined(owner.node).get(part)
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return _imported(node, part, owner.name)
    if node is not None:
        return Definition(f"{owner.name}.{part}", node)
    if owner.is_module:
        below = f"{owner.name}.{part}"
        return Definition(below, tree(path(below))) if is_module(below) else None
    inherits = isinstance(owner.node, ast.ClassDef) and bool(owner.node.bases)
    return Definition(f"{owner.name}.{part}", None) if inherits or part.startswith("__") else None


def _imported(node: ast.Import | ast.ImportFrom, part: str, module: str) -> Definition | None:
    for alias in node.names:
        if part == (alias.asname or alias.name.split(".")[0]):
            base = source(node, module) if isinstance(node, ast.ImportFrom) else ""
            full = f"{base}.{alias.name}" if base else alias.name
            return find(full) if full.split(".")[0] == PACKAGE else Definition(full, None)
    return None


def source(node: ast.ImportFrom, module: str = "") -> str:
    """The module that an import takes its names from, seen from inside a module of the lib."""
    package = module if path(module).name == "__init__.py" else module.rpartition(".")[0]
    above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    return ".".join([*above, *filter(None, [node.module])])


def members(definition: Definition) -> list[str]:
    """The public names of a module or a class, those of its folder with it: from which the nearest one is told."""
    if not isinstance(definition.node, (ast.Module, ast.ClassDef)):
        return []
    found = set(_defined(definition.node))
    place = path(definition.name)
    if definition.is_module and place.name == "__init__.py":
        found |= {p.stem for p in place.parent.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()}
    return sorted(name for name in found if not name.startswith("_"))


@cache
def _defined(owner: ast.Module | ast.ClassDef) -> dict[str, ast.AST]:
    """The names that a module or a class defines, each with its definition or its import."""
    return dict(_statements(owner.body))


def _statements(body: list[ast.stmt]) -> Iterator[tuple[str, ast.AST]]:
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name, node
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from ((alias.asname or alias.name.split(".")[0], node) for alias in node.names)
        elif isinstance(node, (ast.If, ast.Try, ast.With, ast.For)):
            yield from _statements([inner for inner in ast.iter_child_nodes(node) if isinstance(inner, ast.stmt)])
        else:
            names = (n for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
            yield from ((name.id, node) for name in names)


def _of_function(node: ast.FunctionDef) -> inspect.Signature | None:
    if any(ast.unparse(d.func if isinstance(d, ast.Call) else d) not in KEEPS_SIGNATURE for d in node.decorator_list):
        return None
    given = node.args
    plain = [*given.posonlyargs, *given.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(given.defaults)) + list(given.defaults)
    kinds = [Kind.POSITIONAL_ONLY] * len(given.posonlyargs) + [Kind.POSITIONAL_OR_KEYWORD] * len(given.args)
    found = [_taken(arg.arg, kind, d) for arg, kind, d in zip(plain, kinds, defaults, strict=True)]
    found += [Kind(given.vararg.arg, Kind.VAR_POSITIONAL)] if given.vararg else []
    found += [_taken(arg.arg, Kind.KEYWORD_ONLY, d) for arg, d in zip(given.kwonlyargs, given.kw_defaults, strict=True)]
    found += [Kind(given.kwarg.arg, Kind.VAR_KEYWORD)] if given.kwarg else []
    return inspect.Signature(found)


def _taken(name: str, kind: object, default: object) -> inspect.Parameter:
    return Kind(name, kind, default=Kind.empty if default is None else default)  # type: ignore[arg-type]


def _of_dataclass(definition: Definition) -> inspect.Signature | None:
    node = definition.node
    assert isinstance(node, ast.ClassDef)  # noqa: S101 - the caller has looked
    decorated = any("dataclass" in ast.unparse(d) for d in node.decorator_list)
    if not decorated or node.bases or "__init__" in _defined(node):
        return None
    kind = Kind.POSITIONAL_OR_KEYWORD
    annotated = [inner for inner in node.body if isinstance(inner, ast.AnnAssign)]
    return inspect.Signature(
        [
            _taken(ast.unparse(inner.target), kind, _default(inner.value))
            for inner in annotated
            if "ClassVar" not in ast.unparse(inner.annotation)
        ]
    )


def _default(given: ast.expr | None) -> ast.expr | None:
    """What a field of a dataclass is if it is left out; `field(…)` need not give anything."""
    if isinstance(given, ast.Call) and ast.unparse(given.func).endswith("field"):
        return next((word.value for word in given.keywords if word.arg in ("default", "default_factory")), None)
    return given


def is_module(name: str) -> bool:
    """Whether a dotted name is a module or a package of the lib."""
    return name.split(".", maxsplit=1)[0] == PACKAGE and path(name).is_file()


def path(name: str) -> Path:
    """The file of a module of the lib, or where it would be.

    >>> path("shortcase.facts").name, path("shortcase.errors").name
    ('__init__.py', 'errors.py')
    """
    base = HOME.joinpath(*name.split(".")[1:])
    return base / "__init__.py" if base.is_dir() else base.with_suffix(".py")


@cache
def tree(file: Path) -> ast.Module:
    """A module of the lib, parsed once.

    Errors: SyntaxError where it is not Python.
    """
    return ast.parse(file.read_bytes())
