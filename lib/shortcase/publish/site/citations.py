"""The plugins by which citations are set, told to Pybtex once, and each citation set once.

Pybtex searches all that is installed for each plugin that it is asked for, and sphinxcontrib-bibtex has every entry of
every list set twice, for the list and for a tooltip, in each rendering.
"""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from pybtex.plugin import find_plugin, register_plugin
from pybtex.style.formatting.alpha import Style
from sphinx.application import Sphinx

FORMATTING = ("pybtex.style.formatting", "alpha")
PLUGINS = (
    ("pybtex.backends", "docutils"),
    ("pybtex.backends", "plaintext"),
    ("pybtex.style.labels", "alpha"),
    ("pybtex.style.names", "last"),
    ("pybtex.style.names", "plain"),
    ("pybtex.style.sorting", "author_year_title"),
)
"""Those that a page with citations asks for, most of them at every citation."""


class Once(Style):  # type: ignore[misc] # Pybtex has no types
    """The style of the book's references, which sets each entry once under a label."""

    set_already: ClassVar[dict[tuple[str, str], Any]] = {}

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> Any:
        """The entry as it stands in a list."""
        if (label, entry.key) not in self.set_already:
            self.set_already[label, entry.key] = super().format_entry(label, entry, bib_data)
        return self.set_already[label, entry.key]


@cache
def know_plugins() -> None:
    """Find each plugin now, and never again."""
    for group, name in PLUGINS:
        register_plugin(group, name, find_plugin(group, name), force=True)
    register_plugin(*FORMATTING, Once, force=True)


def remember(app: Sphinx) -> None:
    """Go on with the citations that the last rendering has set: what it kept belongs to the same list of references."""
    env: Any = app.env
    if not hasattr(env, "kept_citations"):
        env.kept_citations = {}
    Once.set_already = env.kept_citations
