"""What a short makes along a path of prices, under each way of holding its size, and when the broker closes it."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity

TRADING_DAYS_PER_YEAR = 252.0


def constant_shares(prices: Quantity) -> Quantity:
    """Profit of a short of a fixed number of shares, along the path.

    Equation: Pₜ = 1 − pₜ / p₀

    prices: closes in order along the last axis, from the day of the sale. Units: shares of the first day's proceeds.
    Further axes broadcast.

    >>> [round(float(x), 3) for x in constant_shares(np.array([100.0, 150.0, 120.0]))]
    [0.0, -0.5, -0.2]

    Source: definition; fee, dividends and interest on the proceeds left out.
    """
    return 1.0 - prices / prices[..., :1]


def constant_dollars(prices: Quantity) -> Quantity:
    """Profit of a short that is set back to the same number of dollars each day, along the path.

    Equation: Pₜ = −Σ rₛ over the days up to t, with rₛ = pₛ / pₛ₋₁ − 1

    prices: as for constant shares. Units: shares of the constant amount; one element shorter than the path.

    >>> [round(float(x), 3) for x in constant_dollars(np.array([100.0, 150.0, 120.0]))]
    [-0.5, -0.3]

    Source: definition; fee, dividends, interest and the cost of trading left out.
    """
    return -np.cumsum(prices[..., 1:] / prices[..., :-1] - 1.0, axis=-1)


def constant_share_of_equity(prices: Quantity, size: Quantity) -> Quantity:
    """Return on the account of a short that is set back to the same share of it each day, along the path.

    Equation: Pₜ = Π (1 − f · rₛ) − 1 over the days up to t, with rₛ = pₛ / pₛ₋₁ − 1

    prices: as for constant shares; size: f, the short as a share of the account. Units: shares of the account at the
    start; one element shorter than the path.

    >>> [round(float(x), 3) for x in constant_share_of_equity(np.array([100.0, 150.0, 120.0]), 1.0)]
    [-0.5, -0.4]

    Source: definition; fee, dividends, interest and the cost of trading left out.
    """
    return np.cumprod(1.0 - size * (prices[..., 1:] / prices[..., :-1] - 1.0), axis=-1) - 1.0


def rise_to_margin_call(size: Quantity, maintenance: Quantity) -> Quantity:
    """Rise of the price at which the broker asks for money, for a short of fixed shares.

    Equation: (1 + f) / ((1 + M) · f) − 1

    The account, 1 − f·(x − 1) at a price x times the first, has fallen to the required share M of the position, f·x.
    size: f, the short as a share of the account at the sale, above zero; maintenance: M. Units: a share. Shapes
    broadcast.

    >>> print(round(rise_to_margin_call(1.0, 0.3), 3))
    0.538

    Source: equality of equity and required margin.
    """
    return (1.0 + size) / ((1.0 + maintenance) * size) - 1.0


def largest_size_that_lasts(rise: Quantity, maintenance: Quantity) -> Quantity:
    """Largest short of fixed shares that a rise of the price does not bring to a margin call.

    Equation: f = 1 / ((1 + M) · (1 + u) − 1)

    rise: u, from the day of the sale to the highest close; maintenance: M. Units: a share of the account at the sale.
    Shapes broadcast.

    >>> print(round(largest_size_that_lasts(1.0, 0.3), 3))
    0.625

    Source: rise_to_margin_call solved for the size.
    """
    return 1.0 / ((1.0 + maintenance) * (1.0 + rise) - 1.0)


def highest_rise(prices: Quantity) -> Quantity:
    """Rise from the first close to the highest on the path.

    Equation: u = max(pₜ) / p₀ − 1

    prices: closes in order along the last axis. Units: a share. Further axes broadcast.

    >>> print(round(float(highest_rise(np.array([100.0, 150.0, 120.0]))), 3))
    0.5

    Source: definition.
    """
    return np.max(prices, axis=-1) / prices[..., 0] - 1.0


def volatility(prices: Quantity) -> Quantity:
    """Volatility of a price a year, from its daily closes.

    Equation: σ = √252 · sd( ln(pₜ / pₜ₋₁) ), with n − 1 below the sum of squares

    prices: closes in order along the last axis, three or more. Units: a share a year. Further axes broadcast.

    >>> print(round(float(volatility(np.array([100.0, 101.0, 100.0, 101.0, 100.0]))), 3))
    0.182

    Source: definition; 252 trading days a year.
    """
    steps = np.log(prices[..., 1:] / prices[..., :-1])
    count = steps.shape[-1]
    mean = np.sum(steps, axis=-1) / count
    spread = np.sum(steps * steps, axis=-1) - count * mean * mean
    return np.sqrt(TRADING_DAYS_PER_YEAR * spread / (count - 1.0))


def share_of_days_too_early(prices: Quantity) -> Quantity:
    """Share of the days on a path from which a short of fixed shares shows a loss on the last.

    Equation: number of days before the last with pₜ < p_T, over their number

    prices: closes in order along the last axis. Units: a share. Further axes broadcast.

    >>> print(float(share_of_days_too_early(np.array([100.0, 150.0, 120.0]))))
    0.5

    Source: definition.
    """
    early = np.where(prices[..., :-1] < prices[..., -1:], 1.0, 0.0)
    return np.sum(early, axis=-1) / early.shape[-1]


def given_back(sold_at: Quantity, before: Quantity, after: Quantity) -> Quantity:
    """What a fall of the price gives back to a short of fixed shares.

    Equation: (p_before − p_after) / p₀

    sold_at: p₀, the price at the sale; before and after: the prices about the fall. Units: one currency; a share of
    what the sale brought. Shapes broadcast.

    >>> print(given_back(50.0, 120.0, 100.0))
    0.4

    Source: difference of two profits of constant shares.
    """
    return (before - after) / sold_at
