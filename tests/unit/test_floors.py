"""Formulas know numpy and scipy alone. Who may import whom among the floors is lint-imports' part: pyproject.toml."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

FORMULAS = sorted((Path(__file__).resolve().parents[2] / "lib" / "shortcase" / "model").glob("**/*.py"))

# Of the standard library, what describes a formula; nothing that reads, writes, waits, draws lots or knows the date.
DESCRIBING = {"__future__", "collections", "dataclasses", "enum", "functools", "itertools", "math", "typing"}
COMPUTING = {"numpy", "scipy"}
OWN = ("shortcase.model", "shortcase.errors")

IMPURE_CALLS = {"open", "print", "input", "eval", "exec", "compile", "__import__", "globals", "setattr"}


def foreign(source: str) -> list[str]:
    """What a module of formulas reaches for that is none of its business, as 'line: name'."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import():
                names = [alias.name for alias in node.names]
            case ast.ImportFrom():
                names = [f"{'.' * node.level}{node.module or ''}"]
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                found.append(f"{node.lineno}: {name}()")
                continue
            case ast.Global():
                found.append(f"{node.lineno}: global {', '.join(node.names)}")
                continue
            case _:
                continue
        found += [f"{node.lineno}: {name}" for name in names if not _allowed(name)]
    return found


def _allowed(module: str) -> bool:
    top = module.split(".", maxsplit=1)[0]
    return top in DESCRIBING | COMPUTING or any(module == own or module.startswith(f"{own}.") for own in OWN)


@pytest.mark.parametrize("path", FORMULAS, ids=lambda path: path.stem)
def test_formulas_know_numpy_and_scipy_alone(path: Path) -> None:
    assert foreign(path.read_text(encoding="utf-8")) == []


def test_there_are_formulas() -> None:
    assert len(FORMULAS) > 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import pandas as pd", ["1: pandas"]),
        ("import os.path", ["1: os.path"]),
        ("from shortcase.case.parameters import value", ["1: shortcase.case.parameters"]),
        ("from shortcase import facts", ["1: shortcase"]),
        ("from . import roofline", ["1: ."]),
        ("def f(x):\n    from random import random\n    return x * random()", ["2: random"]),
        ("def f(x):\n    return open(x)", ["2: open()"]),
        ("TOTAL = 0\ndef f(x):\n    global TOTAL\n    return x", ["3: global TOTAL"]),
        ("import numpy as np\nfrom scipy.optimize import brentq\nfrom shortcase.model.valuation import annuity", []),
    ],
)
def test_the_check_sees_what_is_foreign(source: str, expected: list[str]) -> None:
    assert foreign(source) == expected


def test_the_allowed_names_exist() -> None:
    assert sys.stdlib_module_names >= DESCRIBING
