"""The lib read from its source agrees with the lib as Python has it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import shortcase.case.thesis
import shortcase.model
from shortcase.case import thesis
from shortcase.publish.read import library

ROOT = Path(__file__).resolve().parents[3]
MODULES = [
    info.name
    for package in (shortcase.model, shortcase.case.thesis)
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_every_function_and_dataclass_takes_what_python_says(name: str) -> None:
    module = importlib.import_module(name)
    for part, value in vars(module).items():
        if (inspect.isfunction(value) or inspect.isclass(value)) and not part.startswith("_"):
            found = library.find(f"{name}.{part}")
            assert found is not None, part
            if value.__module__.startswith("shortcase.") and found.signature is not None:
                taken = {p.name: p.default is p.empty for p in inspect.signature(value).parameters.values()}
                assert {p.name: p.default is p.empty for p in found.signature.parameters.values()} == taken


@pytest.mark.parametrize("name", MODULES)
def test_every_name_of_a_module_is_there_and_no_other(name: str) -> None:
    for part in vars(importlib.import_module(name)):
        if not part.startswith("__"):
            assert library.find(f"{name}.{part}") is not None, part
    assert library.find(f"{name}.no_such_name") is None


def test_a_name_handed_on_is_followed_to_where_it_is_defined() -> None:
    assert library.find("shortcase.case.thesis.inputs").name == "shortcase.case.thesis.inputs.inputs"  # type: ignore[union-attr]
    assert library.find("shortcase.case.thesis.inputs.PARAMETERS").name == (  # type: ignore[union-attr]
        "shortcase.case.thesis.inputs.PARAMETERS"
    )
    assert library.find("shortcase.show.number").name == "shortcase.show.record.number"  # type: ignore[union-attr]
    assert library.find("shortcase.no_such.module") is None
    assert library.find("numpy.array") is None


def test_facts_are_looked_up_for_the_valuation_in_one_place() -> None:
    """What reads a table by a name that it is given would hide it from every trace: the slice knows of one such."""
    home = Path(library.HOME)
    reading = [
        path.relative_to(home).as_posix()
        for folder in ("case", "show", "model")
        for path in sorted((home / folder).rglob("*.py"))
        if "Table, table" in (text := path.read_text(encoding="utf-8")) or "facts import table" in text
    ]
    assert reading == ["case/thesis/start.py"]


def test_a_case_takes_the_facts_of_its_day_and_every_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    whole = dict.fromkeys(thesis.PARAMETERS, 0.5) | {"long_run_growth": 0.01, "another": 7}
    case = thesis.case("2025-01-25", whole)
    assert {name: getattr(case, name) for name in thesis.PARAMETERS} == {
        name: whole[name] for name in thesis.PARAMETERS
    }
    assert case.start.price_usd == 142.62  # the last close before the essay
