"""How expectations are tested: the cases, the verdict on each kind, the smallest case in which one fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from shortcase.case.expectations import Expectation
from shortcase.case.parameters import Parameter, as_written
from shortcase.case.thesis import chain
from shortcase.commands.expect import cases, expression, judge, report
from shortcase.commands.expect.outputs import Outputs
from shortcase.errors import BadSource
from shortcase.yaml_lines import Lined


def expectation(**said: Any) -> Expectation:
    return Expectation("one", "It is so.", "So.", "the_fallout", **{"of": "y", **said})


class Made(Outputs):
    """Outputs that a test makes: each a function of a case."""

    def __init__(self, inputs: Sequence[str], **functions: Any) -> None:
        super().__init__(book=SimpleNamespace(codes={}))  # type: ignore[arg-type]
        self.reads, self.functions = inputs, functions

    def known(self, name: str, where: str) -> None:  # noqa: ARG002 - as the outputs of a book have it
        assert name in self.functions or name in as_written()

    def inputs(self, names: Sequence[str]) -> list[Parameter]:  # noqa: ARG002 - as above
        return [as_written()[name] for name in self.reads]

    def values(self, names: Sequence[str], cases: Sequence[Mapping[str, Any]]) -> dict[str, np.ndarray]:
        whole = [{**self.documented, **case} for case in cases]
        read = {name: self.functions.get(name, lambda case, name=name: case[name]) for name in names}
        return {name: np.array([float(read[name](case)) for case in whole]) for name in names}


INPUTS = ("demand_elasticity", "demand_growth")


def outcome(y: Any, **said: Any) -> judge.Outcome:
    return judge.judge(expectation(**said), Made(INPUTS, y=y))


def test_what_moves_as_it_should_passes_and_what_does_not_fails() -> None:
    rising = {"rises_with": "demand_growth"}
    assert outcome(lambda case: case["demand_growth"], **rising).outcome == judge.PASSED
    assert outcome(lambda case: -case["demand_growth"], **rising).outcome == judge.FAILED
    assert outcome(lambda _: 1.0, **rising).outcome == judge.FAILED
    assert outcome(lambda _: 1.0, never_falls_with="demand_growth").outcome == judge.PASSED
    assert outcome(lambda case: (case["demand_growth"] - 1.0) ** 2, **rising).outcome == judge.FAILED


def test_what_is_no_figure_fails() -> None:
    assert outcome(lambda _: np.nan, within=[0, 1]).outcome == judge.FAILED
    assert outcome(lambda _: np.inf, rises_with="demand_growth").outcome == judge.FAILED


def test_equal_within_the_tolerance_and_not_beyond() -> None:
    assert outcome(lambda _: 1.0 + 5e-10, equals="1").outcome == judge.PASSED
    assert outcome(lambda _: 1.0 + 5e-9, equals="1").outcome == judge.FAILED
    assert outcome(lambda _: 1.01, equals="1", tolerance=0.02).outcome == judge.PASSED


def test_parts_are_summed() -> None:
    whole = expectation(of="", parts=("demand_elasticity", "2 * demand_elasticity"), sums_to="3 * demand_elasticity")
    assert judge.judge(whole, Made(INPUTS)).outcome == judge.PASSED


def test_the_smallest_counterexample_holds_only_what_it_needs() -> None:
    # Fails wherever the growth is high, whatever the elasticity: of a matrix of both, the growth alone is told.
    high = as_written()["demand_growth"].high
    found = outcome(lambda case: float(case["demand_growth"] < high), equals="1", over=("matrix",))
    assert found.outcome == judge.FAILED
    assert found.counterexample == {"demand_growth": high}
    assert "in 2 of 4 cases" in found.told


def test_what_an_output_raises_is_an_error_and_not_a_pass() -> None:
    def y(_: Any) -> float:
        raise ZeroDivisionError("no room")

    found = outcome(y, equals="1")
    assert (found.outcome, found.told) == (judge.ERROR, "ZeroDivisionError: no room")
    assert report.failed([found])


def test_cases_that_make_no_sense_are_not_run() -> None:
    fixed = Lined({"long_run_growth": 0.06, "equity_discount_rate": 0.05}, {})
    assert outcome(lambda _: 1.0, equals="1", at=fixed).outcome == judge.NOT_RUN


def test_an_input_that_nothing_rests_on_is_refused() -> None:
    found = outcome(lambda _: 1.0, rises_with="passes_over_text")
    assert found.outcome == judge.ERROR
    assert "does not rest on" in found.told


def test_a_matrix_holds_every_pair_in_each_of_its_four_combinations() -> None:
    ranged = [p for p in as_written().values() if p.low is not None][:11]
    rows = list(cases.matrix(ranged, 0))
    for one, other in combinations(ranged, 2):
        seen = {(row[one.name], row[other.name]) for row in rows}
        assert len(seen) == 4, (one.name, other.name)
    assert len(rows) < 2**11


def test_draws_are_the_same_at_every_run_and_inside_the_ranges() -> None:
    first = list(cases.draws([], 3))
    cases._drawn.cache_clear()
    assert list(cases.draws([], 3)) == first
    for case in first:
        for name, value in case.items():
            p = as_written()[name]
            assert p.low is not None
            assert p.high is not None
            assert p.low <= value <= p.high


@pytest.mark.parametrize("text", ["__import__('os')", "a.b.c", "a if b else c", "f(x)", "[1]", "'a'", "a <"])
def test_what_is_no_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(BadSource):
        expression.parse(text)


def test_the_valuation_answers_all_cases_at_once_as_it_answers_each() -> None:
    outputs = Outputs(SimpleNamespace(codes={}))  # type: ignore[arg-type]
    some = cases.made(["documented", "scenarios", "draws"], [], 4, {})
    at_once = outputs.values(["thesis.value", "thesis.value_probability_weighted"], some)
    for place, case in enumerate(some):
        alone = outputs.values(["thesis.value", "thesis.value_probability_weighted"], [case])
        for name, value in alone.items():
            assert at_once[name][place] == pytest.approx(value[0], rel=1e-9)


def test_a_broken_formula_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = Outputs(SimpleNamespace(codes={}))  # type: ignore[arg-type]
    sound = expectation(of="thesis.value", falls_with="equity_discount_rate", across="range", over=("documented",))
    assert judge.judge(sound, outputs).outcome == judge.PASSED
    monkeypatch.setattr(chain.dcf, "discount_factor", lambda rate, year, early=0.0: (1.0 + rate) ** (year - early))
    assert judge.judge(sound, outputs).outcome == judge.FAILED
