"""A formula of the thesis at a case that differs in few inputs is that of the reader's case, these let."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from shortcase.case import thesis
from shortcase.case.parameters import registry
from shortcase.case.thesis import choices, thresholds, weighing
from shortcase.case.thesis.chain import valuation
from shortcase.case.thesis.inputs import PARAMETERS, Inputs
from shortcase.model.probability import copula
from shortcase.publish.live import stand_ins, varied
from shortcase.show.live.replay import Player
from shortcase.show.live.tape import Untraceable
from shortcase.show.live.trace import trace_inputs

VALUES = {name: float(registry()[name].value) for name in PARAMETERS}
MOVED = VALUES | {"demand_growth": 0.8, "equity_discount_rate": 0.09, "customers_chance": 0.2}


def plain(values: dict[str, float]) -> Inputs:
    return thesis.inputs(thesis.start(thesis.known(str(registry()["as_of"].value))), values)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Inputs:
    """The reader's case, on a tape; a copula has as many places as the top of the range wants."""
    monkeypatch.setattr(copula, "nodes_for", stand_ins._nodes(copula.nodes_for))
    return plain(VALUES).with_(**trace_inputs(*PARAMETERS))


def told(found: Any) -> np.ndarray:
    cells = [cell.i for cell in found.nodes.ravel()]
    return Player(found.nodes.ravel()[0].tape.ops, cells)(MOVED)[cells]


def kinds(found: Any) -> Counter[str]:
    return Counter(row[0] for row in found.nodes.ravel()[0].tape.ops)


def test_a_case_at_another_rate_is_the_same_figure_with_the_rate_let(reader: Inputs) -> None:
    changed = choices.at_beta(reader, 1.5, 0.04, 0.05)
    found = varied.varied(valuation, valuation, (changed,), {}).value_per_share
    assert told(found) == pytest.approx(valuation(choices.at_beta(plain(MOVED), 1.5, 0.04, 0.05)).value_per_share)
    valuation(reader)
    before = kinds(found)
    assert before["at"] > 0
    again = varied.varied(valuation, valuation, (choices.at_beta(reader, 1.9, 0.04, 0.05),), {}).value_per_share
    assert (kinds(again) - before).keys() == {"let", "at"}, "nothing of the chain stands there twice"


def test_a_map_over_two_inputs_is_one_figure_with_both_let(reader: Inputs) -> None:
    names = {"demand_growth": np.array([0.3, 0.6, 0.9]), "ai_output_share": np.array([0.01, 0.02, 0.04])}
    formula = weighing.probability_weighted
    found = varied.varied(formula, formula, (reader.with_(**names),), {})
    assert told(found) == pytest.approx(formula(plain(MOVED).with_(**names)))
    assert kinds(found)["at"] == 3


def test_what_else_comes_from_a_parameter_is_not_let_with_it(reader: Inputs) -> None:
    threats = (reader.equity_discount_rate, 0.0, 0.0, 0.0, 0.0)
    changed = reader.with_(equity_discount_rate=0.12)
    found = varied.varied(valuation, valuation, (changed, threats), {}).value_per_share
    here = plain(MOVED).with_(equity_discount_rate=0.12)
    assert told(found) == pytest.approx(valuation(here, (0.09, 0.0, 0.0, 0.0, 0.0)).value_per_share)
    assert kinds(found)["at"] == 0


@pytest.mark.parametrize("name", ["equity_discount_rate", "ai_output_share", "demand_growth", "expenses_scale"])
def test_a_search_on_the_tape_finds_what_the_thesis_finds(reader: Inputs, name: str) -> None:
    for on_tape, formula in ((varied.flip_at, thresholds.flip_at), (varied.flip_count, thresholds.flip_count)):
        assert told(on_tape(reader, "dear", name)) == pytest.approx(formula(plain(MOVED), "dear", name), rel=1e-9)


def test_a_search_along_an_input_of_another_case_is_refused(reader: Inputs) -> None:
    with pytest.raises(Untraceable, match="not the reader's own"):
        varied.flip_at(reader.with_(demand_growth=reader.demand_growth * 2.0), "dear", "ai_output_share")
