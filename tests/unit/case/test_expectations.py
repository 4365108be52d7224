"""Expectations as they are written: what their file may say, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.case import claims, expectations
from shortcase.errors import BadFile

GOOD = "one:\n  says: It falls.\n  why: So.\n  chapter: the_fallout\n  of: a\n  falls_with: b\n"


def read(tmp_path: Path, text: str) -> expectations.Expectation:
    path = tmp_path / "expectations.yml"
    path.write_text(text, encoding="utf-8")
    expectations.expectations.cache_clear()
    return expectations.expectations(path)["one"]


def test_an_expectation_says_its_test(tmp_path: Path) -> None:
    one = read(tmp_path, GOOD)
    assert (one.kind, one.against, one.test) == ("falls_with", "b", "a falls with b")
    summed = read(tmp_path, GOOD.replace("of: a\n  falls_with: b", 'parts: [a, b]\n  sums_to: "1"'))
    assert summed.test == "(a) + (b) sums to 1"


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("  falls_with: b\n", "", "has no test"),
        ("falls_with: b", 'falls_with: b\n  equals: "1"', "has 2 tests"),
        ("of: a", "parts: [a, b]", "does not say of what"),
        ("falls_with: b", "within: [1]", "has no two bounds"),
        ("falls_with: b", "falls_with: b\n  over: [drawn]", "over drawn"),
        ("falls_with: b", "falls_with: b\n  across: edges", "across edges"),
        ("falls_with: b", "rises: b", "unknown field 'rises'"),
    ],
)
def test_what_is_no_expectation_is_refused_with_its_line(tmp_path: Path, was: str, now: str, told: str) -> None:
    assert was in GOOD
    with pytest.raises(BadFile, match=told) as refused:
        read(tmp_path, GOOD.replace(was, now))
    assert "expectations.yml:" in str(refused.value)


def test_the_book_states_sixty_at_least_over_every_chapter_of_the_essay_and_the_valuation(root: Path) -> None:
    every = expectations.expectations(root / "book" / "expectations.yml").values()
    assert len(every) >= 60
    assert {one.chapter for one in every} >= {claim.chapter for claim in claims.ledger().values()}
    assert "what_a_share_was_worth" in {one.chapter for one in every}
    assert {one.kind for one in every} == set(expectations.KINDS)
    assert {word for one in every for word in one.over} == set(expectations.CASES)
