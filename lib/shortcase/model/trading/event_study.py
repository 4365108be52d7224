"""What a day of news did to a share beyond what the market did: the market model of an event study."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.quantity import Quantity


@dataclass(frozen=True)
class MarketModel:
    """A share's return as a straight line in the market's, fitted to days before the event.

    alpha: return on a day on which the market stands still; beta: part of the market's return that the share takes;
    noise: standard deviation of what is left; days: L, number of days; market_mean: the market's mean return on them;
    market_spread: sum of the squares of its returns about that mean. Units: shares a day.
    """

    alpha: Quantity
    beta: Quantity
    noise: Quantity
    days: Quantity
    market_mean: Quantity
    market_spread: Quantity


def market_model(share: Quantity, market: Quantity) -> MarketModel:
    """The line through the returns of a share against those of the market, by least squares.

    Equation: β = Σ (m − m̄)(r − r̄) / Σ (m − m̄)²; α = r̄ − β·m̄; s² = Σ (r − α − β·m)² / (L − 2)

    share: r, market: m, returns of the same days along the last axis, at least three. Units: shares a day.
    Shapes: leading axes broadcast.

    >>> found = market_model(np.array([0.01, 0.03, 0.05]), np.array([0.0, 0.01, 0.02]))
    >>> round(float(found.beta), 6), round(float(found.alpha), 6)
    (2.0, 0.01)

    Source: MacKinlay, Event Studies in Economics and Finance, Journal of Economic Literature 35(1), 1997, 13-39, on the
    market model.
    """
    days = np.shape(market)[-1]
    share_mean, market_mean = np.sum(share, axis=-1) / days, np.sum(market, axis=-1) / days
    share_part = share - np.expand_dims(share_mean, -1)
    market_part = market - np.expand_dims(market_mean, -1)
    spread = np.sum(market_part**2, axis=-1)
    beta = np.sum(market_part * share_part, axis=-1) / spread
    left = share_part - np.expand_dims(beta, -1) * market_part
    noise = np.sqrt(np.sum(left**2, axis=-1) / (days - 2))
    return MarketModel(share_mean - beta * market_mean, beta, noise, days, market_mean, spread)


def beta_error(model: MarketModel) -> Quantity:
    """Standard error of the slope of a market model.

    Equation: σ(β) = s / √(Σ (m − m̄)²)

    It is the error of the line over those days, and says nothing of how the slope moves from year to year.
    Units: a ratio. Shapes broadcast.

    >>> round(float(beta_error(MarketModel(0.001, 2.0, 0.02, 250, 0.001, 0.0225))), 6)
    0.133333

    Source: least squares.
    """
    return model.noise / np.sqrt(model.market_spread)


def abnormal_return(model: MarketModel, share: Quantity, market: Quantity) -> Quantity:
    """Return of a share beyond what the market model expects of it on that day.

    Equation: AR = r − α − β·m

    share: r, market: m, returns of a day. Units: shares. Shapes broadcast.

    >>> round(abnormal_return(MarketModel(0.001, 2.0, 0.02, 250, 0.001, 0.02), -0.17, -0.015), 3)
    -0.141

    Source: MacKinlay 1997, on abnormal returns.
    """
    return share - model.alpha - model.beta * market


def abnormal_error(model: MarketModel, market: Quantity) -> Quantity:
    """Standard deviation of a day's abnormal return if nothing happened.

    Equation: σ(AR) = s · √(1 + 1/L + (m − m̄)² / Σ (m − m̄)²)

    market: m, return on the day. The second and third term are the error of the line itself. Units: shares.
    Shapes broadcast.

    >>> round(float(abnormal_error(MarketModel(0.0, 1.0, 0.02, 100, 0.0, 0.01), 0.0)), 6)
    0.0201

    Source: MacKinlay 1997, variance of the abnormal return in the market model.
    """
    return model.noise * np.sqrt(1.0 + 1.0 / model.days + (market - model.market_mean) ** 2 / model.market_spread)


def cumulative_abnormal_return(model: MarketModel, share: Quantity, market: Quantity) -> Quantity:
    """Abnormal return summed over the days of a window.

    Equation: CAR = Σ (r − α − β·m)

    share: r, market: m, returns of the window's days along the last axis. Units: shares. Shapes broadcast.

    >>> model = MarketModel(alpha=0.0, beta=1.0, noise=0.02, days=100, market_mean=0.0, market_spread=0.01)
    >>> round(float(cumulative_abnormal_return(model, np.array([0.1, 0.2]), np.array([0.0, 0.1]))), 6)
    0.2

    Source: MacKinlay 1997, on the aggregation of abnormal returns.
    """
    return np.sum(abnormal_return(model, share, market), axis=-1)


def cumulative_error(model: MarketModel, market: Quantity) -> Quantity:
    """Standard deviation of the abnormal return summed over a window, if nothing happened.

    Equation: σ(CAR) = s · √(K + K²/L + (Σ (m − m̄))² / Σ_L (m − m̄)²)

    market: m, returns of the K days along the last axis. The days share one line, so its error does not average out.
    Units: shares. Shapes broadcast.

    >>> round(float(cumulative_error(MarketModel(0.0, 1.0, 0.02, 100, 0.0, 0.01), np.zeros(4))), 6)
    0.040792

    Source: Salinger, Value event studies, Review of Economics and Statistics 74(4), 1992, 671-677; at K = 1 it is
    abnormal_error.
    """
    days = np.shape(market)[-1]
    drift = np.sum(market - np.expand_dims(model.market_mean, -1), axis=-1)
    return model.noise * np.sqrt(days + days**2 / model.days + drift**2 / model.market_spread)


def in_standard_errors(effect: Quantity, error: Quantity) -> Quantity:
    """An effect in multiples of its standard error.

    Equation: t = effect / σ

    Units: a ratio. Shapes broadcast.

    >>> round(in_standard_errors(-0.14, 0.02), 3)
    -7.0

    Source: MacKinlay 1997, on the test statistic.
    """
    return effect / error
