"""No formula stands in a chapter: what is computed from two figures is a function of the lib, so that it has a trace.

Two things are no formula and stand free: a figure turned into another unit by a constant (`100 * share`,
`usd / 1e9`, `2025 + years`), and the days between two dates (`(later - earlier).days`). So are the places on a drawing,
which are written in calls of Altair. What else a chapter may still hold is counted here, and the counts only go down.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shortcase.errors import BadSource, ShortcaseError
from shortcase.publish.read.code import Code
from shortcase.publish.read.syntax import children

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.FloorDiv)
FIRST_YEAR = 1900
STILL: dict[str,int] = {}
"""How many formulas stand in the cells of a chapter; one that is not listed has none."""
MEND = "call a formula of shortcase.model, such as arithmetic.difference(…), or write the formula there"


def problems(code: Code) -> Iterator[ShortcaseError]:
    """Formulas in a chapter's cells, where there are more than it may have, and a count that can be lowered."""
    found = [node for statement in code.body for node in formulas(statement)]
    allowed = STILL.get(code.page.name, 0)
    if len(found) > allowed:
        for node in found:
            what = f"`{ast.unparse(node)}` is a formula in a cell"
            yield BadSource(what, where=code.page.at(node.lineno), mend=MEND)
    elif len(found) < allowed:
        what = f"The cells hold {len(found)} formulas, and {allowed} are allowed"
        yield BadSource(what, where=code.page.at(1), mend=f"set STILL[{code.page.name!r}] to {len(found)}")


def formulas(node: ast.AST) -> Iterator[ast.BinOp]:
    """Arithmetic on figures under a node, the widest expression of each.

    >>> [ast.unparse(found) for found in formulas(ast.parse("x = 100 * share + (1 - share) * cost; y = usd / 1e9"))]
    ['100 * share + (1 - share) * cost']
    >>> list(formulas(ast.parse("days = (a.day - b.day).days; text = 'a' + name; alt.X('x', scale=2 * top - low)")))
    []
    """
    if isinstance(node, ast.BinOp) and isinstance(node.op, OPERATORS) and not _text(node) and not _converts(node):
        yield node
        return
    for child in children(node):
        if not _days_between(node) and not _draws(child):
            yield from formulas(child)


def _converts(node: ast.BinOp) -> bool:
    """Whether a constant turns one figure into another unit, a count into the next, or years into calendar years."""
    left, right = (_constant(side) for side in (node.left, node.right))
    if isinstance(node.op, (ast.Mult, ast.Div)):
        return left is not None or right is not None
    counts_on = isinstance(right, int) or (isinstance(left, int) and left > FIRST_YEAR)
    return isinstance(node.op, (ast.Add, ast.Sub)) and counts_on


def _constant(node: ast.AST) -> int | float | None:
    node = node.operand if isinstance(node, ast.UnaryOp) else node
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) else None


def _text(node: ast.AST) -> bool:
    """Whether an operand is plainly words or a list, so that `+` joins."""
    if isinstance(node, ast.BinOp):
        return _text(node.left) or _text(node.right)
    if isinstance(node, ast.IfExp):
        return _text(node.body)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in ("join", "points_in_words", "fmt", "list", "lower", "capitalize")
    words = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return words or isinstance(node, (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp))


def _days_between(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "days" and isinstance(node.value, ast.BinOp)


def _draws(node: ast.AST) -> bool:
    """Whether a call lays out a drawing: `alt.Y(…)` or a method on one, such as `.scale(…)`."""
    root = node
    while isinstance(root, (ast.Call, ast.Attribute)):
        root = root.func if isinstance(root, ast.Call) else root.value
    return isinstance(node, ast.Call) and isinstance(root, ast.Name) and root.id == "alt"
