"""What each number and claim of a chapter rests on: parameters and rows of fact tables, followed through the code.

The analysis is by name and errs on the side of more: a call depends on all its arguments, a statement under a
condition also on the condition, a changed object on all that ever went into it. A function's free names are looked up
where it is used, as Python does; the names that it binds are its own.

Traced, a slice also names what computes: the definitions of the lib, and the chapter's own statements. Two versions of
a book are compared by these.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from shortcase.case.thesis.inputs import PARAMETERS
from shortcase.case.thesis.start import TABLES
from shortcase.publish.read.bindings import CASES
from shortcase.publish.read.code import RECORDS, Code, function_of
from shortcase.publish.read.library import is_module
from shortcase.publish.read.scopes import writes
from shortcase.publish.read.syntax import children, under

EVERY = "*"
"""A row's name where the code does not say which row it takes."""
DEFINITION, STATEMENT = "definition", "statement"
"""Kinds of what computes: a name of the lib, and a statement of the chapter, as it is written."""


@dataclass(frozen=True, order=True)
class Dependency:
    """One thing that a value rests on: a parameter, a fact as of the date, or a fact or scenario looked up ahead.

    Traced, also what computes it.

    until: the day up to which it was looked up ahead, where the code gives one.
    """

    kind: str
    name: str
    row: str = ""
    until: str = ""


Dependencies = frozenset[Dependency]
NONE: Dependencies = frozenset()


@dataclass(frozen=True)
class Binding:
    """What a name rests on, the names that its functions will look up when they are called, and its text if any."""

    dependencies: Dependencies = NONE
    late: frozenset[str] = frozenset()
    text: str = ""


@dataclass
class _State:
    names: dict[str, Binding] = field(default_factory=dict)
    own: frozenset[ast.Name] = frozenset()
    records: dict[tuple[str, str], Dependencies] = field(default_factory=dict)
    control: Dependencies = NONE
    traced: bool = False
    here: Dependencies = NONE


def slices(code: Code, *, traced: bool = False) -> dict[tuple[str, str], Dependencies]:
    """By ("number", key) and ("claim", id): everything that it rests on; traced, with what computes it."""
    state = _State({name: Binding(frozenset({Dependency("parameter", name)})) for name in code.parameters}, code.own)
    if traced:
        state.traced = True
        found = {name: Binding(frozenset({Dependency(DEFINITION, full)})) for name, full in code.names.items()}
        state.names = found | {one: Binding(frozenset({Dependency(DEFINITION, full)})) for full, one in CASES.items()}
        state.names |= {name: Binding(frozenset({Dependency("parameter", name)})) for name in code.parameters}
    _block(code.body, state)
    return state.records


def _block(body: Iterable[ast.stmt], state: _State) -> None:
    for statement in body:
        _statement(statement, state)


def _statement(node: ast.stmt, state: _State) -> None:
    if state.traced and isinstance(node, (ast.Import, ast.ImportFrom)):
        return  # what an import brings is known from the start
    state.here = _written(node) if state.traced else NONE
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        _bind({node.name}, _value(node, state), state, replace_old=True)
    elif isinstance(node, (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)):
        _compound(node, state)
    elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        _assign(node, state)
    else:
        _record(node, state)
        # A statement such as `rows.append(x)` changes its object: whatever stands in it now rests on all of it.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            root = _root(node.value.func)
            if isinstance(node.value.func, ast.Attribute) and root in state.names:
                _bind({root}, _value(node, state), state, replace_old=False)
        _bind(set(writes(node)), _value(node, state), state, replace_old=False)


def _written(node: ast.stmt) -> Dependencies:
    """The statement as the chapter has it, of a compound one its head: without its comments and line breaks."""
    if isinstance(node, (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)):
        return frozenset({Dependency(STATEMENT, ast.unparse(node).partition("\n")[0])})
    return frozenset({Dependency(STATEMENT, ast.unparse(node))})


def _assign(node: ast.Assign | ast.AnnAssign | ast.AugAssign, state: _State) -> None:
    _record(node, state)
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    found = _value(node.value, state) if node.value is not None else Binding()
    for target in targets:
        if isinstance(target, ast.Name):
            _bind({target.id}, found, state, replace_old=not isinstance(node, ast.AugAssign))
        elif isinstance(target, (ast.Tuple, ast.List)):
            _bind(set(writes(target)), found, state, replace_old=True)
            _bind(_roots(target), found, state, replace_old=False)
        else:
            inside = _value(target, state)
            both = Binding(found.dependencies | inside.dependencies, found.late | inside.late)
            _bind(_roots(target), both, state, replace_old=False)


def _compound(node: ast.stmt, state: _State) -> None:
    heads = [child for child in children(node) if isinstance(child, (ast.expr, ast.withitem))]
    blocks = [value for _, value in ast.iter_fields(node) if isinstance(value, list)]
    outer = state.control
    found = Binding()
    for head in heads:
        _record(head, state)
        new = _value(head, state)
        found = Binding(found.dependencies | new.dependencies, found.late | new.late)
        _bind(set(writes(head)), new, state, replace_old=False)
    if isinstance(node, ast.For):
        _bind(set(writes(node.target)), found, state, replace_old=False)
    state.control = outer | found.dependencies | state.here
    for _ in range(2 if isinstance(node, (ast.For, ast.While)) else 1):  # what a round writes, the next may read
        for block in blocks:
            for inner in block:
                if isinstance(inner, ast.stmt):
                    _weak(inner, state)
                elif isinstance(inner, (ast.ExceptHandler, ast.match_case)):
                    for statement in inner.body:
                        _weak(statement, state)
    state.control = outer


def _weak(node: ast.stmt, state: _State) -> None:
    """A statement that may or may not run: what its names rested on before stays."""
    before = dict(state.names)
    _statement(node, state)
    for name in writes(node):
        if name in before and name in state.names:
            old, new = before[name], state.names[name]
            state.names[name] = Binding(old.dependencies | new.dependencies, old.late | new.late)


def _bind(names: Iterable[str], found: Binding, state: _State, *, replace_old: bool) -> None:
    found = replace(found, dependencies=found.dependencies | state.control | state.here)
    for name in names:
        old = Binding() if replace_old else state.names.get(name, Binding())
        text = found.text if replace_old else ""
        state.names[name] = Binding(old.dependencies | found.dependencies, old.late | found.late, text)


def _record(node: ast.AST, state: _State) -> None:
    for inner in under(node):
        if isinstance(inner, ast.Call) and function_of(inner) in RECORDS and inner.args:
            first = inner.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                key = (str(function_of(inner)), first.value)
                found = _dependencies(inner, state) | state.control | state.here
                state.records[key] = state.records.get(key, NONE) | found


def _value(node: ast.AST, state: _State) -> Binding:
    late: set[str] = set()
    for inner in under(node):
        if isinstance(inner, (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            late |= {n.id for n in under(inner) if isinstance(n, ast.Name) and n not in state.own}
        elif isinstance(inner, ast.Name) and inner.id in state.names and inner not in state.own:
            late |= state.names[inner.id].late
    return Binding(_dependencies(node, state), frozenset(late), _text(node, state))


def _dependencies(node: ast.AST, state: _State) -> Dependencies:
    if isinstance(node, ast.Name):
        return NONE if node in state.own else _name(node.id, state.names, set())
    found: Dependencies = frozenset().union(*(_dependencies(child, state) for child in children(node)))
    if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
        return frozenset(_of_module(dependency, node.attr) for dependency in found)
    return _called(node, found, state) if isinstance(node, ast.Call) else found


def _called(node: ast.Call, found: Dependencies, state: _State) -> Dependencies:
    """What a call rests on, whose parts rest on what was found: the table or the parameter that it asks for, too."""
    literal = next((a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str)), None)
    function = function_of(node)
    if function in ("thesis.known", "thesis.case"):
        found |= {Dependency("fact", table, EVERY) for table in TABLES.values()}
    if function in ("thesis.case", "thesis.inputs") and not _of_a_scenario(node):
        found |= {Dependency("parameter", name) for name in PARAMETERS}
    if literal is not None and function == "table":
        found |= {Dependency("fact", literal, EVERY)}
    elif literal is not None and function == "later":
        found |= {Dependency("later", literal, EVERY, "".join(_text(day, state) for day in node.args[1:2]))}
    elif literal is not None and function == "later_scenario":
        found |= {Dependency("scenario", literal)}
    elif literal is not None and function in ("value", "find"):
        found |= {Dependency("parameter", literal)}
    elif literal is not None and isinstance(node.func, ast.Attribute) and node.func.attr == "row":
        found = frozenset(
            replace(dependency, row=literal) if dependency.row == EVERY else dependency for dependency in found
        )
    return found


def _of_module(dependency: Dependency, attribute: str) -> Dependency:
    """Of a module of the lib, what the code takes from it."""
    if dependency.kind == DEFINITION and is_module(dependency.name):
        return replace(dependency, name=f"{dependency.name}.{attribute}")
    return dependency


def _of_a_scenario(node: ast.Call) -> bool:
    """Whether a case takes the values of a scenario, as its file has them, and none of the build's."""
    inner = (call for argument in node.args[1:] for call in under(argument) if isinstance(call, ast.Call))
    return any(function_of(call) == "scenario" for call in inner)


def _text(node: ast.AST, state: _State) -> str:
    """The text that an expression plainly is, itself or by a name for it; else nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name) and node not in state.own and node.id in state.names:
        return state.names[node.id].text
    return ""


def _name(name: str, names: Mapping[str, Binding], seen: set[str]) -> Dependencies:
    if name in seen or name not in names:
        return NONE
    seen.add(name)
    bound = names[name]
    late: Dependencies = frozenset().union(*(_name(free, names, seen) for free in bound.late))
    return bound.dependencies | {one for one in late if one.kind != DEFINITION or not is_module(one.name)}


def _root(node: ast.AST) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Starred, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _roots(node: ast.AST) -> set[str]:
    parts = node.elts if isinstance(node, (ast.Tuple, ast.List)) else [node]
    return {root for part in parts if not isinstance(part, ast.Name) and (root := _root(part))}
