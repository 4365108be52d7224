"""Whether a chapter shows every parameter that it reads, and values a share with all of them, as of the book's day."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shortcase.case import parameters
from shortcase.case.thesis.inputs import PARAMETERS
from shortcase.errors import ADD, BadSource, ShortcaseError, nearest
from shortcase.publish.read.bindings import CASES, meant
from shortcase.publish.read.code import Code, function_of
from shortcase.publish.read.scopes import writes
from shortcase.publish.read.syntax import under

AS_OF = "as_of"
VALUED = "shortcase.case.thesis.inputs.PARAMETERS"
"""By which a chapter's table of parameters takes in all those of the valuation."""


def problems(code: Code) -> Iterator[ShortcaseError]:
    """What is wrong with a chapter's table of parameters and its cases of the valuation."""
    yield from _listed(code)
    yield from _held(code)
    yield from _valuation(code)


def _listed(code: Code) -> Iterator[ShortcaseError]:
    """The chapter's table of parameters has a row for each that its cell reads, and for none that there is not."""
    tables = [node for node in code.nodes if isinstance(node, ast.Call) and function_of(node) == "parameter_table"]
    rows: set[str] = set()
    for node in tables:
        where = code.page.at(node.lineno)
        for row in node.args:
            inner = row.value if isinstance(row, ast.Starred) else row
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                rows.add(inner.value)
                if inner.value not in parameters.registry():
                    mend = nearest(inner.value, parameters.registry(), new=ADD["parameter"])
                    what = f"There is no parameter {inner.value!r}"
                    yield BadSource(what, where=code.page.at(inner.lineno), mend=mend)
            elif isinstance(row, ast.Starred) and meant(inner, code.names) == VALUED:
                rows |= set(PARAMETERS)
            else:
                what = f"parameter_table() takes {ast.unparse(row)}, which names no parameter"
                yield BadSource(what, where=where, mend="write the names themselves")
    for name, line in code.parameters.items() if tables else ():
        if name not in rows | {AS_OF}:
            mend = f"add it to parameter_table() in line {tables[0].lineno}"
            yield BadSource(f"The table of parameters leaves out {name}", where=code.page.at(line), mend=mend)


def _held(code: Code) -> Iterator[ShortcaseError]:
    """The cell below the parameters begins with their table, which refuses a value out of bounds before it is used."""
    cells = [(cell, tree) for cell, tree in code.trees if tree.body]
    at = next((i for i, (cell, _) in enumerate(cells) if "parameters" in cell.tags), None)
    if at is None or not set(code.parameters) - {AS_OF}:
        return
    below = cells[at + 1 : at + 2]
    first = below[0][1].body[0] if below else None
    if not (isinstance(first, ast.Expr) and isinstance(first.value, ast.Call)) or (
        function_of(first.value) != "parameter_table"
    ):
        line = below[0][0].line if below else cells[at][0].line
        mend = 'begin the cell below them with parameter_table("name", …), which holds them to their bounds'
        yield BadSource(
            "The parameters are used before they are held to their bounds", where=code.page.at(line), mend=mend
        )


def _valuation(code: Code) -> Iterator[ShortcaseError]:
    """A case of the valuation is as of the book's day and takes every parameter; no name of one means another thing."""
    for node in code.nodes:
        if not isinstance(node, ast.Call) or (function := function_of(node)) not in CASES.values():
            continue
        where = code.page.at(node.lineno)
        day = ast.unparse(node.args[0]) if node.args else ""
        if function != "thesis.inputs" and day != AS_OF:
            what = f"{function}() is read as of another date than the book's"
            yield BadSource(
                what, where=where, mend=f"write {function}({AS_OF}{', globals()' * (function != 'thesis.known')})"
            )
        values = node.args[1] if len(node.args) > 1 else None
        if isinstance(values, ast.Dict) and None not in values.keys:
            told = {key.value for key in values.keys if isinstance(key, ast.Constant)}
            if missing := [name for name in PARAMETERS if name not in told]:
                what = f"The case leaves out {', '.join(missing[:3])}{' and more' * (len(missing) > 3)}"
                yield BadSource(what, where=where, mend="write thesis.case(as_of, globals()), which takes all")
    if code.cases - {"thesis.known"}:
        for name, line in ((name, line) for node in code.body for name, line in writes(node).items()):
            if name in PARAMETERS and name not in code.parameters:
                what = f"{name} is a parameter of the valuation, and the chapter gives its name to something else"
                yield BadSource(
                    what, where=code.page.at(line), mend="use another name, or read it in the parameters cell"
                )


def _nodes(code: Code) -> Iterator[ast.AST]:
    return (inner for node in code.body for inner in under(node))
