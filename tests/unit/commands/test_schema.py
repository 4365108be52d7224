"""The schemas and the loaders agree: both take what is valid, and both refuse what a schema can say is not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from shortcase import yaml_lines
from shortcase.case import expectations, parameters, scenarios
from shortcase.commands import schema
from shortcase.errors import BadFile, BadParameter, BadRequest

ENTRY = """\
rate:
  label: Rate
  kind: float
  unit: share
  value: 0.1
  essay: 0.2
  low: 0.05
  high: 0.2
  interval: judgement
  min: 0
  max: 1
  source: Made for a test
  date: "2025-01-25"
"""
SCENARIO = "title: Mine\nreason: A guess.\nset:\n  demand_elasticity: 1.2\n"
EXPECTATION = "one:\n  says: It falls.\n  why: So.\n  chapter: the_fallout\n  of: a\n  falls_with: b\n"


def plain(value: Any) -> Any:
    """As an editor reads the file: days are texts."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def by_schema(name: str, path: Path) -> bool:
    return bool(Draft202012Validator(schema.MADE[name]()).is_valid(plain(yaml_lines.read(path))))


LOADERS = {
    "parameters": parameters.as_written,
    "scenario": scenarios.read_file,
    "expectations": expectations.expectations,
}


def by_loader(name: str, path: Path) -> bool:
    try:
        LOADERS[name](path)
    except (BadFile, BadParameter, BadRequest):
        return False
    return True


def test_the_schemas_are_schemas() -> None:
    for made in schema.MADE.values():
        Draft202012Validator.check_schema(made())


def test_the_books_own_files_are_valid(root: Path) -> None:
    files = {
        "parameters": [root / "book" / "parameters.yml"],
        "scenario": sorted((root / "book" / "scenarios").glob("*.yml")),
        "expectations": [root / "book" / "expectations.yml"],
    }
    for name, paths in files.items():
        assert paths
        for path in paths:
            assert by_loader(name, path), path
            validator = Draft202012Validator(schema.MADE[name]())
            assert [error.message for error in validator.iter_errors(plain(yaml_lines.read(path)))] == [], path
            modeline = path.read_text(encoding="utf-8").splitlines()[0]
            named = (path.parent / modeline.removeprefix("# yaml-language-server: $schema=")).resolve()
            assert named == root / schema.FOLDER / f"{name}.json"


def test_the_written_schemas_are_those_of_today(root: Path) -> None:
    for name in schema.MADE:
        written = (root / schema.FOLDER / f"{name}.json").read_text(encoding="utf-8")
        assert written == schema.text(name), "To put it right: shortcase schema --write"


VALID = [
    ("parameters", ENTRY, "", ""),
    ("parameters", ENTRY, "value: 0.1", 'value: "0.1"'),
    ("parameters", ENTRY, "  essay: 0.2\n", ""),
    ("parameters", ENTRY, "  essay: 0.2", "  essay:"),
    ("parameters", ENTRY, "  low: 0.05\n  high: 0.2\n  interval: judgement\n", ""),
    ("parameters", ENTRY, "  max: 1", "  max: 1\n  step: 0.01\n  note: A note."),
    ("scenario", SCENARIO, "", ""),
    ("scenario", SCENARIO, "set:\n  demand_elasticity: 1.2\n", ""),
    ("scenario", SCENARIO, "set:", "base: essay\nset:"),
    ("expectations", EXPECTATION, "", ""),
    ("expectations", EXPECTATION, "falls_with: b", "within: [0, c]\n  over: [documented, draws]"),
    ("expectations", EXPECTATION, "of: a\n  falls_with: b", "parts: [a, b]\n  sums_to: c"),
]
INVALID = [
    ("parameters", ENTRY, "  label: Rate\n", ""),
    ("parameters", ENTRY, "label: Rate", "label: 3"),
    ("parameters", ENTRY, "label: Rate", 'label: " "'),
    ("parameters", ENTRY, "kind: float", "kind: number"),
    ("parameters", ENTRY, "value: 0.1", "value: much"),
    ("parameters", ENTRY, "value: 0.1", "value: true"),
    ("parameters", ENTRY, "  max: 1\n", ""),
    ("parameters", ENTRY, "  high: 0.2\n", ""),
    ("parameters", ENTRY, "  interval: judgement\n", ""),
    ("parameters", ENTRY, "interval: judgement", "interval: a guess"),
    ("parameters", ENTRY, 'date: "2025-01-25"', "date: January"),
    ("parameters", ENTRY, "  max: 1", "  max: 1\n  maximum: 1"),
    ("parameters", ENTRY, "  max: 1", "  max: 1\n  gap: 0.1"),
    ("parameters", ENTRY, "  max: 1", "  max: 1\n  choices: one"),
    ("parameters", ENTRY, "rate:", "Rate:"),
    ("scenario", SCENARIO, "title: Mine\n", ""),
    ("scenario", SCENARIO, "demand_elasticity: 1.2", "demand_elastcity: 1.2"),
    ("scenario", SCENARIO, "demand_elasticity: 1.2", "demand_elasticity: 100"),
    ("scenario", SCENARIO, "demand_elasticity: 1.2", "demand_elasticity: [1]"),
    ("scenario", SCENARIO, "set:", "base: mine\nset:"),
    ("scenario", SCENARIO, "set:", "begins: tomorrow\nset:"),
    ("scenario", SCENARIO, "set:", "values: 3\nset:"),
    ("expectations", EXPECTATION, "  falls_with: b\n", ""),
    ("expectations", EXPECTATION, "falls_with: b", "falls_with: b\n  rises_with: c"),
    ("expectations", EXPECTATION, "falls_with: b", "within: [1]"),
    ("expectations", EXPECTATION, "falls_with: b", "falls_with: b\n  over: [drawn]"),
    ("expectations", EXPECTATION, "falls_with: b", "falls_with: b\n  across: edges"),
    ("expectations", EXPECTATION, "  why: So.\n", ""),
]


@pytest.mark.parametrize(("name", "text", "was", "now"), VALID)
def test_what_a_loader_takes_its_schema_takes(tmp_path: Path, name: str, text: str, was: str, now: str) -> None:
    path = made(tmp_path, text, was, now)
    assert by_loader(name, path)
    assert by_schema(name, path)


@pytest.mark.parametrize(("name", "text", "was", "now"), INVALID)
def test_what_a_schema_refuses_its_loader_refuses(tmp_path: Path, name: str, text: str, was: str, now: str) -> None:
    path = made(tmp_path, text, was, now)
    assert not by_schema(name, path)
    assert not by_loader(name, path)


def made(folder: Path, text: str, was: str, now: str) -> Path:
    assert was in text
    path = folder / "mine.yml"
    path.write_text(text.replace(was, now, 1), encoding="utf-8")
    return path
