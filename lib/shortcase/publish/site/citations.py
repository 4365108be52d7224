"""The plugins by which citations are set, told to Pybtex once: else it searches all that is installed each time."""

from __future__ import annotations

from pybtex.plugin import find_plugin, register_plugin

PLUGINS = (
    ("pybtex.backends", "plaintext"),
    ("pybtex.style.formatting", "alpha"),
    ("pybtex.style.labels", "alpha"),
    ("pybtex.style.names", "plain"),
    ("pybtex.style.sorting", "author_year_title"),
)
"""Those that a page with citations asks for, most of them at every citation."""


def know_plugins() -> None:
    """Find each plugin now, and never again."""
    for group, name in PLUGINS:
        register_plugin(group, name, find_plugin(group, name), force=True)
