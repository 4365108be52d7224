"""The landing page's own parts: price against value with the threats as steps, and the map of the argument.

The steps are those of the thesis at this build's values, `case.thesis.weighing`; `landing.js` takes them further
where a reader moves an assumption. Without scripts they stand as built.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from markupsafe import Markup
from sphinx.util.docutils import SphinxDirective

from shortcase.case.parameters import registry
from shortcase.publish.site.markup import TEMPLATES
from shortcase.publish.site.nodes import Links, bound_page
from shortcase.publish.site.scorecard_page import EVERY
from shortcase.publish.site.wording import MARKS, slug, token
from shortcase.show.units import fmt

Values = Mapping[str, Any]
SLIDERS = 4
"""Assumptions that stand beside the figure: those that move the value of a share most."""
ROOM = 1.04
"""The longest bar, times this, is as wide as the figure."""
COUNTED = ("holds", "holds within rounding", "fails", "depends")


@dataclass(frozen=True)
class Step:
    """A line of the figure: from where to where its bar goes, in dollars a share."""

    name: str
    kind: str
    words: str
    quiet: str
    start: float
    end: float

    @property
    def text(self) -> str:
        """The amount, to the dollar: what a share is worth, or by how much a threat changes that.

        >>> Step("none", "whole", "", "", 0.0, 106.16).text, Step("x", "takes", "", "", 106.16, 104.6).text
        ('$106', '−$2')
        >>> Step("x", "takes", "", "", 100.0, 106.7).text, Step("x", "takes", "", "", 100.0, 99.8).text
        ('+$7', '$0')
        """
        amount = fmt(self.end - self.start, "USD", 0)
        return f"+{amount}" if self.kind == "takes" and amount.startswith("$") and amount != "$0" else amount


def steps(values: Values) -> list[Step]:
    """From the price, and a share that no threat touches, threat by threat to one with each weighed by its chance."""
    from shortcase.case import thesis  # noqa: PLC0415 - the numerics of a whole valuation, for the one page that shows it
    from shortcase.case.thesis import weighing  # noqa: PLC0415

    case = thesis.case(values["as_of"], {name: row["value"] for name, row in values["par"].items()})
    none, every = (float(thesis.valuation(case, on).value_per_share) for on in (thesis.NONE, thesis.ALL))
    found = [
        Step("price", "price", "What it cost", "", 0.0, case.start.price_usd),
        Step("none", "whole", "Worth, with no threat", "", 0.0, none),
    ]
    at = none
    for name, part in weighing.parts(case).items():
        chance = fmt(getattr(case, f"{name}_chance"), "share")
        found.append(Step(name, "takes", thesis.THREATS[name], f"a chance of {chance}", at, at + float(part)))
        at += float(part)
    found.append(Step("weighed", "answer", "Worth, each threat weighed", "", 0.0, at))
    found.append(Step("all", "rest", "Worth, all five in full", "", 0.0, every))
    return found


def sliders(values: Values) -> list[str]:
    """The parameters that move the value of a share most over their stated ranges, the strongest first."""
    from shortcase.case import thesis  # noqa: PLC0415 - as above

    of_the_value = {name: row["size"] for name, row in values.get("swing", {}).items() if name in thesis.PARAMETERS}
    movable = [name for name in of_the_value if registry()[name].kind in ("float", "int")]
    return sorted(movable, key=lambda name: -of_the_value[name])[:SLIDERS]


def figure(values: Values, links: Links, of: str) -> Markup:
    """The figure itself."""
    del of
    found = steps(values)
    most = ROOM * max(step.end for step in found)
    return TEMPLATES.fill(
        "hero.html",
        steps=found,
        most=most,
        sliders=sliders(values),
        more=links("your_case", ""),
        chapter=links("what_a_share_was_worth", ""),
    )


def way(values: Values, links: Links, of: str) -> Markup:
    """The name of a chapter as the link to the section that answers."""
    page, _, section = of.partition("#")
    del values
    return TEMPLATES.fill("way.html", title=links.title(page), address=links(page, section))


def verdicts(values: Values, links: Links, of: str) -> Markup:
    """How often the claims of a chapter hold, fail, and depend, each a link to them; nothing where it judges none."""
    page = of.partition("#")[0]
    rows = [row for row in values["claim"].values() if row["chapter"] == page]
    counts = Counter(row["verdict"] for row in rows)
    sections = Counter(row["section"] for row in rows)
    section = token(sections.most_common(1)[0][0]) if sections else ""
    told = [
        (MARKS[verdict], counts[verdict], verdict,
         f"{links('scorecard', '')}?section={section}&verdict={slug(verdict)}#{EVERY}")
        for verdict in COUNTED if counts[verdict]
    ]  # fmt: skip
    return TEMPLATES.fill("verdicts.html", told=told) if told and links("scorecard", "") else Markup()


PARTS: dict[str, Callable[[Values, Links, str], Markup]] = {
    "price-and-value": figure,
    "way": way,
    "verdicts": verdicts,
}


class _Written(SphinxDirective):
    """A directive around what is written in it."""

    has_content = True

    def placeholder(self, kind: str, of: str = "") -> nodes.Node:
        """The placeholder of a part, which a browser alone has a use for."""
        return bound_page(kind=kind, of=of)

    def inside(self) -> Iterator[nodes.Node]:
        """What is written in it."""
        yield from self.parse_content_to_nodes()


class PriceAndValue(_Written):
    """`{price-and-value}`: the figures to be seen first, as a list, and the steps from a share's value to its price."""

    def run(self) -> list[nodes.Node]:
        """The list, then the figure."""
        return [nodes.container("", *self.inside(), classes=["key-figures"]), self.placeholder("price-and-value")]


class Map(_Written):
    """`{argument-map}`: the chapters as boxes, each an `{argument}`."""

    def run(self) -> list[nodes.Node]:
        """The boxes."""
        return [nodes.container("", *self.inside(), classes=["argument-map"])]


class Argument(_Written):
    """`{argument} chapter`: its question and its answer, with a link to the section that gives it."""

    required_arguments = 1
    option_spec = {"at": directives.unchanged}  # noqa: RUF012 - docutils wants it so

    def run(self) -> list[nodes.Node]:
        """The chapter's name, its question, its answer, and the verdicts on its claims."""
        of = f"{self.arguments[0]}#{self.options.get('at', '')}"
        return [
            nodes.container(
                "", self.placeholder("way", of), *self.inside(), self.placeholder("verdicts", of), classes=["argument"]
            )
        ]


DIRECTIVES: dict[str, type[SphinxDirective]] = {
    "price-and-value": PriceAndValue,
    "argument-map": Map,
    "argument": Argument,
}
