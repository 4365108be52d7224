"""The rules for a chapter's code, checked before any kernel starts."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator

from shortcase.case import claims, parameters, scenarios
from shortcase.errors import ADD, BadSource, ShortcaseError, nearest
from shortcase.facts import names as tables
from shortcase.publish.check import formulas, parameters_read, verdicts
from shortcase.publish.check.typed_figures import Allowed, by_hand, typed
from shortcase.publish.read.code import FROZEN, KINDS, LITERAL_FIRST, Code, calls_in
from shortcase.publish.read.scopes import writes
from shortcase.publish.read.syntax import under
from shortcase.show.units import NBSP, fmt

SHOWN = {"title", "alt", "caption", "label"}
"""Arguments whose text a reader sees, and which therefore hold no typed figure; `source` is a citation."""
ANNOTATION = {"float": "float", "int": "int", "bool": "bool", "str": "str", "date": "str"}
"""How the parameters cell annotates each kind of the registry."""
FORM = 'write `name: type = value("name")`, one parameter a line'


def problems(code: Code, allow: Allowed) -> Iterator[ShortcaseError]:
    """Everything in one chapter's code that breaks a rule of the book."""
    yield from _parameters_cell(code)
    yield from _uses(code)
    yield from _calls(code)
    yield from formulas.problems(code)
    yield from verdicts.problems(code)
    yield from _days(code)
    yield from parameters_read.problems(code)
    yield from _typed_figures(code, allow)


def _parameters_cell(code: Code) -> Iterator[ShortcaseError]:
    tagged = [(cell, tree) for cell, tree in code.trees if "parameters" in cell.tags]
    if len(tagged) > 1:
        for cell, _ in tagged[1:]:
            yield BadSource("A second parameters cell", where=code.page.at(cell.line), mend="keep one")
    seen: dict[str, int] = {}
    for _, tree in tagged[:1]:
        for node in tree.body:
            yield from _assignment(node, code, seen)


def _assignment(node: ast.stmt, code: Code, seen: dict[str, int]) -> Iterator[ShortcaseError]:
    where = code.page.at(node.lineno)
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
        yield BadSource("The parameters cell holds something else than a parameter", where=where, mend=FORM)
        return
    name, source = node.target.id, node.value
    if name in seen:
        yield BadSource(f"{name} stands twice in the parameters cell", where=where, mend=f"keep line {seen[name]}")
        return
    seen[name] = node.lineno
    read = next(iter(calls_in(source)), None) if isinstance(source, ast.Call) else None
    if read is None or read.node is not source or read.function != "value" or len(read.node.args) != 1:
        mend = FORM + "; what follows from parameters is computed in a later cell"
        yield BadSource(f"{name} is derived inside the parameters cell", where=where, mend=mend)
        return
    if read.name != name:
        yield BadSource(f"{name} reads the parameter {read.name}", where=where, mend="use one name on both sides")
        return
    known = parameters.registry()
    if name not in known:
        yield BadSource(f"There is no parameter {name!r}", where=where, mend=nearest(name, known, new=ADD["parameter"]))
        return
    wanted, found = ANNOTATION[known[name].kind], ast.unparse(node.annotation)
    if found not in KINDS or found != wanted:
        yield BadSource(f"{name} is annotated as {found}", where=where, mend=f"write {name}: {wanted}")


def _uses(code: Code) -> Iterator[ShortcaseError]:
    read = {name for node in code.body for name in code.reads(node)}
    for name, line in code.parameters.items():
        if name not in read:
            mend = "use it, or take it out of the parameters cell"
            yield BadSource(f"The parameter {name} is never read", where=code.page.at(line), mend=mend)
    for node in code.body:
        for name, line in writes(node).items():
            if name in code.parameters:
                mend = "give the new value another name"
                yield BadSource(f"The parameter {name} is assigned again", where=code.page.at(line), mend=mend)


def _calls(code: Code) -> Iterator[ShortcaseError]:
    known = {"table": set(tables()), "later": set(tables()), "claim": set(claims.ledger())}
    known["value"] = set(parameters.registry())
    known["later_scenario"] = set(scenarios.names())
    kinds = {"table": "table of facts", "later": "table of facts", "claim": "claim", "value": "parameter",
             "later_scenario": "scenario"}  # fmt: skip
    repeated = {id(call) for node in code.body for inner in _repeated(node) for call in under(inner)}
    first: dict[tuple[str, str], int] = {}
    for call in code.calls:
        where = code.page.at(call.line)
        if call.name is None:
            if call.function in LITERAL_FIRST - {"chart", "grid", "value"}:
                mend = f'write {call.function}("…") with the name itself'
                yield BadSource(f"{call.function}() takes its name from a variable", where=where, mend=mend)
            continue
        if call.function in known and call.name not in known[call.function]:
            mend = nearest(call.name, known[call.function], new=ADD[kinds[call.function]])
            yield BadSource(f"There is no {kinds[call.function]} {call.name!r}", where=where, mend=mend)
        if call.function in ("number", "claim", "chart", "grid"):
            if id(call.node) in repeated:
                mend = "take it out of the loop or function"
                yield BadSource(f"{call.function}({call.name!r}) may run more than once", where=where, mend=mend)
            kind = "chart" if call.function == "grid" else call.function
            if (kind, call.name) in first:
                mend = f"the first is in line {first[kind, call.name]}; give one another name"
                yield BadSource(f"{call.function}({call.name!r}) stands twice", where=where, mend=mend)
            first.setdefault((kind, call.name), call.line)


def _days(code: Code) -> Iterator[ShortcaseError]:
    """As of which day the chapter looks its facts up: the book's, or, ahead on purpose, the day it is frozen at."""
    frozen = code.frozen
    if frozen is not None:
        yield from _frozen(code, *frozen)
    for call in code.calls:
        given = [ast.unparse(argument) for argument in call.node.args[1:]] + [str(w.arg) for w in call.node.keywords]
        if call.function == "table" and given != ["as_of"]:
            mend = f'write table("{call.name}", as_of), or look ahead on purpose with later("{call.name}")'
            yield BadSource(
                "table() is read as of another date than the book's", where=code.page.at(call.line), mend=mend
            )
        if call.function == "later_scenario" and (frozen is None or given != [FROZEN]):
            what = "later_scenario() looks ahead, and the page is not frozen at the day that it is given"
            mend = f'write {FROZEN} = "YYYY-MM-DD" and later_scenario("{call.name}", {FROZEN}), or take scenario()'
            yield BadSource(what, where=code.page.at(call.line), mend=mend)
        if call.function == "later" and given != ([] if frozen is None else [FROZEN]):
            kind = "is not frozen" if frozen is None else "is frozen"
            what = f"The chapter {kind}, and later() {'has' if given else 'lacks'} a day"
            mend = f'write later("{call.name}"{"" if frozen is None else f", {FROZEN}"})'
            yield BadSource(what, where=code.page.at(call.line), mend=mend)


def _frozen(code: Code, day: str, line: int) -> Iterator[ShortcaseError]:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        mend = f'write {FROZEN} = "YYYY-MM-DD"'
        yield BadSource(f"{FROZEN} is no day", where=code.page.at(line), mend=mend)
        return
    said = fmt(day, "date").replace(NBSP, " ")
    if said not in " ".join(code.page.text.split()):
        what = f"The page is frozen at {day} and does not say so"
        yield BadSource(what, where=code.page.at(line), mend=f"tell the reader, at its top: {said}")
    lines = [written for node in code.body for name, written in writes(node).items() if name == FROZEN]
    for again in lines[1:]:
        yield BadSource(f"{FROZEN} is assigned again", where=code.page.at(again), mend=f"keep line {lines[0]}")
    for claim_id, claimed in code.named("claim").items():
        what = f"The chapter looks ahead to {day} and gives the claim {claim_id} a verdict"
        mend = "judge the claim in its own chapter, and show here what came later"
        yield BadSource(what, where=code.page.at(claimed), mend=mend)


def _repeated(node: ast.AST) -> Iterator[ast.AST]:
    kinds = (
        ast.For, ast.While, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda,
        ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
    )  # fmt: skip
    return (inner for inner in under(node) if isinstance(inner, kinds))


def _typed_figures(code: Code, allow: Allowed) -> Iterator[ShortcaseError]:
    for call in code.calls:
        for word in call.node.keywords:
            if call.function in ("chart", "grid", "number") and word.arg in SHOWN:
                for node in under(word.value):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str) and not _formats(node, word):
                        for _, excerpt in typed(node.value, allow):
                            yield by_hand(excerpt, code.page.at(node.lineno))


def _formats(node: ast.Constant, word: ast.keyword) -> bool:
    """Whether a string is an argument of a call inside the text, such as the unit given to fmt()."""
    calls = (inner for inner in under(word.value) if isinstance(inner, (ast.Call, ast.Subscript)))
    return any(node is inner for call in calls for inner in under(call))
