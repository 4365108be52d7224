"""Market shares of two sellers when buyers care for price, for the product, and for what other buyers use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.quantity import Quantity

ROUNDS = 400
"""Rounds of buying after which shares are taken to have come to rest."""


@dataclass(frozen=True)
class Market:
    """How buyers choose between a challenger and the leader.

    sensitivity: θ, by how much the log odds of choosing the challenger rise when his price for the same work falls by
    one in the logarithm; network: ν, what a unanimous crowd does to the log odds; liking: δ, log odds at equal prices
    and an evenly divided crowd, below zero where the leader's product is preferred for itself.
    """

    sensitivity: Quantity
    network: Quantity
    liking: Quantity


def _log_odds(share: Quantity) -> Quantity:
    return np.log(share) - np.log(1.0 - share)


def unexplained(share: Quantity, cost_ratio: Quantity, sensitivity: Quantity) -> Quantity:
    """Log odds of the challenger that his price does not explain.

    Equation: g = ln(x / (1 − x)) + θ·ln κ

    share: x today; cost_ratio: κ, the challenger's price for the same work over the leader's; sensitivity: θ.
    Units: log odds. Shapes broadcast.

    >>> print(round(unexplained(share=0.05, cost_ratio=1.0, sensitivity=4.0), 3))
    -2.944

    Source: McFadden 1974, Conditional logit analysis of qualitative choice behavior, solved for the constant.
    """
    return _log_odds(share) + sensitivity * np.log(cost_ratio)


def network_strength(share: Quantity, gap: Quantity, network_part: Quantity) -> Quantity:
    """Weight of the crowd, if a given part of what price does not explain comes from what others use.

    Equation: ν = φ·g / (2x − 1)

    share: x, not one half; gap: g, log odds unexplained by price; network_part: φ, share of one.
    Units: log odds. Shapes broadcast.

    >>> print(round(network_strength(share=0.05, gap=-2.944, network_part=0.5), 3))
    1.636

    Source: Brock and Durlauf 2001, Discrete choice with social interactions, Review of Economic Studies 68(2),
    solved for the interaction.
    """
    return network_part * gap / (2.0 * share - 1.0)


def liking(gap: Quantity, network_part: Quantity) -> Quantity:
    """The rest: how much the leader's product is preferred for itself.

    Equation: δ = (1 − φ)·g

    gap: g, log odds unexplained by price; network_part: φ.
    Units: log odds. Shapes broadcast.

    >>> liking(gap=-2.944, network_part=0.5)
    -1.472

    Source: as for the network's strength.
    """
    return (1.0 - network_part) * gap


def cost_ratio_for(share: Quantity, market: Market) -> Quantity:
    """Price for the same work, over the leader's, at which the challenger's share is at rest at a given level.

    Equation: κ(x) = exp(−(ln(x / (1 − x)) − ν·(2x − 1) − δ) / θ)

    share: x. Where ν is above two the curve turns back: several shares rest at one price.
    Units: a ratio. Shapes broadcast.

    >>> print(round(cost_ratio_for(0.5, Market(sensitivity=4.0, network=1.0, liking=0.0)), 6))
    1.0

    Source: Brock and Durlauf 2001; for increasing returns Arthur 1989, Economic Journal 99.
    """
    pull = _log_odds(share) - market.network * (2.0 * share - 1.0) - market.liking
    return np.exp(-pull / market.sensitivity)


def tipping_share(network: Quantity) -> Quantity:
    """Share from which the challenger's gains feed on themselves.

    Equation: x* = (1 − √(1 − 2/ν)) / 2

    network: ν, above two; at or below two nothing tips and the result is one half, where shares move fastest.
    Units: share of one. Shapes broadcast.

    >>> print(round(tipping_share(8.0 / 3.0), 3))
    0.25

    Source: the turning point of the curve of resting shares, where 1/(x(1 − x)) = 2ν.
    """
    return 0.5 * (1.0 - np.sqrt(1.0 - 2.0 / np.maximum(network, 2.0)))


def tipping_cost_ratio(market: Market) -> Quantity:
    """Price for the same work, over the leader's, below which a small challenger takes the market.

    Equation: κ* = κ(x*)

    Where ν is at or below two, the price at which the challenger has half.
    Units: a ratio. Fields broadcast.

    >>> print(round(tipping_cost_ratio(Market(sensitivity=4.0, network=3.0, liking=0.0)), 3))
    0.901

    Source: the lower turning point; Katz and Shapiro 1985, American Economic Review 75(3), on tipping.
    """
    return cost_ratio_for(tipping_share(market.network), market)


def share_reached(cost_ratio: Quantity, start_share: Quantity, market: Market, rounds: int = ROUNDS) -> Quantity:
    """Share at which the challenger comes to rest when buyers look at what was bought before.

    Equation: x ← Λ(−θ·ln κ + ν·(2x − 1) + δ), again and again, with Λ(z) = 1 / (1 + e^(−z))

    cost_ratio: κ; start_share: x before the price changed; rounds: whole number of rounds of buying.
    Units: share of one. Shapes broadcast.

    >>> market = Market(sensitivity=4.0, network=1.0, liking=0.0)
    >>> print(round(float(share_reached(1.0, 0.05, market)), 3))
    0.5

    Source: the dynamics of Brock and Durlauf 2001.
    """
    share = start_share
    for _ in range(rounds):
        share = 1.0 / (
            1.0 + np.exp(market.sensitivity * np.log(cost_ratio) - market.network * (2.0 * share - 1.0) - market.liking)
        )
    return share


def log_odds_speed(first_share: Quantity, last_share: Quantity, years: Quantity) -> Quantity:
    """Speed of a challenger: by how much the log odds of his share rose in a year.

    Equation: s = (ln(x₁ / (1 − x₁)) − ln(x₀ / (1 − x₀))) / t

    Units: log odds a year. Shapes broadcast.

    >>> print(round(log_odds_speed(0.1, 0.5, 4.0), 3))
    0.549

    Source: Fisher and Pry 1971, A simple substitution model of technological change.
    """
    return (_log_odds(last_share) - _log_odds(first_share)) / years


def share_after(years: Quantity, start_share: Quantity, speed: Quantity, portability: Quantity) -> Quantity:
    """Share of a challenger some years later, if the lock that holds his customers back is only partly open.

    Equation: x(t) = 1 / (1 + (1 − x₀)/x₀ · e^(−p·s·t))

    start_share: x₀; speed: s, log odds a year where nothing holds customers back; portability: p, share of that speed,
    from nothing (locked) to one (no lock).
    Units: share of one. Shapes broadcast.

    >>> print(round(share_after(4.0, 0.1, 0.5493, 1.0), 3))
    0.5

    Source: Fisher and Pry 1971, with the speed scaled.
    """
    return 1.0 / (1.0 + (1.0 - start_share) / start_share * np.exp(-portability * speed * years))


def share_lost(years: Quantity, start_share: Quantity, speed: Quantity, portability: Quantity) -> Quantity:
    """Part of the leader's share that the challenger has taken after some years.

    Equation: L(t) = (x(t) − x₀) / (1 − x₀)

    Inputs as for the share. Units: share of one. Shapes broadcast.

    >>> print(round(share_lost(4.0, 0.1, 0.5493, 1.0), 3))
    0.444

    Source: definition, on the path of share_after.
    """
    return (share_after(years, start_share, speed, portability) - start_share) / (1.0 - start_share)
