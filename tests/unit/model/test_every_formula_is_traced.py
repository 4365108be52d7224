"""No formula of the lib escapes the three calls: with figures, with arrays of draws, and traced."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import shortcase.model


def formulas() -> set[str]:
    """Public functions of model/ that state an equation, as `module.function`."""
    found = set()
    for info in pkgutil.iter_modules(shortcase.model.__path__):
        module = importlib.import_module(f"shortcase.model.{info.name}")
        for name, member in inspect.getmembers(module, inspect.isfunction):
            if member.__module__ == module.__name__ and not name.startswith("_"):
                assert "Equation:" in (member.__doc__ or ""), f"{info.name}.{name} states no equation"
                found.add(f"{info.name}.{name}")
    return found


def traced() -> set[str]:
    """What the *_traced tests name, as `module.function`."""
    found = set()
    for path in Path(__file__).parent.glob("test_*_traced.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.add(f"{node.value.id}.{node.attr}")
    return found


def test_every_formula_is_called_with_figures_arrays_and_traces() -> None:
    assert formulas(), "model/ holds no formula"
    assert sorted(formulas() - traced()) == []


def test_every_formula_has_an_example_units_and_a_source() -> None:
    lacking = []
    for name in sorted(formulas()):
        module, function = name.split(".")
        told = getattr(importlib.import_module(f"shortcase.model.{module}"), function).__doc__ or ""
        lacking += [f"{name}: {what}" for what in (">>> ", "Units:", "Source:") if what not in told]
    assert lacking == []
