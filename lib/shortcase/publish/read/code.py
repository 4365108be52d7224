"""What a chapter's code says, read without running it: its parameters, its calls, the names it writes and reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from shortcase.case.thesis.inputs import PARAMETERS
from shortcase.case.thesis.start import TABLES
from shortcase.errors import BadSource
from shortcase.publish.read.bindings import CASES, bindings, one_way
from shortcase.publish.read.modules import imports
from shortcase.publish.read.pages import Cell, Page
from shortcase.publish.read.scopes import own, writes
from shortcase.publish.read.syntax import under

KINDS = {"float", "int", "str", "bool"}
"""Types that a parameters cell may annotate."""
LITERAL_FIRST = {"table", "later", "later_scenario", "number", "claim", "value", "chart", "grid"}
"""Calls whose first argument (or `id`) names something of the book, and so is written out."""
RECORDS = ("number", "claim")
TOLD = (
    "parameters", "parameters_read", "tables_read", "cases", "frozen", "handed_on", "called", "imports", "strings",
    "_named",
)  # fmt: skip
"""What is asked of every chapter in each build, and takes looking through its trees."""
FROZEN = "FROZEN"
"""The name under which a chapter about what came later says, once, up to which day it looks."""


@dataclass(frozen=True)
class Call:
    """A call of one of the book's own functions, with the literal that it names."""

    function: str
    name: str | None
    line: int
    node: ast.Call


@dataclass(frozen=True)
class Code:
    """The code of one chapter, parsed, and what its names stand for in the lib.

    Kept or sent elsewhere it is light: what `TOLD` names goes along, and the trees are parsed again if they are wanted.
    """

    page: Page

    def __getstate__(self) -> dict[str, object]:
        """What is asked of a chapter that has not changed, without its trees."""
        return {"page": self.page, **{name: getattr(self, name) for name in TOLD}}

    @property
    def trees(self) -> tuple[tuple[Cell, ast.Module], ...]:
        """The cells of code, each with its tree, in which the lib's functions are called by one name."""
        return self._parsed[0]

    @property
    def names(self) -> Mapping[str, str]:
        """Names of the chapter that stand for something of the lib, each with its dotted name there."""
        return self._parsed[1]

    @cached_property
    def _parsed(self) -> tuple[tuple[tuple[Cell, ast.Module], ...], Mapping[str, str]]:
        trees: list[tuple[Cell, ast.Module]] = []
        for cell in self.page.code:
            try:
                trees.append((cell, cell.tree()))
            except SyntaxError as error:
                where, mend = self.page.at(error.lineno or cell.line), "look in that line, and in the one above it"
                raise BadSource(f"The cell is not Python: {error.msg}", where=where, mend=mend) from None
        nodes = [node for _, tree in trees for statement in tree.body for node in ast.walk(statement)]
        names = bindings(nodes)
        one_way(nodes, names)
        return tuple(trees), names

    @cached_property
    def parameters(self) -> dict[str, int]:
        """The names that the parameters cell reads, each with its line."""
        return {
            node.target.id: node.lineno
            for cell, tree in self.trees
            if "parameters" in cell.tags
            for node in tree.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        }

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the code, the parameters cell left out: walked once for all who look into it."""
        return tuple(inner for node in self.body for inner in under(node))

    @cached_property
    def own(self) -> frozenset[ast.Name]:
        """The names in the code that are not the chapter's: a function's parameters and locals, a comprehension's."""
        return own(self.body, self.names)

    def reads(self, node: ast.AST) -> set[str]:
        """Names of the chapter that are read under a node."""
        names = (one for one in under(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load))
        return {one.id for one in names if one not in self.own}

    @cached_property
    def cases(self) -> frozenset[str]:
        """The functions of the valuation that the chapter calls."""
        called = (str(function_of(node)) for node in self.nodes if isinstance(node, ast.Call))
        return frozenset(called) & frozenset(CASES.values())

    @cached_property
    def parameters_read(self) -> frozenset[str]:
        """Every parameter that the chapter reads: in its cell, by name, or all of the valuation's with a case of it."""
        valued = PARAMETERS if self.cases - {"thesis.known"} else ()
        return frozenset({*self.parameters, *self.named("value"), *valued})

    @cached_property
    def tables_read(self) -> frozenset[str]:
        """Every table of facts that the chapter reads, by name or with a case of the valuation."""
        valued = TABLES.values() if self.cases else ()
        return frozenset({*self.named("table"), *self.named("later"), *valued})

    @cached_property
    def frozen(self) -> tuple[str, int] | None:
        """The day up to which the chapter looks ahead, as `FROZEN = "YYYY-MM-DD"` says it, with its line."""
        for node in self.body:
            if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [FROZEN]:
                day = node.value.value if isinstance(node.value, ast.Constant) else ""
                return (day if isinstance(day, str) else ""), node.lineno
        return None

    @cached_property
    def body(self) -> tuple[ast.stmt, ...]:
        """All statements but those of the parameters cell."""
        return tuple(node for cell, tree in self.trees if "parameters" not in cell.tags for node in tree.body)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Every call of the book's own functions, in order, the parameters cell left out."""
        return tuple(call for node in self.body for call in calls_in(node))

    @cached_property
    def _named(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for call in self.calls:
            if call.name is not None:
                found.setdefault(call.function, {}).setdefault(call.name, call.line)
        return found

    def named(self, function: str) -> Mapping[str, int]:
        """The names that calls of one function give, each with its first line."""
        return self._named.get(function, {})

    @cached_property
    def handed_on(self) -> frozenset[str]:
        """Keys of the numbers whose value goes on into the chapter's code: into a chart, a table, a claim."""
        found: set[str] = set()
        read_below: set[str] = set()
        for node in reversed(self.body):
            made = {call.name for call in calls_in(node) if call.function == "number" and call.name is not None}
            bare = (
                isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and function_of(node.value) == "number"
            )
            plain = isinstance(node, (ast.Assign, ast.AnnAssign)) and len(made) == 1
            if made and not bare and (not plain or _changed(node) & read_below):
                found |= made
            read_below |= self.reads(node)
        return frozenset(found)

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """The functions that the chapter defines, by name."""
        return {node.name: node for node in self.body if isinstance(node, ast.FunctionDef)}

    def only_value(self, name: str) -> ast.expr | None:
        """What a name of the chapter is given, where it is given one thing once, by name; else None."""
        values = self._values.get(name, ())
        return values[0] if len(values) == 1 else None

    @cached_property
    def _values(self) -> dict[str, list[ast.expr | None]]:
        """What each name is given, in order; None where it is given something else than one plain expression."""
        found: dict[str, list[ast.expr | None]] = {}
        for statement in self.body:
            given: dict[str, ast.expr] = {}
            if isinstance(statement, ast.Assign):
                given = {target.id: statement.value for target in statement.targets if isinstance(target, ast.Name)}
            for name in writes(statement):
                found.setdefault(name, []).append(given.get(name))
        return found

    @cached_property
    def called(self) -> frozenset[str]:
        """The names that are called anywhere in the code, of methods and members too, the parameters cell included."""
        calls = [node.func for _, tree in self.trees for node in under(tree) if isinstance(node, ast.Call)]
        named = (f.id if isinstance(f, ast.Name) else f.attr for f in calls if isinstance(f, (ast.Name, ast.Attribute)))
        return frozenset(named)

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """What the code names of the lib in its imports."""
        return tuple(name for _, tree in self.trees for name in imports(tree))

    @cached_property
    def strings(self) -> set[str]:
        """Every string written in the code, the parameters cell included."""
        return {
            node.value
            for _, tree in self.trees
            for node in under(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }


def parse(page: Page) -> Code:
    """The code of a chapter.

    Errors: BadSource with file and line where it is not Python.
    """
    code = Code(page)
    _ = code.trees
    return code


def function_of(node: ast.Call) -> str | None:
    """The name that a call calls, of those functions that are read under one name; None for a method."""
    return node.func.id if isinstance(node.func, ast.Name) else None


def calls_in(node: ast.AST) -> Iterator[Call]:
    """The calls of the book's own functions under a node.

    >>> [(c.function, c.name) for c in calls_in(ast.parse('x = table("chips", as_of)'))]
    [('table', 'chips')]
    """
    for inner in under(node):
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id in LITERAL_FIRST:
            yield Call(inner.func.id, _first_literal(inner), inner.lineno, inner)


def _first_literal(node: ast.Call) -> str | None:
    named = {word.arg: word.value for word in node.keywords}
    first = named.get("id") if isinstance(node.func, ast.Name) and node.func.id in ("chart", "grid") else None
    first = first or (node.args[0] if node.args else None)
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _changed(node: ast.AST) -> set[str]:
    """Names that a statement binds, and objects that it changes, as `rows["a"] = …` does."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    roots = set()
    for target in targets:
        while isinstance(target, (ast.Subscript, ast.Attribute)):
            target = target.value  # noqa: PLW2901 - down to the name
        roots |= {target.id} if isinstance(target, ast.Name) else set()
    return roots | set(writes(node))
