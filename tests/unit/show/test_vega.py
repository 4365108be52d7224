"""What a chart computes in the page is what the formula computes in Python: held through the real Vega."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import vl_convert

from shortcase.show.live import Untraceable, evaluate, trace_inputs
from shortcase.show.live.vega import RESERVED, steps

RNG = np.random.default_rng(20250125)
POINTS = {
    "growth": RNG.uniform(-0.2, 0.6, 1000),
    "fade": RNG.uniform(0.5, 0.99, 1000),
    "margin": RNG.uniform(0.05, 0.7, 1000),
    "discount": RNG.uniform(0.05, 0.2, 1000),
    "saving": RNG.uniform(1.0, 45.0, 1000),
    "elasticity": RNG.uniform(0.2, 1.6, 1000),
}


def outputs(x: dict[str, Any]) -> dict[str, Any]:
    """A valuation with all that the chapters' formulas do."""
    t = np.arange(10)
    sales = np.cumprod(1 + np.expand_dims(x["growth"], -1) * np.expand_dims(x["fade"], -1) ** t, axis=-1)
    shock = np.where(x["saving"] > 11, np.exp(-x["elasticity"] * np.log(x["saving"])), np.expm1(x["saving"] / 1e3))
    flows = np.maximum(sales * np.expand_dims(x["margin"] * shock, -1) - 0.01, 0)
    present = flows / np.expand_dims(1 + x["discount"], -1) ** (t + 1.0)
    worth = np.sum(present, axis=-1) + np.clip(flows[..., -1] / (x["discount"] - 0.02), 0.1, 8)
    low = np.minimum(worth, np.inf) - np.abs(x["growth"]) ** 0.5 + np.floor(x["saving"])
    return {"worth": worth, "low": low, "flows": present}


def by_vega(points: dict[str, np.ndarray], printed: Any, names: list[str]) -> np.ndarray:
    """Each output at each point, read back from a picture's marks, as the browser's Vega would place them."""
    rows = [dict(zip(points, map(float, row), strict=True)) for row in zip(*points.values(), strict=True)]
    told = {name: f"datum.{name}" for name in (*printed.inputs, *(name for name, _ in printed.steps))}
    pattern = re.compile(r"(?<![\w.])(" + "|".join(map(re.escape, sorted(told, key=len, reverse=True))) + r")(?!\w)")
    formulas = [
        {"type": "formula", "as": name, "expr": pattern.sub(lambda m: told[m[0]], text)} for name, text in printed.steps
    ]
    gathered = {"type": "formula", "as": "all", "expr": "[" + ", ".join(f"datum.{n}" for n in names) + "]"}
    spec = {
        "data": [
            {"name": "d", "values": rows, "transform": [*formulas, gathered, {"type": "flatten", "fields": ["all"]}]}
        ],
        "marks": [{"type": "symbol", "from": {"data": "d"}, "encode": {"update": {"x": {"field": "all"}}}}],
    }
    scene = vl_convert.vega_to_scenegraph(spec)
    found: list[float] = []

    def gather(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("marktype") == "symbol":
                found.extend(item.get("x", 0.0) for item in node["items"])
            for part in node.values():
                gather(part)
        elif isinstance(node, list):
            for part in node:
                gather(part)

    gather(scene)
    return np.array(found).reshape(len(rows), -1).T


def apart(one: np.ndarray, other: np.ndarray) -> float:
    size = np.maximum(np.maximum(np.abs(one), np.abs(other)), 1e-300)
    return float(np.max(np.abs(one - other) / size))


def expected() -> np.ndarray:
    made = outputs(POINTS)
    return np.vstack([made["worth"], made["low"], *np.moveaxis(made["flows"], -1, 0)])


def test_vega_gives_what_the_formula_gives_at_a_thousand_points():
    traced = outputs(trace_inputs(*POINTS))
    printed = steps({"worth": traced["worth"], "low": traced["low"]} | {f"f{k}": traced["flows"][k] for k in range(10)})
    found = by_vega(POINTS, printed, ["worth", "low", *(f"f{k}" for k in range(10))])
    assert found.shape == (12, 1000)
    assert apart(found, expected()) < 1e-12


def test_python_replays_the_trace_to_the_same_figures():
    made = evaluate(outputs(trace_inputs(*POINTS)), POINTS)
    assert apart(np.vstack([made["worth"], made["low"], made["flows"]]), expected()) < 1e-12


def test_a_deep_formula_is_broken_into_steps():
    x = trace_inputs("x")["x"]
    deep = x
    for k in range(400):
        deep = np.exp(-deep) + k
    printed = steps({"y": deep})
    assert max(text.count("(") for _, text in printed.steps) < 200
    found = by_vega({"x": np.array([0.3, 1.2])}, printed, ["y"])
    assert apart(found[0], evaluate(deep, {"x": np.array([0.3, 1.2])})) < 1e-12


@pytest.mark.parametrize("name", [*sorted(RESERVED), "a-b", "1a", "_1", ""])
def test_names_that_vega_reads_as_something_else_are_refused(name):
    with pytest.raises(Untraceable, match="cannot name"):
        steps({"y": trace_inputs(name)[name] * 2})


def test_outputs_must_be_of_one_trace_and_not_hide_an_input():
    x = trace_inputs("x")["x"]
    with pytest.raises(Untraceable, match="one trace"):
        steps({"a": x * 2, "b": trace_inputs("x")["x"] * 2})
    with pytest.raises(Untraceable, match="both an input and an output"):
        steps({"x": x * 2})
