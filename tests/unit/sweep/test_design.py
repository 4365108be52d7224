"""Designs: what a sweep computes, and what is refused before it begins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from shortcase.case import parameters, scenarios
from shortcase.errors import ShortcaseError
from shortcase.publish.request import Request, chosen
from shortcase.sweep.design import Points, points


def made(over: Sequence[str] = (), design: str | None = None, seed: int = 1) -> Points:
    return points(chosen(Request()), over, design, seed)


def test_a_grid_takes_every_pair_and_the_last_axis_runs_first() -> None:
    found = made(["demand_growth=0.2:0.4:3", "demand_elasticity=0.5,1.5"])
    assert [tuple(found.moved(i).values()) for i in range(len(found))] == [
        (0.2, 0.5), (0.2, 1.5), (0.3, 0.5), (0.3, 1.5), (0.4, 0.5), (0.4, 1.5),
    ]  # fmt: skip
    assert found.point(4)["demand_growth"] == 0.4
    assert found.point(4)["equity_discount_rate"] == parameters.value("equity_discount_rate")


def test_steps_of_a_tenth_are_tenths() -> None:
    assert made(["demand_elasticity=0.1:1.5:15"]).columns["demand_elasticity"].tolist()[7:11] == [0.8, 0.9, 1.0, 1.1]


def test_a_sobol_sample_is_balanced_and_the_seed_decides_it() -> None:
    one, other = (made(["demand_growth=0.5:1.5", "software_chance"], "sobol:256", seed) for seed in (1, 2))
    p = parameters.find("software_chance")
    for name, (low, high) in {"demand_growth": (0.5, 1.5), "software_chance": (p.low, p.high)}.items():
        column = one.columns[name]
        cells = np.floor((column - low) / (high - low) * 256).astype(int)
        assert sorted(cells) == list(range(256)), "each of 256 equal cells holds one point"
    assert not np.array_equal(one.columns["demand_growth"], other.columns["demand_growth"])
    again = made(["demand_growth=0.5:1.5", "software_chance"], "sobol:256", 1)
    assert np.array_equal(one.columns["demand_growth"], again.columns["demand_growth"])


def test_a_latin_hypercube_has_one_point_in_each_row() -> None:
    column = made(["demand_growth=0.5:1.5"], "lhs:10").columns["demand_growth"]
    assert sorted(np.floor(column * 10 - 5)) == list(range(10))


def test_a_sample_of_nothing_in_particular_takes_every_range_that_the_valuation_states() -> None:
    found = made(design="lhs:4")
    assert {"demand_growth", "software_chance"} <= found.columns.keys()
    assert all(p.low <= found.columns[n].min() for n in found.columns if (p := parameters.find(n)).low is not None)


def test_every_scenario_is_a_point_as_its_file_says() -> None:
    found = made(design="scenarios")
    assert set(found.named) == {n for n in scenarios.names() if not scenarios.read_scenario(n).looks_ahead}
    for number, name in enumerate(found.named):
        assert found.point(number) == scenarios.read_scenario(name).values()


def test_points_that_share_their_words_are_one_group() -> None:
    found = made(["as_of=2025-01-25,2025-03-31", "demand_growth=0.2:0.4:3"])
    groups = {shared["as_of"]: places.tolist() for shared, places in found.groups()}
    assert groups == {"2025-01-25": [0, 1, 2], "2025-03-31": [3, 4, 5]}


def test_values_that_are_senseless_together_are_told_and_stop_nothing() -> None:
    found = made(["long_run_growth=0.02,0.05", "equity_discount_rate=0.055,0.1"])
    assert list(found.senseless) == [2]
    assert "closer than" in found.senseless[2]


@pytest.mark.parametrize(
    ("over", "design", "told"),
    [
        ([], None, "sweeps over nothing"),
        (["demand_grwth=0:1:3"], None, "did you mean demand_growth"),
        (["demand_growth=0:9:3"], None, "outside its bounds"),
        (["demand_growth=0.4:0.2:3"], None, "lower end first"),
        (["demand_growth=0.2:0.4"], None, "LOW:HIGH:N"),
        (["demand_growth=0.2:0.4:1"], None, "no two points"),
        (["demand_growth"], None, "names no values"),
        (["demand_growth=0.2,0.3", "demand_growth=0.4"], None, "swept over twice"),
        (["as_of=2025-01-25,yesterday"], None, "takes a date"),
        (["demand_growth=0.1:0.9:30000000"], None, "at most"),
        (["demand_growth"], "sobol:100", "sobol:64 or sobol:128"),
        (["demand_growth=0.2:0.4:3"], "lhs:9", "LOW:HIGH"),
        (["as_of"], "lhs:9", "there is no range"),
        (["demand_growth"], "scenarios", "leave out --over"),
        ([], "halton:12", "no design"),
        ([], "missing.csv", "no file"),
    ],
)
def test_what_cannot_be_swept_is_refused_with_what_would_do(over: list[str], design: str | None, told: str) -> None:
    with pytest.raises(ShortcaseError) as refused:
        made(over, design)
    assert told in str(refused.value)
    assert refused.value.exit_code == 2


def test_a_file_of_points_is_read_and_a_wrong_cell_named_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_text("demand_growth,as_of\n0.3,2025-01-25\n0.4,2025-03-31\n", encoding="utf-8")
    found = made(design=str(file))
    assert found.moved(1) == {"demand_growth": 0.4, "as_of": "2025-03-31"}
    for wrong, told in {
        "0.3,2025-01-25\n7,2025-01-25": ":3: demand_growth is 7",
        "0.3": ":2: The row has 1 cells",
    }.items():
        file.write_text(f"demand_growth,as_of\n{wrong}\n", encoding="utf-8")
        with pytest.raises(ShortcaseError, match=told):
            made(design=str(file))
