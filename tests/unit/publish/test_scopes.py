"""Whose a name of a chapter is, held against the symbol table of Python's own compiler."""

from __future__ import annotations

import ast
import symtable

import pytest

from shortcase.publish.read.scopes import own, writes

CODES = {
    "a function": "def f(a, /, b, *c, d=e, **g):\n    h = a + i\n    return h + b + c + d + g",
    "annotations and decorators": "@a\ndef f(b: c = d) -> e:\n    b: g = 1\n    return b",
    "bound after it is read": "def f():\n    a\n    a = 1",
    "loops, files, errors": (
        "def f():\n    for a, (b, *c) in d: e\n    with g as h: h\n    try: i\n    except j as k: k\n    return a, b, c"
    ),
    "added to": "def f(a):\n    b += a\n    c[a] += d\n    return b",
    "a global": "def f():\n    global a\n    a = b\n    b = 1\n    return a",
    "a global of a function inside": "def f(a):\n    def g():\n        global a\n        a = 1\n    return a + g()",
    "of the function around": "def f():\n    a = 1\n    def g():\n        nonlocal a\n        a = b\n    return g, a",
    "one inside another": "def f(a):\n    def g(b, c=a):\n        return a + b + c + d\n    return g(a) + b",
    "a lambda": "f = lambda a, *b, c=d: a + b + c + e",
    "a lambda in a lambda": "f = lambda a: lambda b: a + b + c",
    "a lambda with a walrus": "f = lambda a: (b := a) + b + c",
    "a default that is a lambda": "def f(a=lambda b: b + c): return a + b",
    "comprehensions": "[a + b for a in c if a + d], {a for a in a}, {a: b for a, b in c}, (a for b in c for a in b)",
    "a comprehension in one": "[[a + b for b in a] for a in b]",
    "a walrus in a comprehension": "def f(a):\n    [b := c for c in a]\n    return b + c",
    "an import inside": "def f():\n    import a.b\n    from c import d as e\n    return a, d, e",
    "a class inside": "def f(a):\n    class G:\n        def h(self): return self, a, b\n    return G",
    "asynchronous": "async def f(a):\n    return [b async for b in a]",
}


def of_the_chapter(table: symtable.SymbolTable) -> set[str]:
    """Names that a function under a table looks up in the chapter, by Python's own compiler."""
    found = {name for inner in table.get_children() for name in of_the_chapter(inner)}
    if isinstance(table, symtable.Function):
        found |= set(table.get_globals())
    elif table.get_type() == "module":
        found |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
    return found


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_names_are_told_apart_as_python_does(code: str) -> None:
    body = ast.parse(code).body
    inside = own(body)
    names = [one for node in body for one in ast.walk(node) if isinstance(one, ast.Name)]
    chapters = {one.id for one in names if one not in inside}
    assert chapters - set(writes(ast.Module(body, []))) == of_the_chapter(symtable.symtable(code, "t", "exec")) - {"f"}


def test_what_is_of_the_lib_is_so_under_a_function_s_own_name_for_it() -> None:
    body = ast.parse("def f(b):\n    from shortcase import facts as a\n    return a.x + b").body
    assert {name.id for name in own(body, {"a": "shortcase.facts", "b": "shortcase.b"})} == {"b"}
    assert {name.id for name in own(body)} == {"a", "b"}
