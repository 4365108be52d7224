"""A chapter as a function: what is live, what is not and why, and the program that a page gets."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shortcase.case.parameters import Scalar
from shortcase.case.tally import COUNTS
from shortcase.publish.collect.live import coverage
from shortcase.publish.live import kept_scripts, page, program, proof
from shortcase.publish.live.graph import Graph, follow
from shortcase.publish.live.kept_scripts import Room, Scripts, Wanted
from shortcase.publish.read import code, dependencies
from shortcase.publish.read.pages import Page
from shortcase.publish.read.roles import uses
from shortcase.show.live.tape import Untraceable

HEAD = """# A chapter

```{code-cell} ipython3
:tags: [parameters]

demand_elasticity: float = value("demand_elasticity")
demand_growth: float = value("demand_growth")
```

```{code-cell} ipython3
from shortcase.case.parameters import value
from shortcase.model import arithmetic
from shortcase.show import claim, number
```
"""
VALUES: dict[str, Scalar] = {"demand_elasticity": 0.8, "demand_growth": 0.5, "as_of": "2025-01-25"}


def chapter(cell: str, prose: str = "") -> tuple[Page, Graph, code.Code]:
    """A chapter of one cell, followed and settled."""
    text = HEAD.replace("\n```{code-cell} ipython3\nfrom", "\n```{code-cell} ipython3\nfrom", 1)
    first, second = text.split("```{code-cell} ipython3\n:tags")
    imports = second.split("```\n", 1)[1]
    body = f"{first}{imports}\n```{{code-cell}} ipython3\n:tags{second.split('```', 1)[0]}```\n\n"
    told = f"{body}```{{code-cell}} ipython3\n{cell}\n```\n\n{prose}\n"
    one = Page(Path("/book/book/a_chapter.md"), Path("/book"), told)
    parsed = code.parse(one)
    found = follow(parsed, dependencies.slices(parsed), VALUES)
    return one, proof.settle(parsed, found, VALUES)[0], parsed


RATIO = 'number("a_ratio", "ratio", arithmetic.ratio, {})'


def test_a_number_follows_through_glue_and_formula() -> None:
    _, found, _ = chapter(RATIO.format("numerator=2.0 * demand_elasticity, denominator=1.0 + demand_growth"))
    assert found.numbers["a_ratio"].parameters == ("demand_elasticity", "demand_growth")
    assert found.dead == {}


def test_a_lost_parameter_makes_a_number_dead_and_says_so() -> None:
    cell = "import math\n" + RATIO.format("numerator=math.exp(demand_elasticity), denominator=1.0 + demand_growth")
    _, found, _ = chapter(cell)
    assert found.numbers == {}
    why, on = found.dead["number a_ratio"]
    assert set(on) == {"demand_elasticity", "demand_growth"}
    assert why


def test_what_the_code_names_and_no_value_moves_is_not_counted() -> None:
    cell = "both = {'one': 1.0, 'two': demand_growth}\n" + RATIO.format("numerator=both['one'], denominator=2.0")
    _, found, _ = chapter(cell)
    assert found.numbers == {}
    assert found.dead == {}


def test_a_decision_guards_what_comes_after_it() -> None:
    cell = "top = demand_elasticity\nif demand_elasticity < 0.5:\n    top = 3.0\n"
    _, found, _ = chapter(cell + RATIO.format("numerator=top, denominator=1.0"))
    assert len(found.guards) == 1
    assert found.numbers["a_ratio"].guards == (0,)


def test_a_condition_in_prose_is_on_the_tape_with_its_numbers() -> None:
    cell = RATIO.format("numerator=demand_elasticity, denominator=1.0")
    one, found, _ = chapter(cell, "{when}`a_ratio < 1 and demand_growth > 0 | slow | fast` {num}`a_ratio`")
    shown = page.shown(page.asked(one, uses(one)), {"a_chapter": found}, {})
    (live,) = shown.whens.values()
    assert live.parameters == ("demand_elasticity", "demand_growth")


def test_words_on_a_figure_that_is_not_live_say_why_and_what_would_turn_them() -> None:
    one, found, _ = chapter(RATIO.format("numerator=demand_elasticity, denominator=1.0"), "{when}`a_ratio < 1 | x | y`")
    found.numbers.clear()
    found.dead["number a_ratio"] = ("it is drawn from many cases", ("demand_elasticity",))
    rows = {"a_ratio": {"value": 0.6, "unit": "ratio", "digits": None}}
    shown = page.shown(page.asked(one, uses(one)), {"a_chapter": found}, rows)
    (told,) = shown.dead["when"].values()
    assert told == ("it is drawn from many cases", ("demand_elasticity",))
    printed = page.printed("a_chapter", shown, page.Build(rows, VALUES))
    assert '"if":["a_ratio","<",1],"was":true' in printed
    script = Scripts({"a_chapter": found}, page.Build(rows, VALUES)).wanted(page.asked(one, uses(one))).make()
    row = coverage({"a_chapter": found}, {"a_chapter": script}, {})["a_chapter"]
    assert (row["whens"], row["live_whens"], row["drawn"]) == (0, 0, 2)
    assert row["dead"]["words on a_ratio < 1"] == "it is drawn from many cases"


def test_a_graph_is_the_same_after_the_cache() -> None:
    _, found, _ = chapter(RATIO.format("numerator=demand_elasticity, denominator=1.0 + demand_growth"))
    again = Graph.from_json(json.loads(json.dumps(found.as_json())))
    assert replace(again, ops=list(again.ops)) == found


def test_the_proof_finds_a_wrong_tape() -> None:
    _, found, parsed = chapter(RATIO.format("numerator=demand_elasticity, denominator=1.0 + demand_growth"))
    good = proof.prove(parsed, found, VALUES, 6)
    assert good.wrong == {}
    assert good.held == {"number a_ratio": 6}
    found.ops = [*found.ops[:-1], ("multiply", *found.ops[-1][1:])]
    assert set(proof.prove(parsed, found, VALUES, 6).wrong) == {"number a_ratio"}


def test_points_stand_at_both_ends_first_and_are_the_same_every_time() -> None:
    low, high, *rest = proof.points(VALUES, 5)
    assert (low["demand_elasticity"], high["demand_elasticity"]) == (0.3, 1.5)
    assert len(rest) == 3
    assert list(proof.points(VALUES, 5)) == [low, high, *rest]


def test_a_search_stands_in_the_program_with_its_body_before_it() -> None:
    ops: list[tuple[Any, ...]] = [
        ("input", "a"), ("variable", "0"), ("multiply", 1, 1), ("subtract", 2, 0), ("root", 1, 3, ("const", 0.0), 0),
    ]  # fmt: skip
    told = program.program(ops, {"n": [4]})
    assert told["o"] == "V*-R"
    assert told["a"][0] == 2, "the variable says how long the body is"


def test_an_operation_that_no_page_knows_is_refused() -> None:
    with pytest.raises(Untraceable, match="spin"):
        program.program([("input", "a"), ("spin", 0)], {"n": [1]})


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages whose scripts have been made and not taken from where they are kept."""
    found: list[str] = []

    def printed(name: str, shown: page.Shown, build: page.Build) -> str:
        found.append(name)
        return page.printed(name, shown, build)

    monkeypatch.setattr(kept_scripts, "printed", printed)
    return found


def kept_or_made(wanted: Wanted, room: Room) -> str:
    return (room.kept(wanted) or room.made(wanted)).text


def test_a_script_is_made_again_when_something_that_it_is_made_of_has_changed(tmp_path: Path, made: list[str]) -> None:
    one, found, _ = chapter(RATIO.format("numerator=demand_elasticity, denominator=1.0"), "{num}`a_ratio`")
    other = chapter(RATIO.format("numerator=demand_elasticity, denominator=2.0"))[1]
    rows = {"a_ratio": {"value": 0.8, "unit": "ratio", "digits": None}}
    asked, build, room = page.asked(one, uses(one)), page.Build(rows, VALUES), Room(tmp_path, "around")

    def script(graph: Graph = found, build: page.Build = build, room: Room = room, asked: page.Asked = asked) -> str:
        return kept_or_made(Scripts({"a_chapter": graph}, build).wanted(asked), room)

    first = script()
    assert script() == first
    assert made == ["a_chapter"]
    for change in (
        {"graph": other},
        {"build": page.Build({"a_ratio": rows["a_ratio"] | {"digits": 2}}, VALUES)},
        {"build": page.Build(rows, VALUES | {"demand_growth": 0.7})},
        {"room": Room(tmp_path, "another lib")},
        {"room": Room(tmp_path, "around", fresh=True)},
        {"asked": replace(asked, answer=("a_ratio",))},
    ):
        made.clear()
        script(**change)
        assert made == ["a_chapter"], change
    kept = room.path(Scripts({"a_chapter": found}, build).wanted(asked))
    kept.write_bytes(kept.read_bytes()[:-9])
    made.clear()
    assert script() == first
    assert made == ["a_chapter"]


def test_a_page_whose_words_alone_have_changed_keeps_its_script(tmp_path: Path, made: list[str]) -> None:
    one, found, _ = chapter(RATIO.format("numerator=demand_elasticity, denominator=1.0"), "{num}`a_ratio`")
    told = replace(one, text=one.text.replace("{num}`a_ratio`", "It is {num}`a_ratio`, and again {num}`a_ratio`."))
    unknown = Graph(numbers={"another": found.numbers["a_ratio"]})
    rows = {"a_ratio": {"value": 0.8, "unit": "ratio", "digits": None}}
    for at, graphs in ((one, {"a_chapter": found}), (told, {"a_chapter": found, "unasked": unknown})):
        kept_or_made(Scripts(graphs, page.Build(rows, VALUES)).wanted(page.asked(at, uses(at))), Room(tmp_path, ""))
    assert made == ["a_chapter"]


def test_what_is_not_live_stands_in_order_so_that_two_builds_print_the_same() -> None:
    asked = page.Asked("scorecard", frozenset(COUNTS), frozenset(), {}, ())
    assert list(page.shown(asked, {}, {}).dead["number"]) == sorted(COUNTS)
