"""How clean generated text is after a checker has thrown out what it finds wrong."""

from __future__ import annotations

from shortcase.model.quantity import Quantity


def precision(success: Quantity, passes_right: Quantity, passes_wrong: Quantity) -> Quantity:
    """Share of right answers among those that a checker lets through.

    Equation: P = p·s / (p·s + (1 − p)·f)

    success: p, share of right answers before the check; passes_right: s, share of right answers that pass;
    passes_wrong: f, share of wrong ones that pass. Units: shares of one. Shapes broadcast.

    >>> round(precision(success=0.05, passes_right=0.99, passes_wrong=0.01), 3)
    0.839

    Source: Bayes' rule.
    """
    right = success * passes_right
    return right / (right + (1.0 - success) * passes_wrong)


def passes_wrong_allowed(precision: Quantity, success: Quantity, passes_right: Quantity) -> Quantity:
    """Largest share of wrong answers that a checker may let through for its output to be as clean as wanted.

    Equation: f = p·s·(1 − P) / ((1 − p)·P)

    precision: P, wanted; success: p; passes_right: s. Units: shares of one. Shapes broadcast.

    >>> round(passes_wrong_allowed(precision=0.5, success=0.05, passes_right=0.95), 3)
    0.05

    Source: Bayes' rule solved for the error.
    """
    return success * passes_right * (1.0 - precision) / ((1.0 - success) * precision)


def tries_per_accepted(success: Quantity, passes_right: Quantity, passes_wrong: Quantity) -> Quantity:
    """Answers that must be generated for one that passes the check.

    Equation: n = 1 / (p·s + (1 − p)·f)

    success: p; passes_right: s; passes_wrong: f. Units: a count. Shapes broadcast.

    >>> tries_per_accepted(success=0.25, passes_right=1.0, passes_wrong=0.0)
    4.0

    Source: mean of a geometric distribution.
    """
    return 1.0 / (success * passes_right + (1.0 - success) * passes_wrong)
