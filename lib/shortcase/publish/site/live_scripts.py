"""What makes a page answer: the scripts of the runtime, and the registry that a link's values are held against.

The script of a page with its formulas stands beside them as `live/<page>.js`, that of its charts as
`live/<page>.charts.js`; a page that has neither rests on no parameter and loads nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from shortcase.case.parameters import Parameter, as_written, registry
from shortcase.publish.site import editions

FOLDER = Path("_static") / "live"
PARTS = ("units", "program", "address", "core", "figures", "slider", "follow", "bar", "traces", "take")
"""The runtime, in the order in which each part uses those before it; a page loads them as one script."""
RUNTIME = ("runtime", "registry")
BELOW = (("long_run_growth", "equity_discount_rate"),)
"""Pairs of which the first has to stay below the second: growth for ever at the rate would make the worth infinite."""
CASE = "your_case"
OWN = {"your_case": ("valuing", "thesis", "case"), "index": ("landing",), "scorecard": ("scored",)}
"""What a page needs besides; the landing page loads the thesis when something is moved."""


def registry_script(values: Mapping[str, Any]) -> str:
    """The registry as a script: each parameter's value in this build, its bounds and kind, and what the build sets.

    `about` holds what a slider says of a parameter. Every page with figures that follow loads it, so that no page tells
    it again.

    >>> registry_script({"scenario": "documented", "par": {}})[:37]
    'shortcase.registry({"parameters":{"as'
    """
    here = {name: row["value"] for name, row in values["par"].items()}
    known = {p.name: [here.get(p.name, p.value), p.min, p.max, p.kind] for p in registry().values()}
    documented = {name: p.value for name, p in as_written().items()}
    told = {
        "parameters": known,
        "about": {p.name: _about(p) for p in registry().values()},
        "below": BELOW,
        "built": {name: row[0] for name, row in known.items() if row[0] != documented[name]},
        "scenario": values["scenario"],
        **editions.told(editions.this(), editions.recorded()),
    }
    return f"shortcase.registry({json.dumps(told, ensure_ascii=False, separators=(',', ':'))});\n"


def _about(p: Parameter) -> dict[str, Any]:
    told = {"unit": p.unit, "label": p.label, "low": p.low, "high": p.high, "step": p.step, "essay": p.essay}
    return {name: value for name, value in told.items() if value is not None}


def sources_script() -> str:
    """Where each parameter comes from, as a script of its own, fetched when a reader asks for the first source."""
    told = {p.name: p.source for p in registry().values()}
    return f"shortcase.sources({json.dumps(told, ensure_ascii=False, separators=(',', ':'))});\n"


def bundled(parts: Iterable[Path]) -> str:
    """Scripts as one, without indentation and lines that only comment: what a reader's line carries."""
    lines = (line.strip() for part in parts for line in part.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def write_scripts(app: Sphinx) -> None:
    """Put the registry and the thesis among the static files, once the results of the build have been read.

    Pages are kept only where nothing has changed that these scripts rest on; what is kept with them need not be made.
    The thesis is made here where the press has not put it there.
    """
    folder = Path(app.srcdir) / "book" / FOLDER
    env: Any = app.env
    values = env.bound_values
    made: dict[str, Callable[[], str]] = {}
    if all((folder / f"{part}.js").is_file() for part in PARTS):  # a book may do without
        (folder / "runtime.js").write_text(bundled([folder / f"{part}.js" for part in PARTS]), encoding="utf-8")
        made |= {"registry": lambda: registry_script(values), "sources": sources_script}
    if (folder / f"{CASE}.js").is_file() and not (folder / "thesis.js").is_file():
        here = {name: row["value"] for name, row in values["par"].items()}
        made["thesis"] = lambda: _thesis(values["as_of"], here)
    before = getattr(env, "kept_scripts", {})
    env.kept_scripts = {name: before.get(name) or make() for name, make in made.items()}
    for name, script in env.kept_scripts.items():
        (folder / f"{name}.js").write_text(script, encoding="utf-8")


def _thesis(as_of: str, values: Mapping[str, Any]) -> str:
    from shortcase.publish.live.thesis_script import thesis_script  # noqa: PLC0415 - a second, where it is not kept

    return thesis_script(as_of, values)


def load_scripts(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Load the runtime and the page's own script, on a page that has one."""
    del template, context
    name = page.rpartition("/")[2]
    static = Path(app.srcdir) / "book" / FOLDER
    if doctree is None or not all((static / f"{script}.js").is_file() for script in (name, *RUNTIME)):
        return
    charts = (f"{name}.charts",) if (static / f"{name}.charts.js").is_file() else ()
    own = [script for script in OWN.get(name, ()) if (static / f"{script}.js").is_file()]
    for script in (*RUNTIME, *own, *charts, name):
        app.add_js_file(f"live/{script}.js", defer="defer")
