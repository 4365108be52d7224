"""A figure of a tape at other values of its inputs, and where it turns along one of them, as the formula gives them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shortcase.case.thesis.roots import roots
from shortcase.publish.live.program import program
from shortcase.show.live import along
from shortcase.show.live.replay import Player
from shortcase.show.live.tape import Tape
from shortcase.show.live.traced import Traced

POINTS = {"a": np.array([0.5, 9.0, -20.0]), "b": np.array([1.2, 2.0, 2.0]), "c": np.array([-3.0, 4.0, 2.5])}


def formula(a: Any, b: Any, c: Any) -> Any:
    return (a - b) * (a - c) * np.exp(a * 0.1)


@pytest.fixture
def x() -> dict[str, Traced]:
    tape = Tape()
    return {name: Traced(tape.add("input", name)) for name in POINTS}


def played(found: Traced) -> np.ndarray:
    tape = found.nodes.ravel()[0].tape
    return np.array([Player(tape.ops, [cell.i])(POINTS)[cell.i] for cell in found.nodes.ravel()])


def test_a_figure_at_other_values_is_what_the_formula_gives_there(x) -> None:
    a, b, c = POINTS.values()
    there = along.at(formula(**x), {"a": x["b"] * 2.0, "c": 1.0})
    assert played(there) == pytest.approx(formula(b * 2.0, b, 1.0)[None])
    assert played(along.at(there + x["a"], {"b": x["c"] + 1.0})) == pytest.approx(
        formula(2.0 * c + 2.0, c + 1.0, 1.0)[None] + a
    )
    grid = np.arange(5.0)
    assert played(along.at(formula(**x), {"a": grid})) == pytest.approx(formula(grid[:, None], b, c))


def test_an_input_that_is_let_moves_the_figure_no_longer(x) -> None:
    there = along.at(formula(**x), {"a": x["b"] * 2.0, "c": 1.0}).nodes.item()
    assert there.tape.inputs(there.i) == {"b"}
    assert along.at(x["b"], {"a": 1.0}).nodes.item() is x["b"].nodes.item(), "it did not come from it"


@pytest.mark.parametrize("low", [-10.0, 3.0, 5.0])
def test_a_search_along_an_input_finds_what_the_thesis_finds(x, low) -> None:
    figure = formula(**x)
    where, often = (played(along.searched(op, figure, "a", low, 20.0))[0] for op in (along.NEAREST, along.TURNS))
    for point, (a, b, c) in enumerate(zip(*POINTS.values(), strict=True)):
        found = roots(lambda at, b=b, c=c: formula(at, b, c), low, 20.0, near=a)
        assert often[point] == len(found.at)
        nearest = found.nearest(a)
        assert where[point] == pytest.approx(np.nan if nearest is None else nearest, rel=1e-12, nan_ok=True)


def test_many_values_stand_in_the_table_without_the_figure_anew(x) -> None:
    few, many = (along.at(formula(**x), {"a": np.arange(float(count))}) for count in (2, 40))
    tape = x["a"].nodes.item().tape
    tables = [program(tape.ops, {"n": [cell.i for cell in found.nodes]}) for found in (few, many)]
    assert [sum(table["m"]) for table in tables] == [6 + 2 * 2, 6 + 2 * 40]
    assert "e" not in tables[0]


def test_what_is_searched_for_comes_last_and_is_counted_apart(x) -> None:
    there = along.searched(along.NEAREST, formula(**x), "a", -10.0, 20.0) * 2.0
    after = x["b"] + 1.0
    table = program(after.nodes.item().tape.ops, {"n": [there.nodes.item().i, after.nodes.item().i]})
    assert table["o"][-2:] == "%*"
    assert table["e"] == sum(table["m"]) - 2
