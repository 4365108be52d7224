"""An input of the valuation of which something is left out is told by the check, each step by its own message."""

from __future__ import annotations

import pytest

from shortcase.case.parameters import registry
from shortcase.case.thesis.inputs import PARAMETERS
from shortcase.publish.check import valuation_inputs


def told(fields: tuple[str, ...] = PARAMETERS) -> list[str]:
    return [str(problem) for problem in valuation_inputs.problems(registry(), fields)]


def test_the_book_as_it_stands_is_whole() -> None:
    assert told() == []


def test_a_field_without_a_parameter_and_without_a_reader_is_told_twice() -> None:
    first, second = told((*PARAMETERS, "demand_grow"))
    assert "an input demand_grow, and there is no such parameter. To put it right: did you mean demand_growth?" in first
    assert "No formula of the valuation reads its input demand_grow" in second


@pytest.mark.parametrize(
    ("members", "how_many"), [((), "no"), (("demand_growth", "demand_growth"), "2")], ids=["none", "twice"]
)
def test_an_uncertain_input_stands_in_one_group(
    members: tuple[str, ...], how_many: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = {name: tuple(m for m in held if m != "demand_growth") for name, held in valuation_inputs.GROUPS.items()}
    monkeypatch.setattr(valuation_inputs, "GROUPS", {**rest, "other": members})
    (only,) = told()
    assert only.startswith("lib/shortcase/case/thesis/inputs.py:")
    assert f"The uncertain input demand_growth stands in {how_many} groups, not in one" in only


def test_a_group_that_names_no_input_is_told() -> None:
    (only,) = told(tuple(name for name in PARAMETERS if name != "exit_multiple"))
    assert "A group names exit_multiple, which is no input of the valuation" in only
