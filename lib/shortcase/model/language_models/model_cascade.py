"""A small model that tries first and a large one that takes what is left: what is saved, and where it runs."""

from __future__ import annotations

from typing import Any


def work_left(small: Any, large: Any, kept: Any) -> Any:
    """Work of a cascade over that of the large model alone.

    Equation: c/C + (1 − k)

    small: c, work of the small model for an answer; large: C of the large one; kept: k, share of questions where the
    small model's answer stands. Every question is tried by the small model, so its work is always spent.
    Units: ratio. Shapes broadcast.

    >>> work_left(25.0, 100.0, 0.5)
    0.75

    Source: Chen, Zaharia, Zou, FrugalGPT, 2023, arXiv 2305.05176, the cascade of two models.
    """
    return small / large + 1.0 - kept


def kept_to_pay(small: Any, large: Any) -> Any:
    """Share of questions that the small model must settle before a cascade saves any work.

    Equation: k = c/C

    Above one the small model does more work than the large one, and no cascade can pay.
    Units: share of one. Shapes broadcast.

    >>> kept_to_pay(25.0, 100.0)
    0.25

    Source: the cascade's work, solved for no saving.
    """
    return small / large


def volume_to_refill(moved: Any) -> Any:
    """By how much the number of answers must grow for the data centre to do as much work as before.

    Equation: 1 / (1 − s) − 1

    Units: share of one. Shapes broadcast.

    >>> volume_to_refill(0.5)
    1.0

    Source: arithmetic.
    """
    return 1.0 / (1.0 - moved) - 1.0


def share_for_volume(volume: Any) -> Any:
    """Share that must be given elsewhere for the data centre to do the work that a smaller volume brought.

    Equation: s = 1 − 1/v

    volume: v, answers over those before, above nought. Units: share of one. Shapes broadcast.

    >>> share_for_volume(2.0)
    0.5

    Source: the volume that refills the data centre, solved for the share.
    """
    return 1.0 - 1.0 / volume


def bandwidth_for_money(bytes_per_s: Any, usd: Any) -> Any:
    """Memory bandwidth that a dollar buys.

    Equation: bandwidth / price

    What limits the speed of an answer to one user is how fast the weights can be read.
    Units: bytes a second for each dollar. Shapes broadcast.

    >>> bandwidth_for_money(900e9, 1800.0)
    500000000.0

    Source: arithmetic.
    """
    return bytes_per_s / usd
