"""The JavaScript that is printed from a formula, run by the browser: the figures are the formula's own."""

from __future__ import annotations

from typing import Any

import numpy as np

from shortcase.show.live import evaluate, trace_inputs
from shortcase.show.live.js import module

RNG = np.random.default_rng(20250125)


def fading(x: dict[str, Any]) -> dict[str, Any]:
    """Ten years of fading growth, a floor, a threshold, a small difference."""
    t = np.arange(10)
    sales = np.cumprod(1 + np.expand_dims(x["growth"], -1) * np.expand_dims(x["fade"], -1) ** t, axis=-1)
    kept = np.where(x["saving"] > 11, np.exp(-x["fade"] * np.log(x["saving"])), np.expm1(x["saving"] / 1e3))
    flows = np.maximum(sales * np.expand_dims(kept, -1) - 0.01, 0)
    return {"worth": np.sum(flows, axis=-1), "flows": flows}


def test_the_module_gives_what_the_formula_gives(look, sample):
    points = {
        "growth": RNG.uniform(-0.2, 0.6, 500),
        "fade": RNG.uniform(0.5, 0.99, 500),
        "saving": RNG.uniform(1.0, 45.0, 500),
    }
    traced = fading(trace_inputs(*points))
    script = module(traced).replace("export function", "function")
    rows = [dict(zip(points, map(float, row), strict=True)) for row in zip(*points.values(), strict=True)]
    with look(sample + "/book/index.html") as (page, _):
        made = page.evaluate(f"(rows) => {{ {script}; return rows.map(run); }}", rows)
    for name, expected in fading(points).items():
        found = np.array([row[name] for row in made])
        # Relative to the larger of the figure and the 0.01 that was taken from it: near the floor its digits cancel.
        assert np.max(np.abs(found - expected) / np.maximum(np.abs(expected), 0.01)) < 1e-12
        replayed = evaluate(traced, points)[name]
        assert np.max(np.abs(np.moveaxis(replayed, -1, 0) - expected) / np.maximum(np.abs(expected), 0.01)) < 1e-12
