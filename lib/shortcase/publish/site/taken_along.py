"""What a page says of itself to who does not read it here: a search engine, a shared link, a citation, a notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer
from docutils import nodes

from shortcase.publish.files import write
from shortcase.publish.run.outputs import Notebook

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "source"
"""Where a page's source and notebook lie, in the site's own files."""
SHARED = ("description", "twitter:card")
"""Names of what a page says of itself to those who show links to it, besides its address and what Open Graph has."""
LONGEST = 160
"""Letters of a description that a search engine shows."""


def sources(static: Path, texts: Mapping[str, str], notebooks: Mapping[str, Notebook]) -> None:
    """Write each page's source, and each chapter's notebook without its outputs, beside the site's own files."""
    for name, text in texts.items():
        write(static / FOLDER / f"{name}.md", text)
    for name, notebook in notebooks.items():
        write(static / FOLDER / f"{name}.ipynb", json.dumps(bare(notebook), indent=1, ensure_ascii=False) + "\n")


def bare(notebook: Notebook) -> dict[str, Any]:
    """A notebook as a reader would start it: no outputs, no counts, and nothing that the press wrote into it.

    >>> cell = {"cell_type": "code", "source": "1", "metadata": {"tags": ["a"], "x": 1}, "outputs": [1], "id": "c"}
    >>> bare({"cells": [cell], "nbformat": 4, "nbformat_minor": 5, "metadata": {}})["cells"][0]["outputs"]
    []
    """
    cells = [
        {
            "cell_type": cell["cell_type"],
            "id": cell["id"],
            "metadata": {"tags": cell["metadata"]["tags"]} if cell["metadata"].get("tags") else {},
            "source": cell["source"],
            **({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}),
        }
        for cell in notebook["cells"]
        if "injected-parameters" not in cell["metadata"].get("tags", ())
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": notebook["nbformat_minor"]}


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
