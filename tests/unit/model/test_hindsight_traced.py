"""The hindsight page's formulas give the same for figures, arrays and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.accounts import capital_spending, gross_margin
from shortcase.model.probability import forecast_score
from shortcase.model.trading import event_study
from shortcase.model.valuation import sales_multiple
from shortcase.show.live import parity

SHARE, MARKET = np.array([0.01, -0.02, 0.03, 0.005, -0.01]), np.array([0.004, -0.01, 0.012, 0.0, -0.003])
HAPPENED = np.array([1.0, 0.0, 1.0])


def model(alpha: Any, beta: Any, noise: Any, market_mean: Any, market_spread: Any) -> event_study.MarketModel:
    return event_study.MarketModel(alpha, beta, noise, 250, market_mean, market_spread)


LINE = {"alpha": 0.001, "beta": 1.9, "noise": 0.024, "market_mean": 0.0008, "market_spread": 0.016}
FORMULAS: list[tuple[Callable[..., Any], dict[str, float]]] = [
    (
        lambda share, market, **line: event_study.abnormal_return(model(**line), share, market),
        {"share": -0.17, "market": -0.015, **LINE},
    ),
    (lambda market, **line: event_study.abnormal_error(model(**line), market), {"market": -0.015, **LINE}),
    (event_study.in_standard_errors, {"effect": -0.14, "error": 0.024}),
    (forecast_score.skill, {"score": 0.3, "baseline": 0.25}),
    (forecast_score.forecasts_to_tell, {"probability": 0.75, "frequency": 0.4, "standard_errors": 1.96}),
    (gross_margin.gross_margin, {"revenue_usd": 215.9, "gross_profit_usd": 153.5, "charge_usd": 4.5}),
    (capital_spending.use_for_spending, {"use_growth": 6.7, "spending_growth": 0.65}),
    (sales_multiple.year_before, {"sales_usd": 860.0, "growth_per_year": 0.69}),
    (sales_multiple.net_cash, {"cash_usd": 62.6, "debt_usd": 8.5}),
]


def path(base: np.ndarray, shift: Any) -> Any:
    """A path of returns that moves with one input."""
    return base + np.expand_dims(shift, -1) * np.arange(1.0, len(base) + 1.0)


def odds(shift: Any) -> Any:
    """Three probabilities that move with one input."""
    return np.array([0.7, 0.6, 0.8]) + np.expand_dims(shift, -1) * np.array([0.5, -0.3, 0.1])


PATHS: list[Callable[[Any], Any]] = [
    lambda shift: event_study.market_model(path(SHARE, shift), MARKET).alpha,
    lambda shift: event_study.market_model(path(SHARE, shift), MARKET).beta,
    lambda shift: event_study.market_model(path(SHARE, shift), MARKET).noise,
    lambda shift: event_study.cumulative_abnormal_return(model(**LINE), path(SHARE, shift), MARKET),
    lambda shift: event_study.cumulative_error(model(**LINE), path(MARKET, shift)),
    lambda shift: forecast_score.decided(odds(shift)),
    lambda shift: forecast_score.came_true(odds(shift)),
    lambda shift: forecast_score.brier(odds(shift), HAPPENED),
    lambda shift: forecast_score.log_score(odds(shift), HAPPENED),
    lambda shift: forecast_score.expected_brier(odds(shift)),
    lambda shift: forecast_score.brier_error(odds(shift)),
    lambda shift: forecast_score.calibration_z(odds(shift), HAPPENED),
]


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS)
def test_traced_like_computed(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize(("formula", "inputs"), FORMULAS)
def test_arrays_like_figures(formula: Callable[..., Any], inputs: dict[str, float]) -> None:
    scales = np.array([0.9, 1.0])
    together = formula(**{name: value * scales for name, value in inputs.items()})
    apart = [formula(**{name: value * s for name, value in inputs.items()}) for s in scales]
    assert together == pytest.approx(apart, rel=1e-12)


@pytest.mark.parametrize("formula", PATHS)
def test_a_path_can_be_traced(formula: Callable[[Any], Any]) -> None:
    assert parity(formula, shift=0.02) < 1e-12


@pytest.mark.parametrize("formula", PATHS)
def test_several_paths_like_each(formula: Callable[[Any], Any]) -> None:
    shifts = np.array([0.01, 0.05])
    assert formula(shifts) == pytest.approx([formula(s) for s in shifts], rel=1e-12)
