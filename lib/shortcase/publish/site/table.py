"""What the tables of the generated pages have in common: the order of their rows, heads of verdicts, rows on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docutils import nodes

from shortcase.publish.site.markup import ELEMENTS
from shortcase.publish.site.wording import MARKS, badge_text
from shortcase.show.html_table import Cell, Grid


def ordered(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Rows in the order of the file that they come from; `values.json` holds them by name."""
    return dict(sorted(rows.items(), key=lambda item: item[1].get("order", 0)))


def verdict_head(verdict: str) -> Cell:
    """The head of a column that counts a verdict: its sign, and the word."""
    return Cell(ELEMENTS.signed(MARKS[verdict], verdict), badge_text(verdict))


def plain_table(grid: Grid) -> nodes.table:
    """The same rows for builders other than HTML."""
    group = nodes.tgroup(cols=len(grid.heads))
    group += [nodes.colspec(colwidth=24) for _ in grid.heads]
    group += nodes.thead("", _plain_row(grid.heads))
    group += nodes.tbody("", *(_plain_row(line.cells) for line in grid.lines))
    return nodes.table("", group)


def _plain_row(cells: Sequence[Cell]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph(cell.text, cell.text)) for cell in cells))
