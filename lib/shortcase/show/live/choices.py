"""A chapter's choices between figures, as functions that keep the steps behind them.

Python decides `max(a, b)`, `a and b`, `x if c else y` by asking a comparison for its truth, and takes one way.
Where the figures carry steps both ways are computed, and the choice goes on the tape. `chosen` reads a chapter's code
and writes its choices so; nothing of this stands in the chapter.
"""

from __future__ import annotations

import ast
import builtins
import functools
from collections.abc import Callable, Collection, Iterable
from typing import Any, cast

import numpy as np

from shortcase.show.live.carried import CarriedInt, Truth
from shortcase.show.live.operators import decide, follow, known
from shortcase.show.live.steps import aside
from shortcase.show.live.structures import Carried, plain
from shortcase.show.live.traced import Traced


def _extreme(pick: Callable[..., Any], ordinary: Callable[..., Any]) -> Callable[..., Any]:
    def extreme(*values: Any, **options: Any) -> Any:
        parts = list(values[0] if len(values) == 1 else values)
        if options or not any(isinstance(part, Carried) for part in parts):
            return ordinary(parts, **options)
        return functools.reduce(pick, parts)

    return extreme


def figure(value: Any = 0.0) -> Any:
    """As `float`."""
    if isinstance(value, (CarriedInt, Truth)):
        return follow(np.multiply, 1.0, value)
    followed = isinstance(value, Carried) and np.ndim(cast("Any", value)) == 0  # a mixin: its kinds have the dimension
    return value if followed else float(value)


def truth(value: Any = False) -> Any:  # noqa: FBT002 - as `bool`
    """As `bool`."""
    return value if isinstance(value, Truth) else bool(value)


def whole(value: Any = 0) -> Any:
    """As `int`."""
    return follow(_whole, value) if isinstance(value, Carried) and not isinstance(value, CarriedInt) else int(value)


def _whole(value: Any) -> Any:
    # Towards zero, as Python does.
    return np.where(value < 0.0, np.ceil(value), np.floor(value)) if isinstance(value, Traced) else int(value)


def counted(*bounds: Any) -> range:
    """As `range`: how often something is done is a decision."""
    for bound in bounds:
        if isinstance(bound, CarriedInt):
            decide(bound == bound.plain())
    return range(*(plain(bound) for bound in bounds))


def every(values: Iterable[Any]) -> Any:
    """As `all`."""
    return both(*((lambda value=value: value) for value in values))


def some(values: Iterable[Any]) -> Any:
    """As `any`."""
    return either(*((lambda value=value: value) for value in values))


def both(*parts: Callable[[], Any]) -> Any:
    """As `a and b and …`, each part called only if it is needed."""
    return _joined(parts, np.logical_and, until=False)


def either(*parts: Callable[[], Any]) -> Any:
    """As `a or b or …`."""
    return _joined(parts, np.logical_or, until=True)


def _joined(parts: tuple[Callable[[], Any], ...], join: Callable[..., Any], *, until: bool) -> Any:
    found: Any = not until
    for part in parts:
        value = part()
        if isinstance(found, Truth) or isinstance(value, Truth):
            found = follow(join, found, value if isinstance(value, (bool, np.bool_, Truth)) else bool(value))
        else:
            found = value
            if bool(value) is until:
                return found
    return found


def turned(value: Any) -> Any:
    """As `not value`."""
    return ~value if isinstance(value, Truth) else not value


def taken(condition: Any, so: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
    """As `so if condition else otherwise`: of two figures the choice goes on the tape, of anything else it is taken."""
    if not isinstance(condition, Truth):
        return so() if condition else otherwise()
    ways = []
    for way in (so, otherwise):
        try:
            ways.append(way())
        except (ArithmeticError, ValueError, TypeError, LookupError):
            break
    if len(ways) == 2 and all(known(way) for way in ways):
        return follow(np.where, condition, *ways)
    return so() if condition else otherwise()


SHOWS, NAMED = "chart", "id"
"""What only shows, where it is not left out: the drawing and its name. The words and the table beside it always are, as
a page has them as documented, and says so."""
CALLED = ("max", "min", "float", "bool", "int", "all", "any", "range")
NAMES: dict[str, Callable[..., Any]] = {
    "_max": _extreme(np.maximum, builtins.max),
    "_min": _extreme(np.minimum, builtins.min),
    "_float": figure,
    "_bool": truth,
    "_int": whole,
    "_all": every,
    "_any": some,
    "_range": counted,
    "_both": both,
    "_either": either,
    "_turned": turned,
    "_taken": taken,
    "_aside": aside,
}
"""What a chapter's choices are called while it is followed."""


def chosen(tree: ast.Module, silent: Collection[str] = ()) -> ast.Module:
    """The code, changed in place: its choices written as calls of the functions above, calls that only show left out.

    >>> ast.unparse(chosen(ast.parse("y = a if x > 0 and not z else b")))
    'y = _taken(_both(lambda: x > 0, lambda: _turned(z)), lambda: a, lambda: b)'
    >>> ast.unparse(chosen(ast.parse("y = 0 < x <= max(z, 1)")))
    'y = _both(lambda: 0 < x, lambda: x <= _max(z, 1))'
    >>> ast.unparse(chosen(ast.parse("chart(drawing, id='a', data=pd.DataFrame(rows))")))
    "_aside(lambda: chart(drawing, id='a'))"
    """
    found: ast.Module = _Choices(silent).visit(tree)
    return found


def quiet(tree: ast.Module, silent: Collection[str] = ()) -> ast.Module:
    r"""The code, changed in place: calls that only show left out, its choices as Python takes them.

    >>> ast.unparse(quiet(ast.parse("chart(x)\ny = 1"), ("chart",)))
    'pass\ny = 1'
    """
    found: ast.Module = _Quiet(silent).visit(tree)
    return found


def without_words(statement: ast.stmt) -> None:
    """Leave of a chart's call, where the statement is one, the drawing and its name."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name)) as call) if name == SHOWS:
            call.keywords = [given for given in call.keywords if given.arg == NAMED]


class _Quiet(ast.NodeTransformer):
    def __init__(self, silent: Collection[str]) -> None:
        self.silent = silent

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        call = node.value
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in self.silent:
            return ast.copy_location(ast.Pass(), node)
        without_words(node)
        return self.generic_visit(node)


class _Choices(_Quiet):
    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        found = super().visit_Expr(node)
        call = node.value
        if found is node and isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == SHOWS:
            node.value = _call("_aside", [_later(call)], call)
        return found

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in CALLED:
            node.func.id = f"_{node.func.id}"
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        name = "_both" if isinstance(node.op, ast.And) else "_either"
        return _call(name, [_later(value) for value in node.values], node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return _call("_turned", [node.operand], node) if isinstance(node.op, ast.Not) else node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        return _call("_taken", [node.test, _later(node.body), _later(node.orelse)], node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if len(node.ops) == 1:
            return node
        terms = [node.left, *node.comparators]
        pairs: list[ast.expr] = [
            _later(ast.Compare(left=left, ops=[op], comparators=[right]))
            for op, left, right in zip(node.ops, terms[:-1], terms[1:], strict=True)
        ]
        return _call("_both", pairs, node)


def _later(value: ast.expr) -> ast.expr:
    nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    return ast.Lambda(args=nothing, body=value)


def _call(name: str, values: list[ast.expr], place: ast.expr) -> ast.expr:
    call = ast.Call(func=ast.Name(id=name, ctx=ast.Load()), args=values, keywords=[])
    return ast.fix_missing_locations(ast.copy_location(call, place))
