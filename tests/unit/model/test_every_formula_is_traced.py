"""No formula of the lib escapes the three calls: with figures, with arrays of draws, and traced."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import Any

import shortcase.model


def formulas() -> dict[str, Any]:
    """Public functions of model/ that state an equation, as `module.function`."""
    found: dict[str, Any] = {}
    for info in pkgutil.walk_packages(shortcase.model.__path__, "shortcase.model."):
        module = importlib.import_module(info.name)
        for name, member in inspect.getmembers(module, inspect.isfunction):
            if member.__module__ == module.__name__ and not name.startswith("_"):
                assert "Equation:" in (member.__doc__ or ""), f"{info.name}.{name} states no equation"
                found[f"{info.name.rpartition('.')[2]}.{name}"] = member
    return found


def traced() -> set[str]:
    """What the *_traced tests name, as `module.function`."""
    found = set()
    for path in Path(__file__).parent.rglob("test_*_traced.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.add(f"{node.value.id}.{node.attr}")
    return found


def test_every_formula_is_called_with_figures_arrays_and_traces() -> None:
    assert formulas(), "model/ holds no formula"
    assert sorted(formulas().keys() - traced()) == []


def test_every_formula_has_an_example_units_and_a_source() -> None:
    lacking = []
    for name, formula in sorted(formulas().items()):
        told = formula.__doc__ or ""
        lacking += [f"{name}: {what}" for what in (">>> ", "Units:", "Source:") if what not in told]
    assert lacking == []
