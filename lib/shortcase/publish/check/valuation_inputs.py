"""An input of the valuation is whole: a parameter, a field, a group where it is uncertain, and a reader."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path

from shortcase.case.parameters import Parameter
from shortcase.case.thesis.groups import GROUPS, KEPT
from shortcase.case.thesis.inputs import PARAMETERS, Inputs
from shortcase.case.thesis.threats import THREATS
from shortcase.errors import ADD, BadSource, ShortcaseError, nearest
from shortcase.places import place

FIELDS = Path(inspect.getfile(Inputs))
HOME = FIELDS.parent
BY_NAME = {f"{threat}_chance" for threat in THREATS}
"""Read as `getattr(case, f"{threat}_chance")`."""


def problems(known: Mapping[str, Parameter], fields: tuple[str, ...] = PARAMETERS) -> Iterator[ShortcaseError]:
    """What an input of the valuation lacks, of a book whose registry this is."""
    grouped = [name for members in GROUPS.values() for name in members]
    read = _read()
    for name in fields:
        where = place(FIELDS, _line(name))
        if name not in known:
            what = f"The valuation has an input {name}, and there is no such parameter"
            yield BadSource(what, where=where, mend=nearest(name, known, new=ADD["parameter"]))
        elif known[name].low is not None and name not in KEPT and grouped.count(name) != 1:
            what = f"The uncertain input {name} stands in {grouped.count(name) or 'no'} groups, not in one"
            yield BadSource(what, where=where, mend="name it once in GROUPS of lib/shortcase/case/thesis/groups.py")
        if name not in read | BY_NAME:
            what = f"No formula of the valuation reads its input {name}"
            yield BadSource(what, where=where, mend="read it as case.… in lib/shortcase/case/thesis, or take it out")
    for name in grouped:
        if name not in fields:
            what = f"A group names {name}, which is no input of the valuation"
            mend = nearest(name, fields, new=f"add it to Inputs in {place(FIELDS)}")
            yield BadSource(what, where=place(HOME / "groups.py"), mend=mend)


def _read() -> set[str]:
    """Every name that a module of the thesis reads of something."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in HOME.glob("*.py"))
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def _line(name: str) -> int | None:
    lines = FIELDS.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"    {name}:")), None)
