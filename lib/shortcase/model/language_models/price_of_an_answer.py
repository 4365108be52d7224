"""The price of an answer with the wait counted: tokens, the time of whoever waits, and the cost of being wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.quantity import Quantity

MILLION = 1e6
SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True)
class Thinking:
    """What thinking costs and what it brings.

    usd_per_mtoken: price of a million tokens written; worker_usd_per_hour: all-in cost of the person who asks;
    attended_share: part of the wait in which that person does nothing else; tokens_per_s: speed of the answer.
    plain_right: share right at start_tokens; gain_per_doubling: what each doubling of tokens adds to it, until
    most_right. All above zero; attended_share may be zero.
    """

    usd_per_mtoken: Quantity
    worker_usd_per_hour: Quantity
    attended_share: Quantity
    tokens_per_s: Quantity
    start_tokens: Quantity
    plain_right: Quantity
    gain_per_doubling: Quantity
    most_right: Quantity


def tokens_usd(tokens: Quantity, usd_per_mtoken: Quantity) -> Quantity:
    """Price of so many tokens.

    Equation: T·p / 10⁶

    tokens: T; usd_per_mtoken: p. Units: dollars. Shapes broadcast.

    >>> tokens_usd(tokens=18_000.0, usd_per_mtoken=60.0)
    1.08

    Source: definition.
    """
    return tokens * usd_per_mtoken / MILLION


def tokens_for(usd: Quantity, usd_per_mtoken: Quantity) -> Quantity:
    """Tokens that a sum buys.

    Equation: T = 10⁶·c / p

    usd: c; usd_per_mtoken: p. Units: tokens. Shapes broadcast.

    >>> print(round(tokens_for(usd=3000.0, usd_per_mtoken=60.0) / 1e6, 1))
    50.0

    Source: tokens_usd solved for the tokens.
    """
    return MILLION * usd / usd_per_mtoken


def query_usd(read_tokens: Quantity, written_tokens: Quantity, input_usd: Quantity, output_usd: Quantity) -> Quantity:
    """List price of one question: what is read and what is written.

    Equation: c = (L·p_in + T·p_out) / 10⁶

    read_tokens: L; written_tokens: T, thinking counted; input_usd, output_usd: prices of a million tokens. Units:
    dollars. Shapes broadcast.

    >>> query_usd(read_tokens=100_000.0, written_tokens=4000.0, input_usd=2.5, output_usd=10.0)
    0.29

    Source: definition.
    """
    return (read_tokens * input_usd + written_tokens * output_usd) / MILLION


def wait_usd(seconds: Quantity, worker_usd_per_hour: Quantity, attended_share: Quantity = 1.0) -> Quantity:
    """What a wait costs in somebody's time.

    Equation: a·w·t / 3,600

    seconds: t; worker_usd_per_hour: w, all-in; attended_share: a of the wait in which nothing else is done. Units:
    dollars. Shapes broadcast.

    >>> print(round(wait_usd(seconds=300.0, worker_usd_per_hour=312.5), 2))
    26.04

    Source: time valued at its cost to the employer.
    """
    return attended_share * worker_usd_per_hour * seconds / SECONDS_PER_HOUR


def full_price(thinking: Thinking) -> Quantity:
    """Price of a million tokens of thought with the wait for them.

    Equation: P = p + a·w·10⁶ / (3,600·v)

    p price a million tokens, a attended share, w cost of an hour, v tokens a second. Units: dollars a million tokens.
    Fields broadcast.

    >>> print(round(full_price(EXAMPLE), 1))
    285.0

    Source: Becker 1965, A Theory of the Allocation of Time, Economic Journal 75(299), for goods that take time.
    """
    return thinking.usd_per_mtoken + wait_usd(
        MILLION / thinking.tokens_per_s, thinking.worker_usd_per_hour, thinking.attended_share
    )


def price_share(thinking: Thinking) -> Quantity:
    """Part of the full price of thought that is paid for tokens: how strongly thought answers to their price.

    Equation: ε_p = p / P

    Where the gain goes with the logarithm of tokens, tokens thought are proportional to one over the full price, so
    their elasticity to the price of tokens is just this share, and to speed it is the rest. Units: a share, or an
    elasticity as a positive number. Fields broadcast.

    >>> print(round(price_share(EXAMPLE), 3))
    0.211

    Source: the derivative of best_tokens.
    """
    return thinking.usd_per_mtoken / full_price(thinking)


def right_at(thinking: Thinking, tokens: Quantity) -> Quantity:
    """Share of answers that are right after so many tokens.

    Equation: a(T) = min(a_max, a₀ + g·log₂(T / T₀))

    tokens: T, at or above T₀. Units: a share. Shapes broadcast.

    >>> print(round(float(right_at(EXAMPLE, 4000.0)), 3))
    0.66

    Source: the straight line against the logarithm of compute that OpenAI shows for o1 (Learning to reason with LLMs,
    12 September 2024).
    """
    gained = thinking.gain_per_doubling * np.log2(tokens / thinking.start_tokens)
    return np.minimum(thinking.most_right, thinking.plain_right + gained)


def answer_usd(thinking: Thinking, tokens: Quantity, wrong_usd: Quantity) -> Quantity:
    """Price of an answer: tokens, the wait, and the chance of being wrong times what that costs.

    Equation: K(T) = P·T / 10⁶ + L·(1 − a(T))

    tokens: T; wrong_usd: L, cost of a wrong answer that is not noticed. Units: dollars. Shapes broadcast.

    >>> print(round(float(answer_usd(EXAMPLE, 4000.0, wrong_usd=100.0)), 2))
    35.14

    Source: expected cost.
    """
    return tokens_usd(tokens, full_price(thinking)) + wrong_usd * (1.0 - right_at(thinking, tokens))


def best_tokens(thinking: Thinking, wrong_usd: Quantity) -> Quantity:
    """Tokens of thought at which an answer is cheapest.

    Equation: T* = 10⁶·L·g / (P·ln 2), not below T₀ and not above T₀·2^((a_max − a₀)/g)

    wrong_usd: L. Between the bounds P·T* is L·g/ln 2, whatever the price: thought costs a fixed part of what is at
    stake. Units: tokens. Shapes broadcast.

    >>> print(round(float(best_tokens(EXAMPLE, wrong_usd=100.0))))
    10124

    Source: the derivative of answer_usd set to zero.
    """
    free = MILLION * wrong_usd * thinking.gain_per_doubling / (full_price(thinking) * np.log(2.0))
    doublings = (thinking.most_right - thinking.plain_right) / thinking.gain_per_doubling
    return np.minimum(np.maximum(free, thinking.start_tokens), thinking.start_tokens * 2.0**doublings)


def stake_for(thinking: Thinking, tokens: Quantity) -> Quantity:
    """What a wrong answer must cost for so many tokens of thought to be worth it.

    Equation: L = P·T·ln 2 / (10⁶·g)

    tokens: T. Units: dollars. Shapes broadcast.

    >>> print(round(float(stake_for(EXAMPLE, 18_000.0)), 1))
    177.8

    Source: best_tokens solved for the stake.
    """
    return full_price(thinking) * tokens * np.log(2.0) / (MILLION * thinking.gain_per_doubling)


def wage_where_wait_costs_as_much(thinking: Thinking) -> Quantity:
    """Cost of an hour at which the wait for tokens costs as much as the tokens.

    Equation: w = 3,600·v·p / (10⁶·a)

    v tokens a second, p price a million, a attended share, above zero. Units: dollars an hour. Fields broadcast.

    >>> print(round(wage_where_wait_costs_as_much(EXAMPLE), 2))
    24.0

    Source: both parts of full_price set equal.
    """
    return SECONDS_PER_HOUR * thinking.tokens_per_s * thinking.usd_per_mtoken / (MILLION * thinking.attended_share)


def confidence_needed(wrong_usd: Quantity, right_usd: Quantity, silence_usd: Quantity = 0.0) -> Quantity:
    """How likely an answer must be right for giving it to beat giving none.

    Equation: p > (L − S) / (L + G)

    wrong_usd: L lost on a wrong answer; right_usd: G gained on a right one; silence_usd: S lost where none is given.
    Units: a share. Shapes broadcast.

    >>> confidence_needed(wrong_usd=9.0, right_usd=1.0)
    0.9

    Source: Chow 1970, On Optimum Recognition Error and Reject Tradeoff, IEEE Transactions on Information Theory 16(1).
    """
    return (wrong_usd - silence_usd) / (wrong_usd + right_usd)


EXAMPLE = Thinking(
    usd_per_mtoken=60.0,
    worker_usd_per_hour=90.0,
    attended_share=0.45,
    tokens_per_s=50.0,
    start_tokens=500.0,
    plain_right=0.6,
    gain_per_doubling=0.02,
    most_right=0.95,
)
"""Round figures, for the doctests."""
