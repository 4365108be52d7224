"""What `run` and `claims` say of a claim that depends: on which side of its turn it stands, and how far from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shortcase.commands import listing
from shortcase.commands.chapter_run import Difference

HOLDS: dict[str, Any] = {
    "verdict": "depends", "side": "holds", "turns_on": "price", "threshold": 31_400.0, "threshold_text": "$31,400",
    "distance": 3_900.0, "distance_text": "$3,900 above the value taken",
}  # fmt: skip
FAILS = HOLDS | {"side": "fails", "distance": -8_600.0, "distance_text": "$8,600 below the value taken"}


def difference(old: dict[str, Any], new: dict[str, Any]) -> Difference:
    return Difference("chapter", "the documented values", ({}, {"c": old}), ({}, {"c": new}), Path("c.ipynb"))


def test_a_claim_that_comes_to_the_other_side_of_its_turn_is_told() -> None:
    found = difference(HOLDS, FAILS)
    (verdict,) = found.as_json()["verdicts"]
    assert (verdict["old_side"], verdict["new_side"]) == ("holds", "fails")
    assert verdict["distance"] == -8_600.0
    assert (
        "c: depends (holds; flips at $31,400, $3,900 above the value taken) → "
        "depends (fails; flips at $31,400, $8,600 below the value taken)"
    ) in found.as_text()


def test_a_claim_that_stays_on_its_side_is_not() -> None:
    assert difference(HOLDS, HOLDS | {"distance": 1.0}).verdicts() == []


def test_the_list_of_claims_says_the_side_too() -> None:
    row = HOLDS | {"id": "c", "stated": "$25,000", "computed_text": "yes"}
    told = "; here it holds, and flips at $31,400, $3,900 above the value taken"
    assert listing.columns([["c", listing._compared(row)]]).endswith(f"stated $25,000, computed yes{told}")
