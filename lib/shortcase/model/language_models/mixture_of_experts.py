"""Mixtures of experts: how many of a model's experts a batch of tokens calls, and what must be read for it.

The examples count a model of one layer by hand: attention 32, a router of 8, four experts of 6 each, embedding and head
10 each, norms 6; 90 parameters in all, 24 of them in experts. A token calls one expert, so it passes 72.
"""

from __future__ import annotations

from dataclasses import replace

from shortcase.model.language_models import transformer
from shortcase.model.language_models.transformer import (
    Transformer,
    active_parameters,
    expert_parameters,
    total_parameters,
)
from shortcase.model.quantity import Quantity

EXAMPLE = replace(transformer.EXAMPLE, dense_layers=0, routed_experts=4, experts_per_token=1, expert_ffn=1)
"""The smallest mixture that can be counted by hand; the doctests count it."""


def share_of_experts_touched(routed_experts: Quantity, experts_per_token: Quantity, tokens: Quantity) -> Quantity:
    """Share of a layer's experts that at least one token of a batch calls.

    Equation: 1 − (1 − k/E)ᴮ

    E routed experts a layer, k chosen for each token, B tokens that pass the layer together. The choice is taken as
    even and independent between tokens, which is what load balancing aims at; uneven use touches fewer.
    Units: share of one. Shapes broadcast.

    >>> round(share_of_experts_touched(routed_experts=256, experts_per_token=8, tokens=64), 3)
    0.869

    Source: occupancy of a random allocation; Feller 1968, An Introduction to Probability Theory, volume 1, II.5.
    """
    return 1.0 - (1.0 - experts_per_token / routed_experts) ** tokens


def expert_share_of_parameters(model: Transformer) -> Quantity:
    """Share of all parameters that sits in routed experts.

    Equation: expert layers · E · parameters of an expert / N

    Units: share of one; zero for a dense model. Shapes broadcast.

    >>> float(expert_share_of_parameters(EXAMPLE)) == 24 / 90
    True

    Source: the published configuration of each model.
    """
    return _routed(model) / total_parameters(model)


def parameters_touched(model: Transformer, tokens: Quantity) -> Quantity:
    """Parameters that a step over a batch has to read, each counted once.

    Equation: N − routed · (1 − k/E)ᴮ, with routed = expert layers · E · parameters of an expert

    N all parameters; E experts a layer, k chosen for a token, B tokens in the step. One token gives the active ones.
    Units: parameters. Shapes broadcast. For models with routed experts.

    >>> float(parameters_touched(EXAMPLE, tokens=1)), float(parameters_touched(EXAMPLE, tokens=2))
    (72.0, 76.5)

    Source: DeepSeek-V3 Technical Report, arXiv 2412.19437, section 3.4; the share touched is this module's.
    """
    untouched = 1.0 - share_of_experts_touched(model.routed_experts, model.experts_per_token, tokens)
    return total_parameters(model) - _routed(model) * untouched


def routed_parameters_called(model: Transformer) -> Quantity:
    """Parameters of the routed experts that one token calls: what changes from token to token.

    Equation: expert layers · k · parameters of an expert

    Units: parameters; zero for a dense model. Shapes broadcast.

    >>> float(routed_parameters_called(EXAMPLE))
    6.0

    Source: DeepSeek-V3 Technical Report, arXiv 2412.19437, section 2.1.2.
    """
    return 1.0 * (model.layers - model.dense_layers) * model.experts_per_token * expert_parameters(model)


def sparsity(model: Transformer) -> Quantity:
    """How many parameters a model stores for each one that a token uses.

    Equation: N / Nₐ

    Units: ratio; one for a dense model. Shapes broadcast.

    >>> float(sparsity(EXAMPLE))
    1.25

    Source: DeepSeek-V3 Technical Report, arXiv 2412.19437, abstract.
    """
    return total_parameters(model) / active_parameters(model)


def _routed(model: Transformer) -> Quantity:
    return (model.layers - model.dense_layers) * model.routed_experts * expert_parameters(model)
