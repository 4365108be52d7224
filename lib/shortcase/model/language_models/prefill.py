"""Reading a long prompt: the work before the first token, what a cached part saves, and the time it takes."""

from __future__ import annotations

import numpy as np

from shortcase.model.language_models.transformer import Transformer, forward_flop_per_token, multiplied_parameters
from shortcase.model.quantity import Quantity


def prompt_flop(model: Transformer, tokens: Quantity, cached_share: Quantity = 0.0) -> Quantity:
    """Operations that a prompt takes before the first token of the answer.

    Equation: F = (1 − c)·L·(2·Nₘ + 2·layers·heads·(q + v)·(1 + c)·L/2)

    tokens: L; cached_share: c at the front of the prompt whose keys and values are kept from before. Each new token
    looks back on all before it, (1 + c)·L/2 on average. Units: FLOP. Shapes broadcast.

    >>> from shortcase.model.language_models.transformer import EXAMPLE
    >>> float(prompt_flop(EXAMPLE, tokens=100.0))
    102800.0

    Source: Kaplan et al. 2020, arXiv 2001.08361, table 1, summed over the prompt.
    """
    new = (1.0 - cached_share) * tokens
    return new * forward_flop_per_token(model, (1.0 + cached_share) / 2.0 * tokens)


def attention_share(model: Transformer, tokens: Quantity) -> Quantity:
    """Part of the work of reading a prompt that goes into attention.

    Equation: 1 − 2·Nₘ·L / F

    tokens: L, nothing cached. Units: a share. Shapes broadcast.

    >>> from shortcase.model.language_models.transformer import EXAMPLE
    >>> print(round(float(attention_share(EXAMPLE, tokens=100.0)), 3))
    0.778

    Source: prompt_flop and its part that does not see the context.
    """
    return 1.0 - 2.0 * multiplied_parameters(model) * tokens / prompt_flop(model, tokens)


def first_token_s(flop: Quantity, chips: Quantity, flop_per_s: Quantity, utilisation: Quantity) -> Quantity:
    """Seconds to the first token, the queue and the network left out.

    Equation: t = F / (n·R·u)

    flop: F of the prompt; chips: n; flop_per_s: R, peak of each; utilisation: u of the peak. Units: seconds. Shapes
    broadcast.

    >>> print(round(first_token_s(flop=2e16, chips=8.0, flop_per_s=989e12, utilisation=0.4), 2))
    6.32

    Source: work over rate; Pope et al. 2022, arXiv 2211.05102, section 2.
    """
    return flop / (chips * flop_per_s * utilisation)


def wait_with_fixed_part(whole_s: Quantity, fixed_s: Quantity, work_left: Quantity) -> Quantity:
    """Wait for the first token when only part of the work is left and part of the wait does not shrink with it.

    Equation: t = f + x·(T − f)

    whole_s: T, the wait with nothing cached; fixed_s: f, the part of it that stays with everything cached (queue,
    network, the first token itself); work_left: x of the work. Units: seconds, a share. Shapes broadcast.

    >>> wait_with_fixed_part(whole_s=12.0, fixed_s=2.0, work_left=0.5)
    7.0

    Source: definition.
    """
    return fixed_s + work_left * (whole_s - fixed_s)


def work_left_for(wait_s: Quantity, whole_s: Quantity, fixed_s: Quantity) -> Quantity:
    """Part of the work of reading a prompt that may be left for a given wait.

    Equation: x = (t − f) / (T − f)

    wait_s: t; the rest as for wait_with_fixed_part. Units: a share. Shapes broadcast.

    >>> work_left_for(wait_s=7.0, whole_s=12.0, fixed_s=2.0)
    0.5

    Source: wait_with_fixed_part solved for the work.
    """
    return (wait_s - fixed_s) / (whole_s - fixed_s)


def cached_share_for(model: Transformer, tokens: Quantity, work_left: Quantity) -> Quantity:
    """Part of a prompt that must be cached for the work left to be a given share of the whole.

    Equation: c = (√(N² + A·(2N + A)·(1 − x)) − N) / A

    tokens: L; work_left: x, from zero to one; N = Nₘ and A = layers·heads·(q + v)·L. Units: a share. Shapes
    broadcast.

    >>> from shortcase.model.language_models.transformer import EXAMPLE
    >>> c = cached_share_for(EXAMPLE, tokens=100.0, work_left=0.5)
    >>> print(round(float(prompt_flop(EXAMPLE, 100.0, c) / prompt_flop(EXAMPLE, 100.0)), 6))
    0.5

    Source: prompt_flop solved for the cached share.
    """
    plain = multiplied_parameters(model)
    attention = model.layers * model.heads * (model.query_key + model.value) * tokens
    saved = (2.0 * plain + attention) * (1.0 - work_left)
    return (np.sqrt(plain * plain + attention * saved) - plain) / attention
