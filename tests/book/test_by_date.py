"""Verdicts and figures by date: the committed file is what the chapters give, and no verdict turns by itself.

As of the first day and the last; as of every day with SHORTCASE_DAYS=all, as the weekly job does.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from shortcase.case import by_date
from shortcase.errors import BadSource
from shortcase.publish.check.book import read
from shortcase.publish.request import Request, chosen
from shortcase.sweep import by_date as making

ALL = os.environ.get("SHORTCASE_DAYS") == "all"
DAYS = by_date.DAYS if ALL else (by_date.DAYS[0], by_date.DAYS[-1])
MEND = "python -m shortcase.commands.by_date writes book/by_date.csv anew"


def test_the_file_is_what_the_chapters_give_as_of_those_days(root: Path) -> None:
    made = making.histories(read(root), chosen(Request()), lambda _: None, DAYS)
    kept = {(one.kind, one.id): one for one in by_date.histories()}
    assert {(one.kind, one.id) for one in made} == kept.keys(), MEND
    for one in made:
        told = kept[one.kind, one.id]
        if one.kind == by_date.CLAIM:
            assert one.values == {day: told.values[day] for day in DAYS}, f"{one.id}: {MEND}"
            assert not ALL or one.new_facts == told.new_facts, f"{one.id}: {MEND}"
        else:
            now = [one.figure(day) for day in DAYS]
            assert now == pytest.approx([told.figure(day) for day in DAYS], rel=1e-9), f"{one.id}: {MEND}"


def test_a_verdict_that_turns_without_a_new_fact_is_refused() -> None:
    one = next(row for row in by_date.histories() if row.kind == by_date.CLAIM)
    other = "fails" if one.values[by_date.DAYS[0]] != "fails" else "holds"
    turned = replace(one, values={**one.values, by_date.DAYS[-1]: other})
    with pytest.raises(BadSource, match="no fact behind it had become public"):
        making._nothing_turns_by_itself([turned])
    making._nothing_turns_by_itself([replace(turned, new_facts="a/b (2026-09-01)")])


def test_every_judged_claim_is_followed(root: Path) -> None:
    book = read(root)
    judged = {name for code in book.codes.values() if not code.frozen for name in code.named("claim")}
    assert {one.id for one in by_date.histories() if one.kind == by_date.CLAIM} == judged
