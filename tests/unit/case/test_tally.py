"""What the first page says of the ledger adds up, whatever the verdicts are."""

from __future__ import annotations

import pytest

from shortcase.case.claims import Verdict
from shortcase.case.tally import COUNTS, tally

# Two that hold, three within rounding, one that fails, four that depend, five that cannot be tested, six still open,
# and seven with no more than a lead.
LEDGER = [
    *[Verdict.HOLDS] * 2,
    *[Verdict.ROUNDING] * 3,
    Verdict.FAILS,
    *[Verdict.DEPENDS] * 4,
    *[Verdict.NOT_TESTABLE] * 5,
    *[Verdict.OPEN] * 6,
    *[Verdict.UNVERIFIED] * 7,
]


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("ledger_all", 28),
        ("ledger_decided", 10),
        ("ledger_holds", 5),
        ("ledger_fails", 1),
        ("ledger_depends", 4),
        ("ledger_unverified", 7),
        ("ledger_not_testable", 5),
        ("ledger_open", 6),
    ],
)
def test_each_count_takes_its_own_verdicts(key: str, count: int) -> None:
    assert tally(key, LEDGER) == count
    assert tally(key, iter(LEDGER)) == count
    assert tally(key, []) == 0


def test_every_count_is_tested_above() -> None:
    (marks,) = [mark for mark in test_each_count_takes_its_own_verdicts.pytestmark if mark.name == "parametrize"]
    assert {key for key, _ in marks.args[1]} == set(COUNTS)


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_counts_once_in_the_parts_of_the_whole(verdict: Verdict) -> None:
    parts = (
        "ledger_holds",
        "ledger_fails",
        "ledger_depends",
        "ledger_unverified",
        "ledger_not_testable",
        "ledger_open",
    )
    assert sum(tally(key, [verdict]) for key in parts) == tally("ledger_all", [verdict]) == 1
    decided = ("ledger_holds", "ledger_fails", "ledger_depends")
    assert sum(tally(key, [verdict]) for key in decided) == tally("ledger_decided", [verdict])
