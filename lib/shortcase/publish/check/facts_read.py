"""Whether the rows and columns of facts that a chapter reads are there, as of the day of the build.

Tables and rows are followed by name: through plain assignments, lists of them, loops and comprehensions. What cannot be
told without running the chapter is let be.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shortcase.case.thesis.start import TABLES
from shortcase.errors import BadSource, LookAhead, MissingFact, ShortcaseError, nearest
from shortcase.facts import Row, Table, later, table
from shortcase.publish.read import library
from shortcase.publish.read.bindings import LOOKUPS, dotted, meant
from shortcase.publish.read.code import Code, function_of
from shortcase.publish.read.syntax import children, under

LISTS = ("list", "tuple", "sorted", "reversed", "iter")
FACTS = "shortcase.facts"
HARMLESS = (".lookup.Row", ".lookup.Table", ".schemas.Schema", ".schemas.names", ".schemas.schema")
"""What of the facts a chapter may name besides its two doors: it holds no observation."""
KNOWN = object()
"""Stands for the tables of the valuation's start, by their short names."""
ON_A_TABLE = {name for name in dir(Table) if not name.startswith("_")} | {"schema", "as_of"}
ON_A_ROW = {name for name in dir(Row) if not name.startswith("_")}


@dataclass(frozen=True)
class Rows:
    """Some rows of a table: all of them in a list, or one of which it is not known which."""

    table: Table
    one: bool = False


def problems(code: Code, as_of: dt.date) -> Iterator[ShortcaseError]:
    """Unknown rows and columns, rows of a later day, empty cells, and facts taken past the two doors."""
    yield from _doors(code)
    yield from _Reader(code, as_of).told()


def _doors(code: Code) -> Iterator[ShortcaseError]:
    """Whatever is of the facts and no call of table() or later(): it could look ahead, and no trace would say so."""
    followed = {
        id(n.value) for n in code.nodes if isinstance(n, (ast.Attribute, ast.Assign, ast.AnnAssign, ast.NamedExpr))
    }
    called = {id(node.func) for node in code.nodes if isinstance(node, ast.Call)}
    for node in code.nodes:
        if isinstance(node, (ast.Name, ast.Attribute)) and id(node) not in followed:
            name = meant(node, code.names) or ""
            door = name in LOOKUPS and id(node) in called
            if name.startswith(FACTS) and not door and name.removeprefix(FACTS) not in HARMLESS:
                what = f"{ast.unparse(node)} reads facts past the guard against looking ahead"
                mend = 'call table("…", as_of), or later("…"), by its name'
                yield BadSource(what, where=code.page.at(node.lineno), mend=mend)


class _Reader:
    """What the names of one chapter stand for among the facts, and what it asks of them."""

    def __init__(self, code: Code, as_of: dt.date) -> None:
        self.code, self.as_of = code, as_of
        self.tables: dict[tuple[str, str], Table | None] = {}
        self.asked = {
            node.args[0].value
            for node in code.nodes
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "has"
            if node.args and isinstance(node.args[0], ast.Constant)
        }
        """Columns of which the chapter asks whether a row has them: an empty cell there is no surprise."""

    def told(self) -> Iterator[ShortcaseError]:
        for statement in self.code.body:
            yield from self._below(statement, {}, sure=True)

    def _below(self, node: ast.AST, inside: Mapping[str, object], *, sure: bool) -> Iterator[ShortcaseError]:
        """Everything wrong under a node; `inside` holds the names of the functions and loops around it."""
        sure = sure and not isinstance(node, (ast.If, ast.IfExp, ast.Try, ast.BoolOp, ast.While))
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            inside = {**inside, **dict.fromkeys(_own_names(node))}
        elif isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            for part in node.generators:
                inside = {**inside, **self._of_loop(part.target, part.iter, inside)}
        elif isinstance(node, ast.For):
            inside = {**inside, **self._of_loop(node.target, node.iter, inside)}
        if isinstance(node, ast.Attribute):
            yield from self._attribute(node, inside, sure=sure)
        elif isinstance(node, ast.Call):
            yield from self._call(node, inside, sure=sure)
        for child in children(node):
            yield from self._below(child, inside, sure=sure)

    def _of_loop(self, target: ast.expr, over: ast.expr, inside: Mapping[str, object]) -> dict[str, object]:
        """The names of a loop: a row where it goes over the rows of a table, else nothing known."""
        value = self._value(over, inside)
        if isinstance(target, ast.Name) and isinstance(value, (Table, Rows)):
            return {target.id: _a_row(value)}
        return {n.id: None for n in under(target) if isinstance(n, ast.Name)}

    def _value(self, node: ast.AST, inside: Mapping[str, object], seen: frozenset[str] = frozenset()) -> object:
        """The table or row that an expression is, where that can be told; else None."""
        if isinstance(node, ast.Name):
            if node.id in inside:
                return inside[node.id]
            only = None if node.id in seen else self.code.only_value(node.id)
            return None if only is None else self._value(only, {}, seen | {node.id})
        if isinstance(node, ast.Attribute):
            owner = self._value(node.value, inside, seen)
            return self._table(TABLES[node.attr], "") if owner is KNOWN and node.attr in TABLES else None
        if isinstance(node, ast.Subscript):
            owner = self._value(node.value, inside, seen)
            if isinstance(owner, (Table, Rows)) and not (isinstance(owner, Rows) and owner.one):
                return Rows(_table_of(owner)) if isinstance(node.slice, ast.Slice) else _a_row(owner)
            return None
        return self._of_call(node, inside, seen) if isinstance(node, ast.Call) else None

    def _of_call(self, node: ast.Call, inside: Mapping[str, object], seen: frozenset[str]) -> object:
        function = function_of(node)
        first = node.args[0] if node.args else None
        literal = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
        if function == "thesis.known":
            return KNOWN
        if function in ("table", "later"):
            day = self.code.frozen[0] if function == "later" and self.code.frozen else "9999-12-31"
            return self._table(literal, day if function == "later" else "") if literal else None
        if function in LISTS and first is not None:
            owner = self._value(first, inside, seen)
            return Rows(_table_of(owner)) if isinstance(owner, Table) or _listed(owner) else None
        if isinstance(node.func, ast.Attribute) and node.func.attr == "row":
            owner = self._value(node.func.value, inside, seen)
            if isinstance(owner, Table):
                return owner.row(literal) if literal in owner.ids else None if literal else _a_row(owner)
        return None

    def _table(self, name: str, ahead: str) -> Table | None:
        """A table as of the day of the build, or looked up ahead; None for what the check of the calls refuses."""
        if (name, ahead) not in self.tables:
            try:
                found = later(name, dt.date.fromisoformat(ahead)) if ahead else table(name, self.as_of)
            except (MissingFact, ValueError):  # no table, or FROZEN is no day
                found = None
            self.tables[name, ahead] = found
        return self.tables[name, ahead]

    def _attribute(self, node: ast.Attribute, inside: Mapping[str, object], *, sure: bool) -> Iterator[ShortcaseError]:
        owner, where = self._value(node.value, inside), self.code.page.at(node.lineno)
        if isinstance(owner, Table) and node.attr not in ON_A_TABLE:
            what = f"A table of facts has no {node.attr}: {ast.unparse(node)}"
            yield BadSource(what, where=where, mend=nearest(node.attr, ON_A_TABLE))
        elif isinstance(owner, (Row, Rows)) and node.attr not in ON_A_ROW:
            if isinstance(owner, Rows) and not owner.one:
                return
            yield from self._column(owner, node.attr, where, sure=sure)

    def _column(self, owner: Row | Rows, column: str, where: str, *, sure: bool) -> Iterator[ShortcaseError]:
        row = owner if isinstance(owner, Row) else next(iter(owner.table), None)
        if row is None:
            return
        if column not in row.columns or (isinstance(owner, Row) and sure and column not in self.asked):
            try:
                getattr(row, column)
            except MissingFact as error:
                yield BadSource(error.what, where=where, mend=error.mend)

    def _call(self, node: ast.Call, inside: Mapping[str, object], *, sure: bool) -> Iterator[ShortcaseError]:
        if not isinstance(node.func, ast.Attribute) or not node.args:
            return
        owner, first = self._value(node.func.value, inside), node.args[0]
        where, method = self.code.page.at(node.lineno), node.func.attr
        if isinstance(owner, Table) and isinstance(first, ast.Constant) and isinstance(first.value, str):
            if method == "row":
                yield from self._row(owner, first.value, where, sure=sure)
            elif method == "column" and first.value not in owner.schema.columns:
                yield from self._column(_a_row(owner), first.value, where, sure=sure)
        elif isinstance(owner, (Row, Rows)) and method == "into":
            kind = library.find(meant(first, self.code.names) or dotted(first, self.code.names) or "")
            for field in kind.fields() if kind else ():
                yield from self._column(owner, field, where, sure=sure)

    @staticmethod
    def _row(owner: Table, row: str, where: str, *, sure: bool) -> Iterator[ShortcaseError]:
        try:
            owner.row(row)
        except LookAhead as error:
            if sure:  # a chapter may ask first whether the row is there
                yield BadSource(error.what, where=where, mend=error.mend)
        except MissingFact as error:
            yield BadSource(error.what, where=where, mend=error.mend)


def _own_names(node: ast.FunctionDef | ast.Lambda) -> set[str]:
    """Names that a function has for itself: its arguments, and what it assigns."""
    found = {n.arg for n in under(node.args) if isinstance(n, ast.arg)}
    return found | {n.id for n in under(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _listed(value: object) -> bool:
    return isinstance(value, Rows) and not value.one


def _table_of(value: object) -> Table:
    assert isinstance(value, (Table, Rows))  # noqa: S101 - the callers have looked
    return value if isinstance(value, Table) else value.table


def _a_row(value: Table | Rows) -> Rows:
    return Rows(_table_of(value), one=True)
