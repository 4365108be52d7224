"""What is left out where a chapter is run again: what nothing names, and nothing that records or is read later."""

from __future__ import annotations

import ast

import pytest

from shortcase.publish.live.unused import without

SHOWN = "rows = [f(x) for x in xs]\ntable = frame(rows)\ngrid(table)"


def left(*cells: str, kept: tuple[str, ...] = ()) -> list[str]:
    """The cells without what nothing names."""
    return [ast.unparse(cell) for cell in without([ast.parse(cell) for cell in cells], ("grid",), kept)]


def test_what_only_fed_a_table_that_is_not_shown_goes_back_to_its_beginning() -> None:
    assert left("xs = [1, 2]\ny = g(1)", SHOWN, "number('n', 'USD', h, x=y)") == [
        "y = g(1)",
        "",
        "number('n', 'USD', h, x=y)",
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "worth = number('n', 'USD', f, x=1)",  # it records
        "found = [claim(name, x) for name, x in pairs]",
        "rows['a'] = 1",  # it changes something
        "table.price = 1",
        "rows += [1]",
        "show(1)",
        "for name in names:\n    total = name",
        "x: float = 1.0",  # a parameter
    ],
)
def test_what_does_more_than_to_bind_a_name_stays(cell: str) -> None:
    assert left(cell) == [cell]


def test_what_is_read_later_or_without_being_named_stays() -> None:
    called = "def gain():\n    return rate\nrate = 0.1\nnumber('n', 'share', gain)"
    assert left(called) == [called]
    assert left("ask = lambda: rate", "rate = 0.1", "show(ask)") == ["ask = lambda: rate", "rate = 0.1", "show(ask)"]
    assert left("rows = []", "rows += [1]") == ["rows = []", "rows += [1]"]
    assert left("growth = 0.5\nother = 1", "case = of(globals())\nshow(case)", kept=("growth",))[0] == "growth = 0.5"


def test_imports_and_functions_go_where_nothing_names_them() -> None:
    assert left("import os.path\nfrom a import b as c, d\ndef f():\n    return 1", "show(d)") == [
        "from a import b as c, d",
        "show(d)",
    ]
