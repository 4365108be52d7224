"""Guessing ahead: a small draft model proposes tokens, the large model checks them all in one pass."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def expected_tokens(acceptance: Quantity, drafted: Quantity) -> Quantity:
    """Tokens that one pass of the large model yields.

    Equation: E = (1 − α^(γ + 1)) / (1 − α), and γ + 1 at α = 1

    acceptance: α, chance that a drafted token is accepted, taken as independent from token to token; drafted: γ,
    tokens proposed a pass.
    Units: tokens a pass. Shapes broadcast.

    >>> print(round(expected_tokens(acceptance=0.8, drafted=4.0), 4))
    3.3616

    Source: Leviathan, Kalman, Matias, Fast Inference from Transformers via Speculative Decoding, ICML 2023, arXiv
    2211.17192, equation 1.
    """
    certain = acceptance > 1.0 - 1e-9
    safe = np.where(certain, 0.5, acceptance)
    return np.where(certain, drafted + 1.0, (1.0 - safe ** (drafted + 1.0)) / (1.0 - safe))[()]


def speed_up(acceptance: Quantity, drafted: Quantity, draft_cost: Quantity) -> Quantity:
    """How many times faster one stream gets while the machine waits for memory, not for arithmetic.

    Equation: S = (1 − α^(γ + 1)) / ((1 − α)·(γ·c + 1))

    acceptance: α; drafted: γ; draft_cost: c, time of one draft step over time of one pass of the large model.
    Units: a multiple. Shapes broadcast. Holds where checking γ + 1 tokens takes no longer than making one: at small
    batches.

    >>> print(round(speed_up(acceptance=0.8, drafted=4.0, draft_cost=0.05), 3))
    2.801

    Source: Leviathan, Kalman, Matias 2023, arXiv 2211.17192, theorem 3.8.
    """
    return expected_tokens(acceptance, drafted) / (drafted * draft_cost + 1.0)


def acceptance_for(speed_up_wanted: Quantity, drafted: Quantity, draft_cost: Quantity) -> Quantity:
    """The acceptance rate that explains an observed speed-up.

    Equation: α such that (1 − α^(γ + 1)) / ((1 − α)·(γ·c + 1)) = S, by halving [0, 1] fifty times

    speed_up_wanted: S; drafted: γ; draft_cost: c. The speed-up rises with α, so there is one answer; where S is out
    of reach the result sticks at zero or one.
    Units: share of one. Shapes broadcast.

    >>> print(round(acceptance_for(speed_up_wanted=2.64, drafted=4.0, draft_cost=0.05), 4))
    0.7695

    Source: Leviathan, Kalman, Matias 2023, arXiv 2211.17192, theorem 3.8, solved for α.
    """
    low = 0.0 * (speed_up_wanted + drafted + draft_cost)
    high = low + 1.0
    for _ in range(50):
        middle = (low + high) / 2.0
        short = speed_up(middle, drafted, draft_cost) < speed_up_wanted
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return ((low + high) / 2.0)[()]


def checked_tokens(drafted: Quantity) -> Quantity:
    """Tokens that one pass of the large model works on: those drafted, and the next of its own.

    Equation: n = γ + 1

    drafted: γ, tokens proposed a pass. Units: tokens a pass. Shapes broadcast.

    >>> checked_tokens(drafted=4.0)
    5.0

    Source: Leviathan, Kalman, Matias 2023, arXiv 2211.17192, algorithm 1.
    """
    return drafted + 1.0


def draft_share(drafted: Quantity, draft_cost: Quantity) -> Quantity:
    """Time of drafting over the time of one pass of the large model.

    Equation: d = γ·c

    drafted: γ; draft_cost: c, time of one draft step over time of one pass. Units: a ratio. Shapes broadcast.

    >>> draft_share(drafted=4.0, draft_cost=0.25)
    1.0

    Source: Leviathan, Kalman, Matias 2023, arXiv 2211.17192, definition 3.7.
    """
    return drafted * draft_cost
