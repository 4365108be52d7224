"""The generated pages: the scorecard, every parameter, every table of facts, and what the press executes.

Each directive reads `values.json` when its page is read and is filled when all pages have been, because only then is
it known where a badge or a number stands. Builders other than HTML get the same rows as plain tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from shortcase.publish.site import (
    expectations_page,
    facts_page,
    landing,
    measured_page,
    method_page,
    parameters_page,
    scenarios_page,
    scorecard_page,
    status_page,
)
from shortcase.publish.site.nodes import Links, bound_page
from shortcase.publish.site.table import plain_table
from shortcase.publish.site.wording import slug
from shortcase.show.html_table import Grid, entries, scrolling, table

Values = Mapping[str, Any]


class Generated(SphinxDirective):
    """A directive without content, in whose place the press writes."""

    kind = ""

    def run(self) -> list[nodes.Node]:
        """The placeholders for the whole page."""
        return self.parts(self.env.bound_values)  # type: ignore[attr-defined]

    def parts(self, values: Values) -> list[nodes.Node]:
        """The placeholders, in order."""
        del values
        return [bound_page(kind=self.kind)]

    def section(self, identity: str, title: str, *inside: nodes.Node) -> nodes.section:
        """A section of the page, so that the contents and the search have its heading."""
        made = nodes.section(ids=[identity], names=[identity])
        made += [nodes.title(title, title), *inside]
        self.state.document.note_implicit_target(made, made)
        return made


class ParameterIndex(Generated):
    """`{parameter-index}`: every parameter, a heading for each chapter that reads them."""

    def parts(self, values: Values) -> list[nodes.Node]:
        """The form, what moves most where that was computed, then a section for each group."""
        found: list[nodes.Node] = [bound_page(kind="parameter-filters")]
        what = parameters_page.moved(values)
        if what:
            found.append(self.section("what-moves-most", f"What moves the {what} most", bound_page(kind="movers")))
        for name in parameters_page.groups(values):
            title = parameters_page.heading(values, name)
            found.append(self.section(f"parameters-{slug(name)}", title, bound_page(kind="parameters", of=name)))
        return found


class FactIndex(Generated):
    """`{fact-index}`: every table of facts, a heading for each."""

    def parts(self, values: Values) -> list[nodes.Node]:
        """The form, then a section for each table."""
        found: list[nodes.Node] = [bound_page(kind="fact-filters")]
        for name, row in values.get("table", {}).items():
            found.append(self.section(f"table-{name}", row["title"], bound_page(kind="fact", of=name)))
        return found


class Scorecard(Generated):
    """`{scorecard}`: what matters, the verdicts counted, then every claim, a heading for each section of the essay."""

    def parts(self, values: Values) -> list[nodes.Node]:
        """The groups that have members, the counts, then a section of the page for each section of the essay."""
        found: list[nodes.Node] = [bound_page(kind="tally")]
        for name, (title, about, _) in scorecard_page.GROUPS.items():
            if scorecard_page.members(values, name):
                told = nodes.paragraph(about, about)
                found.append(self.section(f"group-{name}", title, told, bound_page(kind="group", of=name)))
        counts = [bound_page(kind="counts", of=by) for by in ("section", "kind")]
        found.append(self.section("verdicts-counted", "Verdicts by section and by kind", *counts))
        lists = [
            self.section(f"section-{slug(name)}", name, bound_page(kind="claims", of=name))
            for name in scorecard_page.sections(values)
        ]
        form = bound_page(kind="claim-filters")
        found.append(self.section(scorecard_page.EVERY, "Every claim", form, *lists))
        return found


class ExpectationIndex(Generated):
    """`{expectation-index}`: what must hold of the figures, a heading for each chapter."""

    def parts(self, values: Values) -> list[nodes.Node]:
        """The counts, then a section for each chapter."""
        found: list[nodes.Node] = [bound_page(kind="expected")]
        for name in expectations_page.groups(values):
            heading = expectations_page.title(values, name)
            found.append(self.section(f"expected-{slug(name)}", heading, bound_page(kind="expectations", of=name)))
        return found


class ScenarioList(Generated):
    """`{scenario-list}`: a section for each scenario: its reason, what it sets, what follows from it."""

    def parts(self, values: Values) -> list[nodes.Node]:
        """The sections; those of what follows are empty in a book that was built alone."""
        del values
        kinds = ("scenario", *scenarios_page.GRIDS)
        return [
            self.section(
                f"scenario-{slug(one.name)}", one.title, *(bound_page(kind=kind, of=one.name) for kind in kinds)
            )
            for one in scenarios_page.listed()
        ]


class BuildStatus(Generated):
    """`{build-status}`: when the book was built, from which commit, and how long each chapter took."""

    def parts(self, values: Values) -> list[nodes.Node]:
        """What is told of the whole, then a row for each chapter."""
        del values
        return [bound_page(kind="status"), bound_page(kind="status-chapters")]


class BenchmarkTable(Generated):
    """`{benchmark-table}`: the committed timings of the press."""

    kind = "benchmark"


class DrawTable(Generated):
    """`{draw-table}`: the committed rates at which cases are drawn and valued."""

    kind = "draws"


class SweepTable(Generated):
    """`{sweep-table}`: the committed rates at which a chapter is computed at many points."""

    kind = "sweeps"


class NoticedTable(Generated):
    """`{noticed-table}`: which formulas, broken on purpose, the expectations noticed."""

    kind = "noticed"


class RereadingTable(Generated):
    """`{rereading-table}`: what was found of the rows of facts that were read again."""

    kind = "rereading"


class AnswerTable(Generated):
    """`{answer-table}`: the committed timings and weights of the pages that answer."""

    kind = "answers"


class WeightTable(Generated):
    """`{weight-table}`: the committed weights of the pages."""

    kind = "weight"


class ExecutionTable(Generated):
    """`{execution-table}`: what each chapter executes."""

    kind = "execution"


class LiveTable(Generated):
    """`{live-table}`: how many figures the pages recompute."""

    kind = "live"


DIRECTIVES: dict[str, type[SphinxDirective]] = {
    "parameter-index": ParameterIndex,
    "fact-index": FactIndex,
    "scorecard": Scorecard,
    "expectation-index": ExpectationIndex,
    "benchmark-table": BenchmarkTable,
    "draw-table": DrawTable,
    "sweep-table": SweepTable,
    "noticed-table": NoticedTable,
    "answer-table": AnswerTable,
    "weight-table": WeightTable,
    "execution-table": ExecutionTable,
    "rereading-table": RereadingTable,
    "live-table": LiveTable,
    "scenario-list": ScenarioList,
    "build-status": BuildStatus,
    **landing.DIRECTIVES,
}

FORMS: dict[str, Callable[[Values, Links], str]] = {
    "tally": lambda values, _: scorecard_page.tally(values),
    "claim-filters": lambda values, _: scorecard_page.filters(values),
    "parameter-filters": lambda values, _: parameters_page.filters(values),
    "fact-filters": facts_page.filters,
}
"""Parts that only a browser has a use for."""
PARTS: dict[str, Callable[[Values, Links, str], str]] = {
    **landing.PARTS,
    "scenario": scenarios_page.told,
    "status": status_page.about,
}
"""Parts of a page that are about one thing, or one of several."""
GRIDS: dict[str, Callable[[Values, Links, str], Grid]] = {
    "group": scorecard_page.group,
    "counts": scorecard_page.counts,
    "claims": scorecard_page.claims,
    "parameters": parameters_page.grid,
    "movers": lambda values, links, _: parameters_page.movers(values, links),
    "rereading": lambda values, links, _: method_page.rereading(values, links),
    "execution": lambda values, links, _: method_page.execution(values, links),
    "benchmark": lambda values, links, _: measured_page.benchmark(values, links),
    "draws": lambda values, links, _: measured_page.draws(values, links),
    "sweeps": lambda values, links, _: measured_page.sweeps(values, links),
    "live": lambda values, links, _: method_page.live(values, links),
    "answers": lambda values, links, _: measured_page.answers(values, links),
    "weight": lambda values, links, _: measured_page.weight(values, links),
    "expected": lambda values, links, _: expectations_page.summary(values, links),
    "noticed": lambda values, links, _: expectations_page.noticed(values, links),
    "expectations": expectations_page.grid,
    "fact": lambda values, _, name: facts_page.plain(values, name),
    **scenarios_page.GRIDS,
    "status-chapters": status_page.chapters,
}
"""Tables."""
ENTRIES = ("claims", "parameters")
"""Lists of one line an entry, that unfolds."""
FIGURES = ("counts", "execution", "answers", "expected", "weight", "status-chapters")
"""Kinds of table that are all figures: they stay tables on a phone, in a box that scrolls."""


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replace each placeholder by its part of the page."""
    values = app.env.bound_values  # type: ignore[attr-defined]
    links = Links(app.builder, docname)
    html = app.builder.format == "html"
    for place in list(doctree.findall(bound_page)):
        part = _part(place["kind"], place.get("of", ""), values, links, html=html)
        if part is None:
            place.parent.remove(place)
        else:
            place.replace_self(part)


def _part(kind: str, of: str, values: Values, links: Links, *, html: bool) -> nodes.Node | None:
    if kind in FORMS:
        return nodes.raw("", FORMS[kind](values, links), format="html") if html else None
    if kind in PARTS:
        return nodes.raw("", PARTS[kind](values, links, of), format="html") if html else None
    if kind == "fact" and html:
        return nodes.raw("", facts_page.table(values, links, of), format="html")
    return _table(GRIDS[kind](values, links, of), kind, html=html)


def _table(grid: Grid, kind: str, *, html: bool) -> nodes.Node | None:
    if not grid.lines:
        return None  # timings that were never measured have no table
    if not html:
        return plain_table(grid)
    if kind in ENTRIES:
        return nodes.raw("", entries(grid), format="html")
    page = table(grid, cards=f"cards cards-{kind}" + (" cards-figures" if kind in FIGURES else ""))
    return nodes.raw("", scrolling(page, grid.caption) if kind in FIGURES else page, format="html")
