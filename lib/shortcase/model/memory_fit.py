"""Does a model fit? Bytes that must be resident against bytes that the cards have."""

from __future__ import annotations

from typing import Any

import numpy as np

BYTES_PER_MIB = 2.0**20


def weight_bytes(parameters: Any, bits: Any) -> Any:
    """Memory for a model's weights.

    Equation: parameters · bits / 8

    Units: bytes. Scale factors of a quantised format are not counted. Shapes broadcast.

    >>> weight_bytes(parameters=671e9, bits=8)
    671000000000.0

    Source: arithmetic.
    """
    return parameters * bits / 8.0


def resident_bytes(weights_bytes: Any, cache_bytes: Any, overhead_share: Any) -> Any:
    """Memory that a server needs: weights, cache, and what activations, buffers and fragments take.

    Equation: (weights + cache) · (1 + overhead)

    Units: bytes. Shapes broadcast.

    >>> round(resident_bytes(weights_bytes=100.0, cache_bytes=20.0, overhead_share=0.1), 6)
    132.0

    Source: Kwon et al. 2023, arXiv 2309.06180, figure 1, for the parts; the overhead is an input.
    """
    return (weights_bytes + cache_bytes) * (1.0 + overhead_share)


def cards(needed_bytes: Any, card_mib: Any) -> Any:
    """How many cards' worth of memory is needed, as a fraction.

    Equation: bytes / (MiB of a card · 2²⁰)

    card_mib: memory as the driver reports it, in units of 2²⁰ bytes; a maker's GB is not always one thing.
    Units: cards. Shapes broadcast.

    >>> cards(needed_bytes=2 * 2**30, card_mib=1024)
    2.0

    Source: arithmetic.
    """
    return needed_bytes / (card_mib * BYTES_PER_MIB)


def whole_cards(needed_bytes: Any, card_mib: Any) -> Any:
    """How many cards have to be bought.

    Equation: ⌈bytes / (MiB of a card · 2²⁰)⌉

    Units: cards. Shapes broadcast. Evenly spread layers may need more.

    >>> float(whole_cards(needed_bytes=2 * 2**30 + 1, card_mib=1024))
    3.0

    Source: arithmetic.
    """
    return np.ceil(cards(needed_bytes, card_mib))


def bits_that_fit(card_mib: Any, parameters: Any) -> Any:
    """Bits a parameter may have for the weights alone to fit one card.

    Equation: 8 · MiB · 2²⁰ / parameters

    Units: bits. Shapes broadcast.

    >>> round(bits_that_fit(card_mib=24564, parameters=70e9), 2)
    2.94

    Source: arithmetic.
    """
    return 8.0 * card_mib * BYTES_PER_MIB / parameters


def seconds_to_stream(moved_bytes: Any, bytes_per_s: Any) -> Any:
    """Time to bring weights over a link instead of keeping them resident.

    Equation: bytes / bandwidth

    Units: seconds. Shapes broadcast.

    >>> seconds_to_stream(moved_bytes=64e9, bytes_per_s=64e9)
    1.0

    Source: arithmetic.
    """
    return moved_bytes / bytes_per_s
