"""The landing page's figure is the thesis: its steps lead from a share without threats to one with each weighed."""

from __future__ import annotations

import pytest

from shortcase.case import thesis
from shortcase.case.parameters import registry
from shortcase.case.thesis import weighing
from shortcase.publish.site import landing

AS_OF = "2025-01-25"


def values(swing=()) -> dict:
    return {
        "as_of": AS_OF,
        "par": {name: {"value": p.value} for name, p in registry().items()},
        "swing": {name: {"size": size} for name, size in swing},
        "claim": {
            "a": {"chapter": "x", "section": "The X", "verdict": "holds"},
            "b": {"chapter": "x", "section": "The X", "verdict": "holds"},
            "c": {"chapter": "x", "section": "The X", "verdict": "not testable"},
            "d": {"chapter": "y", "section": "The Y", "verdict": "fails"},
        },
    }


def linked(page, anchor):
    return f"{page}.html" + (f"#{anchor}" if anchor else "")


linked.title = str.capitalize


def test_each_step_begins_where_the_one_before_it_ends():
    price, none, *threats, weighed, every = landing.steps(values())
    assert [step.name for step in threats] == list(thesis.THREATS)
    at = none.end
    for step in threats:
        assert step.start == at
        at = step.end
    case = thesis.case(AS_OF, {})
    assert at == pytest.approx(float(weighing.probability_weighted(case)), rel=1e-12)
    assert weighed.end == at
    assert every.end == pytest.approx(float(thesis.valuation(case, thesis.ALL).value_per_share), rel=1e-12)
    assert price.end == 142.62  # the close of 24 January 2025


def test_the_sliders_are_those_that_move_the_value_most_and_no_others():
    swing = [("demand_growth", 5.0), ("as_of", 99.0), ("claimed_margin", 50.0), ("cost_of_capital", 9.0)]
    assert landing.sliders(values(swing)) == ["cost_of_capital", "demand_growth"]


def test_a_chapter_shows_how_its_claims_fare_with_a_way_to_them():
    html = landing.verdicts(values(), linked, "x#section")
    assert 'aria-label="2: holds"' in html
    assert "scorecard.html?section=the-x&amp;verdict=holds#every-claim" in html
    assert "fails" not in html
    assert landing.verdicts(values(), linked, "z#section") == ""
    assert 'href="x.html#section">X</a>' in landing.way(values(), linked, "x#section")
