"""The introduction's formulas give the same for figures, arrays and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.probability import normal_distribution
from shortcase.model.trading import reference_class, short_position, short_size
from shortcase.show.live import parity

EXITS = {"volatility": 0.53, "fall": 0.4, "rise": 0.5}
FORMULAS: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (normal_distribution.share_below, {"z": 0.7}),
    (normal_distribution.density, {"z": 0.7}),
    (normal_distribution.quantile, {"share": 0.69}),
    (reference_class.chance_of_lagging, {"excess_return": -0.05, "volatility": 0.53, "years": 3.0}),
    (reference_class.return_behind, {"lagging": 0.69, "volatility": 0.53, "years": 3.0}),
    (reference_class.volatility_without_drift, {"lagging": 0.69, "years": 3.0}),
    (reference_class.weight_of_view, {"class_spread": 0.05, "view_error": 0.15}),
    (
        reference_class.pooled_return,
        {"class_return": -0.03, "class_spread": 0.05, "view_return": -0.2, "view_error": 0.15},
    ),
    (reference_class.pooled_error, {"class_spread": 0.05, "view_error": 0.15}),
    (
        reference_class.class_return_for,
        {"pooled": -0.003, "class_spread": 0.05, "view_return": -0.2, "view_error": 0.15},
    ),
    (reference_class.years_to_tell, {"excess_return": -0.05, "volatility": 0.53, "standard_errors": 1.96}),
    (short_position.rise_to_margin_call, {"size": 0.8, "maintenance": 0.3}),
    (short_position.largest_size_that_lasts, {"rise": 1.4, "maintenance": 0.3}),
    (short_position.given_back, {"sold_at": 61.36, "before": 142.62, "after": 118.42}),
    (short_size.chance_of_target_first, {"excess_return": -0.05, **EXITS}),
    (short_size.years_held, {"excess_return": -0.05, **EXITS}),
    (short_size.best_size, {"chance": 0.6, "fall": 0.4, "rise": 0.5}),
    (short_size.chance_needed, {"fall": 0.4, "rise": 0.5}),
    (short_size.fall_needed, {"chance": 0.6, "rise": 0.5}),
    (short_size.textbook_size, {"excess_return": -0.05, "volatility": 0.53}),
    (short_size.growth_a_year, {"size": 0.2, "excess_return": -0.05, **EXITS}),
]

PATHS: list[Callable[..., Any]] = [
    short_position.constant_shares,
    short_position.constant_dollars,
    lambda prices: short_position.constant_share_of_equity(prices, 0.5),
    short_position.highest_rise,
    short_position.volatility,
    short_position.share_of_days_too_early,
]

WHOLE = PATHS[3:]
"""Those that give one figure for a path, not one a day."""


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[f.__name__ for f, _ in FORMULAS])
def test_traced_like_computed(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS, ids=[f.__name__ for f, _ in FORMULAS])
def test_arrays_like_figures(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    scales = np.array([0.9, 1.0])
    together = formula(**{name: value * scales for name, value in inputs.items()})
    apart = [formula(**{name: value * s for name, value in inputs.items()}) for s in scales]
    assert together == pytest.approx(apart, rel=1e-12)


@pytest.mark.parametrize("formula", PATHS)
def test_several_paths_like_each(formula: Callable[..., Any]) -> None:
    paths = np.array([[100.0, 150.0, 120.0, 130.0], [100.0, 80.0, 90.0, 70.0]])
    assert np.allclose(formula(paths), [formula(path) for path in paths], rtol=1e-12)


@pytest.mark.parametrize("formula", PATHS)
def test_a_path_can_be_traced(formula: Callable[..., Any]) -> None:
    base = np.array([100.0, 150.0, 120.0, 130.0])

    def last(shift: Any) -> Any:
        found = formula(base + np.expand_dims(shift, -1) * np.arange(4.0))
        return found if formula in WHOLE else found[..., -1]

    assert parity(last, shift=2.0) < 1e-12
