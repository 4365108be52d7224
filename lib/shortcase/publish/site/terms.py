"""The words of the trade, explained where a chapter first uses them: the meaning opens at the word, from one list.

The list is the page of words. A term stands there with its other names after commas or "and"; one that also means
something plain in English is marked `{.plain}` and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from shortcase.publish.site.markup import TEMPLATES
from shortcase.publish.site.nodes import page_named

WORDS = "words"
"""The page that has the list."""
PLAIN = "plain"
BETWEEN_NAMES = re.compile(r", | and ")
WHOLE = re.compile(r" of ")
"""In a title with this word what follows "and" is no name of its own: the cache of keys and values."""


class term_use(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils names its nodes in small letters
    """A word of the list where a page first uses it."""


@dataclass(frozen=True)
class Term:
    """An entry of the list: the id of what opens, its title, its names, and what it means."""

    identity: str
    title: str
    names: tuple[str, ...]
    meaning: str

    @cached_property
    def sought(self) -> tuple[str, ...]:
        """The names in small letters: a text without them is soon passed over."""
        return tuple(name.lower() for name in self.names)


def terms(page: nodes.document) -> list[Term]:
    """The entries of the page of words that may be opened at a word."""
    found = []
    for item in page.findall(nodes.definition_list_item):
        title, meaning = item.next_node(nodes.term), item.next_node(nodes.definition)
        if (
            title is None
            or meaning is None
            or any(PLAIN in part.get("classes", ()) for part in title.findall(nodes.inline))
        ):
            continue
        text = title.astext()
        identity = "word-" + re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        found.append(
            Term(
                identity,
                text,
                (text,) if WHOLE.search(text) else tuple(BETWEEN_NAMES.split(text)),
                meaning.astext().replace("\n", " "),
            )
        )
    return found


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Where a name stands in a text: an abbreviation as it is written, a word also in the plural or after a full stop.

    >>> bool(pattern("Half-life").search("two half-lives")), bool(pattern("Token").search("of Tokens"))
    (False, True)
    >>> bool(pattern("HBM").search("hbm"))
    False
    """
    abbreviation = any(letter.isupper() for letter in name[1:])
    return re.compile(rf"(?<![\w-]){re.escape(name)}s?(?![\w-])", 0 if abbreviation else re.IGNORECASE)


def read_list(app: Sphinx, builder: Any) -> None:
    """Read the page of words, once for all pages that are printed."""
    del builder
    env: Any = app.env
    page = page_named(env, WORDS)
    env.book_terms = [] if page is None else terms(env.get_doctree(page))


def link_first_uses(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make a word of the first use of each term in a chapter's prose."""
    env: Any = app.env
    row = env.bound_values.get("page", {}).get(docname.rpartition("/")[2], {})
    if app.builder.format != "html" or not row.get("chapter"):
        return
    left = list(env.book_terms)
    for text in list(_prose(doctree)):
        words = text.astext().lower()
        for term in left:
            if any(name in words for name in term.sought) and _linked(text, term):
                left.remove(term)
                break  # the rest of this piece of text is another node now


def _prose(doctree: nodes.document) -> Iterator[nodes.Text]:
    """The text of paragraphs that stands by itself: in no link, figure, emphasis or wording that may change."""
    for paragraph in doctree.findall(nodes.paragraph):
        for child in paragraph.children:
            if isinstance(child, nodes.Text) and not isinstance(paragraph.parent, (nodes.footnote, nodes.citation)):
                yield child


def _linked(text: nodes.Text, term: Term) -> bool:
    words = text.astext()
    found = next(filter(None, (pattern(name).search(words) for name in term.names)), None)
    if found is None:
        return False
    use = term_use("", found[0], term=term)
    parts: list[nodes.Node] = [nodes.Text(words[: found.start()]), use, nodes.Text(words[found.end() :])]
    text.parent.replace(text, [part for part in parts if part.astext()])
    return True


def visit_use(self: Any, node: term_use) -> None:
    """A button that opens the meaning."""
    self.body.append(
        self.starttag({}, "button", "", **{"type": "button", "class": "word", "popovertarget": node["term"].identity})
    )


def depart_use(self: Any, node: term_use) -> None:
    """The end of the word."""
    del node
    self.body.append("</button>")


def meanings(doctree: nodes.document, address: str) -> Markup:
    """What opens behind the words of a page."""
    parts = TEMPLATES.parts("trace.html")
    return Markup("").join(parts.meaning(node["term"], address) for node in doctree.findall(term_use))
