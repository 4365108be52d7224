"""Rows that were read again: what the list may say, and that the draw gives each row the chance it should have."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from shortcase.errors import BadFile
from shortcase.facts import names, rereadings

GOOD = "accelerators,v100_sxm,tdp_w,right,a page,2026-11-29,"
PLAN = rereadings.Plan("1", "", dt.date(2025, 1, 25), 3, 2, 7, (), {})
Listed = Callable[[str], tuple[rereadings.Rereading, ...]]


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listed]:
    monkeypatch.setattr(rereadings, "FOUND", tmp_path / "rereadings.csv")
    rereadings.rereadings.cache_clear()

    def read(lines: str) -> tuple[rereadings.Rereading, ...]:
        rereadings.FOUND.write_text(",".join(rereadings.HEADER) + "\n" + lines + "\n", encoding="utf-8")
        return rereadings.rereadings()

    yield read
    rereadings.rereadings.cache_clear()


def test_a_good_part_of_the_facts_was_read_again() -> None:
    found = rereadings.rereadings()
    assert sum(one.verdict in rereadings.CHECKED for one in found) >= 160
    assert len({one.table for one in found}) > len(names()) / 2


def test_what_was_wrong_is_mended() -> None:
    left = [
        f"{one.table}/{one.row}"
        for one in rereadings.rereadings()
        if one.verdict == "wrong" and "Mended" not in one.note
    ]
    assert left == []


def test_a_line_says_row_columns_verdict_and_place(listed: Listed) -> None:
    (one,) = listed(GOOD)
    assert (one.table, one.row, one.columns, one.opened) == ("accelerators", "v100_sxm", ("tdp_w",), "a page")
    assert rereadings.tally([one]) == {"right": 1, "wrong": 0, "uncertain": 0, "could not be checked": 0}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (GOOD.replace("accelerators", "acelerators"), "did you mean accelerators?"),
        (GOOD.replace("v100_sxm", "v100_sxn"), "did you mean v100_sxm?"),
        (GOOD.replace("tdp_w", "tpd_w"), "did you mean tdp_w?"),
        (GOOD.replace("tdp_w", "fp8_dense_flop_per_s"), "has no fp8_dense_flop_per_s"),
        (GOOD.replace("right", "rihgt"), "did you mean right?"),
        (GOOD.replace("tdp_w", ""), "does not say its columns"),
        (GOOD.replace("a page", ""), "does not say its opened"),
        (GOOD.replace("right", "wrong"), "does not say what was found"),
        (GOOD.replace("2026-11-29", "yesterday"), "write YYYY-MM-DD"),
        (GOOD + ",more", "more or fewer cells"),
        (f"{GOOD}\n{GOOD}", "rereadings.csv:3: accelerators/v100_sxm stands twice"),
        (GOOD.replace("v100_sxm", "h100_sxm"), "had been read before"),
    ],
)
def test_what_no_reading_can_be_is_refused(listed: Listed, line: str, said: str) -> None:
    with pytest.raises(BadFile) as caught:
        listed(line)
    assert said in str(caught.value)
    assert "rereadings.csv:" in str(caught.value)


def test_what_could_not_be_checked_needs_no_place(listed: Listed) -> None:
    (one,) = listed("accelerators,v100_sxm,tdp_w,could not be checked,,2026-11-29,The sheet was not found")
    assert one.opened == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("seed:", "sede:", "does not say its seed"),
        ("least: 2", "least: 2\nfewest: 2", "'fewest' is no part of the plan"),
        ("  ai_sales: [microsoft_ai]", "  ai_sales: [microsoft_ia]", "did you mean microsoft_ai?"),
        ("  ai_sales:", "  ai_sails:", "did you mean ai_sales?"),
    ],
)
def test_a_plan_that_names_what_is_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    written = rereadings.PLAN.read_text(encoding="utf-8")
    assert old in written
    monkeypatch.setattr(rereadings, "PLAN", tmp_path / "rereadings.yml")
    rereadings.PLAN.write_text(written.replace(old, new, 1), encoding="utf-8")
    rereadings.plan.cache_clear()
    with pytest.raises(BadFile, match=r"rereadings\.yml") as caught:
        rereadings.plan()
    assert said in str(caught.value)
    rereadings.plan.cache_clear()


def test_the_smallest_numbers_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    # By hand: -ln u is 6, 1, 3, 4.5; over the weights 3, 1, 1, 3 that is 2, 1, 3, 1.5. Two of four rows: the root.
    u = {"1/t/a": math.exp(-6), "1/t/b": math.exp(-1), "1/t/c": math.exp(-3), "1/t/d": math.exp(-4.5)}
    monkeypatch.setattr(rereadings, "_uniform", u.__getitem__)
    rows = {"a": True, "b": False, "c": False, "d": True}
    assert rereadings.draw("t", rows, PLAN) == ["b", "d"]
    assert rereadings.draw("t", rows, replace(PLAN, most=1, least=1)) == ["b"]
    assert rereadings.draw("t", rows, replace(PLAN, least=9, most=9)) == ["b", "d", "a", "c"]
    assert rereadings.draw("t", rows, replace(PLAN, rows_before={"t": ("b",)})) == ["d", "a"]
    assert rereadings.draw("t", rows, replace(PLAN, tables_before=("t",))) == []


def test_a_row_of_three_times_the_weight_comes_first_three_times_in_four() -> None:
    one = replace(PLAN, least=1, most=1)
    first = [rereadings.draw(f"table {i}", {"heavy": True, "light": False}, one) == ["heavy"] for i in range(4000)]
    assert sum(first) / 4000 == pytest.approx(0.75, abs=4 * math.sqrt(0.75 * 0.25 / 4000))
