"""The formulas of trading give the same for figures, arrays of draws and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model.probability import forecast_score
from shortcase.model.trading import black_scholes, event_study, reference_class, short_position, short_size
from shortcase.show.live import parity


def model(alpha: Any, beta: Any, noise: Any, market_mean: Any, market_spread: Any) -> event_study.MarketModel:
    return event_study.MarketModel(alpha, beta, noise, 250, market_mean, market_spread)


LINE = {"alpha": 0.001, "beta": 1.9, "noise": 0.024, "market_mean": 0.0008, "market_spread": 0.016}
SHARE, MARKET = np.array([0.01, -0.02, 0.03, 0.005, -0.01]), np.array([0.004, -0.01, 0.012, 0.0, -0.003])
HAPPENED = np.array([1.0, 0.0, 1.0])


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
EXITS = {"volatility": 0.53, "fall": 0.4, "rise": 0.5}
PATHS_INTRODUCTION: list[Callable[..., Any]] = [
    short_position.constant_shares,
    short_position.constant_dollars,
    lambda prices: short_position.constant_share_of_equity(prices, 0.5),
    short_position.highest_rise,
    short_position.volatility,
    short_position.share_of_days_too_early,
]
WHOLE = PATHS_INTRODUCTION[3:]
OPTION = {"price": 142.62, "strike": 120.0, "volatility": 0.53, "years": 1.5}


CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (
        lambda share, market, **line: event_study.abnormal_return(model(**line), share, market),
        {"share": -0.17, "market": -0.015, **LINE},
    ),
    (lambda **line: event_study.beta_error(model(**line)), LINE),
    (lambda market, **line: event_study.abnormal_error(model(**line), market), {"market": -0.015, **LINE}),
    (event_study.in_standard_errors, {"effect": -0.14, "error": 0.024}),
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
    (black_scholes.put_price, {**OPTION, "rate": 0.042}),
    (black_scholes.expected_put, {**OPTION, "drift": -0.1}),
    (black_scholes.chance_below, {**OPTION, "drift": 0.042}),
    (black_scholes.volatility_of_pair, {"volatility": 0.53, "correlation": 0.6}),
]


@pytest.mark.parametrize(("formula", "inputs"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_figures_arrays_and_traces_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


@pytest.mark.parametrize("formula", PATHS)
def test_a_path_can_be_traced(formula: Callable[[Any], Any]) -> None:
    assert parity(formula, shift=0.02) < 1e-12


@pytest.mark.parametrize("formula", PATHS)
def test_several_paths_like_each(formula: Callable[[Any], Any]) -> None:
    shifts = np.array([0.01, 0.05])
    assert formula(shifts) == pytest.approx([formula(s) for s in shifts], rel=1e-12)


@pytest.mark.parametrize("formula", PATHS_INTRODUCTION)
def test_several_paths_like_each_of_introduction(formula: Callable[..., Any]) -> None:
    paths = np.array([[100.0, 150.0, 120.0, 130.0], [100.0, 80.0, 90.0, 70.0]])
    assert np.allclose(formula(paths), [formula(path) for path in paths], rtol=1e-12)


@pytest.mark.parametrize("formula", PATHS_INTRODUCTION)
def test_a_path_can_be_traced_of_introduction(formula: Callable[..., Any]) -> None:
    base = np.array([100.0, 150.0, 120.0, 130.0])

    def last(shift: Any) -> Any:
        found = formula(base + np.expand_dims(shift, -1) * np.arange(4.0))
        return found if formula in WHOLE else found[..., -1]

    assert parity(last, shift=2.0) < 1e-12
