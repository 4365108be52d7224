"""Patient rules: boxes that are known come back, switches count no more than figures, chance leaves no rule."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from shortcase.case.thesis import patient_rules as rules
from shortcase.case.thesis import peels

INF = np.inf
COUNT, INPUTS = 4096, 6


def cube(seed: int) -> np.ndarray:
    return np.asarray(qmc.Sobol(INPUTS, rng=np.random.default_rng(seed)).random(COUNT))


def inside(x: np.ndarray) -> np.ndarray:
    """A box on two of six inputs, of 0.3 · 0.4 = 12 % of the cube."""
    found: np.ndarray = (x[:, 1] >= 0.7) & (x[:, 4] <= 0.4)
    return found


def test_a_known_box_is_found_by_its_two_inputs_and_near_its_edges() -> None:
    x, held = cube(1), cube(2)
    box, path = rules.shortest(x, inside(x), density=0.95, coverage=0.6)
    assert box.restricted == (1, 4)
    assert (box.low[1], box.high[4]) == (pytest.approx(0.7, abs=0.03), pytest.approx(0.4, abs=0.03))
    assert (box.high[1], box.low[4]) == (INF, -INF)
    judged = rules.measure(held, inside(held), box)
    assert judged.density > 0.93
    assert judged.coverage > 0.85
    assert path[0] == rules.everything(INPUTS)


def test_one_input_is_enough_where_the_density_asked_is_lower() -> None:
    """Of the cases with x ≥ 0.7 four tenths are inside; of those with x ≤ 0.4 three tenths."""
    x = cube(1)
    box, _ = rules.shortest(x, inside(x), density=0.35, coverage=0.9)
    assert box.restricted == (1,)


def test_each_box_of_a_peeling_lies_in_the_one_before_and_is_no_rarer() -> None:
    x = cube(3)
    path = rules.trajectory(x, inside(x))
    told = [rules.measure(x, inside(x), box) for box in path]
    for (before, one), (after, other) in zip(zip(path, told), zip(path[1:], told[1:])):  # noqa: B905
        assert (after.holds(x) <= before.holds(x)).all()
        assert other.density >= one.density
        assert other.coverage <= one.coverage
        assert 0.94 <= other.mass / one.mass < 1.0, "a peel takes a twentieth"
    assert told[-1].mass >= rules.LEAST_MASS


def test_measure_by_hand() -> None:
    x = np.array([[0.0], [1.0], [2.0], [3.0], [4.0]])
    found = rules.measure(x, np.array([True, False, True, True, False]), rules.Box((1.0,), (3.0,)))
    assert found == rules.Measure(coverage=2 / 3, density=2 / 3, mass=3 / 5)


def test_quasi_p_is_the_tail_of_a_binomial() -> None:
    """Twenty cases, half of interest; the ten above the bound all are: chance does that once in 2¹⁰."""
    x = np.arange(20.0)[:, None]
    found = rules.quasi_p_values(x, x[:, 0] >= 10.0, rules.Box((10.0,), (INF,)))
    assert found == {0: pytest.approx(0.5**10)}


def test_a_switch_that_says_nothing_is_not_preferred_to_a_figure_that_says_something() -> None:
    rng = np.random.default_rng(4)
    x = np.column_stack([rng.random(COUNT), rng.random(COUNT) < 0.5, rng.random(COUNT) < 0.02]).astype(float)
    y = rng.random(COUNT) < np.where(x[:, 0] > 0.5, 0.8, 0.2)
    box, _ = rules.shortest(x, y, density=0.75, coverage=0.5)
    assert box.restricted == (0,)


def test_a_switch_that_decides_is_found_and_named_by_its_value() -> None:
    rng = np.random.default_rng(5)
    x = np.column_stack([rng.random(COUNT), rng.random(COUNT) < 0.3]).astype(float)
    y = rng.random(COUNT) < np.where(x[:, 1] == 1.0, 0.9, 0.1)
    box, _ = rules.shortest(x, y, density=0.85, coverage=0.5)
    assert box.restricted == (1,)
    assert (box.low[1], box.high[1]) == (1.0, INF)


def test_what_is_fitted_to_chance_is_unmasked_by_cases_held_out() -> None:
    rng = np.random.default_rng(6)
    x, held = rng.random((400, INPUTS)), rng.random((4000, INPUTS))
    y, held_y = rng.random(400) < 0.3, rng.random(4000) < 0.3
    box = rules.trajectory(x, y)[-1]
    assert rules.measure(x, y, box).density > 0.5, "it looks like a rule where it was found"
    assert rules.measure(held, held_y, box).density == pytest.approx(0.3, abs=0.07)
    assert min(rules.quasi_p_values(held, held_y, box).values()) > 0.01, "chance would do as well"


def test_a_known_box_comes_again_on_every_half_of_the_cases() -> None:
    x = cube(10)
    assert rules.on_halves(x, inside(x), 0.9, 0.6, halves=12, seed=1) == [frozenset({1, 4})] * 12


def test_a_rule_fitted_to_chance_does_not_come_again() -> None:
    rng = np.random.default_rng(11)
    x, y = rng.random((800, INPUTS)), rng.random(800) < 0.3
    first = frozenset(rules.shortest(x, y, density=0.5, coverage=0.2)[0].restricted)
    assert first, "chance does make a rule"
    found = rules.on_halves(x, y, 0.5, 0.2, halves=12, seed=2)
    assert sum(inputs == first for inputs in found) <= 4
    assert len(set(found)) > 4, "now these inputs, now those"


def test_halves_are_as_their_seed_says_and_must_be_there() -> None:
    x = cube(12)[:512]
    y = inside(x)
    assert rules.on_halves(x, y, 0.6, 0.4, halves=3, seed=3) == rules.on_halves(x, y, 0.6, 0.4, halves=3, seed=3)
    assert rules.on_halves(x[:2], y[:2], 0.6, 0.4, halves=2, seed=3) == [frozenset(), frozenset()], "one case, no rule"
    with pytest.raises(ValueError, match="at least two and one"):
        rules.on_halves(x, y, 0.6, 0.4, halves=0, seed=3)
    with pytest.raises(ValueError, match="1 cases"):
        rules.on_halves(x[:1], y[:1], 0.6, 0.4, halves=1, seed=3)


def test_a_peel_takes_the_whole_outermost_value_of_an_input_with_few() -> None:
    """Of 80 cases 60 have no switch: a twentieth of them cannot be taken, so all of them are."""
    switch = np.repeat([0.0, 1.0], [60, 20])
    path = rules.trajectory(np.column_stack([switch, np.zeros(80)]), switch == 1.0)
    assert path == [rules.everything(2), rules.Box((1.0, -INF), (INF, INF))]


def test_a_peel_from_the_upper_end_takes_the_whole_outermost_value_too() -> None:
    switch = np.repeat([1.0, 0.0], [60, 20])
    path = rules.trajectory(np.column_stack([switch, np.zeros(80)]), switch == 0.0)
    assert path == [rules.everything(2), rules.Box((-INF, -INF), (0.0, INF))]


def test_pasting_makes_no_case_of_interest_rarer_and_no_box_smaller() -> None:
    x = cube(7)
    tight = rules.Box((-INF, 0.8, -INF, -INF, -INF, -INF), (INF, INF, INF, INF, 0.3, INF))
    loose = rules.pasted(x, inside(x), tight)
    assert rules.measure(x, inside(x), loose).density == 1.0
    assert rules.measure(x, inside(x), loose).coverage > 0.97
    assert (tight.holds(x) <= loose.holds(x)).all()


def test_sides_that_are_not_asked_for_are_not_peeled() -> None:
    x = cube(8)
    for box in rules.trajectory(x, inside(x), among=[(1, rules.LOW)]):
        assert set(box.restricted) <= {1}
        assert box.high[1] == INF


def test_nothing_of_interest_gives_no_rule() -> None:
    x = cube(9)
    for y in (np.zeros(COUNT, bool), np.ones(COUNT, bool)):
        box, _ = rules.shortest(x, y, density=0.9, coverage=0.5)
        assert box.restricted == ()


def test_pasting_by_hand_takes_the_nearest_cases_at_either_end() -> None:
    """Half of four cases is two more: from 4 down to 2. Then three more are not there, and all would be too many."""
    x = np.arange(8.0)[:, None]
    wide = rules.pasted(x, x[:, 0] >= 2.0, rules.Box((4.0,), (INF,)), paste=0.5)
    assert (wide.low, wide.high) == ((2.0,), (INF,))
    mirrored = rules.pasted(-x, x[:, 0] >= 2.0, rules.Box((-INF,), (-4.0,)), paste=0.5)
    assert (mirrored.low, mirrored.high) == ((-INF,), (-2.0,))


def test_the_last_peel_leaves_twenty_cases() -> None:
    """Of 21 one may go, and of the 20 that stay none."""
    x = np.arange(21.0)[:, None]
    assert rules.trajectory(x, x[:, 0] == 20.0) == [rules.everything(1), rules.Box((1.0,), (INF,))]


def test_a_peel_of_less_than_one_case_takes_the_outermost_one() -> None:
    row = np.array([0.0, 1.0, 2.0])
    assert (peels._lowest(row, 0), peels._but_the_highest(row, 2)) == (1, 2)
