"""`shortcase value`: the figures of the page, in words and in JSON, and every wrong request refused in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shortcase import cli
from shortcase.case import claims, parameters
from shortcase.case.thesis.answer import IMPLIED
from shortcase.case.thesis.threats import THREATS
from shortcase.commands.valuation import as_text

ROOT = Path(__file__).resolve().parents[3]
RECORDED = ROOT / "_build/results/numbers.json"
FEW = ("--draws", "64")


@pytest.fixture(autouse=True)
def inside_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for cached in (parameters.registry, claims.ledger):
        cached.cache_clear()


def asked(capsys: pytest.CaptureFixture[str], *options: str) -> Any:
    capsys.readouterr()
    assert cli.main(["value", "--json", *options]) == 0
    return json.loads(capsys.readouterr().out)


WRONG = {
    "unknown parameter": (("--set", "demand_elastcity=1"), "did you mean demand_elasticity"),
    "unknown scenario": (("--scenario", "bare"), "did you mean bear"),
    "above its bound": (("--set", "long_run_growth=0.12"), "outside its bounds"),
    "growth for ever at the rate": (
        ("--set", "long_run_growth=0.06", "--set", "equity_discount_rate=0.06"), "the two together say nothing",
    ),
    "growth for ever above the rate": (
        ("--set", "long_run_growth=0.06", "--set", "equity_discount_rate=0.05"), "at least 0.01 below",
    ),
    "no draws": (("--draws", "0"), "draw from 1 to 100,000,000 cases"),
    "fewer than none": (("--draws=-8",), "draw from 1 to 100,000,000 cases"),
    "too many draws": (("--draws", "100000001"), "draw from 1 to 100,000,000 cases"),
    "draws that are no number": (("--draws", "many"), "draw from 1 to 100,000,000 cases, not many"),
    "a seed below zero": (("--seed=-1",), "a seed is a whole number from zero"),
    "a chapter too": (("the_fallout",), "arguments: the_fallout. To put it right: see shortcase value --help"),
    "an option cut short": (("--draw", "8"), "Unrecognized arguments: --draw"),
    "last quarters of which not all is known": (
        ("--scenario", "today", "--set", "as_of=2025-03-31"), "choose 2026-09-02, the first day on which all of it is",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("options", "told"), WRONG.values(), ids=WRONG)
def test_a_wrong_request_is_refused_with_code_2(
    options: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["value", *options]) == 2
    heard = capsys.readouterr()
    assert told in heard.err
    assert not heard.out


def test_the_json_holds_every_part_of_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, *FEW, "--scenario", "bear", "--set", "equity_discount_rate=0.12")
    assert found["scenario"] == "bear"
    assert found["as_of"] == "2025-01-25"
    assert list(found["threats"]) == list(THREATS)
    assert list(found["implied"]) == list(IMPLIED)
    assert found["implied"]["equity_discount_rate"]["stated"] == 0.12
    share, drawn = found["usd_per_share"], found["drawn"]
    assert share["with_all_threats"] < share["probability_weighted"] < share["without_threats"]
    assert list(drawn["quantiles"]) == ["P5", "P10", "P25", "P50", "P75", "P90", "P95"]
    assert list(drawn["quantiles"].values()) == sorted(drawn["quantiles"].values())
    assert all(drawn["quantiles"][p] <= drawn["quantiles_without_threats"][p] for p in drawn["quantiles"])
    in_full = sum(one["usd_if_all_succeed"] for one in found["threats"].values())
    assert in_full == pytest.approx(share["with_all_threats"] - share["without_threats"], rel=1e-9)
    alone = sum(one["usd_alone"] for one in found["threats"].values())
    assert alone + found["interaction_usd"] == pytest.approx(in_full, rel=1e-9)
    assert {"unknown", "look here", "nothing strange"} >= {one["status"] for one in found["warnings"]}


def test_the_draws_are_rounded_up_to_what_a_sequence_needs_and_a_seed_repeats_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    one, again, other = (asked(capsys, "--draws", "100", "--seed", seed)["drawn"] for seed in ("3", "3", "4"))
    assert one["draws"] == 128
    assert one == again
    assert (one["seed"], other["seed"]) == (3, 4)
    assert one["mean"] != other["mean"]


def test_the_words_hold_the_figures_of_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, *FEW)
    assert cli.main(["value", *FEW]) == 0
    text = capsys.readouterr().out
    assert text.strip() == as_text(found).strip()
    share, drawn = found["usd_per_share"], found["drawn"]
    for figure in (
        found["price_usd"], share["without_threats"], share["probability_weighted"], share["with_all_threats"],
        drawn["mean"], drawn["quantiles"]["P10"], drawn["quantiles"]["P50"], drawn["quantiles_without_threats"]["P90"],
    ):  # fmt: skip
        assert f"${figure:,.2f}".removesuffix("0").removesuffix(".") in text
    for one in found["threats"].values():
        assert one["label"] in text
    assert "unknown" in text


def test_no_value_inside_the_bounds_is_told_as_none(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, *FEW, "--set", "ai_output_share=0.0005")
    assert found["implied"]["opening_gross_margin"]["probability_weighted"] is None
    assert "none" in as_text(found)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        # The table of closes: 142.62 on 24 January, 124.92 on 28 February and 108.38 on 31 March 2025.
        ("2025-01-25", "; its price was $142.62 on 2025-01-24."),
        ("2025-03-31", "on 2025-01-24, against which it is held here, and $108.38 on 2025-03-31."),
        ("2025-03-15", "held here; that of 2025-03-15 is not known here, the last is $124.92 on 2025-02-28."),
    ],
)
def test_the_price_of_the_day_asked_is_told_or_that_it_is_not_known(
    day: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert as_text(asked(capsys, *FEW, "--set", f"as_of={day}")).splitlines()[0].endswith(words)


PAGE = {
    "va_none": ("usd_per_share", "without_threats"),
    "va_weighed": ("usd_per_share", "probability_weighted"),
    "va_all": ("usd_per_share", "with_all_threats"),
    "va_none_multiple": ("usd_per_share", "without_threats_by_multiple"),
    "va_all_multiple": ("usd_per_share", "with_all_threats_by_multiple"),
    "va_mean": ("drawn", "mean"),
    "va_mean_error": ("drawn", "mean_error"),
    "va_draws": ("drawn", "draws"),
    "va_chance_dear": ("drawn", "chance_price_above_value"),
    "va_none_dear": ("drawn", "chance_price_above_without_threats"),
    "va_p10": ("drawn", "quantiles", "P10"),
    "va_median": ("drawn", "quantiles", "P50"),
    "va_p90": ("drawn", "quantiles", "P90"),
    "va_none_p10": ("drawn", "quantiles_without_threats", "P10"),
    "va_none_p90": ("drawn", "quantiles_without_threats", "P90"),
    "va_flip_rate": ("implied", "equity_discount_rate", "probability_weighted"),
    "va_flip_paid": ("implied", "ai_output_share", "probability_weighted"),
}
ROOTS = {"va_flip_rate": "va_flip_rates", "va_flip_paid": "va_flip_pays"}
"""How many values do it, by the page: where none does, the command gives none, and the page says so."""
LOSSES = {f"va_cost_{name}": ("threats", name, "usd") for name in THREATS} | {
    "va_interaction": ("interaction_usd",),
    "va_full_software": ("threats", "software", "usd_if_all_succeed"),
    "va_alone_customers": ("threats", "customers", "usd_alone"),
}
"""What the page gives as a loss, and a program as a change."""


@pytest.mark.skipif(not RECORDED.exists(), reason="the book is not built")
def test_the_json_is_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    found = asked(capsys)
    for keys, sign in ((PAGE, 1.0), (LOSSES, -1.0)):
        for key, path in keys.items():
            told: Any = found
            for step in path:
                told = told[step]
            if key in ROOTS:
                assert (told is None) == (recorded[ROOTS[key]]["value"] == 0)
            if told is None:
                continue
            assert sign * told == pytest.approx(recorded[key]["value"], rel=1e-9), key
