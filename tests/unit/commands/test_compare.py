"""What a comparison makes of two sides' figures: what flips, what moves, in which order, and how it is told."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from shortcase.commands.compare import differences, gate, report
from shortcase.commands.compare.causes import Cause, of_packages
from shortcase.commands.compare.comparison import Comparison, set_against
from shortcase.commands.compare.differences import Differences, Flip, Move
from shortcase.commands.compare.gathering import Gathered
from shortcase.errors import BadRequest, BuildFailed


def number(value: float, unit: str = "share", **more: Any) -> dict[str, Any]:
    row = {"value": value, "unit": unit, "digits": None, "label": "A figure", "chapter": "one", "function": "f"}
    return {**row, "part": None, **more}


def claim(verdict: str, weight: str = "main", **more: Any) -> dict[str, Any]:
    return {"verdict": verdict, "weight": weight, "paraphrase": "It is so.", "computed_text": "1", **more}


def test_verdicts_stand_in_the_order_of_what_hangs_on_them() -> None:
    old = {name: claim("holds", weight) for name, weight in (("a", "aside"), ("b", "support"), ("c", "main"))}
    new = {name: {**row, "verdict": "fails"} for name, row in old.items()}
    assert [flip.claim for flip in differences.flips(old, new)] == ["c", "b", "a"]


def test_the_other_side_of_a_turn_is_a_flip() -> None:
    old, new = claim("depends", side="holds"), claim("depends", side="fails")
    (flip,) = differences.flips({"a": old}, {"a": new})
    assert (flip.old, flip.new) == ("depends (here: holds)", "depends (here: fails)")
    assert differences.flips({"a": old}, {"a": dict(old)}) == []


def test_numbers_stand_in_the_order_of_the_digits_that_a_reader_sees_move() -> None:
    # 50% → 51% is one whole per cent, ten of the tenths that 55.3% prints; $3.00 trillion → $3.01 trillion is one step.
    old = {"a": number(3.00e12, "USD"), "b": number(0.553)}
    new = {"a": number(3.01e12, "USD"), "b": number(0.563)}
    moves, beneath, same = differences.moves(old, new)
    assert [(move.key, round(move.steps)) for move in moves] == [("b", 10), ("a", 1)]
    assert (beneath, same) == ([], 0)


def test_what_moves_beneath_the_printed_digits_is_named_and_not_shown() -> None:
    old = {"a": number(0.5530), "b": number(0.1)}
    moves, beneath, same = differences.moves(old, {"a": number(0.5531), "b": number(0.1)})
    assert (moves, beneath, same) == ([], ["a"], 1)


@pytest.mark.parametrize(
    ("value", "text", "step"),
    [(989.4e12, "989 TFLOP/s", 1e12), (0.079, "$0.079", 0.001), (1234.0, "1,234", 1.0), (3.29e24, "3.29 × 10²⁴", 1e22)],
)
def test_a_printed_step_is_one_of_the_last_digit(value: float, text: str, step: float) -> None:
    assert differences.printed_step(value, text) == pytest.approx(step, rel=1e-12)


def test_a_number_under_another_name_is_renamed_and_not_gone() -> None:
    old = {"a": number(0.5), "b": number(0.6)}
    come, gone, renamed = differences.names(old, {"c": number(0.5), "d": number(0.7)})
    assert (come, gone, renamed) == (["d"], ["b"], [("a", "c")])


def test_two_candidates_are_no_renaming() -> None:
    come, gone, renamed = differences.names({"a": number(0.5)}, {"c": number(0.5), "d": number(0.5)})
    assert (come, gone, renamed) == (["c", "d"], ["a"], [])


def test_another_version_of_a_package_is_told() -> None:
    (cause,) = of_packages({"numpy": "2.0", "scipy": "1.0"}, {"numpy": "2.1", "scipy": "1.0"})
    assert str(cause) == "package numpy 2.0 → 2.1"


def test_of_builds_without_sources_parameters_and_packages_are_the_causes() -> None:
    def built(value: float, rate: float, numpy: str) -> Gathered:
        numbers = {"a": {**number(value), "parameters": ["demand_elasticity"]}}
        return Gathered("x", numbers, {}, {"demand_elasticity": rate}, {"numpy": numpy}, None)

    (moved,) = set_against(built(0.5, 0.8, "2"), built(0.6, 1.0, "2")).moves
    assert [str(cause) for cause in moved.causes] == ["parameter demand_elasticity 0.8 → 1"]
    (moved,) = set_against(built(0.5, 0.8, "2"), built(0.6, 0.8, "3")).moves
    assert [str(cause) for cause in moved.causes] == ["package numpy 2 → 3"]
    (moved,) = set_against(built(0.5, 0.8, "2"), built(0.6, 0.8, "2")).moves
    assert moved.causes[0].kind == "unknown"


FLIP = Flip("a-b", "main", "It is | so <b>.", "holds", "fails", "1", "2", [Cause("fact", "t/r", "x 1 → 2")])
MOVE = Move("k", "one", "A figure", 0.5, 0.6, "50%", "60%", "share", 10.0, [Cause("formula", "model.f")])


def comparison(**more: Any) -> Comparison:
    told = Differences([FLIP], [MOVE], ["m"], 3, ["new"], ["gone"], [("old", "now")], {"page": "prose"})
    return Comparison("A", "B", told, **{"expected": {}, "verdicts": {"a-b": "fails"}, **more})


def test_text_names_everything_that_differs() -> None:
    text = report.as_text(comparison())
    for word in ("a-b (main): holds → fails", "fact t/r x 1 → 2", "k: 50% → 60%", "formula model.f", "New: new",
                 "Gone: gone", "old is now called now", "page: prose", "beneath what is printed: m"):  # fmt: skip
        assert word in text


def test_markdown_cannot_be_broken_by_what_a_claim_says() -> None:
    row = next(line for line in report.as_markdown(comparison()).splitlines() if "a-b" in line)
    assert row.count("|") == 7  # six bars of the row, and one that is written as a sign
    assert "&lt;b>" in row
    assert "not expected" in row


def test_csv_has_a_row_for_whatever_differs() -> None:
    rows = list(csv.DictReader(io.StringIO(report.as_csv(comparison()))))
    assert [row["kind"] for row in rows] == ["verdict", "number", "new", "gone", "beneath", "renamed", "text"]
    assert (rows[1]["old_value"], rows[1]["steps"], rows[1]["causes"]) == ("0.5", "10", "formula model.f")


def test_no_cell_of_the_csv_is_run_by_a_spreadsheet() -> None:
    found = comparison()
    hostile = replace(found, differences=replace(found.differences, appeared=["=1+1"], texts={"@page": "-said+"}))
    cells = [cell for row in csv.reader(io.StringIO(report.as_csv(hostile))) for cell in row]
    assert {"'=1+1", "'@page", "'-said+"} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "@")) or cell == "-said+"]


def test_json_says_what_nobody_expects() -> None:
    assert report.as_json(comparison())["unexpected"] == ["a-b"]
    assert report.as_json(comparison(expected={"a-b": "fails"}))["unexpected"] == []


def test_the_gate_lets_an_expected_flip_pass_and_stops_any_other() -> None:
    assert gate.hold(comparison(expected={"a-b": "fails"})) == 0
    with pytest.raises(BuildFailed, match="a-b: holds → fails"):
        gate.hold(comparison(expected={"a-b": "holds"}))
    with pytest.raises(BadRequest, match="not the documented case"):
        gate.hold(comparison(expected=None))
