"""The bare arithmetic of the book: what needs no name of its field, because a caller names the two amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from shortcase.model.quantity import Quantity


def share(amount: Quantity, whole: Quantity) -> Quantity:
    """Part that an amount is of the whole that it belongs to.

    Equation: amount / whole

    Units: share of one; both amounts in one unit. Shapes broadcast.

    >>> share(amount=21.0, whole=140.0)
    0.15

    Source: arithmetic.
    """
    return amount / whole


def share_if_any(amount: Quantity, whole: Quantity) -> Quantity:
    """Part that an amount is of a whole that may be nothing: of nothing, nothing.

    Equation: amount / whole; 0 where the whole is 0

    Units: share of one; both amounts in one unit. Shapes broadcast.

    >>> share_if_any(amount=21.0, whole=140.0), share_if_any(amount=0.0, whole=0.0)
    (np.float64(0.15), np.float64(0.0))

    Source: arithmetic; a part of nothing is a convention.
    """
    some = np.not_equal(whole, 0.0)
    return np.where(some, amount / np.where(some, whole, 1.0), 0.0)[()]


def ratio(numerator: Quantity, denominator: Quantity) -> Quantity:
    """One amount over another: how many times as much, or how much for each.

    Equation: numerator / denominator

    Units: those of the numerator for each of the denominator; a plain ratio where they are the same. Shapes broadcast.

    >>> ratio(numerator=30.0, denominator=2.5)
    12.0

    Source: arithmetic.
    """
    return numerator / denominator


def product(amount: Quantity, times: Quantity) -> Quantity:
    """An amount taken so many times.

    Equation: amount · times

    Units: those of the amount times those of the factor. Shapes broadcast.

    >>> product(amount=5.0, times=45.0)
    225.0

    Source: arithmetic.
    """
    return amount * times


def difference(amount: Quantity, less: Quantity) -> Quantity:
    """What is left of an amount when another is taken away.

    Equation: amount − less

    Units: those of the two amounts. Shapes broadcast.

    >>> difference(amount=0.75, less=0.5)
    0.25

    Source: arithmetic.
    """
    return amount - less


def growth(before: Quantity, after: Quantity) -> Quantity:
    """How much an amount has grown, as a share of what it was.

    Equation: after / before − 1

    Units: share of one; both amounts in one unit, above zero. Negative for a fall. Shapes broadcast.

    >>> growth(before=2.0, after=3.0)
    0.5

    Source: arithmetic.
    """
    return after / before - 1.0


def excess(amount: Quantity, base: Quantity) -> Quantity:
    """How far an amount lies above another at the same time, as a share of that other.

    Equation: amount / base − 1

    Units: share of one; both amounts in one unit, above zero. Negative where it lies below. Shapes broadcast.

    >>> excess(amount=150.0, base=120.0)
    0.25

    Source: arithmetic.
    """
    return amount / base - 1.0


def differs(one: Quantity, other: Quantity, tolerance: Quantity) -> Quantity:
    """Whether two amounts lie further apart than a part of the smaller; of two that are nothing, they do not.

    Equation: |a − b| > τ · min(|a|, |b|)

    one, other: a and b, in one unit, either of which may be zero: it differs from anything but zero. tolerance: τ, a
    share. Units: true or false. Shapes broadcast.

    >>> bool(differs(one=0.30, other=0.25, tolerance=0.1)), bool(differs(one=0.0, other=0.0, tolerance=0.1))
    (True, False)

    Source: definition; no quotient, so that it holds where one of the amounts is zero.
    """
    return np.abs(one - other) > tolerance * np.minimum(np.abs(one), np.abs(other))


def total(parts: Sequence[Quantity]) -> Quantity:
    """Sum of a few amounts: of quarters, of buyers.

    Equation: Σ parts

    parts: amounts in one unit. Units: theirs. Shapes broadcast.

    >>> total((1.0, 2.0, 4.0))
    7.0

    Source: arithmetic.
    """
    found: Any = 0.0
    for one in parts:
        found = found + one
    return found


def compounded(multiples: Sequence[Quantity]) -> Quantity:
    """Change of an amount that several causes multiply at once.

    Equation: Π multiples − 1

    multiples: what each cause alone leaves of the amount. Units: share of one; negative for a fall. Shapes broadcast.

    >>> compounded((0.5, 1.5))
    -0.25

    Source: arithmetic.
    """
    found: Any = 1.0
    for one in multiples:
        found = found * one
    return found - 1.0


def running(start: Quantity, changes: Sequence[Quantity], sign: float = 1.0) -> list[Quantity]:
    """Levels that an amount passes as changes come one after another: the edges of a bridge's bars.

    Equation: xₖ = start + sign · Σ of the first k changes

    sign: one where the changes add, minus one where they take away. Units: those of the amounts. Shapes broadcast. The
    first level is the start, so there is one more of them than of changes.

    >>> running(start=10.0, changes=(2.0, 3.0), sign=-1.0)
    [10.0, 8.0, 5.0]

    Source: arithmetic.
    """
    found = [start]
    for change in changes:
        found.append(found[-1] + sign * change)
    return found


def identity(figure: Quantity) -> Quantity:
    """A figure as it was read or drawn, for a sentence to print.

    Equation: figure

    Units: its own. Shapes: its own.

    >>> identity(figure=142.62)
    142.62

    Source: arithmetic.
    """
    return figure
