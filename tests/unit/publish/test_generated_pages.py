"""What stands on the generated pages, made without Sphinx from the values of a small build."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from shortcase.case.claims import Verdict
from shortcase.facts.rereadings import Plan, Rereading
from shortcase.publish.collect import rereadings
from shortcase.publish.site import (
    expectations_page,
    filters,
    measured_page,
    method_page,
    parameters_page,
    scorecard_page,
)
from shortcase.publish.site.markup import ELEMENTS

NUMBERS = {
    f"n{i}": {"label": f"Number {i}", "text": str(i), "chapter": "one" if i < 60 else "two", "parameters": ["many"]}
    for i in range(120)
} | {"lone": {"label": "Lone", "text": "3×", "chapter": "one", "parameters": ["own", "many"]}}


class Links:
    """Addresses as the book has them: chapters one and two; `lone` stands in a sentence of two."""

    def __call__(self, page: str, anchor: str) -> str:
        return f"{page}.html" + (f"#{anchor}" if anchor else "")

    def shown(self, number: str, page: str) -> str:
        del page
        return "two.html#number-lone" if number == "lone" else ""

    def static(self, file: str) -> str:
        return f"../_static/{file}"

    def title(self, page: str) -> str:
        return {"one": "The One", "two": "The Two"}.get(page, page)


LINKS: Any = Links()


def claim(verdict: str, weight: str = "", **more: Any) -> dict[str, Any]:
    return {
        "section": "One", "kind": "fact", "verdict": verdict, "weight": weight, "paraphrase": f"It {verdict} & so on.",
        "stated_text": "5", "computed_text": "4", "rule_text": "must be", "note": "", "why_not": "", "lead": "",
        "resolution": "", "turns_on": "", "threshold_text": "", "facts": [], "anchor": "", "order": 1, **more,
    }  # fmt: skip


def parameter(*used_by: str, **more: Any) -> dict[str, Any]:
    return {
        "label": "A rate", "text": "8%", "value": 0.08, "unit_about": "share", "essay_text": "", "low_text": "",
        "high_text": "", "interval": "", "source": "Judgement", "date": "2025-01-25", "note": "",
        "used_by": list(used_by), "shown_on": [], "order": 1, **more,
    }  # fmt: skip


def values(**more: Any) -> dict[str, Any]:
    chapter = {"chapter": True, "cells": 2, "numbers": 3, "claims": 4, "charts": 1, "parameters": 5, "tables": 6}
    return {
        "num": NUMBERS,
        "par": {
            "own": parameter("two", essay_text="9%"), "many": parameter("one", "two"), "unread": parameter(),
            "agreed": parameter("one", essay_text="8%", order=0),
        },
        "page": {
            "two": {"title": "The Two", "order": 2, **chapter},
            "one": {"title": "The One", "order": 1, **chapter},
        },
        "claim": {
            "a": claim("fails", "aside", order=2), "b": claim("fails", "main", order=3),
            "c": claim("depends", "main", turns_on="own", threshold_text="12%", as_computed="holds", side="holds",
                distance_text="4 points above the value taken"),
            "d": claim("unverified", "support", lead="a tweet", computed_text=""),
            "e": claim("not testable", kind="forecast", resolution="by sales", why_not="ahead", computed_text=""),
            "f": claim("fails", "support", section="Two", order=1),
        },
        **more,
    }  # fmt: skip


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_each_group_has_its_claims_and_the_weightiest_first() -> None:
    told = {name: scorecard_page.group(values(), LINKS, name) for name in scorecard_page.GROUPS}
    named = {name: [re.search(r'#(\w+)"', line.cells[0].html)[1] for line in grid.lines] for name, grid in told.items()}
    assert named == {"fails-main": ["b"], "fails-other": ["f", "a"], "turns": ["c"], "unverified": ["d"]}
    assert [scorecard_page.members(values(), name) for name in named] == [1, 2, 1, 1]
    assert [cell.text for cell in told["turns"].lines[0].cells[1:]] == [
        "A rate", "8%: holds", "12%", "4 points above the value taken",
    ]  # fmt: skip
    assert 'href="parameters.html#par-own"' in told["turns"].lines[0].cells[1].html
    assert told["unverified"].lines[0].cells[-1].text == "A tweet."


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_counted_and_can_be_shown_alone(verdict: Verdict) -> None:
    told = values(claim={"x": claim(verdict.value)})
    counted = scorecard_page.counts(told, LINKS, "section")
    assert [cell.text for cell in counted.lines[-1].cells[1:]] == ["1"]  # what nothing has is no column
    assert verdict.value in counted.heads[1].text.lower()
    assert f"verdict={verdict.value.replace(' ', '-')}#every-claim" in scorecard_page.tally(told)
    assert scorecard_page.filters(told).count("data-toggle") == 1


def test_a_row_says_rule_flip_lead_resolution_and_sources() -> None:
    fact = {"table": "sales", "row": "q1", "source": "Form & co", "public_on": "2024-11-20"}
    lines = scorecard_page.claims(values(claim=values()["claim"] | {"c": claim(
        "depends", turns_on="own", threshold_text="12%", facts=[fact])}), LINKS, "One").lines  # fmt: skip
    told = {line.identity: plain(line.cells[-1].html) for line in lines}
    assert "Rule: must be. Flips where A rate is 12%." in told["c"]
    assert "Rests on 1 fact sales/q1 : Form &amp; co (20 November 2024)" in told["c"]
    assert "Only a lead: a tweet." in told["d"]
    assert "Ahead. To be resolved. By sales." in told["e"]
    data = next(line.data for line in lines if line.identity == "d")
    assert data == {
        "item": "", "verdict": "unverified", "kind": "fact", "weight": "supporting-step", "section": "one",
    }  # fmt: skip


def test_parameters_stand_with_the_chapter_that_reads_them_in_the_order_of_the_book() -> None:
    assert parameters_page.groups(values()) == {
        "shared": ["many"], "one": ["agreed"], "two": ["own"], "unread": ["unread"],
    }  # fmt: skip
    assert [parameters_page.heading(values(), name) for name in ("shared", "two")] == [
        "Read by more than one chapter", "The Two",
    ]  # fmt: skip


def test_a_parameter_names_the_numbers_that_rest_on_it_or_counts_many() -> None:
    (own,) = parameters_page.grid(values(), LINKS, "two").lines
    assert own.identity == "par-own"
    assert '<a href="two.html#number-lone">Lone</a>: 3×' in own.cells[-1].html
    assert own.data["essay"] == "gives-another-value"
    (many,) = parameters_page.grid(values(), LINKS, "shared").lines
    assert "121 numbers rest on it The One : 61 The Two : 60" in plain(many.cells[-1].html)


def test_how_far_a_figure_moves_has_a_column_only_where_it_was_computed() -> None:
    assert len(parameters_page.grid(values(), LINKS, "one").heads) == 6
    swing = {"of": "value of a share", "text": "$12", "ends_text": "$50 to $62", "size": 12.0}
    told = parameters_page.grid(values(swing={"own": swing}), LINKS, "two")
    assert told.heads[4].text == "Moves the value of a share by"
    assert told.lines[0].cells[4].text == "$12"
    other = parameters_page.grid(values(swing={"own": swing}), LINKS, "one")
    assert other.lines[0].cells[4].text == "–"


def test_what_moves_a_figure_most_stands_first() -> None:
    assert (parameters_page.moved(values()), parameters_page.movers(values(), LINKS).lines) == ("", [])
    swing = {"of": "value of a share", "text": "$12", "ends_text": "$50 to $62", "size": 12.0, "chapter": "one"}
    told = values(swing={"own": swing, "agreed": {**swing, "text": "$40", "size": 40.0}})
    assert parameters_page.moved(told) == "value of a share"
    assert [line.cells[-1].text for line in parameters_page.movers(told, LINKS).lines] == ["$40", "$12"]
    assert parameters_page.movers(told, LINKS).caption == "Computed in The One"


def test_what_is_executed_is_counted_in_order() -> None:
    told = method_page.execution(values(), LINKS)
    assert [line.cells[0].text for line in told.lines] == ["The One", "The Two", "All"]
    assert [cell.text for cell in told.lines[-1].cells[1:]] == ["4", "6", "8", "2", "–", "–"]


def test_timings_are_set_against_the_last_row() -> None:
    rows = [
        {"key": "cold", "what": "All", "seconds": 20.0}, {"key": "unchanged", "what": "Same", "seconds": 0.14},
        {"key": "jupyter-book", "what": "Itself", "seconds": 31.0},
    ]  # fmt: skip
    found = {"rows": rows, "machine": "one core", "chapters": 6}
    told = measured_page.benchmark(values(benchmark=found), LINKS)
    assert told.caption == "6 chapters; one core."
    assert [line.cells[2].text for line in told.lines] == ["1.6× as fast", "221× as fast", "–"]  # fmt: skip
    assert measured_page.benchmark(values(), LINKS).lines == []
    before = {"against": {"revision": "1f4ce45", "ratios": {"cold": 0.5, "value": 0.25}}}
    assert measured_page.benchmark(values(benchmark=found | before), LINKS).caption.endswith(
        "over those of revision 1f4ce45, in the same run: everything 0.50×; shortcase value 0.25×."
    )


def test_rates_of_drawing_are_set_against_the_last_row() -> None:
    rows = [{"what": "A loop", "draws_per_s": 5000}, {"what": "This book", "draws_per_s": 5_000_000}]
    whole = {
        "draws": 1 << 20,
        "combinations": 32,
        "seconds_one_core": 20.0,
        "seconds_two_cores": 11.0,
        "peak_bytes": 2e8,
    }
    told = measured_page.draws(values(draws={"small_model": rows, "thesis": whole, "machine": "one"}), LINKS)
    assert [line.cells[2].text for line in told.lines] == ["1,000× as fast", "–"]
    assert "under 32 combinations" in told.caption
    assert measured_page.draws(values(), LINKS).lines == []


def test_a_sweep_is_set_against_the_loop() -> None:
    found = {
        "chapter": "one", "points": 24, "rounds": 3, "machine": "one", "times_a_papermill_loop": 10.0,
        "two_workers_over_perfect": 1.1, "two_processes_over_perfect": 1.05, "loop": {"s_a_point": 4.0},
        "sweep_1": {"s_a_point": 0.4, "ms_over_the_cells": 60.2}, "sweep_2": {"s_a_point": 0.22},
        "arrays": {"points": 1_000_000, "s": 13.0, "numbers": 18},
    }  # fmt: skip
    told = measured_page.sweeps(values(sweeps=found), LINKS)
    assert [line.cells[2].text for line in told.lines] == ["–", "10× as fast", "18× as fast"]
    assert "1.10× the time of perfect scaling" in told.caption
    assert "60 ms over its cells’ own time" in told.caption
    assert measured_page.sweeps(values(), LINKS).lines == []


def test_broken_formulas_stand_with_a_sentence_that_noticed_them() -> None:
    rows = [{"broken": "A sign", "noticed_by": {"adds": "failed", "rises": "failed"}},
            {"broken": "A factor", "noticed_by": {}}]  # fmt: skip
    expectation = {"adds": {"says": "It adds up."}, "rises": {"says": "It rises."}}
    told = expectations_page.noticed(
        values(noticed={"broken": 2, "noticed": 1, "rows": rows}, expectation=expectation), LINKS
    )
    assert [[cell.text for cell in line.cells] for line in told.lines] == [
        ["A sign", "2", "It adds up."], ["A factor", "0", "–"],
    ]  # fmt: skip
    assert told.caption == "1 of 2 broken formulas were noticed"
    assert expectations_page.noticed(values(), LINKS).lines == []


def test_rows_read_again_are_counted_and_those_not_found_right_are_named() -> None:
    day = dt.date(2026, 11, 29)
    found = [
        Rereading("sales", "q1", ("usd", "public_on"), "right", "a page", day, ""),
        Rereading("sales", "q2", ("usd",), "wrong", "a page", day, "Digits & days. Mended."),
        Rereading("chips", "x", ("usd", "public_on"), "could not be checked", "", day, "Gone"),
    ]
    plan = Plan("7", "", dt.date(2025, 1, 25), 3, 2, 7, (), {})
    tables = {"sales": {"q1": True, "q2": False, "q3": True}, "chips": {"x": True}}
    told = method_page.rereading(values(reread=rereadings.summary(found, plan, tables)), LINKS)
    assert told.caption == (
        "3 of 4 rows, from 2 tables, drawn with the seed 7 and read by 29\u00a0November\u00a02026. "
        "2 could be checked, 1 of them for their day too"
    )
    assert [[cell.text for cell in line.cells[1:3]] for line in told.lines] == [
        ["1", "1"],
        ["1", "0"],
        ["0", "0"],
        ["1", "1"],
    ]
    wrong = told.lines[1].cells[-1].html
    assert '<a href="facts.html#table-sales">sales/q2</a>: Digits &amp; days. Mended.' in wrong
    assert "q1" not in "".join(line.cells[-1].html for line in told.lines)
    assert method_page.rereading(values(), LINKS).lines == []


def test_addresses_in_a_source_become_links() -> None:
    told = ELEMENTS.linked("A & B, https://a.example/b_c?d=1; p. 2 (https://e.example/f).")
    assert told == (
        'A &amp; B, <a href="https://a.example/b_c?d=1">https://a.example/b_c?d=1</a>; p. 2 '
        '(<a href="https://e.example/f">https://e.example/f</a>).'
    )


def test_a_menu_with_one_choice_is_none() -> None:
    form = filters.form("claim", "claims", {"kind": [("fact", 3)], "range": [("P5–P95", 1), ("P10–P90", 2)]})
    assert 'name="kind"' not in form
    assert '<option value="p10-p90">P10–P90 (2)</option>' in form
