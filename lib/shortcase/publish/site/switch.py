"""The way from a page to the same page under another scenario; and the styles that few pages need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from shortcase.publish.site.markup import TEMPLATES
from shortcase.publish.site.scenarios_page import up

SCRIPT = "switch.js"
STYLES = {"index": "landing.css", "scenarios": "scenarios.css", "status": "scenarios.css"}
"""Styles of single pages."""


def switch(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Put it above the page's own text; a script adds the section to its links, which lead without it to the page."""
    del template
    values = app.env.bound_values  # type: ignore[attr-defined]
    books = values.get("among", {}).get("books", [])
    if doctree is None or not books:
        return
    root = up(values, page)
    address = app.builder.get_target_uri(page)
    told = [(book["title"], f"{root}{book['path']}{address}", book["name"] == values["scenario"]) for book in books]
    if _has(app, SCRIPT):
        app.add_js_file(SCRIPT, defer="defer")
        app.add_css_file(STYLES["scenarios"])
    here = next(title for title, _, own in told if own)
    context["body"] = f"{TEMPLATES.fill('switch.html', books=told, here=here)}{context['body']}"


def styles(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Load the styles of a page that has its own."""
    del template, context
    style = STYLES.get(page.rpartition("/")[2])
    if doctree is not None and style and _has(app, style):
        app.add_css_file(style)


def _has(app: Sphinx, file: str) -> bool:
    """Whether the book has a static file; a small one does without."""
    return (Path(app.srcdir) / "book" / "_static" / file).is_file()
