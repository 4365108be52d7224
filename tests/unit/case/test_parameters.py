"""The registry is read strictly: each refusal says what, where and how to put it right."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.case.parameters import Parameter, as_written, registry, together
from shortcase.errors import BadFile, BadParameter

GOOD = """\
price:
  label: Price
  kind: float
  unit: USD
  value: 30000
  low: 25000
  high: 40000
  interval: judgement
  min: 1000
  max: 100000
  source: A price list
  date: "2025-01-25"
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "parameters.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_registry_is_read_with_its_lines(tmp_path: Path) -> None:
    price = registry(written(tmp_path, "# a comment\n" + GOOD))["price"]
    assert (price.value, price.low, price.line) == (30000.0, 25000.0, 2)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("  value: 30000\n", "  value: 30000\n  value: 31000\n", 6, "value stands twice"),
        ("  unit: USD\n", "\tunit: USD\n", 4, "tab"),
        ("  unit: USD\n", "  unit: [USD\n", 5, "Broken YAML"),
        ("  unit: USD\n", "  untt: USD\n", 4, "did you mean unit?"),
        ("  value: 30000\n", "  value: .nan\n", 5, "not a finite number"),
        ("  value: 30000\n", "  value: 300000\n", 5, "outside its bounds"),
        ("  value: 30000\n", "  value: many\n", 5, "takes a float, not 'many'"),
        ("  low: 25000\n", "  low: 45000\n", 1, "not inside its bounds, in order"),
        ("  interval: judgement\n", "", 1, "does not say what its range means"),
        ("  min: 1000\n", "", 1, "no hard bounds"),
        ("  min: 1000\n", "  min: .inf\n", 9, "not a finite number"),
        ("  label: Price\n", "  label: &a Price\n", 2, "Anchors"),
        ("price:\n", "Price:\n", 1, "cannot be a parameter's name"),
        ("price:\n", "class:\n", 1, "cannot be a parameter's name"),
        ("  label: Price\n", "  label: 3\n", 2, "label of price is 3, not words"),
        ("  kind: float\n", "  kind: [float]\n", 3, "kind of price is ['float'], not words"),
        ("  kind: float\n", "  kind: real\n", 1, "use one of float, int"),
        ("  kind: float\n", "  kind: str\n", 1, "can have no range"),
        ('  date: "2025-01-25"\n', "  date: January 2025\n", 12, "date of price is 'January 2025', not a date"),
        ("  source: A price list\n", "  source: A price list\n  choices: flat\n", 12, "no list of words"),
        ("  value: 30000\n", "  value: 30000\n  essay: 1\n", 6, "outside its bounds"),
        ("  source: A price list\n", "", 1, "does not say its source"),
        ("  value: 30000\n", "  value: !!python/object/new:os.system [ls]\n", 5, "is refused"),
    ],
)
def test_a_broken_registry_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int | None, words: str
) -> None:
    assert old in GOOD
    with pytest.raises((BadFile, BadParameter)) as caught:
        registry(written(tmp_path, GOOD.replace(old, new)))
    assert words in str(caught.value)
    place = f"parameters.yml:{line}:" if line else "parameters.yml:"
    assert place in str(caught.value)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "", "1,000", "0x10", True, None, [1]])
def test_what_is_not_a_finite_figure_is_refused(value: object) -> None:
    growth = Parameter("growth", "Growth", "float", "share", 0.5, "", "", min=0, max=2)
    with pytest.raises(BadParameter, match="growth"):
        growth.accept(value)


def test_whole_numbers_dates_words_and_switches_keep_their_type() -> None:
    assert Parameter("n", "", "int", "count", 1, "", "", min=0, max=9).accept("3") == 3
    assert Parameter("d", "", "date", "date", "2025-01-25", "", "").accept("2025-03-31") == "2025-03-31"
    assert Parameter("b", "", "bool", "text", True, "", "").accept("false") is False
    assert Parameter("w", "", "str", "text", "flat", "", "", choices=("flat", "ring")).accept("ring") == "ring"
    with pytest.raises(BadParameter, match=r"3\.5"):
        Parameter("n", "", "int", "count", 1, "", "", min=0, max=9).accept("3.5")
    with pytest.raises(BadParameter, match="did you mean ring"):
        Parameter("w", "", "str", "text", "flat", "", "", choices=("flat", "ring")).accept("rings")
    with pytest.raises(BadParameter, match="date"):
        Parameter("d", "", "date", "date", "2025-01-25", "", "").accept("2025-02-30")


def test_values_that_are_senseless_together_are_refused_by_name() -> None:
    documented = {name: p.value for name, p in as_written().items()}
    together(documented)
    together(documented | {"long_run_growth": 0.03, "equity_discount_rate": 0.04})
    with pytest.raises(BadParameter, match=r"long_run_growth is 0\.0399 and .* 0\.04: closer than 0\.01"):
        together(documented | {"long_run_growth": 0.0399, "equity_discount_rate": 0.04})
    with pytest.raises(BadParameter, match="plain_right"):
        together(documented | {"plain_right": 0.9, "most_right": 0.8})


def test_every_parameter_that_stays_below_another_names_one_and_does_so() -> None:
    known = as_written()
    kept = [p for p in known.values() if p.below is not None]
    assert {p.name for p in kept} >= {"long_run_growth", "plain_right", "other_segments_margin"}
    assert all(p.below in known and p.gap > 0.0 for p in kept)
