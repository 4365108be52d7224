"""What the names of a chapter stand for in the lib, followed through imports, packages and plain assignments.

A chapter may write `table(…)`, `facts.table(…)` or, after `from shortcase.facts import table as tt`, `tt(…)`: it is one
function, and whoever reads the code must see one. So the calls below are written in one way before anything else looks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from shortcase.publish.read import library
from shortcase.publish.read.library import PACKAGE

LOOKUPS = {f"{PACKAGE}.facts.lookup.table": "table", f"{PACKAGE}.facts.lookup.later": "later"}
"""The two doors to the facts."""
CASES = {
    f"{PACKAGE}.case.thesis.start.known": "thesis.known",
    f"{PACKAGE}.case.thesis.inputs.case": "thesis.case",
    f"{PACKAGE}.case.thesis.inputs.inputs": "thesis.inputs",
}
"""Functions of the valuation that read facts or parameters whose names the chapter does not spell out."""
CALLS = {
    **LOOKUPS,
    **CASES,
    f"{PACKAGE}.case.parameters.value": "value",
    f"{PACKAGE}.case.parameters.find": "find",
    f"{PACKAGE}.case.claims.find": "claims.find",
    f"{PACKAGE}.show.record.number": "number",
    f"{PACKAGE}.show.record.claim": "claim",
    f"{PACKAGE}.show.record.swings": "swings",
    f"{PACKAGE}.show.charts.chart": "chart",
    f"{PACKAGE}.show.tables.grid": "grid",
    f"{PACKAGE}.show.tables.parameter_table": "parameter_table",
    f"{PACKAGE}.show.units.fmt": "fmt",
}
"""Functions that are read under one name, whatever a chapter calls them."""


def bindings(nodes: Iterable[ast.AST]) -> dict[str, str]:
    r"""Names of a chapter that stand for something of the lib, each with its dotted name there.

    >>> bindings(ast.walk(ast.parse("from shortcase import facts as f\nt = f.table\nx = t")))
    {'f': 'shortcase.facts', 't': 'shortcase.facts.table', 'x': 'shortcase.facts.table'}
    """
    found: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == PACKAGE:
                    found[alias.asname or PACKAGE] = alias.name if alias.asname else PACKAGE
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            meant = dotted(node.value, found) if node.value is not None else None
            found |= {target.id: meant for target in targets if isinstance(target, ast.Name) and meant}
    return found


def dotted(node: ast.AST, names: Mapping[str, str]) -> str | None:
    """The dotted name in the lib that an expression plainly is, by what the names stand for; else None."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    above = dotted(node.value, names) if isinstance(node, ast.Attribute) else None
    return f"{above}.{node.attr}" if above and isinstance(node, ast.Attribute) else None


def meant(node: ast.AST, names: Mapping[str, str]) -> str | None:
    """The same, followed to where it is defined; None for what is not of the lib, or not there."""
    name = dotted(node, names)
    found = library.find(name) if name else None
    return found.name if found else None


def one_way(nodes: Iterable[ast.AST], names: Mapping[str, str]) -> None:
    """Write each call of `CALLS` under its one name."""
    for node in nodes:
        name = CALLS.get(meant(node.func, names) or "") if isinstance(node, ast.Call) else None
        if name and isinstance(node, ast.Call):
            node.func = ast.copy_location(ast.Name(name, ast.Load()), node.func)
