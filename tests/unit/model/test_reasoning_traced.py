"""The formulas of the chapter on R1 give the same for figures, arrays and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.language_models import benchmark_error, model_cascade, paired_comparison
from shortcase.model.markets import lead_fade
from shortcase.show.live import parity

FORMULAS: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (benchmark_error.standard_error, {"score": 0.798, "items": 30.0}),
    (benchmark_error.repeated_error, {"score": 0.798, "items": 30.0, "answers": 64.0, "difficulty_share": 0.7}),
    (benchmark_error.wilson_low, {"score": 0.798, "items": 30.0, "z": 1.96}),
    (benchmark_error.wilson_high, {"score": 0.798, "items": 30.0, "z": 1.96}),
    (benchmark_error.difficulty_share_limit, {"score": 0.71, "consensus": 0.867, "least": 0.3}),
    (benchmark_error.problems_apart, {"score": 0.798, "rival": 0.792, "items": 30.0}),
    (benchmark_error.rating_odds, {"rating": 2061.0, "rival": 2029.0}),
    (paired_comparison.paired_error, {"error": 0.062, "rival_error": 0.06, "correlation": 0.5}),
    (paired_comparison.probability_ahead, {"difference": 0.006, "error": 0.06}),
    (paired_comparison.equality_p_value, {"difference": 0.006, "error": 0.06, "margin": 0.05}),
    (paired_comparison.smallest_margin, {"difference": 0.006, "error": 0.06, "z": 1.645}),
    (paired_comparison.error_for_equality, {"difference": 0.006, "margin": 0.05, "z": 1.645}),
    (paired_comparison.correlation_for_error, {"target": 0.027, "error": 0.06, "rival_error": 0.062}),
    (paired_comparison.items_for_error, {"target": 0.027, "error": 0.06, "items": 30.0}),
    (paired_comparison.detectable_difference, {"error": 0.06, "z_test": 1.96, "z_power": 0.84}),
    (lead_fade.posterior_events, {"prior_events": 1.0, "events": 4.0}),
    (
        lead_fade.posterior_exposure,
        {"prior_events": 1.0, "prior_time": 365.0, "followers_time": 375.0, "waiting": 4.0, "watched_time": 135.0},
    ),
    (lead_fade.lead_left, {"time": 100.0, "rivals": 8.0, "events": 5.0, "exposure": 1280.0}),
    (lead_fade.lead_time, {"left": 0.5, "rivals": 8.0, "events": 5.0, "exposure": 1280.0}),
    (lead_fade.half_life, {"z": 1.645, "events": 5.0, "exposure": 1280.0}),
    (model_cascade.work_left, {"small": 14.0, "large": 37.0, "kept": 0.7}),
    (model_cascade.volume_to_refill, {"moved": 0.3}),
    (model_cascade.share_for_volume, {"volume": 2.25}),
]


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[f.__name__ for f, _ in FORMULAS])
def test_traced_like_computed(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[f.__name__ for f, _ in FORMULAS])
def test_arrays_like_figures(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    scales = np.array([0.95, 1.0])
    together = formula(**{name: value * scales for name, value in inputs.items()})
    apart = [formula(**{name: value * s for name, value in inputs.items()}) for s in scales]
    assert together == pytest.approx(apart, rel=1e-12)
