"""The outside view: what a class of stocks did, and how far a view of one of them should move it."""

from __future__ import annotations

import numpy as np

from shortcase.model.probability.normal_distribution import quantile, share_below
from shortcase.model.quantity import Quantity


def chance_of_lagging(excess_return: Quantity, volatility: Quantity, years: Quantity) -> Quantity:
    """Chance that a stock lags the market over some years, when its excess return is lognormal.

    Equation: P = Φ( (σ²/2 − m) · √T / σ )

    excess_return: m, expected return above the market's, a share a year, continuously compounded; volatility: σ of the
    excess return, a share a year, above zero; years: T. Units: a share. Shapes broadcast.

    >>> print(round(float(chance_of_lagging(0.0, 0.528, 1.0)), 3))
    0.604

    Source: log excess return over T years is normal with mean (m − σ²/2)·T and variance σ²·T.
    """
    return share_below((volatility**2 / 2.0 - excess_return) * np.sqrt(years) / volatility)


def return_behind(lagging: Quantity, volatility: Quantity, years: Quantity) -> Quantity:
    """Expected excess return that lies behind the share of a class that lags the market.

    Equation: m = σ²/2 − σ · Φ⁻¹(P) / √T

    lagging: P, share of the class that lags over T years; volatility: σ of one such stock, a share a year.
    Units: a share a year. Shapes broadcast.

    >>> print(round(float(return_behind(0.69, 0.528, 1.0)), 3))
    -0.122

    Source: chance_of_lagging solved for the return.
    """
    return volatility**2 / 2.0 - volatility * quantile(lagging) / np.sqrt(years)


def weight_of_view(class_spread: Quantity, view_error: Quantity) -> Quantity:
    """Weight that a view of one stock deserves beside the record of its class.

    Equation: w = τ² / (τ² + s²)

    class_spread: τ, standard deviation of expected returns among members of the class; view_error: s, standard
    deviation of the view's error about the expected return, which is not the volatility of the stock.
    Units: both a share a year; the weight a share. Shapes broadcast.

    >>> print(round(weight_of_view(0.05, 0.15), 3))
    0.1

    Source: Bayes' rule for a normal prior and a normal error.
    """
    return class_spread**2 / (class_spread**2 + view_error**2)


def pooled_return(
    class_return: Quantity, class_spread: Quantity, view_return: Quantity, view_error: Quantity
) -> Quantity:
    """Expected excess return when a view is weighed against the record of the class.

    Equation: m = m₀ + w · (v − m₀), with w = τ² / (τ² + s²)

    class_return: m₀; view_return: v; the rest as for the weight. Units: shares a year. Shapes broadcast.

    >>> print(round(pooled_return(-0.03, 0.05, -0.2, 0.15), 4))
    -0.047

    Source: Bayes' rule for a normal prior and a normal error; Black and Litterman (1992) in one dimension.
    """
    return class_return + weight_of_view(class_spread, view_error) * (view_return - class_return)


def pooled_error(class_spread: Quantity, view_error: Quantity) -> Quantity:
    """Standard deviation that is left about the pooled expected return.

    Equation: √( τ² s² / (τ² + s²) )

    Units: shares a year. Shapes broadcast.

    >>> print(round(float(pooled_error(0.03, 0.04)), 3))
    0.024

    Source: Bayes' rule for a normal prior and a normal error.
    """
    return class_spread * view_error / np.sqrt(class_spread**2 + view_error**2)


def years_to_tell(excess_return: Quantity, volatility: Quantity, standard_errors: Quantity) -> Quantity:
    """Years of prices after which an expected return stands out from chance.

    Equation: T = (z · σ / m)²

    excess_return: m, a share a year, not zero; volatility: σ, a share a year; standard_errors: z, how many of them the
    mean must stand from zero. Units: years. Shapes broadcast.

    >>> print(round(years_to_tell(-0.2, 0.5, 2.0), 1))
    25.0

    Source: the standard error of a mean return over T years is σ / √T.
    """
    return (standard_errors * volatility / excess_return) ** 2


def volatility_without_drift(lagging: Quantity, years: Quantity) -> Quantity:
    """Volatility at which so many stocks of a class lag the market although none is expected to.

    Equation: σ = 2 · Φ⁻¹(P) / √T

    lagging: P, share of the class that lags over T years, above a half. Units: a share a year. Shapes broadcast.

    >>> print(round(float(volatility_without_drift(0.69, 1.0)), 3))
    0.992

    Source: return_behind is zero.
    """
    return 2.0 * quantile(lagging) / np.sqrt(years)


def class_return_for(pooled: Quantity, class_spread: Quantity, view_return: Quantity, view_error: Quantity) -> Quantity:
    """Record of the class at which the pooled expected return has a given value.

    Equation: m₀ = (m − w · v) / (1 − w)

    pooled: m; the rest as for the pooled return. Units: a share a year. Shapes broadcast.

    >>> print(round(class_return_for(-0.047, 0.05, -0.2, 0.15), 4))
    -0.03

    Source: pooled_return solved for the class.
    """
    weight = weight_of_view(class_spread, view_error)
    return (pooled - weight * view_return) / (1.0 - weight)
