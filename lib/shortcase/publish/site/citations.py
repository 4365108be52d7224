"""The plugins by which citations are set, told to Pybtex once, each citation set once, and a list's entries found soon.

Pybtex searches all that is installed for each plugin that it is asked for, and sphinxcontrib-bibtex has every entry of
every list set twice, for the list and for a tooltip, in each rendering; for each list it asks of every entry of the
book which of all citations name it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points
from typing import Any, ClassVar

from pybtex.plugin import register_plugin
from pybtex.style.formatting.alpha import Style
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain

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
OWN = ast.dump(ast.parse("docname in docnames"))
"""The filter of a list that holds what its own page cites."""


class Domain(BibtexDomain):
    """As sphinxcontrib-bibtex has it, but for a list of what its page cites only these citations are looked at."""

    def get_filtered_entries(self, bibliography_key: Any) -> Iterable[tuple[str, Any]]:
        """The entries of a list with their keys, in the order of the file."""
        one = self.bibliographies[bibliography_key]
        if one.keys or ast.dump(one.filter_) != OWN:
            return super().get_filtered_entries(bibliography_key)
        here = (ref for ref in self.citation_refs if ref.docname == bibliography_key.docname)
        cited = {target.key for ref in here for target in ref.targets}
        every = ((one.keyprefix + entry.key, entry) for entry in self.get_entries(one.bibfiles))
        return [(key, entry) for key, entry in every if key in cited]


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
    installed = entry_points()
    for group, name in PLUGINS:
        register_plugin(group, name, installed.select(group=group)[name].load(), force=True)
    register_plugin(*FORMATTING, Once, force=True)


def use(app: Sphinx) -> None:
    """Have citations set by these plugins and lists found so, in a book with citations."""
    know_plugins()
    if Domain.name in app.registry.domains:
        app.add_domain(Domain, override=True)


def remember(app: Sphinx) -> None:
    """Go on with the citations that the last rendering has set: what it kept belongs to the same list of references."""
    env: Any = app.env
    if not hasattr(env, "kept_citations"):
        env.kept_citations = {}
    Once.set_already = env.kept_citations
