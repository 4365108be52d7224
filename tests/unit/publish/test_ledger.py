"""What an incomplete ledger is refused for."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from shortcase.case.claims import Claim, Rule
from shortcase.publish.check import ledger

WHOLE = Claim(
    id="a", section="The Fallout", chapter="the_fallout", kind="estimate", weight="main", paraphrase="P", stated="57",
    unit="multiple", rule=Rule.EQUALS, tolerance=0.0, test="t", why_not="", lead="", resolution="", note="", line=7,
)  # fmt: skip
PATH = Path("book/claims.csv")


def told(claim: Claim, *judged: str) -> list[str]:
    found = ledger.problems({claim.id: claim}, set(judged), PATH, {"the_fallout"})
    return [str(problem) for problem in found]


def test_a_whole_row_is_taken() -> None:
    assert told(WHOLE, "a") == []


@pytest.mark.parametrize(
    ("change", "judged", "words"),
    [
        ({"weight": ""}, "a", "does not say what hangs on it"),
        ({"section": "The Fall"}, "a", "stands in no section of the essay"),
        ({"chapter": "the_fall"}, "a", "belongs to no chapter"),
        ({"paraphrase": " "}, "a", "says nothing"),
        ({"kind": "forecast", "test": "", "why_not": "It lies ahead."}, "", "how it will be resolved"),
        ({"test": ""}, "", "is of kind estimate and says nothing of how it is decided"),
        ({"kind": "fact", "test": ""}, "", "is of kind fact and says nothing"),
        ({"kind": "arithmetic", "test": ""}, "", "is of kind arithmetic and says nothing"),
        ({}, "", "and no chapter tests it"),
        ({"test": "", "why_not": "Taste."}, "a", "is tested by a chapter, and does not say how"),
    ],
)
def test_each_thing_unsaid_is_told_with_its_line(change: dict[str, str], judged: str, words: str) -> None:
    (message,) = told(dataclasses.replace(WHOLE, **change), *filter(None, [judged]))
    assert words in message
    assert "claims.csv:7:" in message


@pytest.mark.parametrize(
    "change",
    [
        {"test": "", "why_not": "Nobody counts them."},
        {"test": "", "lead": "A tweet."},
        {"kind": "judgement", "test": ""},
        {"kind": "forecast", "test": "", "resolution": "Sales of the year by their filing."},
    ],
)
def test_a_row_that_says_enough_is_taken(change: dict[str, str]) -> None:
    assert told(dataclasses.replace(WHOLE, **change)) == []
