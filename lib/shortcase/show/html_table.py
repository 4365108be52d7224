"""The one writer of tables in HTML: its heads, its rows, and what a phone and a screen reader need of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from shortcase.show.templates import HERE, Templates

NOTHING = "–"
"""What stands in a cell where there is nothing to say."""
PARTS = Templates(HERE).parts("table.html")


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: as HTML (escaped where it is not Markup), as plain text, and the class of its style."""

    html: str
    text: str
    style: str | None = None


@dataclass(frozen=True)
class Line:
    """A row of a table; its first cell names it, and `data` is what the filters of its page look at."""

    cells: Sequence[Cell]
    identity: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""
    """What stands on the one line of an entry that unfolds."""


@dataclass(frozen=True)
class Grid:
    """A table."""

    heads: Sequence[Cell]
    lines: Sequence[Line]
    caption: str


def words(text: str, style: str | None = None) -> Cell:
    """A cell of plain text; a dash where there is none.

    >>> words("A < B").html, words("").text
    ('A < B', '–')
    """
    return Cell(text or NOTHING, text or NOTHING, style)


def heads(*names: str) -> list[Cell]:
    """Heads of plain text."""
    return [words(name) for name in names]


def table(grid: Grid, *, cards: str | None = None, hidden_caption: bool = False) -> Markup:
    """A `<table>`; `cards` are the classes of one whose rows become cards on a phone.

    >>> print(table(Grid([words("Chip")], [Line([words("A < B")])], "Power")))  # doctest: +NORMALIZE_WHITESPACE
    <table><caption>Power</caption><thead><tr><th scope="col">Chip</th></tr></thead><tbody><tr><th
    scope="row">A &lt; B</th></tr></tbody></table>
    """
    written: Markup = PARTS.table(grid, cards, hidden_caption)
    return written


def scrolling(written: Markup, label: str) -> Markup:
    """The table in a box that scrolls sideways by itself, reachable by keyboard; the page never scrolls sideways."""
    box: Markup = PARTS.scrolling(written, label)
    return box


def entries(grid: Grid) -> Markup:
    """The rows as lines that unfold, each with what there is to say under its head; a cell with nothing is left out."""
    written: Markup = PARTS.entries(grid, NOTHING)
    return written
