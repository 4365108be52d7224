"""What a token costs on a machine that serves many, and what a machine may cost."""

from __future__ import annotations

from shortcase.model.quantity import Quantity
from shortcase.model.valuation.annuity import affordable_outlay


def usd_per_million_tokens(usd_per_hour: Quantity, tokens_per_s: Quantity, busy_share: Quantity = 1.0) -> Quantity:
    """Cost of a million tokens of answer.

    Equation: p = h·10⁶ / (3,600·v·u)

    usd_per_hour: h, charge for the whole machine, busy or not; tokens_per_s: v when it works; busy_share: u of the
    time.
    Units: dollars a million tokens. Shapes broadcast.

    >>> print(round(usd_per_million_tokens(usd_per_hour=16.0, tokens_per_s=383.0), 2))
    11.6

    Source: definition.
    """
    return usd_per_hour * 1e6 / (3600.0 * tokens_per_s * busy_share)


def throughput_for(usd_per_hour: Quantity, usd_per_million: Quantity) -> Quantity:
    """Tokens a second that a machine must make to bring a million tokens down to a price.

    Equation: v = h·10⁶ / (3,600·p)

    usd_per_hour: h; usd_per_million: p. Units: tokens a second. Shapes broadcast.

    >>> print(round(throughput_for(usd_per_hour=16.0, usd_per_million=11.6)))
    383

    Source: definition.
    """
    return usd_per_hour * 1e6 / (3600.0 * usd_per_million)


def machine_price_for(
    usd_per_million: Quantity,
    tokens_per_s: Quantity,
    running_usd_per_hour: Quantity,
    machines: Quantity,
    *,
    rate: Quantity,
    years: Quantity,
) -> Quantity:
    """Price of one machine at which a group of them makes a million tokens for a given amount.

    Equation: P = ( p·3,600·v / 10⁶ − h )·8,760 / (CRF(r, n)·m)

    usd_per_million: p; tokens_per_s: v of the whole group when it works, which is always; running_usd_per_hour: h, of
    the whole group, what an hour costs without the machines; machines: m; rate: r and years: n of the capital recovery
    factor.
    Units: dollars; below zero no price is low enough. Shapes broadcast.

    >>> print(round(machine_price_for(10.0, 1000.0, 11.0, 2.0, rate=0.0, years=4.0)))
    438000

    Source: usd_per_million_tokens solved for the outlay in the hourly charge.
    """
    left = usd_per_million * 3600.0 * tokens_per_s / 1e6 - running_usd_per_hour
    return affordable_outlay(left, rate, years) / machines


def concurrent_requests(requests_per_s: Quantity, seconds_per_request: Quantity) -> Quantity:
    """Requests in flight at once on a machine that is observed from outside.

    Equation: N = X·R

    requests_per_s: X completed; seconds_per_request: R from arrival to end. Units: requests. Shapes broadcast.

    >>> print(concurrent_requests(requests_per_s=2.0, seconds_per_request=3.0))
    6.0

    Source: Little, A Proof for the Queuing Formula: L = λW, Operations Research 9(3), 1961, pages 383 to 387.
    """
    return requests_per_s * seconds_per_request


def reading_tokens_per_s(words_per_minute: Quantity, tokens_per_word: Quantity) -> Quantity:
    """How fast a person reads, in a model's tokens.

    Equation: v = words a minute · tokens a word / 60

    Units: tokens a second. Shapes broadcast.

    >>> print(round(reading_tokens_per_s(words_per_minute=238.0, tokens_per_word=1.3), 2))
    5.16

    Source: reading rate: Brysbaert, How many words do we read per minute?, Journal of Memory and Language 109, 2019.
    """
    return words_per_minute * tokens_per_word / 60.0


def mean_context_tokens(prompt_tokens: Quantity, answer_tokens: Quantity) -> Quantity:
    """Tokens that a model looks back on while it writes an answer, on average over the answer.

    Equation: c = p + a / 2

    prompt_tokens: p; answer_tokens: a. Units: tokens. Shapes broadcast.

    >>> mean_context_tokens(prompt_tokens=128.0, answer_tokens=256.0)
    256.0

    Source: the context grows by one with every token written.
    """
    return prompt_tokens + answer_tokens / 2.0
