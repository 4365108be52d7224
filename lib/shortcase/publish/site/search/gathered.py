"""What a reader may find on a page: its sections by paragraph, its charts and tables, its words.

Taken from the page as it was read, so without code, folded traces, contents and menus. Each paragraph gets an address
of its own, made of its words without their figures: it stays when a paragraph is put in before it, and when a parameter
moves, so that a link holds in every scenario's edition.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from docutils import nodes
from sphinx.addnodes import pending_xref

from shortcase.publish.site.nodes import bound, choice, other_wording
from shortcase.publish.site.wording import slug

WORDS = "words"
"""The page whose terms are results of their own."""
LETTERS = 7
SKIPPED = (
    nodes.comment, nodes.math, nodes.math_block, nodes.literal_block, nodes.citation, nodes.target, nodes.title,
    nodes.image, nodes.footnote_reference, nodes.substitution_definition, other_wording,
)  # fmt: skip
SHOWN_OUTPUT = ("text/html", "text/markdown")
FIGURE = re.compile(r'\s*<figure\b[^>]*?\bid="(?P<id>[^"]+)"')
"""How the output of a chart or a table begins."""
CAPTION = re.compile(r"<(figcaption|caption)\b[^>]*>(?P<text>.*?)</\1>", re.DOTALL)
CELL = re.compile(r"<(t[hd])\b[^>]*>(.*?)</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
TITLE_OF = "\x00{}\x00"
"""Stands for the title of a page that may not have been read yet."""


@dataclass
class Entry:
    """One thing to be found: where it is, what it is called, below which heading, its text part by part, its claims."""

    kind: str
    anchor: str
    title: str
    under: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)


def entries(document: nodes.document, page: str) -> list[Entry]:
    """Everything to be found on a page; its paragraphs get their addresses on the way."""
    name = PurePosixPath(page).name
    given: Counter[str] = Counter()
    found: list[Entry] = []
    for section in document.children:
        if isinstance(section, nodes.section):
            found += _section(section, "", name, given)
    return found


def _section(section: nodes.section, under: str, page: str, given: Counter[str]) -> Iterator[Entry]:
    title = section.next_node(nodes.title)
    own = Entry("section", section["ids"][0], _text(title) if title is not None else "", under)
    inside: list[Entry] = []
    _gather(section, own, inside, page, given)
    yield own
    yield from inside


def _gather(node: nodes.Element, own: Entry, inside: list[Entry], page: str, given: Counter[str]) -> None:
    for child in node.children:
        if isinstance(child, nodes.section):
            inside += _section(child, own.title, page, given)
        elif isinstance(child, nodes.raw):
            inside += _figure(child.astext(), own)
        elif isinstance(child, nodes.definition_list_item) and page == WORDS:
            inside.append(_word(child, own))
        elif isinstance(child, nodes.paragraph):
            if text := _text(child):
                own.parts.append((_address(child, given), text))
            own.claims += [badge["key"] for badge in child.findall(bound) if badge["kind"] == "claim"]
        elif isinstance(child, nodes.Element) and not _skipped(child):
            _gather(child, own, inside, page, given)


def _skipped(node: nodes.Element) -> bool:
    if isinstance(node, SKIPPED) or "cell_input" in node.get("classes", ()):
        return True
    return bool(node.get("mime_type")) and node["mime_type"] not in SHOWN_OUTPUT


def _address(paragraph: nodes.paragraph, given: Counter[str]) -> str:
    """The paragraph's address on its page, which it is given where it has none."""
    if not paragraph["ids"]:
        told = hashlib.sha256(_text(paragraph, figures=False).encode()).hexdigest()[:LETTERS]
        given[told] += 1
        paragraph["ids"].append(f"p-{told}" + (f"-{given[told]}" if given[told] > 1 else ""))
    return str(paragraph["ids"][0])


def _word(item: nodes.definition_list_item, own: Entry) -> Entry:
    term, meaning = next(item.findall(nodes.term)), next(item.findall(nodes.definition), None)
    title = _text(term)
    if not term["ids"]:
        term["ids"].append(f"word-{slug(re.sub(r'[^a-z0-9]+', ' ', title.lower()).strip())}")
    return Entry("word", term["ids"][0], title, own.title, [("", _text(meaning))])


def _figure(output: str, own: Entry) -> Iterator[Entry]:
    """A chart or a table of a chapter: what it says of itself, and of a table each cell."""
    found = FIGURE.match(output)
    if not found:
        return
    title = CAPTION.search(output)
    chart = 'class="vl' in output[: found.end() + 80]
    cells = [] if chart else [_plain(cell) for _, cell in CELL.findall(output)]
    told = [("", " · ".join(filter(None, cells)))] if cells else []
    yield Entry("chart" if chart else "table", found["id"], _plain(title["text"]) if title else "", own.title, told)


def _plain(markup: str) -> str:
    return _spaced(html.unescape(TAG.sub(" ", markup)))


def _spaced(text: str) -> str:
    """One space where there were several, and none before a stop that a badge stood before."""
    return re.sub(r" +(?=[,.;:)])", "", re.sub(r"[ \t\n\r]+", " ", text)).strip()


def _text(node: nodes.Node | None, *, figures: bool = True) -> str:
    """What a reader sees of a node; without the figures, and the words that a figure chooses, where so asked."""
    return _spaced("".join(_pieces(node, figures=figures))) if node is not None else ""


def _pieces(node: nodes.Node, *, figures: bool) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield str(child)
        elif isinstance(child, pending_xref) and child.get("reftype") == "doc" and not child.get("refexplicit"):
            yield TITLE_OF.format(child["reftarget"].rpartition("/")[2])
        elif not _silent(child, figures=figures):
            yield from _pieces(child, figures=figures)
            yield " " if isinstance(child, nodes.paragraph) else ""


def _silent(node: nodes.Node, *, figures: bool) -> bool:
    if isinstance(node, bound):
        return bool(node["kind"] == "claim") or not figures
    if isinstance(node, pending_xref):
        return bool(node.get("refdomain") == "cite")
    return isinstance(node, SKIPPED) or (isinstance(node, choice) and not figures)
