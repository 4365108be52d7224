"""The templates of the generated pages, and what they may call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shortcase.publish.site import wording
from shortcase.show.templates import HERE, Templates

FILTERS = (
    wording.addresses,
    wording.argument,
    wording.badge_text,
    wording.day,
    wording.days,
    wording.many,
    wording.opening,
    wording.sentence,
    wording.slug,
    wording.standing,
    wording.token,
)
TEMPLATES = Templates(Path(__file__).parent, HERE, **{function.__name__: function for function in FILTERS})
ELEMENTS: Any = TEMPLATES.parts("elements.html")
"""What all pages have: `link`, `quiet` words, a `badge`, a list `folded` away."""
