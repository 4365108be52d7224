"""The page of scenarios: what each sets and why, and, in a site that holds all of them, what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shortcase.case.scenarios import Scenario, names, read_scenario
from shortcase.publish.collect.compared import settings
from shortcase.publish.site.markup import ELEMENTS, TEMPLATES
from shortcase.publish.site.nodes import Links
from shortcase.publish.site.wording import many
from shortcase.show.html_table import Cell, Grid, Line, heads, words

Values = Mapping[str, Any]
OWN_PAGE = "today"
"""The page of the one scenario that begins after the essay."""


def listed() -> list[Scenario]:
    """Every scenario but the documented one, which the others are set against."""
    return [one for one in map(read_scenario, names()) if one.name != "documented"]


def told(values: Values, links: Links, name: str) -> str:
    """The reason of a scenario, and the way to the book under it."""
    one = read_scenario(name)
    found = _compared(values, name)
    place = next((book["path"] for book in _books(values) if book["name"] == name), "")
    return TEMPLATES.fill(
        "scenario.html",
        reason=one.reason,
        book=up(values, links.here) + place + links.builder.get_target_uri(links.here) if place else "",
        command=f"shortcase build --scenario {name}",
        own=links(OWN_PAGE, "") if one.looks_ahead else "",
        here=values["scenario"] == name,
        flips=differing(len(found["flips"])) if found else "",
        judged=found["judged"] if found else 0,
        changed=found["changed"] if found else 0,
        numbers=f"{found['numbers']:,}" if found else "",
    )


def differing(count: int) -> str:
    """How many verdicts are others under a scenario.

    >>> differing(0), differing(1), differing(30)
    ('none differs', '1 differs', '30 differ')
    """
    return "none differs" if not count else f"{count} {'differs' if count == 1 else 'differ'}"


def up(values: Values, page: str) -> str:
    """From a page to the root of the whole site, in which the book may lie below it.

    >>> among = {"books": [{"name": "bear", "path": "scenarios/bear/"}]}
    >>> up({"among": among, "scenario": "bear"}, "book/index"), up({"among": {}, "scenario": "x"}, "book/index")
    ('../../../', '../')
    """
    own = next((book["path"] for book in _books(values) if book["name"] == values["scenario"]), "")
    return "../" * (page.count("/") + own.count("/"))


def _books(values: Values) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = values.get("among", {}).get("books", [])
    return found


def _compared(values: Values, name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = values.get("among", {}).get("compared", {}).get(name, {})
    return found


def sets(values: Values, links: Links, name: str) -> Grid:
    """What a scenario sets."""
    del values
    lines = [
        Line([Cell(ELEMENTS.link(row["label"], links("parameters", f"par-{row['name']}")), row["label"]),
              words(row["documented"]), words(row["here"])])
        for row in settings(read_scenario(name))
    ]  # fmt: skip
    return Grid(heads("It sets", "Documented", "Here"), lines, f"{many(len(lines), 'value')} that it sets")


def flips(values: Values, links: Links, name: str) -> Grid:
    """The verdicts that differ under a scenario, those that matter most first."""
    found = _compared(values, name).get("flips", ())
    lines = [
        Line([Cell(ELEMENTS.link(row["paraphrase"], links("scorecard", row["id"])), row["paraphrase"]),
              Cell(ELEMENTS.badge(row["before"]), row["before"]), Cell(ELEMENTS.badge(row["after"]), row["after"])])
        for row in found
    ]  # fmt: skip
    return Grid(heads("Claim", "Documented", "Here"), lines, "Verdicts that differ")


def moved(values: Values, links: Links, name: str) -> Grid:
    """The headline figures that move most under a scenario."""
    lines = [
        Line([Cell(ELEMENTS.link(row["label"], links.shown(row["key"], row["chapter"])), row["label"]),
              words(row["before"]), words(row["after"])])
        for row in _compared(values, name).get("moved", ())
    ]  # fmt: skip
    return Grid(heads("Figure", "Documented", "Here"), lines, "Figures of the answers that move most")


GRIDS = {"scenario-sets": sets, "scenario-flips": flips, "scenario-moved": moved}
"""The tables below each scenario, in their order."""
