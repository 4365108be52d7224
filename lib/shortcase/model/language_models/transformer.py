"""Counting a Transformer: how many parameters it has, and how much work one token of training is.

One configuration covers dense models and mixtures of experts, and the three kinds of attention in use: multi-head
(as many key heads as query heads), grouped-query (fewer), and latent (one compressed vector for all heads).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.quantity import Quantity


@dataclass(frozen=True)
class Transformer:
    """A decoder-only Transformer, as its published configuration states it. All fields are counts.

    kv_latent is the width of the compressed key-value vector of latent attention, and zero for every other kind;
    shared_rope is the width of the key part that carries the position and is shared by all heads (zero likewise).
    query_key is the width of one head's query and key, value that of its value. A dense model has no routed experts,
    and all its layers are dense. ffn_matrices is three for gated feed-forward layers (SwiGLU), two for the older kind;
    tied, qkv_bias and all_bias are one or zero; norm_vectors is one for RMSNorm and two for LayerNorm.
    """

    layers: Quantity
    hidden: Quantity
    heads: Quantity
    kv_heads: Quantity
    query_key: Quantity
    value: Quantity
    query_latent: Quantity
    kv_latent: Quantity
    shared_rope: Quantity
    dense_layers: Quantity
    dense_ffn: Quantity
    ffn_matrices: Quantity
    routed_experts: Quantity
    shared_experts: Quantity
    experts_per_token: Quantity
    expert_ffn: Quantity
    vocabulary: Quantity
    tied: Quantity
    learned_positions: Quantity
    qkv_bias: Quantity
    all_bias: Quantity
    norm_vectors: Quantity


def attention_parameters(model: Transformer) -> Quantity:
    """Parameters of one attention layer.

    Equation: grouped or multi-head: h·n·q + h·m·(q + v) + n·v·h; latent: query path (h·a + a + a·n·q, or h·n·q without
    a query latent) + h·(c + r) + c + c·n·(q − r + v) + n·v·h

    h hidden width, n query heads, m key-value heads, q and v widths of a head's query and value, a query latent,
    c key-value latent, r shared rotary width; biases are added where the model has them.
    Units: parameters. Shapes broadcast.

    >>> float(attention_parameters(EXAMPLE))
    32.0

    Source: Vaswani et al. 2017, arXiv 1706.03762, section 3.2.2; DeepSeek-V2, arXiv 2405.04434, section 2.1.2.
    """
    h, n, q, v = model.hidden, model.heads, model.query_key, model.value
    full_query = h * n * q
    latent_query = h * model.query_latent + model.query_latent + model.query_latent * n * q
    query = np.where(model.query_latent > 0, latent_query, full_query)
    grouped = h * model.kv_heads * (q + v)
    compressed = h * (model.kv_latent + model.shared_rope) + model.kv_latent
    expanded = model.kv_latent * n * (q - model.shared_rope + v)
    keys_and_values = np.where(model.kv_latent > 0, compressed + expanded, grouped)
    bias = (model.qkv_bias + model.all_bias) * (n * q + model.kv_heads * (q + v)) + model.all_bias * h
    return 1.0 * (query + keys_and_values + n * v * h + bias)


def expert_parameters(model: Transformer) -> Quantity:
    """Parameters of one expert in one layer.

    Equation: E = matrices · h · f

    Units: parameters; f is the expert's inner width. Zero for a dense model.

    >>> float(expert_parameters(EXAMPLE))
    0.0

    Source: Shazeer et al. 2017, arXiv 1701.06538; gated form: Shazeer 2020, arXiv 2002.05202.
    """
    return 1.0 * model.ffn_matrices * model.hidden * model.expert_ffn


def embedding_parameters(model: Transformer) -> Quantity:
    """Parameters of the input embedding alone: they are looked up, not multiplied.

    Equation: vocabulary · h

    Units: parameters. Where embedding and output head are tied, the same matrix is also the head.

    >>> float(embedding_parameters(EXAMPLE))
    10.0

    Source: Vaswani et al. 2017, arXiv 1706.03762, section 3.4.
    """
    return 1.0 * model.vocabulary * model.hidden


def total_parameters(model: Transformer) -> Quantity:
    """All parameters of a model: what must be stored.

    Equation: N = embeddings + layers · (attention + norms) + dense layers · dense feed-forward
    + expert layers · ((routed + shared) · expert + router) + final norm

    Units: parameters. Shapes broadcast. The balancing bias of a router, which is not trained by gradient, is left out,
    and so are auxiliary heads that ordinary inference does not use (multi-token prediction).

    >>> float(total_parameters(EXAMPLE))
    124.0

    Source: the published configuration of each model; reproduces the parameter counts of the released weights.
    """
    return _parameters(model, model.routed_experts)


def active_parameters(model: Transformer) -> Quantity:
    """Parameters that one token passes through, both embeddings counted.

    Equation: Nₐ = N with the routed experts of a layer replaced by the experts chosen for a token

    Units: parameters. Shapes broadcast. Equal to the total for a dense model.

    >>> float(active_parameters(EXAMPLE))
    124.0

    Source: DeepSeek-V3 Technical Report, arXiv 2412.19437, section 4.2.
    """
    return _parameters(model, model.experts_per_token)


def multiplied_parameters(model: Transformer) -> Quantity:
    """Active parameters without the input embedding: those that cost two operations a token each.

    Equation: Nₘ = Nₐ − vocabulary · h · (1 − tied) − positions · h

    Units: parameters. With tied embeddings the one matrix is counted once, as the output head.

    >>> float(multiplied_parameters(EXAMPLE))
    114.0

    Source: Kaplan et al. 2020, arXiv 2001.08361, section 2.1, with the output head kept in.
    """
    looked_up = embedding_parameters(model) * (1 - model.tied) + model.learned_positions * model.hidden
    return active_parameters(model) - looked_up


def training_flop_per_token(model: Transformer, context_tokens: Quantity) -> Quantity:
    """Floating-point operations that training spends on one token, attention counted and causal.

    Equation: C = 6·Nₘ + 3·layers·heads·(q + v)·L

    Nₘ multiplied parameters; q, v widths of a head's query and value; L context length in tokens. A token looks back on
    L/2 others on average; each costs 2·(q + v) operations a head forward and twice that backward.
    Units: FLOP a token; one multiplication and one addition are two. Recomputed activations are not counted.

    >>> float(training_flop_per_token(EXAMPLE, context_tokens=4))
    780.0

    Source: Chowdhery et al. 2022, arXiv 2204.02311, appendix B, halved for causal attention.
    """
    attention = 3 * model.layers * model.heads * (model.query_key + model.value) * context_tokens
    return 6 * multiplied_parameters(model) + attention


def forward_flop_per_token(model: Transformer, context_tokens: Quantity) -> Quantity:
    """Floating-point operations that inference spends on one token, with a context already read.

    Equation: F = 2·Nₘ + 2·layers·heads·(q + v)·L

    L: tokens in the cache that this token looks back on, all of them.
    Units: FLOP a token. Latent attention that is computed on the compressed vectors costs more than this
    (decode_flop_per_token).

    >>> float(forward_flop_per_token(EXAMPLE, context_tokens=4))
    292.0

    Source: Kaplan et al. 2020, arXiv 2001.08361, table 1.
    """
    attention = 2 * model.layers * model.heads * (model.query_key + model.value) * context_tokens
    return 2 * multiplied_parameters(model) + attention


def decode_flop_per_token(model: Transformer, context_tokens: Quantity) -> Quantity:
    """Floating-point operations of writing one token, with latent attention as it is served: on the compressed vectors.

    Equation: F = 2·Nₘ + 2·layers·heads·w·L, with w = 2c + r for latent attention, otherwise q + v

    c, r widths of the latent vector and of the shared rotary key; q, v those of a head's query and value; L tokens in
    the cache, all looked back on. Each head of latent attention works on the whole latent vector, once to weigh it and
    once to sum it up, so that the cache need not be expanded: less to read, more to calculate.
    Units: FLOP a token. Shapes broadcast.

    >>> float(decode_flop_per_token(EXAMPLE, context_tokens=4))
    292.0

    Source: DeepSeek-V2, arXiv 2405.04434, section 2.1.2 and appendix C: the up-projections absorbed into the query and
    the output.
    """
    return 2 * multiplied_parameters(model) + _decode_attention(model) * context_tokens


def context_of_equal_work(model: Transformer, other: Transformer) -> Quantity:
    """Tokens of context at which writing a token is as much work for two models.

    Equation: L = (Nₘ′ − Nₘ) / (a − a′), with a = layers·heads·w of decode_flop_per_token

    model: Nₘ and a; other: Nₘ′ and a′. Below zero the two are never level. Units: tokens. Shapes broadcast.

    >>> from dataclasses import replace
    >>> wide = replace(EXAMPLE, layers=2, dense_layers=2, dense_ffn=0)
    >>> level = context_of_equal_work(EXAMPLE, wide)
    >>> float(decode_flop_per_token(EXAMPLE, level)) == float(decode_flop_per_token(wide, level))
    True

    Source: decode_flop_per_token of both, set equal.
    """
    fixed = multiplied_parameters(other) - multiplied_parameters(model)
    return 2 * fixed / (_decode_attention(model) - _decode_attention(other))


def second_token_parameters(model: Transformer) -> Quantity:
    """Parameters that a guess at the second token passes: one more layer, what joins its two inputs, and the head.

    Equation: Nₛ = attention + 2 norms + (chosen + shared)·expert + router + 2·h² + vocabulary·h

    The module reads the state of the first token and the embedding of the next, joined by a matrix of h by 2h; its
    embedding and head are those of the model. The three vectors of its own norms are left out.
    Units: parameters. For models with routed experts.

    >>> from dataclasses import replace
    >>> sparse = replace(EXAMPLE, dense_layers=0, routed_experts=4, experts_per_token=1, expert_ffn=1)
    >>> float(second_token_parameters(sparse))  # attention 32, norms 4, one expert 6, router 8, joint 8, head 10
    68.0

    Source: DeepSeek-V3 Technical Report, arXiv 2412.19437, section 2.2.
    """
    h = model.hidden
    sparse = (model.experts_per_token + model.shared_experts) * expert_parameters(model) + model.routed_experts * h
    layer = attention_parameters(model) + 2 * h * model.norm_vectors + sparse
    return layer + 2.0 * h * h + model.vocabulary * h


def _decode_attention(model: Transformer) -> Quantity:
    grouped = model.query_key + model.value
    width = np.where(model.kv_latent > 0, 2 * model.kv_latent + model.shared_rope, grouped)
    return 2.0 * model.layers * model.heads * width


def _parameters(model: Transformer, experts: Quantity) -> Quantity:
    h = model.hidden
    embeddings = model.vocabulary * h * (2 - model.tied) + model.learned_positions * h
    norms = 2 * h * model.norm_vectors
    dense = model.ffn_matrices * h * model.dense_ffn + model.all_bias * (model.dense_ffn + h)
    sparse = (experts + model.shared_experts) * expert_parameters(model) + model.routed_experts * h
    layers = model.layers * (attention_parameters(model) + norms)
    feed_forward = model.dense_layers * dense + (model.layers - model.dense_layers) * sparse
    return 1.0 * (embeddings + layers + feed_forward + h * model.norm_vectors)


EXAMPLE = Transformer(
    layers=1, hidden=2, heads=2, kv_heads=2, query_key=2, value=2, query_latent=0, kv_latent=0, shared_rope=0,
    dense_layers=1, dense_ffn=11, ffn_matrices=3, routed_experts=0, shared_experts=0, experts_per_token=0, expert_ffn=0,
    vocabulary=5, tied=0, learned_positions=0, qkv_bias=0, all_bias=0, norm_vectors=1,
)  # fmt: skip
"""The smallest configuration that can be counted by hand; the doctests count it."""
