"""The generated pages: every parameter, the scorecard of every claim, and how long a build takes.

Each directive reads `values.json` when its page is read and is filled when all pages have been, because only then is
it known where a claim's badge stands. Builders other than HTML get the same rows as a plain table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, TypeAlias

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from shortcase.case import parameters
from shortcase.publish.bound_nodes import Links, bound_page
from shortcase.publish.bound_trace import MARKS, badge, badge_text, slug
from shortcase.publish.range_picture import range_svg
from shortcase.show.tables import scroll
from shortcase.show.units import fmt

Cells: TypeAlias = "tuple[str, list[tuple[str, str]]]"
"""A row: its id, and for each column the HTML and the plain text."""


class Generated(SphinxDirective):
    """A directive without content whose page is written again at every build."""

    kind = ""

    def run(self) -> list[nodes.Node]:
        """One placeholder for the whole page."""
        self.env.bound_generated.add(self.env.docname)  # type: ignore[attr-defined]
        return self.parts(self.env.bound_values)  # type: ignore[attr-defined]

    def parts(self, values: Mapping[str, Any]) -> list[nodes.Node]:
        """The placeholders, in order."""
        del values
        return [bound_page(kind=self.kind)]


class ParameterIndex(Generated):
    """`{parameter-index}`: every parameter, with its range, source and uses."""

    kind = "parameters"


class BenchmarkTable(Generated):
    """`{benchmark-table}`: the committed timings of the press."""

    kind = "benchmark"


class Scorecard(Generated):
    """`{scorecard}`: verdicts counted by section, then every claim, a heading for each section of the essay."""

    def parts(self, values: Mapping[str, Any]) -> list[nodes.Node]:
        """The counts, then a section of the page for each section of the essay."""
        found: list[nodes.Node] = [bound_page(kind="counts")]
        for name in dict.fromkeys(row["section"] for row in values["claim"].values()):
            section = nodes.section(ids=[f"section-{slug(name)}"], names=[f"section-{slug(name)}"])
            section += nodes.title(name, name)
            section += bound_page(kind="claims", section=name)
            self.state.document.note_implicit_target(section, section)
            found.append(section)
        return found


DIRECTIVES: dict[str, type[SphinxDirective]] = {
    "parameter-index": ParameterIndex,
    "scorecard": Scorecard,
    "benchmark-table": BenchmarkTable,
}


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replace each placeholder by its table."""
    values = app.env.bound_values  # type: ignore[attr-defined]
    link = Links(app.builder, docname)
    for place in list(doctree.findall(bound_page)):
        heads, rows, caption = TABLES[place["kind"]](values, link, place.get("section", ""))
        if not rows:
            place.parent.remove(place)  # timings that were never measured have no table
        elif app.builder.format == "html":
            page = html_table(heads, rows, caption, place["kind"])
            if place["kind"] == "counts":
                page = filters(values) + scroll(page, escape(caption))
            place.replace_self(nodes.raw("", page, format="html"))
        else:
            place.replace_self(plain_table(heads, rows))


def html_table(heads: Sequence[str], rows: Sequence[Cells], caption: str, kind: str) -> str:
    """A table whose rows become cards on a phone; the roles keep it a table to a screen reader there, too."""
    columns = "".join(f'<th scope="col" role="columnheader">{_head(head)}</th>' for head in heads)
    body = []
    for identity, cells in rows:
        first, *rest = [content for content, _ in cells]
        tds = "".join(
            f'<td role="cell" data-head="{escape(head)}">{content}</td>'
            for head, content in zip(heads[1:], rest, strict=True)
        )
        name = f' id="{escape(identity)}"' if identity else ""
        body.append(f'<tr role="row"{name}><th scope="row" role="rowheader">{first}</th>{tds}</tr>')
    return (
        f'<table class="cards cards-{kind}" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{columns}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table>'
    )


def _head(head: str) -> str:
    # On a phone the sign of a verdict stands alone to the eye; the word stays for a screen reader.
    sign, _, word = head.partition(" ")
    if sign not in MARKS.values():
        return escape(head)
    return f'<span aria-hidden="true">{escape(sign)}</span> <span class="word">{escape(word)}</span>'


def plain_table(heads: Sequence[str], rows: Sequence[Cells]) -> nodes.table:
    """The same rows for builders other than HTML."""
    group = nodes.tgroup(cols=len(heads))
    group += [nodes.colspec(colwidth=24) for _ in heads]
    group += nodes.thead("", _plain_row(heads))
    group += nodes.tbody("", *(_plain_row([text for _, text in cells]) for _, cells in rows))
    return nodes.table("", group)


def _plain_row(texts: Sequence[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph(text, text)) for text in texts))


Maker = Callable[[Mapping[str, Any], Links, str], "tuple[list[str], list[Cells], str]"]


def _both(text: str) -> tuple[str, str]:
    return escape(text) or "–", text or "–"


def _counts(values: Mapping[str, Any], link: Links, _section: str) -> tuple[list[str], list[Cells], str]:
    del link
    claims = values["claim"].values()
    sections = list(dict.fromkeys(row["section"] for row in claims))
    counted = Counter((row["section"], row["verdict"]) for row in claims)
    rows: list[Cells] = []
    for name in sections:
        figures = [counted[name, verdict] for verdict in MARKS]
        linked = f'<a href="#section-{slug(name)}">{escape(name)}</a>'
        rows.append(("", [(linked, name), *(_both(str(f) if f else "") for f in figures)]))
    totals = [sum(counted[name, verdict] for name in sections) for verdict in MARKS]
    rows.append(("", [("<strong>All</strong>", "All"), *((f"<strong>{t}</strong>", str(t)) for t in totals)]))
    return ["Section", *(badge_text(v).capitalize() for v in MARKS)], rows, "Verdicts by section of the essay"


def _claims(values: Mapping[str, Any], link: Links, section: str) -> tuple[list[str], list[Cells], str]:
    rows: list[Cells] = []
    for key, row in values["claim"].items():
        if row["section"] != section:
            continue
        page, _, anchor = str(row.get("anchor") or "").partition(".html#")
        place = link(page, anchor) if anchor else ""
        where = f' <a class="in-chapter" href="{escape(place)}">in its chapter</a>' if place else ""
        words = row.get("rule_text", "") if row.get("computed_text") else row.get("why_not", "")
        flips = f"Flips at {row['threshold_text']}." if row.get("threshold_text") else ""
        how = " ".join(_sentence(part) for part in (words, row.get("note", ""), flips) if part)
        rows.append(
            (
                key,
                [
                    (f'{escape(row["paraphrase"])}{where}<span class="quiet claim-id">{escape(key)}</span>', key),
                    _both(row.get("stated_text", "")),
                    _both(row.get("computed_text", "")),
                    (f'<span data-verdict="{slug(row["verdict"])}">{badge(row["verdict"])}</span>', row["verdict"]),
                    _both(how),
                ],
            )
        )
    return (
        ["Claim, in our words", "Stated", "Computed", "Verdict", "How"],
        rows,
        f"{len(rows)} claim{'s' * (len(rows) != 1)}",
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def filters(values: Mapping[str, Any]) -> str:
    """Buttons that show one verdict alone; `scorecard.js` gives them their work and takes them away where it fails."""
    counted = Counter(row["verdict"] for row in values["claim"].values())
    buttons = "".join(
        f'<button type="button" class="verdict verdict-{slug(v)}" data-only="{slug(v)}" aria-pressed="false">'
        f"{escape(badge_text(v))} <span>{counted[v]}</span></button>"
        for v in MARKS
        if counted[v]
    )
    return f'<div class="verdict-filter" role="group" aria-label="Show one verdict alone" hidden>{buttons}</div>'


def _parameters(values: Mapping[str, Any], link: Links, _section: str) -> tuple[list[str], list[Cells], str]:
    rows: list[Cells] = []
    known = parameters.registry()
    for name, row in values["par"].items():
        span = f"{row['low_text']} to {row['high_text']}" if row.get("low_text") else ""
        drawn = range_svg(known[name], row["value"]) if name in known else ""
        meaning = f'<span class="quiet">{escape(row["interval"])}</span>' if row.get("interval") else ""
        bounds = _bounds(known[name]) if name in known else ""
        limits = f'<span class="quiet">accepted: {escape(bounds)}</span>' if bounds else ""
        note = f'<span class="quiet">{escape(row["note"])}</span>' if row.get("note") else ""
        source = f"{row['source']} ({fmt(str(row['date']), 'date')})"
        pages = [(name, link(name, "")) for name in row.get("used_by", ())]
        uses = ", ".join(
            f'<a href="{escape(to)}">{escape(link.title(page))}</a>' if to else escape(link.title(page))
            for page, to in pages
        )
        rows.append(
            (
                f"par-{name}",
                [
                    (f'{escape(row["label"])}<code class="quiet">{escape(name)}</code>', row["label"]),
                    _both(row["text"]),
                    _both(row.get("essay_text", "")),
                    (f"{drawn}{escape(span) or '–'}{meaning}{limits}", span or "–"),
                    (f"{escape(source)}{note}", source),
                    (uses or "–", ", ".join(link.title(page) for page, _ in pages) or "–"),
                ],
            )
        )
    return ["Parameter", "Value", "The essay’s", "Range", "Source", "Used in"], rows, "Every parameter of the book"


def _bounds(p: parameters.Parameter) -> str:
    if p.choices:
        return ", ".join(p.choices)
    return "" if p.min is None or p.max is None else f"{fmt(p.min, p.unit)} to {fmt(p.max, p.unit)}"


def _benchmark(values: Mapping[str, Any], link: Links, _section: str) -> tuple[list[str], list[Cells], str]:
    del link
    found = values.get("benchmark") or {}
    rows: list[Cells] = [
        ("", [_both(row["what"]), _both(fmt(row["seconds"], "seconds")), _both(row.get("against", ""))])
        for row in found.get("rows", ())
    ]
    return ["What is built", "Time", "Against jupyter-book"], rows, str(found.get("machine", ""))


TABLES: dict[str, Maker] = {
    "counts": _counts,
    "claims": _claims,
    "parameters": _parameters,
    "benchmark": _benchmark,
}
