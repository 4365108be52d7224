"""Where a claim turns on a parameter, what is recomputed at the parameter's own value is what the chapter computed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from shortcase.case import claims, judgement
from shortcase.case.parameters import Parameter
from shortcase.publish.read.pages import chapter, chapters

ROOT = Path(__file__).resolve().parents[2]
TURNING = [page.name for page in chapters(ROOT) if any("turns_on=" in cell.source for cell in page.code)]
Asked = tuple[str, float | bool, float | bool]


def test_no_claim_of_another_chapter_turns_on_a_parameter(site: Path) -> None:
    """Those that are run below are found by their words; here by what they recorded, in whatever way they did."""
    told = json.loads((site.parent / "results" / "claims.json").read_text(encoding="utf-8")).values()
    turning = {row["chapter"] for row in told if row.get("turns_on")}
    assert len(turning) > 5
    assert turning <= set(TURNING)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """Every claim that turns on a parameter: its id, what was computed, and what is recomputed at the same value."""
    found: list[Asked] = []
    check = judgement.check

    def watched(
        claim: claims.Claim,
        computed: float | bool,
        *,
        turns_on: Parameter | None = None,
        recompute: Callable[[float], float | bool] | None = None,
    ) -> judgement.Finding:
        if turns_on is not None and recompute is not None:
            found.append((claim.id, computed, recompute(float(turns_on.value))))
        return check(claim, computed, turns_on=turns_on, recompute=recompute)

    monkeypatch.setattr(judgement, "check", watched)
    return found


@pytest.mark.parametrize("name", TURNING)
def test_a_threshold_belongs_to_the_value_that_was_computed(
    name: str, asked: list[Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    shell: Any = InteractiveShell()
    shell.display_pub.publish = lambda *_, **__: None
    for cell in chapter(name, ROOT).code:
        shell.run_cell(cell.source, silent=True).raise_error()
    expected = sum(cell.source.count("turns_on=") for cell in chapter(name, ROOT).code)
    assert len(asked) == expected
    assert [row for row in asked if row[2] != pytest.approx(row[1], rel=1e-9)] == []
