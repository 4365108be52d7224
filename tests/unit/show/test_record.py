"""A record is what was computed, or nothing."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from shortcase.case.claims import Rule, ledger
from shortcase.case.parameters import registry
from shortcase.errors import BadRecord, BadRequest
from shortcase.model import arithmetic
from shortcase.show import record
from shortcase.show.record import MIME, claim, equation, number


@dataclass(frozen=True)
class Square:
    side_mm: float
    area_mm2: float


def area(side_mm: float) -> float:
    """Area of a square die.

    Equation: A = s²,
    with s the side

    Source: Euclid.
    """
    return side_mm**2


def square(side_mm: float) -> Square:
    """A square die.

    Equation: A = s²
    """
    return Square(side_mm, side_mm**2)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = []
    monkeypatch.setattr(record, "display", lambda bundle, **_: seen.append(bundle[MIME]))
    return seen


def test_a_number_is_computed_by_the_formula_that_its_trace_names(shown: list[dict[str, Any]]) -> None:
    assert number("wafer_area", "mm2", area, side_mm=215.0) == 46225.0
    (told,) = shown
    assert told["value"] == 46225.0
    assert told["formula"] == "A = s², with s the side"
    assert told["label"] == "Area of a square die"
    assert told["inputs"] == [{"name": "side_mm", "text": "215"}]
    assert told["function"].endswith(".area")


def test_a_part_of_a_result_can_be_recorded(shown: list[dict[str, Any]]) -> None:
    assert number("a", "mm2", square, part="area_mm2", side_mm=2.0) == 4.0
    assert number("b", "mm2", area, part=1, side_mm=np.array([1.0, 3.0])) == 9.0
    assert [r["part"] for r in shown] == ["area_mm2", 1]


@pytest.mark.parametrize("side", [np.float64(215.0), np.float32(215.0), np.int64(215), np.array(215.0), 215])
def test_a_scalar_of_numpy_is_recorded_as_a_plain_figure(shown: list[dict[str, Any]], side: Any) -> None:
    assert type(number("a", "mm2", area, side_mm=side)) is float
    assert json.loads(json.dumps(shown))[0]["value"] == 46225.0
    assert shown[0]["inputs"] == [{"name": "side_mm", "text": "215"}]


def test_a_claim_that_turns_at_the_very_value_says_so(shown: list[dict[str, Any]]) -> None:
    (condition, *_) = (c.id for c in ledger().values() if c.rule is Rule.TRUE)
    p = next(p for p in registry().values() if p.low is not None and p.low < float(p.value) < (p.high or 0.0))
    claim(condition, computed=True, turns_on=p.name, recompute=lambda x: x >= float(p.value))
    assert shown[0]["distance_text"] == "the value taken itself"


def test_a_condition_of_numpy_stays_a_condition(shown: list[dict[str, Any]]) -> None:
    (condition, *_) = (c.id for c in ledger().values() if c.rule is Rule.TRUE)
    (name, low, high) = next((p.name, p.low, p.high) for p in registry().values() if p.low is not None)
    assert claim(condition, np.bool_(True)) == "holds"
    middle = (low + high) / 2
    found = claim(condition, np.bool_(False), turns_on=name, recompute=lambda x: np.float64(x) > middle)
    assert found == "depends"
    assert [r["computed_text"] for r in shown] == ["yes", "no"]
    assert shown[1]["threshold"] == pytest.approx(middle)
    value = float(registry()[name].value)
    assert shown[1]["side"] == "fails"
    assert shown[1]["distance"] == pytest.approx(middle - value)
    assert shown[1]["distance_text"].endswith("above the value taken" if middle > value else "below the value taken")
    assert shown[0]["side"] is None
    json.dumps(shown)


def test_what_answers_no_claim_is_refused(shown: list[dict[str, Any]]) -> None:
    with pytest.raises(BadRecord, match="not one figure"):
        claim("hw-wse3-area", np.array([1.0, 2.0]))
    with pytest.raises(BadRecord, match="is nan"):
        claim("hw-wse3-area", float("nan"))
    with pytest.raises(BadRecord, match="decided by a figure"):
        claim("hw-wse3-area", True)
    with pytest.raises(BadRecord, match="both turns_on and recompute"):
        claim("hw-wse3-area", 1.0, turns_on="as_of")
    with pytest.raises(BadRequest, match="did you mean hw-wse3-area"):
        claim("hw-wse3-are", 1.0)
    assert shown == []


def test_a_part_named_like_a_method_is_the_key() -> None:
    def counted(n: int) -> dict[str, int]:
        """Counts.

        Equation: n
        """
        return {"items": n}

    assert number("a", "count", counted, part="items", n=3) == 3.0


def _without_equation(side_mm: float) -> float:
    """A square."""
    return side_mm


def words(n: int) -> str:
    """Words.

    Equation: n
    """
    return str(n)


def test_what_cannot_be_shown_is_refused(shown: list[dict[str, Any]]) -> None:
    with pytest.raises(BadRecord, match="states no equation"):
        number("a", "mm2", _without_equation, side_mm=1.0)
    with pytest.raises(BadRecord, match="is inf"):
        number("a", "mm2", area, side_mm=float("inf"))
    with pytest.raises(BadRecord, match="not one figure"):
        number("a", "mm2", area, side_mm=np.array([1.0, 2.0]))
    with pytest.raises(BadRecord, match="not one figure"):
        number("a", "mm2", area, side_mm=np.array([1.0]))
    with pytest.raises(BadRecord, match="not one figure"):
        number("a", "mm2", words, n=1)
    with pytest.raises(BadRecord, match="no unit"):
        number("a", "acres", area, side_mm=1.0)
    with pytest.raises(BadRecord, match="cannot name a number"):
        number("A b", "mm2", area, side_mm=1.0)
    with pytest.raises(BadRecord, match="no part"):
        number("a", "mm2", square, part="volume", side_mm=1.0)
    assert shown == []


def test_a_claim_is_recorded_with_its_verdict(shown: list[dict[str, Any]]) -> None:
    assert claim("hw-wse3-area", area(215.0)) == "holds"
    assert shown[0]["verdict"] == "holds"
    assert shown[0]["computed_text"] == "46,225\u00a0mm²"


def test_inputs_are_told_flat_and_short(shown: list[dict[str, Any]]) -> None:
    def total(die: Square, sides: np.ndarray) -> float:
        """Sum.

        Equation: Σ
        """
        return die.area_mm2 + float(sides.sum())

    number("a", "mm2", total, die=Square(2.0, 4.0), sides=np.arange(9.0))

    def told(**inputs: object) -> float:
        """One.

        Equation: 1
        """
        return float(len(inputs))

    day = dt.date(2025, 1, 25)
    number("b", "count", told, on=np.bool_(True), day=day, of={"x": 671e9}, pair=(1, 2.5), none=None, by=area)
    assert [(i["name"], i["text"]) for i in shown[1]["inputs"]] == [
        ("on", "True"), ("day", "2025-01-25"), ("of.x", "671\u00a0billion"),
        ("pair", "1, 2.5"), ("none", "None"), ("by", "area"),
    ]  # fmt: skip
    assert shown[0]["inputs"] == [
        {"name": "die.side_mm", "text": "2"},
        {"name": "die.area_mm2", "text": "4"},
        {"name": "sides", "text": "9 values"},
    ]
    assert equation(area) == "A = s², with s the side"


def test_a_caller_names_the_inputs_of_plain_arithmetic(shown: list[dict[str, Any]]) -> None:
    number("tax_rate", "share", arithmetic.share, words=("tax", "income before tax"), amount=21.0, whole=140.0)
    assert shown[0]["formula"] == "tax / income before tax"
    assert shown[0]["inputs"] == [{"name": "tax", "text": "21"}, {"name": "income before tax", "text": "140"}]


def test_a_word_that_names_another_input_is_not_replaced_in_turn(shown: list[dict[str, Any]]) -> None:
    number("a", "share", arithmetic.share, words=("whole", "amount of all"), amount=1.0, whole=2.0)
    assert shown[0]["formula"] == "whole / amount of all"


@pytest.mark.parametrize("given", [("tax",), ("tax", "tax"), ("tax", "income", "more"), "ab"])
def test_there_is_one_word_for_each_input(shown: list[dict[str, Any]], given: Any) -> None:
    with pytest.raises(BadRecord, match="give one word for each input"):
        number("tax_rate", "share", arithmetic.share, words=given, amount=21.0, whole=140.0)
    assert shown == []
