from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.special import erf

from shortcase.show.live import Untraceable, evaluate, parity, trace, trace_inputs


@dataclass(frozen=True)
class Shock:
    saving: float
    elasticity: float


@dataclass(frozen=True)
class Valuation:
    value: object
    flows: object


def dcf(*, growth: float, fade: float, margin: float, discount: float, shock: Shock, years: int) -> Valuation:
    """All that the chapters' formulas do: fading growth, a shock, a floor, a terminal value."""
    t = np.arange(years)
    g = np.asarray(fade)[..., None] if isinstance(fade, float) else np.expand_dims(fade, -1)
    growth_t = np.expand_dims(growth, -1) * g**t
    sales = np.cumprod(1 + growth_t, axis=-1) * np.expand_dims(
        np.exp(-shock.elasticity * np.log(shock.saving)) * np.where(shock.saving > 2, 0.9, 1.0), -1
    )
    flows = np.maximum(sales * np.expand_dims(margin, -1) - 0.1, 0.0)
    factors = (1 + np.expand_dims(discount, -1)) ** -(t + 1.0)
    value = np.sum(flows * factors, axis=-1) + flows[..., -1] / np.maximum(discount - 0.02, 0.01)
    return Valuation(value=value, flows=flows)


def test_a_whole_valuation_is_the_same_with_figures_draws_and_a_trace():
    inputs = {"growth": 0.3, "fade": 0.8, "margin": 0.5, "discount": 0.1, "shock": Shock(2.2, 0.8), "years": 10}
    assert parity(dcf, **inputs) < 1e-12


def test_parity_sees_a_formula_that_computes_something_else_when_traced():
    def two_faced(*, x: float) -> object:
        return x * 2 if isinstance(x, (float, np.ndarray)) else x * 2.0001

    assert parity(two_faced, x=3.0) == pytest.approx(5e-5, rel=1e-2)


@pytest.mark.parametrize(
    "formula",
    [
        np.sqrt, np.square, np.reciprocal, np.log2, np.log10, np.exp2, np.expm1, np.log1p, np.floor, np.ceil, np.abs,
        lambda x: x**0.5, lambda x: 2**x, lambda x: -x, lambda x: 1 / x, lambda x: np.clip(x, 0.5, 0.6),
        lambda x: np.clip(x, None, 0.5), lambda x: np.where((x > 0.4) & ~(x > 0.5) | (x < 0.3), x, 0),
        lambda x: np.select([x > 0.5, x > 0.4], [x * 3, x * 2], default=x),
        lambda x: np.prod(np.stack([1 - x, 1 - x / 2, 1 - x / 3], axis=-1), axis=-1),
        lambda x: np.max(np.stack([x, 1 - x], axis=-1), axis=-1), lambda x: sum([x, x, 1.0]),
        lambda x: np.mean(np.stack([x, x**2], axis=-1), axis=-1), lambda x: np.zeros_like(x) + x,
        lambda x: np.moveaxis(np.linspace(x, 2.0, 7), 0, -1), lambda x: np.moveaxis(np.linspace(x, 2.0, 1), 0, -1),
        lambda x: np.moveaxis(np.linspace(x, -x, 7, endpoint=False), 0, -1),
        lambda x: np.moveaxis(np.geomspace(x, 2.0, 7), 0, -1), lambda x: np.round(37.0 * x, 1),
    ],
)  # fmt: skip
def test_an_operation_gives_what_numpy_gives(formula):
    assert parity(lambda *, x: formula(x), x=0.45) < 1e-14


@pytest.mark.parametrize("x", [1e-12, -1e-9, 1e-5])
def test_small_arguments_keep_their_digits(x):
    assert evaluate(np.expm1(trace_inputs("x")["x"]), {"x": x}) == pytest.approx(math.expm1(x), rel=1e-14)
    assert evaluate(np.log1p(trace_inputs("x")["x"]), {"x": x}) == pytest.approx(math.log1p(x), rel=1e-14)


@pytest.mark.parametrize("decimals", [0, 1, -2])
def test_what_lies_halfway_is_rounded_to_the_even_one(decimals):
    halves = np.array([-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5, 4.2, 1e15]) / 10.0**decimals
    told = evaluate(np.round(trace_inputs("x")["x"], decimals), {"x": halves})
    assert told.tolist() == np.round(halves, decimals).tolist()
    assert evaluate(round(trace_inputs("x")["x"]), {"x": 2.5}) == 2.0


def test_a_spaced_grid_begins_and_ends_where_it_was_told_to():
    x = trace_inputs("low", "high")
    ends = {"low": 0.1, "high": 0.7}
    for spaced in (np.linspace, np.geomspace):
        told = evaluate(spaced(x["low"], x["high"], 9), ends)
        assert (told[0], told[-1]) == (0.1, 0.7), "to the last bit, as numpy's"


def test_the_same_operation_on_the_same_operands_is_one_node():
    x = trace_inputs("x")["x"]
    result = np.exp(x) + np.exp(x)
    tape = result.nodes[()].tape
    assert [op for op, *_ in tape.ops] == ["input", "exp", "add"]


@pytest.mark.parametrize(
    "formula",
    [
        lambda x: 1 if x > 0 else 2,
        lambda x: max(x, 1.0),
        math.exp,
        float,
        np.asarray,
        np.float64,
        lambda x: np.array([x, x]),
        lambda x: x % 2,
        lambda x: x // 2,
        lambda x: np.interp(x, [0, 1], [0, 1]),
        erf,
        lambda x: np.stack([x, x]) @ np.stack([x, x]),
        lambda x: np.stack([x, x]).__setitem__(0, 1.0),
        lambda x: np.add(x, 1, out=np.zeros(())),
        lambda x: np.sort(np.stack([x, x])),
    ],
)
def test_what_cannot_be_shown_in_the_page_is_refused(formula):
    with pytest.raises(Untraceable):
        formula(trace_inputs("x")["x"])


def test_a_trace_without_anything_to_move_is_refused():
    with pytest.raises(Untraceable, match="no float"):
        trace(lambda *, n: n, n=3)
    assert evaluate(trace(lambda *, n: n * 2, counts=True, n=3), {"n": 5}) == 10


def test_an_input_without_a_value_is_named():
    with pytest.raises(Untraceable, match="price"):
        evaluate(trace_inputs("price")["price"] * 2, {})
