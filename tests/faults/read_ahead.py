"""What every command on a small book reads of the lib, read once for all tests: its modules, its tables, a notebook.

The forking process imports this last. Nothing of it hangs on the book in whose folder a command runs.
"""

from __future__ import annotations

import jupytext

from shortcase.facts import lookup
from shortcase.publish.live import proof
from shortcase.publish.read import library
from shortcase.publish.read.modules import closure
from shortcase.publish.run import cache_key
from shortcase.publish.site import render

FOUND = {name: library.tree(library.path(name)) for name in closure([cache_key.FOLLOWING, [proof.__name__]])}
TABLES = {name: lookup.later(name) for name in lookup.names()}
NOTEBOOK = jupytext.reads("# Read\n\n```{code-cell} ipython3\n1\n```\n", fmt="md:myst")
render.load()
