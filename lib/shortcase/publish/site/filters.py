"""The search and the filters above a long generated list: a form that `filters.js` gives its work.

Without scripts the form stays hidden and the whole list stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from shortcase.publish.site.markup import TEMPLATES

Counts = Sequence[tuple[str, int]]
"""Names, each with how many entries it has."""
PARTS: Any = TEMPLATES.parts("filters.html")


def form(noun: str, nouns: str, choices: Mapping[str, Counts], verdicts: Counts = ()) -> Markup:
    """The form: a search, a menu for each choice, each with its counts, and a line that says how many are shown.

    `noun` and `nouns` name one and several entries of the list; each of `verdicts` gets a button before the menus.
    """
    written: Markup = PARTS.form(noun, nouns, choices, verdicts)
    return written


def tally(verdicts: Counts, anchor: str) -> Markup:
    """How many of each verdict, each a link to those entries alone in the list at the anchor."""
    written: Markup = PARTS.tally(verdicts, anchor)
    return written


def options(found: Iterable[str]) -> list[tuple[str, int]]:
    """The options of a menu, in the order in which they are met, each with how many entries it has.

    >>> options(["fact", "estimate", "fact"])
    [('fact', 2), ('estimate', 1)]
    """
    return list(Counter(found).items())
