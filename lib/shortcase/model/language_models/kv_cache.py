"""The key-value cache: what attention must remember of each token that a model has read."""

from __future__ import annotations

import numpy as np

from shortcase.model.language_models.transformer import Transformer
from shortcase.model.quantity import Quantity


def values_per_token_and_layer(model: Transformer) -> Quantity:
    """Numbers kept for one token in one layer.

    Equation: latent attention: c + r; otherwise m · (q + v)

    c width of the latent vector, r of the shared rotary key; m key-value heads, q and v widths of a key and a value.
    Units: numbers. Shapes broadcast.

    >>> from shortcase.model.language_models.transformer import EXAMPLE
    >>> float(values_per_token_and_layer(EXAMPLE))  # two heads, a key and a value of two numbers each
    8.0

    Source: DeepSeek-V2, arXiv 2405.04434, table 1; grouped-query: Ainslie et al. 2023, arXiv 2305.13245.
    """
    latent = model.kv_latent + model.shared_rope
    grouped = model.kv_heads * (model.query_key + model.value)
    return np.where(model.kv_latent > 0, latent, grouped)[()]


def bytes_per_token(model: Transformer, bytes_per_value: Quantity = 2.0) -> Quantity:
    """Memory that the cache needs for each token of context.

    Equation: layers · values per token and layer · bytes per value

    bytes_per_value: 2 for BF16, 1 for FP8.
    Units: bytes a token. Shapes broadcast.

    >>> from shortcase.model.language_models.transformer import EXAMPLE
    >>> float(bytes_per_token(EXAMPLE, bytes_per_value=2.0))
    16.0

    Source: Pope et al. 2022, arXiv 2211.05102, section 3.3; DeepSeek-V2, arXiv 2405.04434, table 1.
    """
    return model.layers * values_per_token_and_layer(model) * bytes_per_value


def bytes_per_token_multi_head(model: Transformer, bytes_per_value: Quantity = 2.0) -> Quantity:
    """Memory per token had the model kept a full key and value for every query head.

    Equation: layers · n · ((q − r) + v) · bytes per value

    n query heads; the key counts without its shared rotary part, as the models' own reports compare.
    Units: bytes a token. Shapes broadcast.

    >>> from shortcase.model.language_models.transformer import EXAMPLE
    >>> bytes_per_token_multi_head(EXAMPLE)
    16.0

    Source: DeepSeek-V2, arXiv 2405.04434, table 1, first row.
    """
    return model.layers * model.heads * (model.query_key - model.shared_rope + model.value) * bytes_per_value


def cache_bytes(
    model: Transformer, context_tokens: Quantity, sequences: Quantity, bytes_per_value: Quantity = 2.0
) -> Quantity:
    """Memory that the cache of a whole batch needs.

    Equation: sequences · context · bytes per token

    Units: bytes. Shapes broadcast.

    >>> from shortcase.model.language_models.transformer import EXAMPLE
    >>> float(cache_bytes(EXAMPLE, context_tokens=1000, sequences=2))
    32000.0

    Source: Pope et al. 2022, arXiv 2211.05102, section 3.3.
    """
    return sequences * context_tokens * bytes_per_token(model, bytes_per_value)
