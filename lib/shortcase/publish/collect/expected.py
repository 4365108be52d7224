"""What the page of expectations shows: each sentence with its test, its cases, and what became of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shortcase.case.expectations import CASES, FILE, Expectation, expectations

RESULT = Path("benchmarks") / "results" / "expectations.json"
"""The outcomes, as `shortcase expect --write` keeps them; a test holds them to a run."""
NOT_RUN = "not run"


def expected(root: Path) -> dict[str, dict[str, Any]]:
    """Every expectation by name; none for a book that states none.

    An outcome counts only for the test that it was found for: of one that has changed since, it says "not run".
    """
    if not (root / "book" / FILE).is_file():
        return {}
    path = root / RESULT
    found = json.loads(path.read_text(encoding="utf-8"))["expectations"] if path.is_file() else {}
    return {name: _row(one, found.get(name, {})) for name, one in expectations().items()}


def _row(one: Expectation, outcome: dict[str, Any]) -> dict[str, Any]:
    ran = outcome.get("test") == one.test
    return {
        "says": one.says,
        "why": one.why,
        "chapter": one.chapter,
        "test": one.test,
        "fixed": {name: str(value) for name, value in one.at.items()},
        "over": [CASES[word] for word in one.over],
        "outcome": outcome["outcome"] if ran else NOT_RUN,
        "cases": outcome["cases"] if ran else 0,
        "told": outcome["told"] if ran else "",
        "order": one.line,
    }
