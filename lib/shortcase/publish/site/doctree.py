"""What is put right in, or refused of, a page that has been read: headings, ids, pictures for paper."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import vl_convert
from bs4 import BeautifulSoup
from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.transforms.post_transforms.images import ImageConverter
from sphinx.util import logging

from shortcase.publish.site.nodes import bound, choice, is_plain, other_wording
from shortcase.publish.site.terms import term_use

LOG = logging.getLogger(__name__)
FIGURE = "<figure"
"""How the output of a chart or a table begins."""


def stable_headings(app: Sphinx, doctree: nodes.document) -> None:
    """Give a heading with a figure the address of its label, which does not move with the figure."""
    del app
    for section in doctree.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is None or title.parent is not section or title.next_node(bound) is None:
            continue
        if len(section["ids"]) > 1:
            section["ids"].reverse()
        elif not isinstance(section.parent, nodes.document):
            LOG.warning(
                "The heading %r holds a figure, so its address would move. To put it right: write (a-name)= above it.",
                title.astext(), location=title, type="bound", subtype="heading",
            )  # fmt: skip


def number_anchors(app: Sphinx, doctree: nodes.document) -> None:
    """Mark the first appearance of each number on a page, where a link from the page of parameters may lead."""
    env: Any = app.env
    for node in doctree.findall(bound):
        if _waits(node):
            continue
        pages = env.bound_anchors.setdefault(node["key"], set())
        if node["kind"] == "num" and env.docname not in pages and not is_plain(node):
            pages.add(env.docname)
            node["first"] = True


def _waits(node: nodes.Node) -> bool:
    """Whether a figure stands in a wording that is not shown."""
    parent = node.parent
    while parent is not None and not isinstance(parent, other_wording):
        parent = parent.parent
    return parent is not None


OPENS, CLOSES = re.compile(r"[(\[“‘]+$"), re.compile(r"^[.,;:!?)\]’”…]+")
"""Marks that belong to the word after them, and to the word before them."""
JOINED = "\u2060"
"""Forbids a break where it stands and shows nothing."""


def kept_together(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep figures, badges and terms on one line with the marks at them: to a browser a button is no part of a word."""
    del docname
    if app.builder.format != "html":
        return
    for figure in [node for node in doctree.findall() if _is_button(node)]:  # a condition would be asked the slow way
        before, opening = _edge(_neighbour(figure, -1), OPENS)
        after, closing = _edge(_neighbour(figure, 1), CLOSES)
        # A wording may begin with a mark, or be empty before one; and one may end in front of it.
        if not closing and (isinstance(_neighbour(figure, 1), choice) or closing_above(figure)):
            closing = JOINED
        if not opening and not closing:
            continue
        kept = nodes.inline("", "", classes=["kept"])
        place = figure.parent.index(figure)
        figure.parent[place] = kept
        kept += [nodes.Text(opening)] * bool(opening) + [figure] + [nodes.Text(closing)] * bool(closing)
        for old, cut in ((before, slice(0, -len(opening))), (after, slice(len(closing), None))):
            if old is not None:
                old.parent.replace(old, nodes.Text(old.astext()[cut]))


def _is_button(node: nodes.Node) -> bool:
    return isinstance(node, term_use) or (isinstance(node, bound) and not is_plain(node))


def _neighbour(node: nodes.Node, step: int) -> nodes.Node | None:
    place = node.parent.index(node) + step
    return node.parent[place] if 0 <= place < len(node.parent) else None


def _edge(node: nodes.Node | None, marks: re.Pattern[str]) -> tuple[nodes.Text | None, str]:
    found = marks.search(node.astext()) if isinstance(node, nodes.Text) else None
    return (node, found[0]) if isinstance(node, nodes.Text) and found else (None, "")


def closing_above(figure: nodes.Node) -> bool:
    """Whether a figure is the last of a wording or an emphasis that a mark follows."""
    parent: nodes.Element = figure.parent
    if _neighbour(figure, 1) is not None or not issubclass(type(parent), nodes.Inline):
        return False
    following = _neighbour(parent, 1)
    return bool(_edge(following, CLOSES)[1]) if following is not None else closing_above(parent)


def check_ids(app: Sphinx, doctree: nodes.document) -> None:
    """Refuse two charts or tables of one id on a page: a link could mean either."""
    counts = Counter(filter(None, (_figure_id(raw.astext()) for raw in doctree.findall(nodes.raw))))
    for name, count in counts.items():
        if count > 1:
            LOG.warning(
                "The id %r stands on %d charts or tables. To put it right: give each its own.",
                name, count, location=app.env.docname, type="bound", subtype="id",
            )  # fmt: skip


def _figure_id(output: str) -> str | None:
    """The id of a chart or table, from the tag that opens it; the rest, a long picture, is not read."""
    if not output.startswith(FIGURE):
        return None
    opening = BeautifulSoup(f"{output.partition('>')[0]}>", "html.parser").figure
    return None if opening is None else str(opening.get("id", "")) or None


class CalculationsLast(SphinxPostTransform):
    """A folded calculation stands once, after what it shows: a reader of the prose meets the picture first.

    Cells in a row of which the first show nothing are one calculation to a reader, and fold into that of the last.
    """

    default_priority = 200  # once MyST-NB has folded them
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Put each folded source behind the outputs of its cell."""
        for cell in [node for node in self.document.findall(nodes.container) if _is_cell(node)]:
            folded = next((part for part in cell.children if isinstance(part, HideCodeCellNode)), None)
            if folded is None:
                continue
            later = cell.next_node(descend=False, siblings=True)
            shows = len(cell.children) > 1
            cell.remove(folded)
            cell.append(folded)
            below = _folded(later) if not shows and "tag_parameters" not in cell["classes"] else None
            if below is not None:
                below.insert(0, folded.children)
                cell.parent.remove(cell)


def _is_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def _folded(cell: nodes.Node | None) -> HideCodeCellNode | None:
    """The folded source of a cell, if it is one that calculates."""
    if not isinstance(cell, nodes.container) or not _is_cell(cell) or "tag_parameters" in cell["classes"]:
        return None
    return next((part for part in cell.children if isinstance(part, HideCodeCellNode)), None)


class PaperPictures(ImageConverter):
    """Charts as PDF for LaTeX, by the library that drew them; no other program is needed."""

    conversion_rules = [("image/svg+xml", "application/pdf")]  # noqa: RUF012 - Sphinx declares it so

    def is_available(self) -> bool:
        """Always: the library is one of the book's own."""
        return True

    def convert(self, _from: str, _to: str) -> bool:
        """Write the picture as PDF."""
        svg: str = Path(_from).read_text(encoding="utf-8")
        made: bytes = vl_convert.svg_to_pdf(svg)
        Path(_to).write_bytes(made)
        return True
