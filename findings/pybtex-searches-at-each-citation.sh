#!/usr/bin/env bash
# A page with citations: for each of them the metadata of every package that is installed is searched anew.
#
# Guess:     the plugin that writes a reference is looked up once for a build, or once for a style.
# Behaviour: sphinxcontrib-bibtex asks Pybtex for its plain-text backend at every citation in the text, and Pybtex asks
#            importlib.metadata for the entry points of all installed packages each time: 40 citations of one work on
#            one page are 40 searches. In an environment of 150 packages they were a seventh of the time that
#            Sphinx took for a book of 214 citations. Classes that are registered (register_plugin) are found first.
# Versions:  sphinxcontrib-bibtex 2.7.0, pybtex 0.26.1, sphinx 7.4.7
# Source:    sphinxcontrib/bibtex/domain.py (resolve_xref) and pybtex/plugin/__init__.py (_load_entry_point), as released.
# What to do: register_plugin("pybtex.backends", "plaintext", find_plugin("pybtex.backends", "plaintext"), force=True).
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install sphinx==7.4.7 sphinxcontrib-bibtex==2.7.0 pybtex==0.26.1
mkdir "$room/book"
cat >"$room/book/works.bib" <<'BIB'
@article{gordon1959, author = {Gordon, M. J.}, title = {Dividends, Earnings, and Stock Prices},
  journal = {The Review of Economics and Statistics}, volume = {41}, year = {1959}}
BIB
cat >"$room/count.py" <<'PY'
import sys
from pathlib import Path

import pybtex.plugin
from sphinx.application import Sphinx

book, room = Path(sys.argv[1]) / "book", Path(sys.argv[1])
asked = []
search = pybtex.plugin.entry_points
pybtex.plugin.entry_points = lambda **what: asked.append((what["group"], what["name"])) or search(**what)


def searches(citations: int) -> int:
    """How often all that is installed is searched for the plain-text backend."""
    text = "A page\n======\n\n" + ":cite:p:`gordon1959`\n" * citations + "\n.. bibliography::\n"
    (book / "index.rst").write_text(text)
    asked.clear()
    app = Sphinx(book, None, room / f"html{citations}", room / f"trees{citations}", "html", status=None, freshenv=True,
                 confoverrides={"extensions": ["sphinxcontrib.bibtex"], "bibtex_bibfiles": ["works.bib"]})
    app.build()
    return sum(what == ("pybtex.backends", "plaintext") for what in asked)


few, many = searches(4), searches(40)
print(f"searches for the plain-text backend: {few} for 4 citations, {many} for 40")
assert (few, many) == (4, 40), "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print(*(f"{p} {m.version(p)}" for p in ("sphinxcontrib-bibtex", "pybtex", "sphinx")))'
"$room/venv/bin/python" "$room/count.py" "$room"
echo "As described: a search for each citation."
