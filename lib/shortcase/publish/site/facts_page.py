"""The page of facts: each table with its sources, its columns, its first rows, and the file itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from shortcase.publish.site.filters import form, options
from shortcase.publish.site.nodes import Links
from shortcase.publish.site.table import Grid, Line, both, day, folded, link, many, token
from shortcase.publish.site.trace import standing
from shortcase.show.tables import scroll

Row = Mapping[str, Any]
ADDRESS = re.compile(r"https?://[^\s)\],;]+[^\s)\],;.]")
UNUSED = "no page yet"


def filters(values: Mapping[str, Any], links: Links) -> str:
    """The form above the list."""
    tables = values.get("table", {}).values()
    chapters = options(name for row in tables for name in _pages(row, links))
    kinds = options(kind for row in tables for kind in map(standing, row["confidence"]))
    return form("table", "tables", {"chapter": chapters, "standing": kinds})


def _pages(row: Row, links: Links) -> list[str]:
    return [links.title(page) for page in row["used_by"]] or [UNUSED]


def table(values: Mapping[str, Any], links: Links, name: str) -> str:
    """What the page says of one table."""
    row = values["table"][name]
    pages = ", ".join(link(links.title(page), links(page, "")) for page in row["used_by"])
    told = {
        "Rows": _rows(row),
        "Public": escape(_span(row["first_public"], row["last_public"])),
        "Used in": pages or UNUSED,
        "Standing": escape("; ".join(f"{n} {standing(kind)}" for kind, n in row["confidence"].items())),
        "Licence": _linked(row["licence"]),
        "To be reviewed by": escape(_review(row)),
    }
    facts = "".join(f"<div><dt>{head}</dt><dd>{text}</dd></div>" for head, text in told.items() if text)
    sources = [_source(source) for source in row["sources"]]
    data = {
        "chapter": " ".join(token(page) for page in _pages(row, links)),
        "standing": " ".join(token(standing(kind)) for kind in row["confidence"]),
    }
    sorts = "".join(f' data-{key}="{escape(value)}"' for key, value in {**data, "text": row["title"]}.items())
    return (
        f'<div class="fact-table" data-item{sorts}>'
        f'<p class="fact-name"><code>{name}</code> {_file(name, row, links)}</p>'
        f'<dl class="fact-about">{facts}</dl>{folded(many(len(sources), "source"), sources, unfolded=0)}'
        f"{_columns(row, name)}{_preview(row, name)}</div>"
    )


def plain(values: Mapping[str, Any], name: str) -> Grid:
    """The columns of a table, for builders other than HTML."""
    columns = values["table"][name]["columns"]
    lines = [Line([both(c["name"]), both(c["unit_about"]), both(c["about"])]) for c in columns]
    return Grid(["Column", "Unit", "What it holds"], lines, values["table"][name]["title"])


def _file(name: str, row: Row, links: Links) -> str:
    place = links.static(row["file"])
    return (
        f'<a class="csv" download="{name}.csv" href="{escape(place)}"><span aria-hidden="true">↓</span> CSV'
        f'<span class="visually-hidden"> of {name}</span></a>'
    )


def _rows(row: Row) -> str:
    late = f", {row['later']} of them public only after the as-of date" if row["later"] else ""
    return f"{row['rows']}{late}"


def _span(first: str, last: str) -> str:
    return "" if not first else day(first) if first == last else f"{day(first)} to {day(last)}"


def _review(row: Row) -> str:
    put_off = row["acknowledged_until"]
    return day(row["review_by"]) + (f"; put off until {day(put_off)}" if put_off else "")


def _source(source: Row) -> str:
    dates = _span(source["first_public"], source["last_public"])
    return f"{_linked(source['source'])} (public {escape(dates)}; {many(source['rows'], 'row')})"


def _linked(text: str) -> str:
    """The text with its addresses as links."""
    found, cursor = [], 0
    for address in ADDRESS.finditer(text):
        found += [escape(text[cursor : address.start()]), link(address[0], address[0])]
        cursor = address.end()
    return "".join([*found, escape(text[cursor:])])


def _columns(row: Row, name: str) -> str:
    lines = [(f"<code>{escape(c['name'])}</code>", escape(c["unit_about"]), escape(c["about"])) for c in row["columns"]]
    told = f"{many(len(lines), 'column')}: what each holds, and in which unit"
    return _details(told, ("Column", "Unit", "What it holds"), lines, f"Columns of {name}")


def _preview(row: Row, name: str) -> str:
    """The first rows, sideways in a box of their own where the screen is narrow."""
    names = [column["name"] for column in row["columns"]]
    lines: list[Sequence[str]] = []
    for shown in row["preview"]:
        late = ' <span class="known-on">after the as-of date</span>' if shown["late"] else ""
        cells = (escape(shown["cells"].get(name, "")) or "–" for name in names)
        lines.append((escape(shown["id"]), *cells, f"{escape(day(shown['public_on']))}{late}"))
    told = many(row["rows"], "row")
    if len(lines) < row["rows"]:
        told = f"The first {len(lines)} of {told}"
    heads = ("id", *(name.replace("_", " ") for name in names), "public since")
    return _details(told, heads, lines, f"Rows of {name}")


def _details(summary: str, heads: Sequence[str], lines: Iterable[Sequence[str]], label: str) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in lines
    )
    caption = f'<caption class="visually-hidden">{escape(label)}</caption>'
    grid = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<details class="folded"><summary>{escape(summary)}</summary>{scroll(grid, escape(label))}</details>'
