"""A small model that tries first and a large one that takes what is left: what is saved, and where it runs."""

from __future__ import annotations

from shortcase.model.quantity import Quantity


def work_left(small: Quantity, large: Quantity, kept: Quantity) -> Quantity:
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


def volume_to_refill(moved: Quantity) -> Quantity:
    """By how much the number of answers must grow for the data centre to do as much work as before.

    Equation: 1 / (1 − s) − 1

    Units: share of one. Shapes broadcast.

    >>> volume_to_refill(0.5)
    1.0

    Source: arithmetic.
    """
    return 1.0 / (1.0 - moved) - 1.0


def share_for_volume(volume: Quantity) -> Quantity:
    """Share that must be given elsewhere for the data centre to do the work that a smaller volume brought.

    Equation: s = 1 − 1/v

    volume: v, answers over those before, above zero. Units: share of one. Shapes broadcast.

    >>> share_for_volume(2.0)
    0.5

    Source: the volume that refills the data centre, solved for the share.
    """
    return 1.0 - 1.0 / volume
