"""The nodes that carry bound figures and badges through Sphinx, and how each builder writes them."""

from __future__ import annotations

from functools import cache
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.environment import BuildEnvironment

from shortcase.publish.site.markup import TEMPLATES
from shortcase.publish.site.trace import why
from shortcase.publish.site.wording import slug

MARKED = {"num": "num", "par": "par", "claim": "claim"}
"""Roles whose figure follows the reader's assumptions, and the attribute by which the page finds it."""
PLAIN_PARENTS = (nodes.title, nodes.caption, nodes.reference, nodes.term, nodes.rubric, nodes.legend)
"""Titles are copied into sidebars and search; a button there, or inside a link, would be doubled or nested."""


class bound(nodes.Inline, nodes.TextElement):  # noqa: N801 — docutils names its nodes in small letters
    """A bound figure or badge. Its only child is the formatted text, so every builder can show it."""


class choice(nodes.Inline, nodes.TextElement):  # noqa: N801
    """Words that a condition chose; the other wording stands beside them for the page, where the reader may turn it."""


class other_wording(nodes.comment):  # noqa: N801
    """The wording that was not chosen: a comment to every builder but HTML, and to the search."""

    def astext(self) -> str:
        """Nothing: a title says what was chosen."""
        return ""


class bound_page(nodes.General, nodes.Element):  # noqa: N801
    """A part of a generated page, filled when all pages have been read."""


def by_name(env: BuildEnvironment) -> dict[str, str]:
    """Each document by its last part, which is the name of a chapter or page."""
    return {doc.rsplit("/", 1)[-1]: doc for doc in sorted(env.found_docs, reverse=True)}


def page_named(env: BuildEnvironment, name: str) -> str | None:
    """The document of a chapter or page."""
    return by_name(env).get(name)


def anchor_of(number: str) -> str:
    """The address on its page of a number's first appearance."""
    return f"number-{number}"


class Links:
    """Addresses and titles of places in the book, as seen from the page that is being written."""

    def __init__(self, builder: Any, here: str) -> None:
        self.builder, self.here = builder, here
        self.docs = by_name(builder.env)
        self.address = cache(lambda doc: str(builder.get_relative_uri(here, doc)))

    def __call__(self, page: str, anchor: str) -> str:
        """The relative address; empty where the book has no such page, or it is this one."""
        doc = self.docs.get(page)
        if doc is None:
            return ""
        address = self.address(doc)
        return f"{address}#{anchor}" if anchor else address

    def shown(self, number: str, page: str) -> str:
        """Where a number stands in a sentence: on that page, or else on the first page that shows it; or nowhere."""
        pages = self.builder.env.bound_anchors.get(number, ())
        doc = self.docs.get(page)
        found = doc if doc in pages else min(pages, default=None)
        return "" if found is None else f"{self.address(found)}#{anchor_of(number)}"

    def static(self, file: str) -> str:
        """The relative address of one of the site's own files."""
        return f"{'../' * self.here.count('/')}_static/{file}"

    def title(self, page: str) -> str:
        """The title of a page; its name as words where the book has no such page."""
        doc = self.docs.get(page)
        return page.replace("_", " ").capitalize() if doc is None else str(self.builder.env.titles[doc].astext())


def is_plain(node: nodes.Node) -> bool:
    """Whether a figure stands where no button may."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, PLAIN_PARENTS):
            return True
        parent = parent.parent
    return False


def visit_html(self: Any, node: bound) -> None:
    """A button that opens the trace beside the figure; plain text where no button may stand."""
    kind = node["kind"]
    style = f"bound bound-{kind}"
    if kind == "claim":
        style += f" verdict verdict-{slug(node['verdict'])}"
    marked = {f"data-{MARKED[kind]}": node["key"]} if kind in MARKED else {}
    if is_plain(node):
        self.body.append(self.starttag({}, "span", "", **{"class": style, **marked}))
        return
    if node.get("anchor"):
        self.body.append(
            self.starttag({}, "span", "", **{"class": "claim-anchor", "ids": [node["anchor"]]}) + "</span>"
        )
    given: dict[str, Any] = {"type": "button", "class": style, "popovertarget": trace_of(node), **marked}
    if told := _about(self, node):
        given["aria-label"] = f"{node.astext()}: {told}"
    if node.get("first"):
        given["ids"] = [anchor_of(node["key"])]
    self.body.append(self.starttag({}, "button", "", **given))


ABOUT = {"num": "num", "par": "par", "essayval": "par", "claim": "claim"}
"""Where the results say what a figure is."""


def _about(self: Any, node: bound) -> str:
    """What a screen reader says a figure is, or on which claim a verdict is; figures and verdicts are many."""
    row = self.builder.env.bound_values.get(ABOUT.get(node["kind"], ""), {}).get(node["key"], {})
    return str(row.get("label") or row.get("paraphrase") or "")


def depart_html(self: Any, node: bound) -> None:
    """The end of the figure, and the day on which it became knowable."""
    if is_plain(node):
        self.body.append("</span>")
        return
    self.body.append(TEMPLATES.parts("trace.html").closed(node.get("late")))


def trace_of(node: bound) -> str:
    """The id of the trace that a figure opens: figures of one number share it, wherever they stand on a page.

    >>> trace_of(bound(kind="fact", key="chips/h100/tdp_w"))
    'why-fact-chips-h100-tdp_w'
    """
    return f"why-{node['kind']}-{node['key']}".replace("/", "-")


def traces(builder: Any, page: str, doctree: nodes.document) -> Markup:
    """What opens behind the figures of a page, each once; a wording that waits may need one too."""
    opened = {trace_of(node): node for node in doctree.findall(bound) if not is_plain(node)}
    links, values, parts = Links(builder, page), builder.env.bound_values, TEMPLATES.parts("trace.html")
    return Markup("").join(
        parts.popover(name, why(node["kind"], node["key"], values, links)) for name, node in opened.items()
    )


def visit_choice(self: Any, node: choice) -> None:
    """The words, under their condition."""
    self.body.append(self.starttag({}, "span", "", **{"data-when": node["condition"]}))


def depart_choice(self: Any, node: choice) -> None:
    """The end of the words."""
    del node
    self.body.append("</span>")


def visit_other(self: Any, node: other_wording) -> None:
    """A template: neither shown, nor read aloud, nor printed, until the page takes it out."""
    self.body.append(self.starttag(node, "template", ""))


def depart_other(self: Any, node: other_wording) -> None:
    """The end of the other wording."""
    del node
    self.body.append("</template>")


def skip(self: Any, node: nodes.Node) -> None:
    """Other builders have no use for it."""
    del self, node
    raise nodes.SkipNode


def visit_plain(self: Any, node: bound) -> None:
    """Other builders show the text alone."""


def depart_plain(self: Any, node: bound) -> None:
    """Other builders show the text alone, and the day on which it became knowable."""
    late = node.get("late")
    if late:
        text = nodes.Text(f" {late}")
        self.visit_Text(text)
        self.depart_Text(text)
