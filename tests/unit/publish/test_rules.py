"""Each rule of the book has a name that its messages carry, and a paragraph that explains it."""

from __future__ import annotations

import ast
import inspect

import pytest

from shortcase.errors import BadRequest, BadSource
from shortcase.publish.check import book, of_book, of_page, rules


def test_every_check_is_under_a_rule_that_is_explained() -> None:
    trees = [ast.parse(inspect.getsource(module)) for module in (book, of_page, of_book)]
    named = {
        node.value
        for tree in trees
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "ruled"
        for node in ast.walk(call.args[0])
        if isinstance(node, ast.Constant)
    }
    assert named == set(rules.RULES)
    bodies = {n.name: n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    for name in ("of_code", "of_text", "of_lists", "of_words"):
        told = [ast.unparse(node.value) for node in ast.walk(bodies[name]) if isinstance(node, ast.YieldFrom)]
        assert [call for call in told if not call.startswith("ruled(")] == []


def test_a_rule_is_explained_in_full() -> None:
    for name, rule in rules.RULES.items():
        told = rules.explained(name)
        assert all(part in told for part in (name, rule.what, rule.why, rule.mend))
        assert all(len(part) > 20 for part in (rule.what, rule.why, rule.mend)), name


def test_an_unknown_rule_is_told_with_the_nearest() -> None:
    with pytest.raises(BadRequest, match="no rule") as refused:
        rules.explained("typed-figure")
    assert refused.value.mend == "did you mean typed-figures?"


def test_a_message_ends_with_its_rule() -> None:
    (problem,) = rules.ruled("kernel", [BadSource("No kernel", where="a.md:1", mend="name one")])
    assert str(problem) == "a.md:1: No kernel. To put it right: name one. [kernel]"
