"""What an option costs at a given volatility, and what it is worth to somebody with a view of his own."""

from __future__ import annotations

import numpy as np

from shortcase.model.probability.normal_distribution import share_below
from shortcase.model.quantity import Quantity


def put_price(price: Quantity, strike: Quantity, volatility: Quantity, rate: Quantity, years: Quantity) -> Quantity:
    """Price of a European put on a share without dividends.

    Equation: P = K·e^(−rT)·Φ(−d₂) − S·Φ(−d₁); d₁ = (ln(S/K) + (r + σ²/2)·T)/(σ√T), d₂ = d₁ − σ√T

    price: S; strike: K; volatility: σ a year; rate: r, continuously compounded; years: T. Units: dollars. Shapes
    broadcast.

    >>> print(round(float(put_price(42.0, 40.0, 0.2, 0.1, 0.5)), 2))
    0.81

    Source: Black and Scholes 1973; the figures are those of Hull, Options, Futures, and Other Derivatives, chapter on
    the Black–Scholes–Merton model.
    """
    return np.exp(-rate * years) * expected_put(price, strike, volatility, rate, years)


def expected_put(price: Quantity, strike: Quantity, volatility: Quantity, drift: Quantity, years: Quantity) -> Quantity:
    """What a put pays on average at its end, if the share drifts by so much.

    Equation: E[(K − S_T)⁺] = K·Φ(−d₂) − S·e^(μT)·Φ(−d₁), with μ in place of r

    drift: μ a year, continuously compounded; the rest as for the price. Units: dollars. Shapes broadcast.

    >>> print(round(float(expected_put(100.0, 100.0, 0.2, 0.0, 1.0)), 2))
    7.97

    Source: the mean of a truncated lognormal variable.
    """
    spread = volatility * np.sqrt(years)
    first = (np.log(price / strike) + (drift + volatility**2 / 2.0) * years) / spread
    return strike * share_below(spread - first) - price * np.exp(drift * years) * share_below(-first)


def chance_below(price: Quantity, strike: Quantity, volatility: Quantity, drift: Quantity, years: Quantity) -> Quantity:
    """Chance that the share stands below a price at the end.

    Equation: Φ( (ln(K/S) − (μ − σ²/2)·T)/(σ√T) )

    At the riskless rate it is the chance that options price, risk included. Units: a share. Shapes broadcast.

    >>> print(round(float(chance_below(100.0, 70.0, 0.5, 0.042, 1.0)), 3))
    0.292

    Source: the lognormal distribution.
    """
    return share_below((np.log(strike / price) - (drift - volatility**2 / 2.0) * years) / (volatility * np.sqrt(years)))


def volatility_of_pair(volatility: Quantity, correlation: Quantity) -> Quantity:
    """Volatility that is left of a share held against as much of the market as goes with it.

    Equation: σ·√(1 − ρ²)

    correlation: ρ of the share with the market. Units: a share a year. Shapes broadcast.

    >>> print(round(float(volatility_of_pair(0.5, 0.6)), 3))
    0.4

    Source: the residual of a regression on the market, Sharpe 1963, A Simplified Model for Portfolio Analysis.
    """
    return volatility * np.sqrt(1.0 - correlation**2)
