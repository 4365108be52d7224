"""The rules of the ledger, on worked points."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import pytest

from shortcase.case.claims import COLUMNS, Claim, Rule, Verdict, ledger
from shortcase.case.judgement import check
from shortcase.case.parameters import Parameter
from shortcase.errors import BadFile, BadRecord

RATIO = Claim(
    id="a", section="S", chapter="c", kind="arithmetic", weight="main", paraphrase="P", stated="57", unit="multiple",
    rule=Rule.EQUALS, tolerance=0.0, test="t", why_not="", lead="", resolution="", note="", line=2,
)  # fmt: skip


def a(**changes: object) -> Claim:
    return dataclasses.replace(RATIO, **changes)


def test_equals_holds_or_rounds_or_fails() -> None:
    assert RATIO.judge(57.02) is Verdict.HOLDS  # 0.035 % away
    assert RATIO.judge(46225 / 814) is Verdict.ROUNDING  # 56.788, which is 57 in two digits
    assert RATIO.judge(56.4) is Verdict.FAILS  # 56 in two digits
    assert a(tolerance=0.02).judge(56.4) is Verdict.ROUNDING  # 1.05 % away


def test_bounds_and_ranges() -> None:
    assert a(rule=Rule.AT_LEAST).judge(57.0) is Verdict.HOLDS
    assert a(rule=Rule.AT_LEAST).judge(50.0) is Verdict.FAILS
    assert a(rule=Rule.AT_MOST).judge(50.0) is Verdict.HOLDS
    assert a(rule=Rule.BETWEEN, stated="85..90").judge(87) is Verdict.HOLDS
    assert a(rule=Rule.BETWEEN, stated="85..90").judge(91) is Verdict.FAILS
    assert a(rule=Rule.BETWEEN, stated="85..90", tolerance=0.02).judge(91) is Verdict.ROUNDING


def test_a_condition_takes_a_condition_and_nothing_else() -> None:
    assert a(rule=Rule.TRUE).judge(True) is Verdict.HOLDS
    assert a(rule=Rule.TRUE).judge(False) is Verdict.FAILS
    with pytest.raises(BadRecord, match="condition"):
        a(rule=Rule.TRUE).judge(1.0)
    with pytest.raises(BadRecord, match="no rule"):
        a(rule=Rule.NONE).judge(1.0)
    with pytest.raises(BadRecord, match="nan"):
        RATIO.judge(float("nan"))
    with pytest.raises(BadRecord, match="decided by a figure"):
        a(stated="1").judge(True)


def test_a_verdict_that_flips_inside_the_range_depends_and_says_where() -> None:
    price = Parameter(
        "p", "Price", "float", "USD", 30e3, "", "", low=20e3, high=40e3, interval="judgement", min=0, max=1e5
    )
    claim = a(rule=Rule.AT_MOST, stated="0.5")
    found = check(claim, 0.4, turns_on=price, recompute=lambda x: 12e3 / x)  # 12,000/x <= 0.5 from x = 24,000 on
    assert found.verdict is Verdict.DEPENDS
    assert found.threshold == pytest.approx(24e3, rel=1e-9)
    steady = check(claim, 0.1, turns_on=price, recompute=lambda x: 3e3 / x)
    assert (steady.verdict, steady.threshold) == (Verdict.HOLDS, None)
    with pytest.raises(BadRecord, match="no range"):
        check(claim, 0.4, turns_on=dataclasses.replace(price, low=None, high=None), recompute=lambda x: x)


def test_the_ledger_holds_all_claims_of_the_essay() -> None:
    assert len(ledger()) == 327
    sections = {claim.section for claim in ledger().values()}
    assert len(sections) == 11


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "opinion"}, "There is no kind 'opinion'"),
        ({"rule": "at_laest"}, "did you mean at_least?"),
        ({"id": "A claim"}, "'A claim' cannot be a claim's id"),
        ({"id": ""}, "'' cannot be a claim's id"),
        ({"stated": "many"}, "cannot be read"),
        ({"stated": "nan"}, "cannot be read"),
        ({"stated": "2025-02-30", "unit": "date", "rule": ""}, "cannot be read"),
        ({"stated": "3;5"}, "needs one stated value"),
        ({"rule": "at_most", "stated": ""}, "needs a stated value"),
        ({"rule": "between", "stated": "3"}, "needs two stated values"),
        ({"rule": "between", "stated": "90..85"}, "the lower one first"),
        ({"test": "x", "why_not": "y"}, "both how it is tested and why it is not"),
        ({"test": "x", "lead": "y"}, "both how it is tested and why it is not"),
        ({"weight": "heavy"}, "There is no weight 'heavy'"),
        ({"resolution": "by sales"}, "is no forecast"),
        ({"tolerance": "wide"}, "The tolerance 'wide' is no share"),
        ({"tolerance": "nan"}, "is no share"),
        ({"tolerance": "-0.1"}, "is no share"),
        ({"tolerance": "5"}, "is no share"),
    ],
)
def test_a_broken_ledger_is_refused_with_its_line(tmp_path: Path, change: dict[str, str], words: str) -> None:
    row = (
        dict.fromkeys(COLUMNS, "")
        | {"id": "a", "kind": "fact", "stated": "3", "unit": "count", "rule": "equals"}
        | change
    )
    path = tmp_path / "claims.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerow(row)
    with pytest.raises(BadFile) as caught:
        ledger(path)
    assert words.lower() in str(caught.value).lower()
    assert "claims.csv:2:" in str(caught.value)


def test_a_claim_may_not_stand_twice(tmp_path: Path) -> None:
    row = dict.fromkeys(COLUMNS, "") | {"id": "a", "kind": "fact"}
    path = tmp_path / "claims.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows([row, row])
    with pytest.raises(BadFile, match="stands twice"):
        ledger(path)


def test_the_rule_in_words_says_its_tolerance() -> None:
    claim = dataclasses.replace(next(iter(ledger().values())), rule=Rule.AT_LEAST, tolerance=0.05)
    assert claim.rule_text == "must be at least the stated value, within 5%"
    assert dataclasses.replace(claim, tolerance=0.0).rule_text == "must be at least the stated value"
