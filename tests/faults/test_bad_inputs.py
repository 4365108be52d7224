"""Each parser, fed with texts that have something wrong: benchmarks/bad_inputs.py feeds a hundred thousand."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from parsers import mutated, parsers, told

from shortcase.case import claims, parameters
from shortcase.facts import schemas

NAMES = (
    "settings", "names of scenarios", "scenario file", "parameters", "ledger", "description of a table",
    "rows of a table", "correlations", "chapter",
)  # fmt: skip
TEXTS = {"chapter": 60}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(schemas, "TABLES", schemas.TABLES)  # `parsers` puts another in its place
    (tmp_path / "book").mkdir()
    caches = (parameters.registry, parameters.as_written, claims.ledger)
    for cached in caches:
        cached.cache_clear()
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_wrong_is_told_with_place_and_advice(book: Path, name: str) -> None:
    found = parsers(book)
    assert set(found) == set(NAMES)
    parser, draw = found[name], random.Random(name)  # noqa: S311 - no secret
    assert {told(parser, seed) for seed in parser.seeds} == {"taken"}
    tally = Counter(told(parser, mutated(draw.choice(parser.seeds), draw)) for _ in range(TEXTS.get(name, 400)))
    assert set(tally) <= {"taken", "refused"}, tally
    assert tally["refused"] > tally.total() // 4
