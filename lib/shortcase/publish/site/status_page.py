"""The page of the book's state: when it was built, from which commit, how long each chapter took.

What it tells differs from build to build, so that no page holds it: a script beside the pages does, and another fills
the page with it where scripts run.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx

from shortcase.publish.collect.status import FILE
from shortcase.publish.site.markup import ELEMENTS, TEMPLATES
from shortcase.publish.site.nodes import Links
from shortcase.publish.site.table import ordered
from shortcase.show.html_table import Cell, Grid, Line, heads, words

PAGE = "status"
READER = "status_page.js"
READS = Path("book") / "_static" / READER


def about(values: Mapping[str, Any], links: Links, of: str) -> Markup:
    """What stands above the table: a place for each thing that the script tells."""
    del values, of
    return TEMPLATES.fill("status.html", file=links.static(FILE.name))


def chapters(values: Mapping[str, Any], links: Links, of: str) -> Grid:
    """A row for each chapter, its time to be filled in."""
    del of
    rows = {name: page for name, page in ordered(values.get("page", {})).items() if page["chapter"]}
    lines = [
        Line(
            [
                Cell(ELEMENTS.link(page["title"], links(name, "")), page["title"]),
                words(str(page["cells"])),
                Cell(TEMPLATES.fill("status_time.html", chapter=name), ""),
            ]
        )
        for name, page in rows.items()
    ]
    return Grid(heads("Chapter", "Cells", "Seconds to execute"), lines, "The chapters of this build")


def scripts(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Load both scripts on that page, and on no other."""
    del template, context
    if doctree is not None and page.rpartition("/")[2] == PAGE and (Path(app.srcdir) / READS).is_file():
        app.add_js_file(READER, defer="defer")
        app.add_js_file(FILE.name, defer="defer")
