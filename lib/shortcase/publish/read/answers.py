"""The answer that a page begins with, and the numbers that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shortcase.publish.read.pages import Page

ANSWER = re.compile(r":::\{admonition\} The (?:answer|verdict)\n(?P<text>.*?)\n:::", re.DOTALL)
NUMBER = re.compile(r"\{num\}`(?P<key>\w+)`")


def headlines(pages: Iterable[Page]) -> list[str]:
    """The numbers that the answers show, each once, in the order of the pages."""
    found = (
        match["key"] for page in pages for box in ANSWER.finditer(page.text) for match in NUMBER.finditer(box["text"])
    )
    return list(dict.fromkeys(found))
