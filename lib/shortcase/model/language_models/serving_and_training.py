"""Compute for answering against compute for training: when one passes the other, and what thinking does to both."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def serving_flop(active_parameters: Quantity, tokens: Quantity) -> Quantity:
    """Floating-point operations of answering, attention left out.

    Equation: F = 2·N·T

    active_parameters: parameters that a token passes through; tokens: T, read and written alike. Units: FLOP. Shapes
    broadcast.

    >>> serving_flop(active_parameters=37e9, tokens=1.0)
    74000000000.0

    Source: Kaplan et al. 2020, arXiv 2001.08361, table 1.
    """
    return 2.0 * active_parameters * tokens


def crossover_tokens(
    training_flop_per_token: Quantity, training_tokens: Quantity, serving_flop_per_token: Quantity
) -> Quantity:
    """Tokens, read and written, whose serving takes as many operations as the training run.

    Equation: T = c·D / f

    training_flop_per_token: c, training_tokens: D, serving_flop_per_token: f. Attention belongs on both sides or on
    neither: with 6N and 2N it is on neither, and T = 3·D.
    Units: tokens. Shapes broadcast.

    >>> print(f"{crossover_tokens(training_flop_per_token=6.0, training_tokens=13e12, serving_flop_per_token=2.0):.3g}")
    3.9e+13

    Source: Kaplan et al. 2020, arXiv 2001.08361, section 2.1, for 6N in training and 2N in inference.
    """
    return training_flop_per_token * training_tokens / serving_flop_per_token


def tokens_per_day(
    words_per_day: Quantity, tokens_per_word: Quantity, traffic_share: Quantity, read_per_written: Quantity
) -> Quantity:
    """Tokens that one model handles in a day, from the words that a company's models write.

    Equation: v = W·τ·s·(1 + ρ)

    words_per_day: W, of all the models; tokens_per_word: τ; traffic_share: s of the one model; read_per_written: ρ
    tokens of prompt for each token of answer. Units: tokens a day. Shapes broadcast.

    >>> print(round(tokens_per_day(100.0, tokens_per_word=1.3, traffic_share=0.5, read_per_written=1.0)))
    130

    Source: definition.
    """
    return words_per_day * tokens_per_word * traffic_share * (1.0 + read_per_written)


def share_at_ratio(serving_over_training: Quantity) -> Quantity:
    """Share of all compute that serves, from its ratio to what trains.

    Equation: s = x / (1 + x)

    serving_over_training: x, at or above zero. Units: a share. Shapes broadcast.

    >>> share_at_ratio(serving_over_training=1.0)
    0.5

    Source: definition.
    """
    return serving_over_training / (1.0 + serving_over_training)


def ratio_at_share(serving_share: Quantity) -> Quantity:
    """What serving takes over what training takes, from its share of both.

    Equation: x = s / (1 − s)

    serving_share: s, below one. Units: a ratio. Shapes broadcast.

    >>> print(round(ratio_at_share(serving_share=0.4), 3))
    0.667

    Source: share_at_ratio solved for the ratio.
    """
    return serving_share / (1.0 - serving_share)


def hour_ratio(
    operation_ratio: Quantity, training_flop_per_s: Quantity, peak_flop_per_s: Quantity, serving_utilisation: Quantity
) -> Quantity:
    """The ratio of machine-hours behind a ratio of operations.

    Equation: x_h = x·r / (R·u)

    operation_ratio: x, operations of serving over those of training; training_flop_per_s: r, what a machine achieves
    in training; peak_flop_per_s: R of the format in which it serves, serving_utilisation: u of that. Writing one token
    after another keeps the arithmetic waiting for memory, so u is low.
    Units: a ratio. Shapes broadcast.

    >>> hour_ratio(operation_ratio=1.0, training_flop_per_s=400e12, peak_flop_per_s=2000e12, serving_utilisation=0.1)
    2.0

    Source: hours are operations over the rate.
    """
    return operation_ratio * training_flop_per_s / (peak_flop_per_s * serving_utilisation)


def share_of_operations(serving_share: Quantity, hour_ratio: Quantity) -> Quantity:
    """Share of all operations that serve, from the share of the hardware, or of its sales, that serves.

    Equation: s_o = x / (1 + x), with x = s / (1 − s) / x_h

    serving_share: s of the machine-hours, below one; hour_ratio: x_h, machine-hours of an operation of serving over
    those of an operation of training. Units: a share. Shapes broadcast.

    >>> print(round(share_of_operations(serving_share=0.4, hour_ratio=2.0), 3))
    0.25

    Source: ratio_at_share, divided by the hours of an operation.
    """
    return share_at_ratio(ratio_at_share(serving_share) / hour_ratio)


def thinking_multiple(hidden_per_visible: Quantity, read_per_written: Quantity) -> Quantity:
    """Work of an answer that is thought about first, over the work of the same answer without.

    Equation: m = (ρ + 1 + h) / (ρ + 1)

    hidden_per_visible: h thinking tokens for each token shown; read_per_written: ρ tokens of prompt for each token
    shown. Units: a ratio. Shapes broadcast. Attention to the longer context is left out, so it is a floor.

    >>> thinking_multiple(hidden_per_visible=10.0, read_per_written=1.0)
    6.0

    Source: two operations a parameter for each token, read or written.
    """
    return (read_per_written + 1.0 + hidden_per_visible) / (read_per_written + 1.0)


def compute_multiple(serving_share: Quantity, thinking_share: Quantity, multiple: Quantity) -> Quantity:
    """All compute, training and serving, once part of the answers are thought about, over all compute before.

    Equation: M = 1 + s·q·(m − 1)

    serving_share: s of the compute that serves today; thinking_share: q of the answers that come to be thought about;
    multiple: m, the work of such an answer over that of a plain one. Training and the number of answers stay.
    Units: a ratio. Shapes broadcast.

    >>> compute_multiple(serving_share=0.4, thinking_share=0.5, multiple=6.0)
    2.0

    Source: a weighted sum.
    """
    return 1.0 + serving_share * thinking_share * (multiple - 1.0)


def serving_share_after(serving_share: Quantity, thinking_share: Quantity, multiple: Quantity) -> Quantity:
    """Share of all compute that serves, once part of the answers are thought about.

    Equation: s' = s·(1 + q·(m − 1)) / M, with M = 1 + s·q·(m − 1)

    The letters are those of compute_multiple. Units: a share. Shapes broadcast.

    >>> print(round(serving_share_after(serving_share=0.4, thinking_share=0.5, multiple=6.0), 3))
    0.7

    Source: compute_multiple, its serving part over the whole.
    """
    grown = serving_share * (1.0 + thinking_share * (multiple - 1.0))
    return grown / compute_multiple(serving_share, thinking_share, multiple)


def thinking_share_for(serving_share: Quantity, multiple: Quantity, wanted: Quantity) -> Quantity:
    """Share of the answers that must be thought about for all compute to grow by a factor.

    Equation: q = (M − 1) / (s·(m − 1))

    wanted: M. Above one, no share is enough. Units: a share. Shapes broadcast.

    >>> thinking_share_for(serving_share=0.4, multiple=6.0, wanted=2.0)
    0.5

    Source: compute_multiple solved for the share.
    """
    return (wanted - 1.0) / (serving_share * (multiple - 1.0))


def training_instead(multiple: Quantity, thinking_saved: Quantity, training_spent: Quantity) -> Quantity:
    """How many times the training it takes to do without a multiple of thinking, at a measured rate of exchange.

    Equation: t = m^(ln E_t / ln E_h)

    multiple: m, what thinking multiplies the work of an answer by; thinking_saved: E_h, the factor of thinking that a
    factor E_t of training (training_spent) has saved, both above one. Units: a ratio. Shapes broadcast.

    >>> print(round(float(training_instead(multiple=6.0, thinking_saved=100.0, training_spent=10.0)), 2))
    2.45

    Source: a power law between training and thinking at equal results, as Jones 2021, arXiv 2104.03113, section 4.
    """
    return multiple ** (np.log(training_spent) / np.log(thinking_saved))


def compute_with_training(serving_share: Quantity, multiple: Quantity) -> Quantity:
    """All compute, once training takes a multiple of what it took, over all compute before.

    Equation: M = s + (1 − s)·t

    serving_share: s of the compute that serves, which stays; multiple: t, the training over what it was. Units: a
    ratio. Shapes broadcast.

    >>> print(round(compute_with_training(serving_share=0.25, multiple=2.0), 2))
    1.75

    Source: a weighted sum.
    """
    return serving_share + (1.0 - serving_share) * multiple
