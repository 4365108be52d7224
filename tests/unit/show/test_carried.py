"""Figures with steps behind them: plain to everyone, exact on the tape, and honest about decisions."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize.elementwise import find_root

from shortcase.show.live import carried, choices, roots, structures
from shortcase.show.live.carried import given
from shortcase.show.live.operators import follow
from shortcase.show.live.realising import realise
from shortcase.show.live.replay import replay
from shortcase.show.live.steps import Guard, noting
from shortcase.show.live.structures import plain, step_of
from shortcase.show.live.tape import Tape, TooLong, Untraceable

VALUES = {"x": 2.0, "y": 5.0}


def at(figure: Any, **values: float) -> float:
    """What the tape behind a figure gives for other values of its inputs."""
    tape = Tape()
    step = step_of(figure)
    assert step is not None
    traced = realise(step, tape, {})
    node = traced.nodes.item()
    return float(replay(tape, {**VALUES, **values})[node.i])


@pytest.fixture
def x() -> Any:
    return given("x", 2.0)


def test_to_everyone_else_it_is_the_float_that_it_was(x: Any) -> None:
    assert isinstance(x, float)
    assert f"{x:.2f}" == "2.00"
    assert json.dumps([x]) == "[2.0]"
    assert pd.DataFrame({"a": [x, 1.0]})["a"].tolist() == [2.0, 1.0]
    assert {x: "found"}[2.0] == "found"


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (lambda x: 3.0 * x - 1.0, 11.0),
        (lambda x: np.float64(3.0) / x, 0.75),
        (lambda x: 2.0**x, 16.0),
        (lambda x: np.exp(np.log(x)), 4.0),
        (lambda x: (np.arange(3.0) * x).sum(), 12.0),
        (lambda x: (np.arange(3.0) * x)[1:][0], 4.0),
        (lambda x: np.where(x > 3.0, 10.0 * x, x), 40.0),
        (lambda x: np.stack([x, 1.0])[0], 4.0),
        (lambda x: abs(-x), 4.0),
        (lambda x: choices.NAMES["_max"](x, 3.0), 4.0),
        (lambda x: choices.taken(x > 3.0, lambda: 10.0 * x, lambda: x), 40.0),
    ],
)
def test_at_another_value_the_tape_gives_what_python_gives_there(made: Any, wanted: float, x: Any) -> None:
    assert at(made(x), x=4.0) == pytest.approx(wanted, rel=1e-15)
    assert float(plain(made(4.0))) == pytest.approx(wanted, rel=1e-15)


def test_a_decision_is_noted_with_its_place_and_answer(x: Any) -> None:
    guards: list[Guard] = []
    with noting(guards, lambda: "here"):
        found = 3.0 * x if x > 1.0 else x
    assert [(guard.answer, guard.where) for guard in guards] == [(True, "here")]
    assert at(found, x=0.5) == 1.5, "the tape holds the way that was taken, and the guard says when it is wrong"


def test_both_sides_of_and_and_or_are_asked_without_a_decision(x: Any) -> None:
    guards: list[Guard] = []
    with noting(guards, lambda: "here"):
        met = choices.both(lambda: x > 1.0, lambda: choices.turned(x > 3.0))
    assert guards == []
    assert (at(met), at(met, x=4.0)) == (1.0, 0.0)


def test_how_often_something_is_done_is_a_decision() -> None:
    guards: list[Guard] = []
    count = given("n", 3)
    with noting(guards, lambda: "here"):
        assert list(choices.counted(count)) == [0, 1, 2]
    assert [guard.answer for guard in guards] == [True]


def test_an_array_written_in_place_has_no_steps_to_show(x: Any) -> None:
    array = np.arange(3.0) * x
    array[0] = 7.0
    with pytest.raises(Untraceable, match="written in place"):
        at(array.sum())


def test_what_no_page_can_compute_is_refused_in_words(x: Any) -> None:
    with pytest.raises(Untraceable, match="sort"):
        at(np.sort(np.stack([x, 1.0]))[0])


def test_a_dataclass_goes_through_a_formula_as_one_step(x: Any) -> None:
    found = follow(lambda pair: {"sum": pair[0] + pair[1]}, (x, 1.0))
    assert at(found["sum"], x=4.0) == 5.0


def test_a_search_is_one_operation_whose_root_moves_with_its_inputs(x: Any) -> None:
    search = roots.search(find_root)
    found = search(lambda r: r * r - x, (0.0, 10.0)).x
    assert float(found) == pytest.approx(2.0**0.5, rel=1e-12)
    assert at(found, x=9.0) == pytest.approx(3.0, rel=1e-14)
    assert np.isnan(at(found, x=-1.0)), "where the ends have one sign there is no root"
    assert at(search(lambda r: x - r, (0.0, 10.0)).x, x=0.0) == 0.0, "where an end is the root, it is found"


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow])
def test_a_figure_before_a_whole_number_keeps_its_step(operation: Callable[..., Any]) -> None:
    whole = carried.given("lead", 4)
    for found in (operation(1.5, whole), operation(whole, 1.5), operation(3, whole)):
        assert structures.step_of(found) is not None
    assert operation(1.5, whole) == operation(1.5, 4)


def test_a_whole_number_counts_and_is_written_as_one() -> None:
    whole = carried.given("lead", 4)
    assert (f"{whole} {whole:02d}", list(range(whole)), "abcdef"[whole]) == ("4 04", [0, 1, 2, 3], "e")
    assert isinstance(structures.plain(whole), int)


def test_what_is_cut_to_a_whole_number_goes_on_the_tape() -> None:
    x = given("x", 3.7)
    for value, cut in ((2.2, 2.0), (-2.2, -2.0)):
        assert at(choices.whole(x), x=value) == cut


def test_what_rests_on_draws_says_so() -> None:
    drawn = carried.refused(np.zeros(8), "it is drawn", given("x", 2.0))
    with pytest.raises(Untraceable, match="it is drawn"):
        at(np.quantile(drawn, 0.5) + 1.0)


def test_an_array_of_many_elements_is_refused_and_not_lost(x: Any) -> None:
    many = x * np.arange(carried.MOST + 1.0)
    with pytest.raises(Untraceable, match="more than 4,096"):
        at(many.sum())


def test_a_tape_takes_no_more_than_it_has_room_for() -> None:
    tape = Tape()
    at_once = tape.add("input", "x")
    with tape.at_most(1), pytest.raises(TooLong):
        tape.add("exp", tape.add("exp", at_once.i).i)
    assert tape.add("log", at_once.i).i == 2, "what was one too many left nothing behind"


def test_closeness_is_a_comparison(x: Any) -> None:
    close = follow(np.isclose, x, 2.0)
    assert (close.plain(), at(close, x=2.0 + 1e-9), at(close, x=2.1)) == (True, 1.0, 0.0)
