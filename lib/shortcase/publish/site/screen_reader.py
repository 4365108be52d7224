"""Names and roles that a screen reader hears, where a library's own markup gives it the wrong ones."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from markupsafe import Markup
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx

from shortcase.publish.site.markup import TEMPLATES

PARAMETERS = "The values it starts from"
"""What is folded away where a chapter's parameters stand; elsewhere it is the words of `nb_code_prompt_show`."""

HEADING = re.compile(r'<h([1-6])>(.+?)<a\b class="headerlink" href="#([^"]+)" title="([^"]+)">#</a></h\1>', re.DOTALL)
"""A heading with the link to itself, as Sphinx prints it."""


def headings(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Name each heading by its words alone, and the link in it by what it does: both would be read with its sign."""
    del app, page, template, doctree
    if "body" in context:
        context["body"] = named(context["body"])


def named(body: str) -> str:
    r"""The text of a page with its headings named by their words.

    >>> printed = named('<h2>Prices<a class="headerlink" href="#prices" title="Link to this">#</a></h2>')
    >>> print(printed.replace("><", ">\n<"))
    <h2 aria-labelledby="prices-name">
    <span id="prices-name">Prices</span>
    <a class="headerlink" href="#prices" aria-label="Link to this">#</a>
    </h2>
    """
    return HEADING.sub(_named, body)


def _named(heading: re.Match[str]) -> str:
    level, words, place, link = map(Markup, heading.groups())
    return TEMPLATES.fill("heading.html", level=level, words=words, place=place, link=link)


def visit_folded(self: Any, node: HideCodeCellNode) -> None:
    """A disclosure whose name is what it shows; MyST-NB would name each one 'Toggle hidden content'."""
    own = "tag_parameters" in node.parent.get("classes", ())
    self.body.append(TEMPLATES.fill("folded_cell.html", words=PARAMETERS if own else node["prompt_show"]))


def depart_folded(self: Any, node: HideCodeCellNode) -> None:
    """The end of the disclosure."""
    del node
    self.body.append("</details>\n")


def visit_citation(self: Any, node: nodes.citation) -> None:
    """An entry of a bibliography as an item of its list; docutils gives it a role that ARIA has withdrawn."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        self.body.append(self.starttag({}, "div", role="list", classes=["citation-list"]))
    self.body.append(self.starttag(node, "div", classes=[node.tagname], role="listitem"))


def depart_citation(self: Any, node: nodes.citation) -> None:
    """The end of the entry, and of the list after the last one."""
    self.body.append("</div>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), nodes.citation):
        self.body.append("</div>\n")


def visit_table(self: Any, node: nodes.table) -> None:
    """A table of the prose in a box that scrolls by itself, as those of the chapters' cells do."""
    section = node.parent
    while section is not None and not isinstance(section, nodes.section):
        section = section.parent
    title = section.next_node(nodes.title) if section is not None else None
    label = f"Table: {title.astext()}" if title is not None else "Table"
    self.body.append(
        self.starttag(
            {}, "div", "", **{"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": label}
        )
    )
    type(self).visit_table(self, node)


def depart_table(self: Any, node: nodes.table) -> None:
    """The end of the table, and of its box."""
    type(self).depart_table(self, node)
    self.body.append("</div>\n")


def names(app: Sphinx) -> None:
    """Take the place of both libraries' writers, once all of them have registered theirs."""
    app.registry.add_translation_handlers(HideCodeCellNode, html=(visit_folded, depart_folded))
    app.registry.add_translation_handlers(nodes.table, html=(visit_table, depart_table))
    app.registry.add_translation_handlers(nodes.citation, html=(visit_citation, depart_citation))
