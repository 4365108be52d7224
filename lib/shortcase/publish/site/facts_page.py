"""The page of facts: each table with its sources, its columns, its first rows, and the file itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from shortcase.publish.site.filters import form, options
from shortcase.publish.site.markup import TEMPLATES
from shortcase.publish.site.nodes import Links
from shortcase.publish.site.wording import day, standing, token
from shortcase.show.html_table import Cell, Grid, Line, heads, words

Row = Mapping[str, Any]
UNUSED = "no page yet"
WIDEST = 7
"""Columns that a sheet of paper has room for; the rows of a wider table are printed as cards."""
PARTS: Any = TEMPLATES.parts("facts.html")


def filters(values: Mapping[str, Any], links: Links) -> Markup:
    """The form above the list."""
    tables = values.get("table", {}).values()
    chapters = options(name for row in tables for name in _pages(row, links))
    kinds = options(kind for row in tables for kind in map(standing, row["confidence"]))
    return form("table", "tables", {"chapter": chapters, "standing": kinds})


def _pages(row: Row, links: Links) -> list[str]:
    return [links.title(page) for page in row["used_by"]] or [UNUSED]


def table(values: Mapping[str, Any], links: Links, name: str) -> Markup:
    """What the page says of one table."""
    row = values["table"][name]
    sorts = {
        "item": "",
        "chapter": " ".join(token(page) for page in _pages(row, links)),
        "standing": " ".join(token(standing(kind)) for kind in row["confidence"]),
        "text": row["title"],
    }
    chapters = [(links.title(page), links(page, "")) for page in row["used_by"]]
    file = links.static(row["file"])
    columns, preview = _columns(row, name), _preview(row, name)
    written: Markup = PARTS.table(name, row, sorts, file, chapters, columns, preview, WIDEST)
    return written


def plain(values: Mapping[str, Any], name: str) -> Grid:
    """The columns of a table, for builders other than HTML."""
    return _columns(values["table"][name], name)


def _columns(row: Row, name: str) -> Grid:
    lines = [
        Line([Cell(PARTS.code(c["name"]), c["name"]), words(c["unit_about"]), words(c["about"])])
        for c in row["columns"]
    ]
    return Grid(heads("Column", "Unit", "What it holds"), lines, f"Columns of {name}")


def _preview(row: Row, name: str) -> Grid:
    """The first rows."""
    names = [column["name"] for column in row["columns"]]
    lines = [
        Line(
            [
                words(shown["id"]),
                *(words(shown["cells"].get(name, "")) for name in names),
                Cell(PARTS.public(day(shown["public_on"]), shown["late"]), day(shown["public_on"])),
            ]
        )
        for shown in row["preview"]
    ]
    shown_names = (name.replace("_", " ") for name in names)
    return Grid(heads("id", *shown_names, "public since"), lines, f"Rows of {name}")
