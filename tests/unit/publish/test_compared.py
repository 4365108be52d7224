"""What follows from a scenario: verdicts by their weight, headline figures by how far they move."""

from __future__ import annotations

from shortcase.case.scenarios import Scenario
from shortcase.publish.collect import compared
from shortcase.publish.collect.results import Results
from shortcase.publish.read import answers


def number(value, label="A figure"):
    return {"value": value, "unit": "USD", "digits": None, "label": label, "chapter": "a"}


def claim(verdict, weight):
    return {"verdict": verdict, "weight": weight, "paraphrase": "It is so.", "chapter": "a", "computed_in": "a"}


OURS = Results(
    {"x": number(100.0), "y": number(10.0), "z": number(5.0), "w": number(1.0)},
    {"small": claim("holds", "aside"), "big": claim("holds", "main"), "same": claim("fails", "main")},
)
THEIRS = Results(
    {"x": number(150.0), "y": number(40.0), "z": number(5.0), "w": number(9.0)},
    {"small": claim("fails", "aside"), "big": claim("depends", "main"), "same": claim("fails", "main")},
)


def test_verdicts_that_matter_most_come_first_and_figures_that_move_most():
    found = compared.compared(OURS, THEIRS, ["x", "y", "z"])
    assert [(flip["id"], flip["before"], flip["after"]) for flip in found["flips"]] == [
        ("big", "holds", "depends"),
        ("small", "holds", "fails"),
    ]
    assert [row["key"] for row in found["moved"]] == ["y", "x"]  # three quarters, a third; z stands, w is no headline
    assert (found["changed"], found["numbers"], found["judged"]) == (3, 4, 3)


def test_headline_figures_are_those_of_the_answers():
    class Page:
        text = "{num}`before`\n:::{admonition} The answer\n:class: answer\nIt is {num}`a`, {num}`b`.\n:::\n{num}`after`"

    assert answers.headlines([Page(), Page()]) == ["a", "b"]


def test_a_scenario_is_told_by_what_it_sets_and_nothing_else():
    rows = compared.settings(Scenario("x", "X", "", {"demand_elasticity": 0.4, "demand_growth": 0.5}))
    assert [(row["name"], row["documented"], row["here"]) for row in rows] == [("demand_elasticity", "0.8", "0.4")]
