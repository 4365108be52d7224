"""A tape run in the page gives what numpy gives: operations in any order, runs over arrays, searches in searches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import elementwise

from shortcase.publish.live.program import program
from shortcase.show.live import along, roots
from shortcase.show.live.replay import Player
from shortcase.show.live.tape import Tape
from shortcase.show.live.traced import Traced

SCRIPT = Path(__file__).parents[2] / "book" / "_static" / "live" / "program.js"
RUN = """
async ([table, points]) => {
  const run = shortcase.program(table);
  const found = [];
  for (const point of points) found.push(run.rest ? await run.rest(point, async () => true) : run(point));
  return found.map(({ n }) => n.map(Number));
}
"""
TWO = ("add", "subtract", "multiply", "minimum", "maximum", "greater", "less_equal", "equal", "logical_or")
ONE = ("negative", "absolute", "logical_not", "floor")
"""Operations that are exact to the last bit, so that a comparison is decided alike."""


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context()
    page = context.new_page()
    page.add_script_tag(path=str(SCRIPT))
    yield page
    context.close()


def held(page, tape: Tape, places: list[Any], points: list[dict[str, float]], within: float) -> None:
    """What the page gives at each place and point is what numpy gives there."""
    table = json.loads(json.dumps(program(tape.ops, {"n": places, "g": [], "t": []})))
    found = np.array(page.evaluate(RUN, [table, points]), dtype=float)
    played = [Player(tape.ops, places)(point) for point in points]
    wanted = np.array([[at[place] for place in places] for at in played], dtype=float)
    assert np.array_equal(np.isfinite(found), np.isfinite(wanted))
    finite = np.isfinite(wanted)
    assert found[finite] == pytest.approx(wanted[finite], rel=within, abs=within)


@pytest.mark.parametrize("seed", range(4))
def test_any_operations_in_any_order(page, seed):
    rng, tape = np.random.default_rng(seed), Tape()
    nodes = [tape.add("input", name).i for name in "abc"]
    for _ in range(600):
        name = str(rng.choice(TWO if rng.random() < 0.8 else ONE))
        before = [int(rng.choice(nodes[-8:] if rng.random() < 0.8 else nodes)) for _ in range(2 if name in TWO else 1)]
        args: list[Any] = [("const", float(rng.normal())) if rng.random() < 0.1 else place for place in before]
        node = tape.add(name, *args).i
        bounded = tape.add("minimum", tape.add("maximum", node, ("const", -3.0)).i, ("const", 3.0)).i
        nodes.append(bounded)
    places = sorted({int(place) for place in rng.choice(nodes, 100)})
    points = [dict(zip("abc", rng.normal(size=3).tolist(), strict=True)) for _ in range(4)]
    held(page, tape, places, points, 0.0)


def test_runs_over_arrays_in_both_directions_and_by_threes(page):
    tape = Tape()
    x = Traced(tape.add("input", "a"))
    grid = x * np.arange(1.0, 61.0) + 0.5
    summed, scaled = np.cumsum(grid), np.cumprod(1.0 / (200.0 + grid))
    parts = [grid[::-1] * grid, grid[::3] - grid[40:60], summed, scaled, grid[5] + np.exp(grid / 100.0)]
    places = [node.i for part in parts for node in part.nodes]
    table = program(tape.ops, {"n": places})
    assert len(table["m"]) < sum(table["m"]) / 10, "arrays are told in runs"
    held(page, tape, places, [{"a": a} for a in (-1.5, 0.0, 0.3, 2.0)], 1e-12)


def test_a_search_inside_a_search_finds_what_scipy_finds(page):
    search = roots.search(elementwise.find_root)
    tape = Tape()
    a = Traced(tape.add("input", "a"))

    def cube_root(of: Any) -> Any:
        return search(lambda x, of: x**3 - of, (0.0, 9.0), args=(of,)).x

    found = search(lambda y, a: np.exp(y) - cube_root(y + a), (-4.0, 4.0), args=(a,)).x
    place = found.nodes.item().i
    held(page, tape, [place], [{"a": a} for a in (4.0, 6.0, 8.5)], 1e-11)
    table = program(tape.ops, {"n": [place], "g": [], "t": []})
    [[none]] = page.evaluate(RUN, [table, [{"a": 5000.0}]])
    assert none is None or np.isnan(none), "without a change of sign there is no root"


def test_a_search_whose_end_is_the_answer_finds_it(page):
    tape = Tape()
    a = Traced(tape.add("input", "a"))
    searched = roots.search(elementwise.find_root)
    places = [searched(lambda x, a, to=to: to * (a - x), (0.0, 9.0), args=(a,)).x.nodes.item().i for to in (1.0, -1.0)]
    held(page, tape, places, [{"a": a} for a in (0.0, 3.0, 9.0)], 1e-12)


def three() -> tuple[Tape, list[Traced]]:
    tape = Tape()
    return tape, [Traced(tape.add("input", name)) for name in "abc"]


POINTS = [{"a": 0.5, "b": 1.2, "c": -3.0}, {"a": 9.0, "b": 2.0, "c": 4.0}, {"a": -20.0, "b": 2.0, "c": 2.5}]


def test_a_figure_at_other_values_of_its_inputs(page):
    tape, (a, b, c) = three()
    figure = (a - b) * (a - c) * np.exp(a * 0.1) + b
    there = along.at(figure, {"a": b * 2.0, "c": 1.0})
    parts = [along.at(figure, {"a": np.arange(5.0)}), there, along.at(there + a, {"b": c + 1.0}), figure - there]
    held(page, tape, [cell.i for part in parts for cell in part.nodes.ravel()], POINTS, 1e-12)


def test_where_a_figure_turns_along_an_input_and_how_often(page):
    tape, (a, b, c) = three()
    figure = (a - b) * (a - c) * np.exp(a * 0.1)
    ends = (-10.0, b + c + 20.0)
    parts = [along.searched(op, of, "a", *ends) for op in ("nearest", "turns") for of in (figure, np.exp(figure))]
    parts += [along.at(parts[0], {"b": 6.0}), parts[0] * 2.0, parts[1] + 1.0]
    places = [part.nodes.item().i for part in parts]
    held(page, tape, places, POINTS, 1e-11)
    table = json.loads(json.dumps(program(tape.ops, {"n": [*places, figure.nodes.item().i], "g": [], "t": []})))
    found = page.evaluate(
        "([table, point]) => shortcase.program(table)(point).n.map(Number.isFinite)", [table, POINTS[0]]
    )
    assert found == [False] * len(places) + [True], "what is searched for is nothing yet where all else is known"


def test_a_search_goes_on_where_another_case_was_asked_in_between(page):
    tape, (a, b, c) = three()
    places = [along.searched("nearest", (a - b) * (a - c), name, -9.0, 9.0).nodes.item().i for name in "abc"]
    table = json.loads(json.dumps(program(tape.ops, {"n": places, "g": [], "t": []})))
    between = """async ([table, point, other]) => {
      const run = shortcase.program(table);
      return (await run.rest(point, async () => run(other))).n;
    }"""
    assert page.evaluate(between, [table, *POINTS[:2]]) == pytest.approx([1.2, 0.5, 0.5])
    assert page.evaluate(between.replace("run(other)", "false").replace(").n", ")"), [table, *POINTS[:2]]) is None
