"""Tables of the generated pages: cards on a phone, rows that the filters find, plain rows for other builders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, TypeAlias

from docutils import nodes

from shortcase.publish.site.trace import MARKS
from shortcase.show.units import fmt

Cell: TypeAlias = "tuple[str, str]"
"""The HTML of a cell, and its plain text."""
NOTHING = "–"


@dataclass(frozen=True)
class Line:
    """A row of a generated table; `data` is what the filters of its page look at."""

    cells: Sequence[Cell]
    identity: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """A generated table."""

    heads: Sequence[str]
    lines: Sequence[Line]
    caption: str


def both(text: str) -> Cell:
    """A cell of plain text; a dash where there is none.

    >>> both("A < B"), both("")
    (('A &lt; B', 'A < B'), ('–', '–'))
    """
    return escape(text) or NOTHING, text or NOTHING


def ordered(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Rows in the order of the file that they come from; `values.json` holds them by name."""
    return dict(sorted(rows.items(), key=lambda item: item[1].get("order", 0)))


def token(text: str) -> str:
    """A text as a filter compares it and an address holds it.

    >>> token("P5–P95"), token("Wrapping it All Up")
    ('p5-p95', 'wrapping-it-all-up')
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def day(iso: object) -> str:
    """A day as a reader sees it."""
    return fmt(str(iso), "date")


def quiet(html: str) -> str:
    """Smaller words on a line of their own; nothing where there are none."""
    return f'<span class="quiet">{html}</span>' if html else ""


def link(text: str, address: str, **attributes: str) -> str:
    """A link, or the words alone where there is no such place."""
    if not address:
        return escape(text)
    more = "".join(f' {name.replace("_", "-").rstrip("-")}="{escape(value)}"' for name, value in attributes.items())
    return f'<a href="{escape(address)}"{more}>{escape(text)}</a>'


def folded(summary: str, items: Iterable[str], unfolded: int = 1) -> str:
    """A list, folded away under its summary where it is longer than so many; the items are HTML.

    >>> folded("2 sources", ["a", "b"])
    '<details class="folded"><summary>2 sources</summary><ul><li>a</li><li>b</li></ul></details>'
    >>> folded("1 source", ["a"]), folded("0 sources", [])
    ('a', '')
    """
    found = list(items)
    if len(found) <= unfolded:
        return "; ".join(found)
    listed = "".join(f"<li>{item}</li>" for item in found)
    return f'<details class="folded"><summary>{escape(summary)}</summary><ul>{listed}</ul></details>'


def many(count: int, one: str, several: str = "") -> str:
    """A count with its word.

    >>> many(1, "claim"), many(3, "claim"), many(2, "entry", "entries")
    ('1 claim', '3 claims', '2 entries')
    """
    return f"{count} {one if count == 1 else several or one + 's'}"


def html_table(grid: Grid, kind: str, classes: str = "") -> str:
    """A table whose rows become cards on a phone; the roles keep it a table to a screen reader there, too."""
    columns = "".join(f'<th scope="col" role="columnheader">{_head(head)}</th>' for head in grid.heads)
    body = []
    for line in grid.lines:
        first, *rest = [content for content, _ in line.cells]
        tds = "".join(
            f'<td role="cell" data-head="{escape(head)}">{content}</td>'
            for head, content in zip(grid.heads[1:], rest, strict=True)
        )
        name = f' id="{escape(line.identity)}"' if line.identity else ""
        data = "".join(f' data-{key}="{escape(value)}"' for key, value in line.data.items())
        body.append(f'<tr role="row"{name}{data}><th scope="row" role="rowheader">{first}</th>{tds}</tr>')
    style = f"cards cards-{kind} {classes}".rstrip()
    return (
        f'<table class="{style}" role="table"><caption>{escape(grid.caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{columns}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table>'
    )


def _head(head: str) -> str:
    # On a phone the sign of a verdict stands alone to the eye; the word stays for a screen reader.
    sign, _, word = head.partition(" ")
    if sign not in MARKS.values():
        return escape(head)
    return f'<span aria-hidden="true">{escape(sign)}</span> <span class="word">{escape(word)}</span>'


def plain_table(grid: Grid) -> nodes.table:
    """The same rows for builders other than HTML."""
    group = nodes.tgroup(cols=len(grid.heads))
    group += [nodes.colspec(colwidth=24) for _ in grid.heads]
    group += nodes.thead("", _plain_row(grid.heads))
    group += nodes.tbody("", *(_plain_row([text for _, text in line.cells]) for line in grid.lines))
    return nodes.table("", group)


def _plain_row(texts: Sequence[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph(text, text)) for text in texts))
