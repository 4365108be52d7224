"""Whether each claim that a chapter judges can be: its rule, the kind of value it is held against, what it turns on."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shortcase.case import claims, parameters
from shortcase.case.claims import Rule
from shortcase.errors import ADD, BadSource, ShortcaseError, nearest
from shortcase.publish.read import library
from shortcase.publish.read.bindings import meant
from shortcase.publish.read.code import Call, Code, function_of
from shortcase.publish.read.syntax import under

CONDITION, FIGURE = "a condition", "a figure"
RETURNED = {
    **dict.fromkeys(("bool", "all", "any", "isinstance"), CONDITION),
    **dict.fromkeys(("float", "int", "len", "number"), FIGURE),
}
"""What a call of a plain function gives, where that is always one kind."""
ANNOTATED = {"bool": CONDITION, "float": FIGURE, "int": FIGURE}
BITS = (ast.BitAnd, ast.BitOr, ast.BitXor)
"""Operators under which two conditions make a condition, and two figures a figure."""


def problems(code: Code) -> Iterator[ShortcaseError]:
    """Every claim of a chapter that its rule could not decide."""
    ledger = claims.ledger()
    for call in code.calls:
        if call.function == "claim" and call.name is not None and call.name in ledger:
            where = code.page.at(call.line)
            claim = ledger[call.name]
            if claim.rule is Rule.NONE:
                mend = f"give it one in book/claims.csv:{claim.line}"
                yield BadSource(f"The claim {claim.id} is judged and has no rule", where=where, mend=mend)
            else:
                yield from _kind(call, claim.rule, code, where)
            yield from _turns(call, code, where)


def _kind(call: Call, rule: Rule, code: Code, where: str) -> Iterator[ShortcaseError]:
    wanted = CONDITION if rule is Rule.TRUE else FIGURE
    for node in [*call.node.args[1:2], *(w.value for w in call.node.keywords if w.arg in ("computed", "recompute"))]:
        found = kind_of(node, code)
        if found not in (None, wanted):
            other = "hold a figure against it, or use the rule true"
            mend = "hold a condition against it, or give it another rule" if rule is Rule.TRUE else other
            what = f"The claim {call.name} is decided by {wanted} (rule {rule}), not by {found}: {ast.unparse(node)}"
            yield BadSource(what, where=where, mend=mend)


def _turns(call: Call, code: Code, where: str) -> Iterator[ShortcaseError]:
    given = {word.arg: word.value for word in call.node.keywords}
    on = given.get("turns_on")
    if ("recompute" in given) != (on is not None):
        what = f"The claim {call.name} has only one of turns_on and recompute"
        yield BadSource(what, where=where, mend="give both, or neither")
    if not isinstance(on, ast.Constant) or not isinstance(on.value, str):
        return
    known = parameters.registry()
    if on.value not in known:
        mend = nearest(on.value, known, new=ADD["parameter"])
        yield BadSource(f"There is no parameter {on.value!r}", where=code.page.at(on.lineno), mend=mend)
    elif known[on.value].low is None:
        mend = f"give it low and high in book/parameters.yml:{known[on.value].line}"
        yield BadSource(f"The claim {call.name} turns on {on.value}, which states no range", where=where, mend=mend)


def kind_of(node: ast.AST, code: Code, seen: frozenset[str] = frozenset()) -> str | None:
    """Whether an expression is a condition or a figure, where that can be told without running it; else None."""
    found: str | None = None
    match node:
        case ast.Constant(value=bool()) | ast.Compare() | ast.UnaryOp(op=ast.Not()):
            found = CONDITION
        case ast.Constant(value=int() | float()) | ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            found = FIGURE
        case ast.BinOp(op=operator):
            found = None if isinstance(operator, BITS) else FIGURE
        case ast.BoolOp(values=values):
            found = _one(values, code, seen)
        case ast.IfExp(body=one, orelse=other):
            found = _one([one, other], code, seen)
        case ast.Lambda(body=body):
            found = kind_of(body, code, seen)
        case ast.Name(id=name):
            found = _of_name(name, code, seen)
        case ast.Call():
            found = _of_call(node, code, seen)
    return found


def _one(nodes: list[ast.expr], code: Code, seen: frozenset[str]) -> str | None:
    kinds = {kind_of(node, code, seen) for node in nodes}
    return kinds.pop() if len(kinds) == 1 else None


def _of_name(name: str, code: Code, seen: frozenset[str]) -> str | None:
    if name in seen:
        return None
    if name in code.parameters:
        known = parameters.registry()
        kind = known[name].kind if name in known else ""
        return {"bool": CONDITION, "float": FIGURE, "int": FIGURE}.get(kind)
    value = code.only_value(name)
    if value is not None:
        return kind_of(value, code, seen | {name})
    function = code.functions.get(name)
    return _of_function(function, code, seen | {name}) if function else None


def _of_call(node: ast.Call, code: Code, seen: frozenset[str]) -> str | None:
    name = function_of(node)
    if name in code.functions and name not in seen:
        return _of_function(code.functions[name], code, seen | {name})
    if name in RETURNED:
        return RETURNED[name]
    found = library.find(meant(node.func, code.names) or "")
    returns = found.node.returns if found and isinstance(found.node, ast.FunctionDef) else None
    return ANNOTATED.get(ast.unparse(returns)) if returns else None


def _of_function(node: ast.FunctionDef, code: Code, seen: frozenset[str]) -> str | None:
    if node.returns is not None:
        return ANNOTATED.get(ast.unparse(node.returns))
    returned = [inner.value for inner in under(node) if isinstance(inner, ast.Return) and inner.value is not None]
    inside = {n.id for n in under(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    inside |= {n.arg for n in under(node) if isinstance(n, ast.arg)}
    return _one(returned, code, seen | inside) if returned else None
