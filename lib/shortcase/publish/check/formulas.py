"""Whether the lib has what a chapter calls: each name and what it takes, a formula's equation, the units of figures."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from shortcase.errors import ADD, BadSource, ShortcaseError, nearest
from shortcase.publish.read import library
from shortcase.publish.read.bindings import dotted, meant
from shortcase.publish.read.code import Call, Code, function_of
from shortcase.publish.read.library import PACKAGE, Definition
from shortcase.publish.read.syntax import under
from shortcase.show.record import KEY, equation_in
from shortcase.show.units import UNITS

NUMBER = f"{PACKAGE}.show.record.number"
VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def problems(code: Code) -> Iterator[ShortcaseError]:
    """Every name, argument, equation and unit of a chapter that the lib does not have."""
    yield from _imports(code)
    rebound = _rebound(code)
    steady = {name: stands for name, stands in code.names.items() if name not in rebound}
    yield from _attributes(code, steady)
    for call in code.calls:
        if call.function == "number":
            yield from _number(call, code, steady)
    for node in code.nodes:
        if isinstance(node, ast.Call):
            yield from _plain_call(node, code, steady)
            yield from _units(node, code)


def _rebound(code: Code) -> set[str]:
    """Names that a chapter also gives to something else: as an argument, in a loop, or by computing it."""
    found = set()
    for node in code.nodes:
        if isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if dotted(node.value, code.names) is None:
                found |= {n.id for target in targets for n in under(target) if isinstance(n, ast.Name)}
        elif isinstance(node, (ast.For, ast.comprehension)):
            found |= {n.id for n in under(node.target) if isinstance(n, ast.Name)}
    return found


def _imports(code: Code) -> Iterator[ShortcaseError]:
    for node in code.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".", maxsplit=1)[0] == PACKAGE and library.find(alias.name) is None:
                    yield _not_there(alias.name, code, node.lineno)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".", maxsplit=1)[0] == PACKAGE:
            if library.find(str(node.module)) is None:
                yield _not_there(str(node.module), code, node.lineno)
                continue
            for alias in node.names:
                if alias.name == "*":
                    what = f"from {node.module} import * does not say which names it brings"
                    yield BadSource(what, where=code.page.at(node.lineno), mend="name each of them")
                elif library.find(f"{node.module}.{alias.name}") is None:
                    yield _not_there(f"{node.module}.{alias.name}", code, node.lineno)


def _attributes(code: Code, steady: Mapping[str, str]) -> Iterator[ShortcaseError]:
    for node in code.nodes:
        if isinstance(node, ast.Attribute):
            owner = dotted(node.value, steady)
            if owner and library.find(owner) and library.find(f"{owner}.{node.attr}") is None:
                yield _not_there(f"{owner}.{node.attr}", code, node.lineno)


def _not_there(name: str, code: Code, line: int) -> BadSource:
    """The refusal of a dotted name, by the first of its parts that is not there."""
    above, _, last = name.rpartition(".")
    owner = library.find(above)
    if owner is None and above:
        return _not_there(above, code, line)
    new = ADD["formula"] if above.startswith(f"{PACKAGE}.model") else f"add it to {above}"
    mend = nearest(last, library.members(owner) if owner else (), new=new)
    return BadSource(f"There is no {last} in {above}", where=code.page.at(line), mend=mend)


def _number(call: Call, code: Code, steady: Mapping[str, str]) -> Iterator[ShortcaseError]:
    where, given = code.page.at(call.line), call.node.args
    if len(given) != 3:
        mend = 'write number("key", "unit", module.function, its_argument=…)'
        yield BadSource(f"number() has {len(given)} of its key, unit and formula", where=where, mend=mend)
        return
    if call.name is not None and not KEY.fullmatch(call.name):
        yield BadSource(f"{call.name!r} cannot name a number", where=where, mend="use small letters, digits and _")
    yield from _unit(given[1], f"The number {call.name!r}", code)
    formula = _definition(given[2], steady)
    if formula is None:
        if dotted(given[2], steady) is None:  # what the lib does not have is told by its name
            what = f"The formula of {call.name!r}, {ast.unparse(given[2])}, is none of the lib's"
            yield BadSource(what, where=where, mend=ADD["formula"])
        return
    if formula.node is not None and equation_in(formula.docstring) is None:
        what = f"The formula of {call.name!r}, {formula.name}, states no equation"
        yield BadSource(what, where=where, mend=f"give its docstring `Equation:`, or {ADD['formula']}")
    words = [word for word in call.node.keywords if word.arg not in _own()]
    yield from _arguments(formula, [], words, code, where)
    yield from _words(call, words, code, where)
    yield from _part(formula, call, where)


@cache
def _own() -> frozenset[str]:
    """What number() takes for itself; all else goes to the formula."""
    number = library.find(NUMBER)
    taken = number.signature.parameters.values() if number and number.signature else ()
    return frozenset(p.name for p in taken if p.kind is p.KEYWORD_ONLY)


def _plain_call(node: ast.Call, code: Code, steady: Mapping[str, str]) -> Iterator[ShortcaseError]:
    """A call of the lib outside number(): a function with its arguments, or a dataclass with its fields."""
    called = None if isinstance(node.func, ast.Name) and node.func.id == "number" else _definition(node.func, steady)
    if called is not None:
        yield from _arguments(called, node.args, node.keywords, code, code.page.at(node.lineno))


def _definition(node: ast.AST, steady: Mapping[str, str]) -> Definition | None:
    name = meant(node, steady)
    return library.find(name) if name else None


def _arguments(
    called: Definition, given: list[ast.expr], words: list[ast.keyword], code: Code, where: str
) -> Iterator[ShortcaseError]:
    """What a call names and its function does not take, and what it takes and the call leaves out."""
    signature = called.signature
    if signature is None:
        return
    short = called.name.removeprefix(f"{PACKAGE}.")
    names = [p.name for p in signature.parameters.values() if p.kind not in VARIADIC]
    kinds = {p.kind for p in signature.parameters.values()}
    told, whole = _keywords(words, code)
    if inspect.Parameter.VAR_KEYWORD not in kinds:
        for name in told:
            if name not in names:
                mend = nearest(name, names, new=f"it takes {', '.join(names)}" if names else "it takes nothing")
                yield BadSource(f"{short} takes no {name}", where=where, mend=mend)
    if not whole or any(isinstance(argument, ast.Starred) for argument in given):
        return
    if len(given) > len(names) and inspect.Parameter.VAR_POSITIONAL not in kinds:
        mend = f"it takes {', '.join(names)}"
        yield BadSource(f"{short} takes {len(names)} arguments, not {len(given)}", where=where, mend=mend)
    plain = [p for p in signature.parameters.values() if p.kind not in VARIADIC]
    missing = [
        p.name
        for position, p in enumerate(plain)
        if p.default is p.empty and p.name not in told and (position >= len(given) or p.kind is p.KEYWORD_ONLY)
    ]
    if missing:
        mend = f"give it {', '.join(missing)}"
        yield BadSource(f"{short} lacks {', '.join(missing)}", where=where, mend=mend)


def _keywords(words: Iterable[ast.keyword], code: Code) -> tuple[set[str], bool]:
    """The keywords that a call gives, and whether these are all: `**name` is followed to the one dictionary it is."""
    told: set[str] = set()
    whole = True
    for word in words:
        if word.arg is not None:
            told.add(word.arg)
            continue
        keys = _keys(word.value, code)
        told, whole = told | (keys or set()), whole and keys is not None
    return told, whole


def _keys(node: ast.expr, code: Code) -> set[str] | None:
    """The keys of a dictionary that is written out, here or under a name that is given once; None where none is."""
    if isinstance(node, ast.Name):
        only = code.only_value(node.id)
        return _keys(only, code) if only is not None and not isinstance(only, ast.Name) else None
    if isinstance(node, ast.Call) and function_of(node) == "dict" and not node.args:
        told, whole = _keywords(node.keywords, code)
        return told if whole else None
    if not isinstance(node, ast.Dict):
        return None
    found: set[str] = set()
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            found.add(key.value)
            continue
        below = _keys(value, code) if key is None else None
        if below is None:
            return None
        found |= below
    return found


def _words(call: Call, inputs: list[ast.keyword], code: Code, where: str) -> Iterator[ShortcaseError]:
    """Words under which a trace names the inputs: one for each, none twice."""
    told, whole = _keywords(inputs, code)
    for node in (word.value for word in call.node.keywords if word.arg == "words"):
        if isinstance(node, ast.Tuple) and whole and len({ast.unparse(word) for word in node.elts}) != len(told):
            what = f"The words of {call.name!r} are {ast.unparse(node)}, and its inputs {', '.join(sorted(told))}"
            yield BadSource(what, where=where, mend="give one word for each input, in their order")


def _part(formula: Definition, call: Call, where: str) -> Iterator[ShortcaseError]:
    """A part of the result that the class which the formula says it returns does not have."""
    part = next((word.value for word in call.node.keywords if word.arg == "part"), None)
    node = formula.node
    if not isinstance(part, ast.Constant) or not isinstance(part.value, str) or not isinstance(node, ast.FunctionDef):
        return
    said = ast.unparse(node.returns) if node.returns else ""
    result = library.find(f"{formula.name.rpartition('.')[0]}.{said}") if re.fullmatch(r"\w+", said) else None
    if result is None or not isinstance(result.node, ast.ClassDef) or result.node.bases:
        return
    if part.value not in (names := library.members(result)):
        what = f"What {formula.name.removeprefix(f'{PACKAGE}.')} returns has no part {part.value!r}"
        yield BadSource(what, where=where, mend=nearest(part.value, names))


def _units(node: ast.Call, code: Code) -> Iterator[ShortcaseError]:
    """Units outside number(): of a figure written by fmt(), of what swings, of the columns of a table."""
    function = function_of(node)
    whose = f"{function}()"
    if function in ("fmt", "swings"):
        named = [word.value for word in node.keywords if word.arg == "unit"]
        for unit in [*node.args[1:2], *named]:
            if isinstance(unit, ast.Constant):
                yield from _unit(unit, whose, code)
    elif function in ("grid", "chart"):
        tables = [word.value for word in node.keywords if word.arg == "units" and isinstance(word.value, ast.Dict)]
        for unit in (unit for table in tables for unit in table.values):
            if isinstance(unit, ast.Constant):
                yield from _unit(unit, whose, code)


def _unit(node: ast.expr, whose: str, code: Code) -> Iterator[ShortcaseError]:
    where = code.page.at(node.lineno)
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        yield BadSource(f"{whose} takes its unit from a variable", where=where, mend="write the unit itself")
    elif node.value not in UNITS:
        mend = nearest(node.value, UNITS, new=ADD["unit"])
        yield BadSource(f"{whose} is in an unknown unit, {node.value!r}", where=where, mend=mend)
