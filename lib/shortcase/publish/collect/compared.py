"""What follows from a scenario: the values that it sets, the verdicts that differ, the headline figures that move most.

A headline figure is one that the answer of a chapter, or the landing page, tells its reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shortcase.case.claims import WEIGHTS
from shortcase.case.parameters import as_written
from shortcase.case.scenarios import Scenario
from shortcase.publish.collect.results import Results
from shortcase.show.units import fmt

MOST = 12
"""Figures that are shown."""


def settings(one: Scenario) -> list[dict[str, Any]]:
    """What a scenario sets otherwise than documented, in the order of the registry."""
    values = one.values()
    return [
        {"name": p.name, "label": p.label, "documented": fmt(p.value, p.unit), "here": fmt(values[p.name], p.unit)}
        for p in as_written().values()
        if values[p.name] != p.value
    ]


def compared(ours: Results, theirs: Results, wanted: Iterable[str]) -> dict[str, Any]:
    """How the results under a scenario differ from the documented ones."""
    flips = [
        {"id": name, "before": row["verdict"], "after": theirs.claims[name]["verdict"], "paraphrase": row["paraphrase"],
         "weight": row["weight"], "chapter": row["chapter"]}
        for name, row in ours.claims.items()
        if name in theirs.claims and theirs.claims[name]["verdict"] != row["verdict"]
    ]  # fmt: skip
    flips.sort(key=lambda flip: WEIGHTS.index(flip["weight"]) if flip["weight"] in WEIGHTS else len(WEIGHTS))
    both = [key for key in ours.numbers if key in theirs.numbers]
    texts = {key: (_text(ours.numbers[key]), _text(theirs.numbers[key])) for key in both}
    changed = [key for key in both if texts[key][0] != texts[key][1]]
    wanted = list(wanted)
    told = sorted((key for key in changed if key in wanted), key=lambda key: -_size(ours, theirs, key))
    return {
        "flips": flips,
        "judged": sum("computed_in" in row for row in ours.claims.values()),
        "moved": [
            {"key": key, "label": ours.numbers[key]["label"], "before": texts[key][0], "after": texts[key][1],
             "chapter": ours.numbers[key]["chapter"]}
            for key in told[:MOST]
        ],
        "changed": len(changed),
        "numbers": len(both),
    }  # fmt: skip


def _text(row: Mapping[str, Any]) -> str:
    return fmt(row["value"], row["unit"], row["digits"])


def _size(ours: Results, theirs: Results, key: str) -> float:
    """How far a figure moves, over the larger of its two sizes; what is no figure moves wholly.

    Equation: |a − b|/max(|a|, |b|)
    """
    one, other = ours.numbers[key]["value"], theirs.numbers[key]["value"]
    if not all(isinstance(x, (int, float)) for x in (one, other)):
        return 1.0
    return float(abs(one - other) / max(abs(one), abs(other), 1e-300))
