"""What a reader sees when a figure or a badge is opened: where it comes from, in a few short lines of HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from shortcase.publish.site.markup import TEMPLATES

Link = Callable[[str, str], str]
"""The address of a place, from the page and the anchor on it; empty where the book has no such page."""
MACROS = {
    "num": "number",
    "par": "parameter",
    "essayval": "parameter",
    "stated": "stated",
    "fact": "fact",
    "claim": "claim",
}
"""Which macro of the template tells of which role."""


def why(kind: str, key: str, values: Mapping[str, Any], link: Link) -> Markup:
    """The trace behind a role, as phrasing content: it stands inside a paragraph."""
    row = values["par" if kind == "essayval" else kind][key]
    told: Markup = getattr(TEMPLATES.parts("trace.html"), MACROS[kind])(key, row, values, link)
    return told
