"""The book is what it expects of itself: every expectation holds, every verdict is the one that is expected."""

from __future__ import annotations

import json
from pathlib import Path

from shortcase.case import expected_verdicts
from shortcase.commands.expect import report
from shortcase.publish.collect.expected import RESULT


def test_every_expectation_holds_and_the_page_says_so(root: Path) -> None:
    outcomes = report.expect(root, (), None, lambda _: None)
    assert not report.failed(outcomes), report.as_text(outcomes)
    kept = (root / RESULT).read_text(encoding="utf-8")
    assert kept == report.kept(outcomes), "To put it right: shortcase expect --write"


def test_every_verdict_is_expected(root: Path) -> None:
    found = json.loads((root / "_build" / "results" / "claims.json").read_text(encoding="utf-8"))
    judged = {name: row["verdict"] for name, row in found.items() if "computed_in" in row}
    assert judged == expected_verdicts.read(expected_verdicts.path()), f"To put it right: {expected_verdicts.WRITE}"
