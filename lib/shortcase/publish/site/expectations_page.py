"""The page of expectations: what must hold of each chapter's figures, how it is tested, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from shortcase.publish.site.markup import ELEMENTS, TEMPLATES
from shortcase.publish.site.nodes import Links
from shortcase.publish.site.table import ordered
from shortcase.publish.site.wording import many
from shortcase.show.html_table import Cell, Grid, Line, heads, words

Row = Mapping[str, Any]
PARTS: Any = TEMPLATES.parts("expectations.html")
WORDS = {"passed": "Holds", "failed": "Fails", "error": "Could not be tested", "not run": "Not run"}
"""What is said of each outcome."""


def groups(values: Mapping[str, Any]) -> list[str]:
    """The chapters of which something is expected, in the order of the book."""
    pages = values.get("page", {})
    named = {row["chapter"] for row in values.get("expectation", {}).values()}
    return [name for name in ordered(pages) if name in named] + sorted(named - pages.keys())


def title(values: Mapping[str, Any], chapter: str) -> str:
    """The chapter's own title."""
    found = values.get("page", {}).get(chapter, {}).get("title")
    return str(found or chapter.replace("_", " ").capitalize())


def summary(values: Mapping[str, Any], links: Links) -> Grid:
    """How many hold, by chapter."""
    rows = values.get("expectation", {}).values()
    counted = {name: Counter(row["outcome"] for row in rows if row["chapter"] == name) for name in groups(values)}
    shown = [word for word in WORDS if word == "passed" or any(found[word] for found in counted.values())]
    lines = [
        Line([Cell(ELEMENTS.link(title(values, name), links(name, "")), title(values, name)),
              *(words(str(found[word])) for word in shown)])
        for name, found in counted.items()
    ]  # fmt: skip
    if lines:
        totals = [words(str(sum(found[word] for found in counted.values()))) for word in shown]
        lines.append(Line([Cell(ELEMENTS.strong("All"), "All"), *totals]))
    return Grid(heads("Chapter", *(WORDS[word] for word in shown)), lines, "Expectations by chapter")


def noticed(values: Mapping[str, Any], links: Links) -> Grid:
    """The formulas that were broken on purpose, and which expectations failed."""
    del links
    found = values.get("noticed") or {}
    told = {name: row["says"] for name, row in values.get("expectation", {}).items()}
    lines = [
        Line([words(row["broken"]), words(str(len(row["noticed_by"]))), words(_first(row["noticed_by"], told))])
        for row in found.get("rows", ())
    ]
    when = f"{found['noticed']} of {found['broken']} broken formulas were noticed" if lines else ""
    return Grid(heads("What was broken", "Sentences that failed", "One of them"), lines, when)


def _first(names: Mapping[str, Any], told: Mapping[str, str]) -> str:
    return next((told[name] for name in names if name in told), "")


def grid(values: Mapping[str, Any], links: Links, chapter: str) -> Grid:
    """The expectations of one chapter."""
    del links
    rows = {name: row for name, row in ordered(values["expectation"]).items() if row["chapter"] == chapter}
    lines = [Line([_sentence(row), _test(row), _outcome(row)], f"expect-{name}") for name, row in rows.items()]
    return Grid(heads("What must hold", "How it is tested", "Outcome"), lines, many(len(lines), "expectation"))


def _sentence(row: Row) -> Cell:
    return Cell(ELEMENTS.explained(row["says"], row["why"]), f"{row['says']} {row['why']}")


def _test(row: Row) -> Cell:
    fixed = ", ".join(f"{name} = {value}" for name, value in row["fixed"].items())
    over = "; ".join(row["over"])
    return Cell(PARTS.test(row["test"], fixed, over), f"{row['test']}, over {over}")


def _outcome(row: Row) -> Cell:
    told = f"in {many(row['cases'], 'case')}" if row["outcome"] == "passed" else row["told"]
    return Cell(ELEMENTS.explained(WORDS[row["outcome"]], told), f"{WORDS[row['outcome']]} {told}".strip())
