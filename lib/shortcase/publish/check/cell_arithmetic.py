"""No formula stands in a chapter: what is computed from two figures is a function of the lib, so that it has a trace.

Two things are no formula and stand free: a figure turned into another unit by one of `UNITS` (`100 * share`,
`usd / 1e9`, `2025 + years`), and the days between two dates (`(later - earlier).days`). So are the places on a
drawing, which are written in calls of Altair.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shortcase.errors import BadSource, ShortcaseError
from shortcase.publish.read.code import Code
from shortcase.publish.read.syntax import children

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.FloorDiv)
FIRST_YEAR = 1900
UNITS = {7, 8, 12, 60, 100, 365, 365.25, *(10**n for n in range(3, 19))}
"""What turns a figure into another unit and does not change what it says: days of a week and a year, bits of a byte,
months, minutes and seconds, per cent, thousands. Another constant is an assumption: half, ten times, nine tenths."""
MEND = "call a formula of shortcase.model, such as arithmetic.difference(…), or write the formula there"


def problems(code: Code) -> Iterator[ShortcaseError]:
    """Formulas in a chapter's cells."""
    for statement in code.body:
        for node in formulas(statement):
            what = f"`{ast.unparse(node)}` is a formula in a cell"
            yield BadSource(what, where=code.page.at(node.lineno), mend=MEND)


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
    if left is not None and right is not None:
        return True
    if isinstance(node.op, ast.Mult):
        return abs(left or right or 0) in UNITS or _many(node)
    if isinstance(node.op, ast.Div):
        return abs(right or 0) in UNITS
    counts_on = isinstance(right, int) or (isinstance(left, int) and left > FIRST_YEAR)
    return isinstance(node.op, (ast.Add, ast.Sub)) and counts_on


def _many(node: ast.BinOp) -> bool:
    """Whether a list is repeated: `[latest] * 4`."""
    return isinstance(node.left, ast.List) or isinstance(node.right, ast.List)


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
