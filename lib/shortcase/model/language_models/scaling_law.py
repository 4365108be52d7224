"""The loss of a language model by its parameters and the text it has seen, and what more of either is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.quantity import Quantity


@dataclass(frozen=True)
class ScalingLaw:
    """The five constants of a fitted law: what no model can learn, and how the rest falls with size and with text.

    floor: E, in nats a token; parameter_scale and parameter_exponent: A and α; token_scale and token_exponent: B and β.
    """

    floor: Quantity
    parameter_scale: Quantity
    parameter_exponent: Quantity
    token_scale: Quantity
    token_exponent: Quantity


def parameter_term(law: ScalingLaw, parameters: Quantity) -> Quantity:
    """Part of the loss that is left because the model is not infinitely large.

    Equation: A / N^α

    parameters: N. Units: nats a token. Shapes broadcast.

    >>> round(float(parameter_term(ScalingLaw(1.0, 100.0, 0.5, 10.0, 0.5), parameters=1e8)), 6)
    0.01

    Source: Hoffmann et al. 2022, arXiv 2203.15556, equation 2.
    """
    return law.parameter_scale / parameters**law.parameter_exponent


def token_term(law: ScalingLaw, tokens: Quantity) -> Quantity:
    """Part of the loss that is left because the text is not infinitely long: all that more text can ever save.

    Equation: B / D^β

    tokens: D, each seen once. Units: nats a token. Shapes broadcast.

    >>> round(float(token_term(ScalingLaw(1.0, 100.0, 0.5, 10.0, 0.5), tokens=1e8)), 6)
    0.001

    Source: Hoffmann et al. 2022, arXiv 2203.15556, equation 2.
    """
    return law.token_scale / tokens**law.token_exponent


def loss(law: ScalingLaw, parameters: Quantity, tokens: Quantity) -> Quantity:
    """Loss of a model after training: how surprised it is, on average, by the next token of text it has not seen.

    Equation: L = E + A / N^α + B / D^β

    parameters: N; tokens: D. Units: nats a token. Shapes broadcast.

    >>> round(float(loss(ScalingLaw(1.0, 100.0, 0.5, 10.0, 0.5), 1e8, 1e8)), 6)
    1.011

    Source: Hoffmann et al. 2022, arXiv 2203.15556, equation 2.
    """
    return law.floor + parameter_term(law, parameters) + token_term(law, tokens)


def saved_by_text(law: ScalingLaw, tokens: Quantity, more_tokens: Quantity) -> Quantity:
    """By how much the loss falls when text is added and the model keeps its size.

    Equation: ΔL = B / D^β − B / (D + x)^β

    tokens: D; more_tokens: x, of the same quality. Units: nats a token. Shapes broadcast.

    >>> round(float(saved_by_text(ScalingLaw(1.0, 100.0, 0.5, 10.0, 0.5), 1e8, 3e8)), 6)
    0.0005

    Source: difference of two losses.
    """
    return token_term(law, tokens) - token_term(law, tokens + more_tokens)


def saved_by_compute(law: ScalingLaw, parameters: Quantity, tokens: Quantity, multiple: Quantity) -> Quantity:
    """By how much the loss falls when compute grows, and model and text grow alike to use it.

    Equation: ΔL = A / N^α · (1 − k^(−α/2)) + B / D^β · (1 − k^(−β/2))

    multiple: k of compute; as compute is 6·N·D, model and text each grow by the square root of k.
    Units: nats a token. Shapes broadcast.

    >>> round(float(saved_by_compute(ScalingLaw(1.0, 100.0, 0.5, 10.0, 0.5), 1e8, 1e8, 16.0)), 6)
    0.0055

    Source: difference of two losses along the split that Hoffmann et al. 2022 find best, arXiv 2203.15556, section 3.
    """
    by_size = parameter_term(law, parameters) * (1.0 - multiple ** (-law.parameter_exponent / 2.0))
    return by_size + token_term(law, tokens) * (1.0 - multiple ** (-law.token_exponent / 2.0))


def larger_model_instead(law: ScalingLaw, parameters: Quantity, saved: Quantity) -> Quantity:
    """How much larger a model lowers the loss by as much, with no new text.

    Equation: n = (1 − ΔL · N^α / A)^(−1/α)

    saved: ΔL, below the parameter term. Units: a multiple of the parameters. Shapes broadcast.

    >>> round(float(larger_model_instead(ScalingLaw(1.0, 100.0, 0.5, 10.0, 0.5), 1e8, 0.005)), 6)
    4.0

    Source: the parameter term solved for the size.
    """
    left = 1.0 - saved / parameter_term(law, parameters)
    return left ** (-1.0 / law.parameter_exponent)


def effective_tokens(unique_tokens: Quantity, passes: Quantity, half_worth: Quantity) -> Quantity:
    """What text that is read several times is worth, in tokens read once.

    Equation: D' = U + U · R* · (1 − e^(−(p − 1) / R*))

    unique_tokens: U; passes: p, at or above one; half_worth: R*, a fitted constant; the larger it is the less does
    repetition spoil. Units: tokens. Shapes broadcast.

    >>> round(float(effective_tokens(1.0, passes=4.0, half_worth=15.387756)), 3)
    3.726

    Source: Muennighoff et al. 2023, arXiv 2305.16264, section 3.1 and appendix A.
    """
    return unique_tokens * (1.0 + half_worth * (1.0 - np.exp(-(passes - 1.0) / half_worth)))


def compute_multiple_for(law: ScalingLaw, parameters: Quantity, tokens: Quantity, saved: Quantity) -> Quantity:
    """Growth of compute, model and text growing alike, that lowers the loss by a given amount.

    Equation: k with A / N^α · (1 − k^(−α/2)) + B / D^β · (1 − k^(−β/2)) = ΔL, by Newton's steps in ln k from k = 1

    saved: ΔL, below the two terms together. Units: a multiple of compute. Shapes broadcast. The saving flattens as k
    grows, so that the steps come up from below and never overshoot.

    >>> round(float(compute_multiple_for(ScalingLaw(1.0, 100.0, 0.5, 10.0, 0.5), 1e8, 1e8, 0.0055)), 6)
    16.0

    Source: saved_by_compute solved for the multiple.
    """
    size, text = parameter_term(law, parameters), token_term(law, tokens)
    a, b = law.parameter_exponent / 2.0, law.token_exponent / 2.0
    log_multiple = 0.0 * saved
    for _ in range(30):
        left_size, left_text = size * np.exp(-a * log_multiple), text * np.exp(-b * log_multiple)
        short = saved - (size - left_size) - (text - left_text)
        log_multiple = log_multiple + short / (a * left_size + b * left_text)
    return np.exp(log_multiple)


def months_of_compute(multiple: Quantity, growth_multiple: Quantity) -> Quantity:
    """Months in which compute grows by a multiple.

    Equation: t = 12 · ln k / ln G

    multiple: k; growth_multiple: G, how many times as much compute the largest run of a year later has, above one.
    Units: months. Shapes broadcast.

    >>> round(float(months_of_compute(multiple=2.0, growth_multiple=4.0)), 6)
    6.0

    Source: compound growth, solved for the time.
    """
    return 12.0 * np.log(multiple) / np.log(growth_multiple)
