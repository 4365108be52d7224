"""The page of parameters: each with its range, source and bounds, and with every figure that rests on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from shortcase.case import parameters
from shortcase.publish.site.filters import form, options
from shortcase.publish.site.markup import ELEMENTS, TEMPLATES
from shortcase.publish.site.nodes import Links
from shortcase.publish.site.range_picture import range_svg
from shortcase.publish.site.table import ordered
from shortcase.publish.site.wording import day, many, token
from shortcase.show.html_table import NOTHING, Cell, Grid, Line, heads, words
from shortcase.show.units import fmt

Row = Mapping[str, Any]
PARTS: Any = TEMPLATES.parts("parameters.html")
SHARED, IDLE = "shared", "unread"
HEADINGS = {SHARED: "Read by more than one chapter", IDLE: "Read by no chapter’s code"}
MOST_MOVERS = 10
"""So many parameters stand in the list of those that move the figure most."""
MOST_NUMBERS = 100
"""Of more numbers than this the page gives the count for each chapter, and no list."""


def groups(values: Mapping[str, Any]) -> dict[str, list[str]]:
    """The parameters of each group in the order of the book: the shared ones, then each chapter's own."""
    found: dict[str, list[str]] = {SHARED: []}
    found |= {name: [] for name, page in ordered(values.get("page", {})).items() if page["chapter"]}
    for name, row in ordered(values["par"]).items():
        pages = row.get("used_by") or ()
        found.setdefault(SHARED if len(pages) > 1 else pages[0] if pages else IDLE, []).append(name)
    return {name: names for name, names in found.items() if names}


def heading(values: Mapping[str, Any], name: str) -> str:
    """The title of a group."""
    return HEADINGS.get(name) or values.get("page", {}).get(name, {}).get("title") or name.replace("_", " ").title()


def filters(values: Mapping[str, Any]) -> Markup:
    """The form above the list."""
    found = [_sorts(values["par"][key], heading(values, name)) for name, keys in groups(values).items() for key in keys]
    choices = {sort: options(row[sort] for row in found) for sort in ("chapter", "range", "essay")}
    return form("parameter", "parameters", choices)


def grid(values: Mapping[str, Any], links: Links, name: str) -> Grid:
    """The parameters of one group; the column of how far a figure moves is there where a chapter computed that."""
    swings, what = values.get("swing") or {}, moved(values)
    swing = [f"Moves the {what} by"] if what else []
    named = heading(values, name)
    lines = [_line(key, values, links, swings, named) for key in groups(values)[name]]
    columns = heads("Parameter", "Value", "The essay’s", "Range", *swing, "Source", "Used in")
    return Grid(columns, lines, many(len(lines), "parameter"))


def movers(values: Mapping[str, Any], links: Links) -> Grid:
    """The parameters that move the figure most, the strongest first; empty where no chapter computed that."""
    swings = values.get("swing") or {}
    first = sorted(swings, key=lambda name: (-swings[name]["size"], name))[:MOST_MOVERS]
    lines = [_mover(name, values["par"][name], swings[name]) for name in first if name in values["par"]]
    pages = dict.fromkeys(swings[name]["chapter"] for name in first)
    columns = heads("Parameter", "Stated range", "From the low to the high end", "Moves by")
    return Grid(columns, lines, f"Computed in {', '.join(links.title(page) for page in pages)}")


def moved(values: Mapping[str, Any]) -> str:
    """What it is that moves, if a chapter said."""
    return next((str(row["of"]) for row in (values.get("swing") or {}).values()), "")


def _mover(name: str, row: Row, swing: Row) -> Line:
    span = f"{row['low_text']} to {row['high_text']}" if row.get("low_text") else ""
    label = Cell(ELEMENTS.link(row["label"], f"#par-{name}"), row["label"])
    return Line([label, words(span), words(swing.get("ends_text", "")), words(swing["text"])])


def _line(key: str, values: Mapping[str, Any], links: Links, swings: Mapping[str, Row], group: str) -> Line:
    row = values["par"][key]
    known = parameters.registry().get(key)
    span = f"{row['low_text']} to {row['high_text']}" if row.get("low_text") else NOTHING
    drawn, bounds = (range_svg(known, row["value"]), _bounds(known)) if known else ("", "")
    source = f"{row['source']} ({day(row['date'])})"
    about = f"unit: {row['unit_about']}" if row.get("unit_about") else ""
    cells = [
        Cell(PARTS.named(key, row), row["label"]),
        Cell(ELEMENTS.explained(row["text"], about), row["text"]),
        words(row.get("essay_text", "")),
        Cell(PARTS.range(drawn, span, row.get("interval", ""), bounds), span),
        Cell(ELEMENTS.explained(source, row.get("note", "")), source),
        _uses(key, values, links),
    ]
    if swings:
        cells.insert(4, _swing(swings.get(key)))
    sorts = {name: token(text) for name, text in _sorts(row, group).items()}
    return Line(cells, f"par-{key}", {"item": "", **sorts}, PARTS.line(row))


def _sorts(row: Row, group: str) -> dict[str, str]:
    """What the menus of the form choose by."""
    essay = row.get("essay_text") or ""
    own = "gives the same value" if essay == row["text"] else "gives another value"
    return {"chapter": group, "range": row.get("interval") or "none stated", "essay": own if essay else "gives none"}


def _swing(row: Row | None) -> Cell:
    if row is None:
        return words("")
    return Cell(ELEMENTS.explained(row["text"], row.get("ends_text", "")), row["text"])


def _bounds(p: parameters.Parameter) -> str:
    if p.choices:
        return ", ".join(p.choices)
    return "" if p.min is None or p.max is None else f"{fmt(p.min, p.unit)} to {fmt(p.max, p.unit)}"


def _uses(key: str, values: Mapping[str, Any], links: Links) -> Cell:
    """The chapters that read a parameter, and the numbers and claims that rest on it."""
    row = values["par"][key]
    pages = list(row.get("used_by") or row.get("shown_on") or ())
    chapters = [(links.title(page), links(page, "")) for page in pages]
    numbers = {name: found for name, found in values["num"].items() if key in found.get("parameters", ())}
    html = PARTS.uses(chapters, NOTHING, len(numbers), _numbers(numbers, links))
    return Cell(html, ", ".join(title for title, _ in chapters) or NOTHING)


def _numbers(rows: Mapping[str, Row], links: Links) -> list[Markup]:
    """Each number with its value where they are few; where they are many, how many each chapter has."""
    if len(rows) <= MOST_NUMBERS:
        return [ELEMENTS.told(row["label"], _place(key, row, links), row["text"]) for key, row in rows.items()]
    counted = Counter(row["chapter"] for row in rows.values())
    return [ELEMENTS.told(links.title(page), links(page, ""), count) for page, count in counted.items()]


def _place(key: str, row: Row, links: Links) -> str:
    return links.shown(key, row["chapter"]) or links(row["chapter"], "")
