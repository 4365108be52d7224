"""What a page says of itself to who does not read it here: a search engine, a shared link, a citation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer
from docutils import nodes

from shortcase.publish.site.sources import FOLDER

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SHARED = ("description", "twitter:card")
"""Names of what a page says of itself to those who show links to it, besides its address and what Open Graph has."""
LONGEST = 160
"""Letters of a description that a search engine shows."""


def description(doctree: nodes.document) -> str:
    """The page in a sentence or two: the beginning of its answer, or else of its text.

    >>> description(nodes.document(None, None))
    ''
    """
    text = answer(doctree)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rpartition(" ")[0] + "…"


def answer(doctree: nodes.document) -> str:
    """The first paragraph of a page's answer, or else of its text."""
    answers = (part for part in doctree.findall(nodes.admonition) if "answer" in part["classes"])
    within = next(answers, doctree)
    first = within.next_node(nodes.paragraph)
    return " ".join(first.astext().split()) if first is not None else ""


def shared(head: str) -> list[str]:
    """What the head of a page says to those who show links to it, for the bare page that leads to it.

    >>> shared('<meta charset="utf-8"><meta property="og:image" content="../_static/cards/index.png">')
    ['<meta content="_static/cards/index.png" property="og:image"/>']
    """
    told = BeautifulSoup(head, "html.parser", parse_only=SoupStrainer(["meta", "link"]))
    for tag in told.find_all("meta", content=re.compile(r"^\.\./")):
        tag["content"] = str(tag["content"]).removeprefix("../")
    return [str(tag) for tag in told.find_all(_shared)]


def _shared(tag: Tag) -> bool:
    open_graph = str(tag.get("property", "")).startswith("og:")
    return open_graph or tag.get("name") in SHARED or "canonical" in (tag.get("rel") or ())


def about(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Hand the frame what it says of a page in its head and at its foot."""
    del template
    name = page.rpartition("/")[2]
    static = Path(app.srcdir) / "book" / "_static" / FOLDER
    context["description"] = "" if doctree is None else description(doctree)
    context["citation"] = f"{app.config.author} ({app.config.copyright.rpartition(', ')[2]}). {app.config.html_title}"
    context["taken"] = {
        kind: f"_static/{FOLDER}/{name}.{kind}" for kind in ("md", "ipynb") if (static / f"{name}.{kind}").is_file()
    }
