"""What decides: the rules hold on cases that did not find them, and agree with what is drawn elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.case import thesis
from shortcase.case.thesis import deciding, patient_rules
from shortcase.case.thesis.answer import drawn

DAY = "2025-01-25"


@pytest.fixture(scope="module")
def case() -> thesis.Inputs:
    return thesis.case(DAY, {})


def test_as_many_cases_are_dear_as_in_the_distribution(case: thesis.Inputs) -> None:
    """Another sequence and fewer draws: within four standard errors of a share of 4,096 independent cases."""
    chance = drawn(case).chance_price_above
    error = np.sqrt(chance * (1.0 - chance) / deciding.DRAWS)
    assert deciding.rule(case, deciding.DEAR).all_cases == pytest.approx(chance, abs=4.0 * error)


@pytest.mark.parametrize("finding", [deciding.DEAR, deciding.CHEAP])
def test_a_rule_leaves_few_exceptions_on_cases_that_did_not_find_it(case: thesis.Inputs, finding: str) -> None:
    found = deciding.rule(case, finding)
    assert 1.0 - found.density < (deciding.EXCEPTIONS + 0.1) * (1.0 - found.all_cases)
    assert found.coverage > deciding.COVERED - 0.05
    assert all(one.quasi_p < 0.01 for one in found.conditions)
    assert found.density == pytest.approx(found.density_found, abs=0.05), "it is fitted to what found it"


def test_the_text_names_the_inputs_that_are_found(case: thesis.Inputs) -> None:
    assert deciding.names_these(case) == 1
    assert deciding.bound(case, deciding.DEAR, "ai_output_share") < 0.05
    assert deciding.density(case, deciding.DEAR) > deciding.rule(case, deciding.DEAR).all_cases


def test_the_bounds_in_the_text_are_the_rule_on_the_drawn_cases(case: thesis.Inputs) -> None:
    held = deciding.drawn(case, deciding.JUDGE)
    growth = held.x[:, held.names.index("demand_growth")] >= deciding.bound(case, deciding.CHEAP, "demand_growth")
    paid = held.x[:, held.names.index("ai_output_share")] >= deciding.bound(case, deciding.CHEAP, "ai_output_share")
    inside = growth & paid
    assert deciding.density(case, deciding.CHEAP) == pytest.approx(float((~held.dear[inside]).mean()))
    assert deciding.coverage(case, deciding.CHEAP) == pytest.approx(float(inside[~held.dear].mean()))


def test_where_nothing_can_be_cheap_there_is_no_rule_and_no_error(case: thesis.Inputs) -> None:
    dear = case.with_(start=thesis.start(thesis.known(DAY)).__class__(**{**vars(case.start), "price_usd": 1e6}))
    assert deciding.rule(dear, deciding.DEAR).conditions == ()
    assert deciding.rule(dear, deciding.CHEAP).density == 0.0
    assert deciding.density(dear, deciding.DEAR) == 1.0
    assert np.isfinite(deciding.bound(dear, deciding.CHEAP, "demand_growth"))


@pytest.mark.parametrize("finding", [deciding.DEAR, deciding.CHEAP])
def test_each_rule_comes_again_on_most_halves_of_its_cases(case: thesis.Inputs, finding: str) -> None:
    found = deciding.resampled(case, finding)
    assert found.halves == deciding.HALVES
    assert found.same > 0.5, "by which cases were drawn the rule would be another"
    assert found.same == deciding.comes_again(case, finding), "the text names the inputs of the rule"
    named = [found.named[one.name] for one in deciding.rule(case, finding).conditions]
    assert found.same <= min(named) <= 1.0
    assert list(found.named.values()) == sorted(found.named.values(), reverse=True)


def test_what_is_bought_with_coverage_begins_with_all_cases(case: thesis.Inputs) -> None:
    first = deciding.trade_off(case, deciding.DEAR)[0]
    assert first == (0, 1.0, deciding.rule(case, deciding.DEAR).all_cases)
    assert patient_rules.everything(2).restricted == ()


def test_the_density_that_is_asked_leaves_four_tenths_of_the_exceptions() -> None:
    """Of four cases one is of interest: three are exceptions, and 0.4 · 3/4 = 0.3 may stay."""
    assert deciding._wanted(np.array([True, False, False, False])) == pytest.approx(0.7)


def test_a_rule_is_asked_to_hold_four_tenths_of_its_cases(case: thesis.Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def watched(x: np.ndarray, y: np.ndarray, density: float, coverage: float) -> object:
        asked.append(coverage)
        return patient_rules.everything(x.shape[1]), ()

    monkeypatch.setattr(patient_rules, "shortest", watched)
    deciding.rule.__wrapped__(case, deciding.DEAR)
    assert asked == [0.4]
