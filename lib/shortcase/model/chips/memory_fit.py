"""Does a model fit? Bytes that must be resident against bytes that the cards have."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity

BYTES_PER_MIB = 2.0**20


def weight_bytes(parameters: Quantity, bits: Quantity) -> Quantity:
    """Memory for a model's weights.

    Equation: parameters · bits / 8

    Units: bytes. Scale factors of a quantised format are not counted. Shapes broadcast.

    >>> weight_bytes(parameters=671e9, bits=8)
    671000000000.0

    Source: arithmetic.
    """
    return parameters * bits / 8.0


def cards(needed_bytes: Quantity, card_mib: Quantity, usable_share: Quantity) -> Quantity:
    """How many cards' worth of memory is needed, as a fraction.

    Equation: bytes / (MiB of a card · 2²⁰ · usable share)

    card_mib: memory as the driver reports it, in units of 2²⁰ bytes; a maker's GB is not always one thing.
    usable_share: what is left for weights and cache.
    Units: cards. Shapes broadcast.

    >>> cards(needed_bytes=2 * 2**30, card_mib=1024, usable_share=0.5)
    4.0

    Source: arithmetic.
    """
    return needed_bytes / (card_mib * BYTES_PER_MIB * usable_share)


def whole_cards(needed_bytes: Quantity, card_mib: Quantity, usable_share: Quantity) -> Quantity:
    """How many cards have to be bought.

    Equation: ⌈bytes / (MiB of a card · 2²⁰ · usable share)⌉

    Units: cards. Shapes broadcast. Layers that cannot be split evenly need more.

    >>> float(whole_cards(needed_bytes=2 * 2**30 + 1, card_mib=1024, usable_share=1.0))
    3.0

    Source: arithmetic.
    """
    return np.ceil(cards(needed_bytes, card_mib, usable_share))


def cost_of_cards(needed_bytes: Quantity, card_mib: Quantity, usable_share: Quantity, card_usd: Quantity) -> Quantity:
    """What the cards cost that hold so many bytes.

    Equation: ⌈bytes / (MiB of a card · 2²⁰ · usable share)⌉ · price of a card

    Units: dollars; the computer around the cards is not counted. Shapes broadcast.

    >>> float(cost_of_cards(needed_bytes=2**31, card_mib=1024, usable_share=1.0, card_usd=1599.0))
    3198.0

    Source: arithmetic.
    """
    return whole_cards(needed_bytes, card_mib, usable_share) * card_usd


def parameters_that_fit(card_mib: Quantity, usable_share: Quantity, bits: Quantity) -> Quantity:
    """Largest model whose weights fit one card.

    Equation: 8 · MiB · 2²⁰ · usable share / bits

    Units: parameters. Shapes broadcast.

    >>> round(parameters_that_fit(card_mib=24_576, usable_share=0.9, bits=16) / 1e9, 1)
    11.6

    Source: arithmetic.
    """
    return 8.0 * card_mib * BYTES_PER_MIB * usable_share / bits


def bits_that_fit(card_mib: Quantity, usable_share: Quantity, parameters: Quantity) -> Quantity:
    """Bits that a parameter may have for the weights alone to fit one card.

    Equation: 8 · MiB · 2²⁰ · usable share / parameters

    Units: bits. Shapes broadcast.

    >>> round(bits_that_fit(card_mib=24_576, usable_share=1.0, parameters=70e9), 2)
    2.95

    Source: arithmetic.
    """
    return 8.0 * card_mib * BYTES_PER_MIB * usable_share / parameters


def cache_share(weights_bytes: Quantity, cache_bytes: Quantity) -> Quantity:
    """Part of the resident memory that is cache.

    Equation: cache / (weights + cache)

    Units: share of one. Shapes broadcast.

    >>> cache_share(weights_bytes=80.0, cache_bytes=20.0)
    0.2

    Source: arithmetic.
    """
    return cache_bytes / (weights_bytes + cache_bytes)


def usable_bytes(card_mib: Quantity, usable_share: Quantity) -> Quantity:
    """Memory of a card that weights and caches may fill.

    Equation: MiB · 2²⁰ · usable share

    Units: bytes. Shapes broadcast.

    >>> usable_bytes(card_mib=1024, usable_share=0.5)
    536870912.0

    Source: arithmetic.
    """
    return card_mib * BYTES_PER_MIB * usable_share
