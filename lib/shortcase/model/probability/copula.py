"""Events that hang together: chances of what happens jointly, through latent normal (or Student) variables.

An event happens when its latent variable falls below the value that gives it its chance. The variables are correlated;
the correlation of the events themselves is smaller (`event_correlation`). Outcomes are numbered by the events that
happen: event i, counted from zero, adds 2ⁱ, so that outcome 0 is that none does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize.elementwise import find_root
from scipy.special import gammaincinv, ndtr, ndtri, stdtrit

from shortcase.model.quantity import Quantity

MOST_TIED = 0.999
"""The highest correlation that is looked at."""


def _nodes(count: int) -> tuple[Quantity, Quantity]:
    """Places and weights of a standard normal factor: Gauss–Legendre over eight standard deviations either side."""
    points, weights = np.polynomial.legendre.leggauss(count)
    z = 8.0 * points
    density = weights * np.exp(-z * z / 2.0)
    return z, density / np.sum(density)


FACTOR, FACTOR_WEIGHTS = _nodes(96)
REACH = 7.0
"""Standard deviations of the factor beyond which a trapezoid rule need not look: two in a million million."""
DIGITS = 1e-12
UNIT, UNIT_WEIGHTS = (half / 2.0 for half in np.polynomial.legendre.leggauss(48))
UNIT = UNIT + 0.5
LATTICE_POINTS = 4099
STEPS_OF_LATTICE = np.sqrt(np.array([2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0]))


def nodes_for(correlation: Quantity, events: int) -> tuple[Quantity, Quantity]:
    """Places and weights of the factor that are enough for a correlation: few where it is low, many where it is high.

    Equation: h² = 2π² / (ln 10¹² · (1 + n·ρ/(1 − ρ))), a trapezoid rule with the step h over ±7

    correlation: ρ, below one; of several the largest counts; events: n. Given the factor an event goes from certain to
    impossible over √((1 − ρ)/ρ); a step too long for that misses it. The trapezoid rule on a smooth function that dies
    out at both ends errs by its Fourier transform at 2π/h, here below a normal curve's of that width.
    Units: standard deviations, shares. Shapes: the nodes on one axis.

    >>> [len(nodes_for(rho, 5)[0]) for rho in (0.0, 0.4, 0.95)]
    [19, 37, 165]

    Source: Trefethen and Weideman 2014, The Exponentially Convergent Trapezoidal Rule, SIAM Review 56(3), section 5.
    """
    highest = float(np.max(correlation))
    sharp = 1.0 + events * highest / (1.0 - highest)
    step = np.sqrt(2.0 * np.pi**2 / (-np.log(DIGITS) * sharp))
    half = int(np.ceil(REACH / step))
    places = REACH * np.arange(-half, half + 1) / half
    density = np.exp(-places * places / 2.0)
    return places, density / np.sum(density)


def one_factor(
    chances: Sequence[Quantity], correlation: Quantity, nodes: tuple[Quantity, Quantity] = (FACTOR, FACTOR_WEIGHTS)
) -> Quantity:
    """Chances of all outcomes when one common factor ties the events together: the one-factor Gaussian copula.

    Equation: P(x) = ∫ Π pᵢ(z)^xᵢ · (1 − pᵢ(z))^(1 − xᵢ) φ(z) dz, with pᵢ(z) = Φ( (Φ⁻¹(pᵢ) − √ρ·z) / √(1 − ρ) )

    chances: pᵢ, between zero and one; correlation: ρ of any two latent variables, from zero to below one: a common
    factor cannot set events against each other; nodes: places and weights of the factor, `nodes_for` where there are
    many draws. Units: shares; 2ⁿ of them on a last axis. Shapes broadcast.

    >>> [round(float(p), 4) for p in one_factor([0.2, 0.5], 0.0)]
    [0.4, 0.1, 0.4, 0.1]

    Source: Vasicek (1987, published as "The distribution of loan portfolio value", Risk, December 2002); Li (2000),
    On Default Correlation: A Copula Function Approach, Journal of Fixed Income 9(4).
    """
    pull, own = _loadings(correlation)
    places, weights = nodes
    given = [ndtr((np.expand_dims(ndtri(p), -1) - pull * places) / own) for p in chances]
    return _mixed(given, weights)


def student(chances: Sequence[Quantity], correlation: Quantity, degrees_of_freedom: Quantity) -> Quantity:
    """The same with Student's t: a common shock to all scales makes extremes come together, even at no correlation.

    Equation: P(x) = ∫∫ Π pᵢ(z, s)^xᵢ · (1 − pᵢ(z, s))^(1 − xᵢ) dF(s) φ(z) dz, with
    pᵢ(z, s) = Φ( (s·t⁻¹(pᵢ) − √ρ·z) / √(1 − ρ) ) and ν·s² distributed as χ² with ν degrees of freedom

    degrees_of_freedom: ν, above two; the larger, the nearer to the normal. The rest as for `one_factor`.
    Units: shares; 2ⁿ of them on a last axis. Shapes broadcast.

    >>> round(1.0 - float(student([0.2] * 5, 0.0, 4.0)[0]), 3)
    0.638

    Source: Demarta and McNeil (2005), The t Copula and Related Copulas, International Statistical Review 73(1).
    """
    pull, own = (np.expand_dims(part, -1) for part in _loadings(correlation))
    freedom = np.expand_dims(degrees_of_freedom, -1)
    shared = 2.0 * gammaincinv(freedom / 2.0, UNIT)  # quantiles of χ², as scipy.stats has them, without loading it
    scales = np.expand_dims(np.sqrt(shared / freedom), -1)
    given = []
    for p in chances:
        edge = np.expand_dims(stdtrit(degrees_of_freedom, p), (-1, -2))
        both = ndtr((edge * scales - pull * FACTOR) / own)
        given.append(both.reshape(*both.shape[:-2], -1))
    return _mixed(given, np.outer(UNIT_WEIGHTS, FACTOR_WEIGHTS).ravel())


def _loadings(correlation: Quantity) -> tuple[Quantity, Quantity]:
    rho = np.expand_dims(correlation, -1)
    return np.sqrt(rho), np.sqrt(1.0 - rho)


def _mixed(given: Sequence[Quantity], weights: Quantity) -> Quantity:
    """Sums over the nodes, of which each has chances of its own: those of some events times those of the others."""
    half = len(given) // 2
    middle = given[half]
    some = _outcomes([weights], given[:half])
    others = _outcomes([1.0 - middle, middle], given[half + 1 :])
    found = np.vecdot(np.expand_dims(others, -2), np.expand_dims(some, -3))
    return found.reshape(*found.shape[:-2], -1)


def _outcomes(found: list[Any], given: Sequence[Quantity]) -> Quantity:
    """What is found of some events, for each outcome of these and more of them, on an axis before that of the nodes."""
    for q in given:
        not_q = 1.0 - q
        found = [o * not_q for o in found] + [o * q for o in found]
    return np.stack(found, axis=-2)


def event_correlation(chance: Quantity, correlation: Quantity) -> Quantity:
    """Correlation of two events of one chance, for a correlation of the variables behind them.

    Equation: r = ( ∫ p(z)² φ(z) dz − p² ) / ( p·(1 − p) ), with p(z) as for one_factor

    chance: p; correlation: ρ, from zero to below one. Units: a ratio. Shapes broadcast.

    >>> round(float(event_correlation(0.2, 0.4)), 3)
    0.226

    Source: definition of the correlation of two indicators, also called phi.
    """
    pull, own = _loadings(correlation)
    given = ndtr((np.expand_dims(ndtri(chance), -1) - pull * FACTOR) / own)
    return (np.sum(given * given * FACTOR_WEIGHTS, axis=-1) - chance**2) / (chance * (1.0 - chance))


def correlation_for_union(union: Quantity, chances: Sequence[Quantity]) -> Quantity:
    """Correlation behind the events at which one at least happens with a given chance.

    Equation: ρ such that 1 − P(none) = P under one_factor, between 0 and 0.999

    union: P; chances: pᵢ of the events. The end of the interval where no correlation between gives it: the chance falls
    as ρ rises. Units: a ratio. Shapes broadcast.

    >>> round(float(correlation_for_union(0.5239, [0.2] * 5)), 3)
    0.4

    Source: one_factor solved for the correlation.
    """

    def gap(correlation: Quantity, union: Quantity, *chances: Quantity) -> Quantity:
        return 1.0 - one_factor(chances, correlation)[..., 0] - union

    given = (union, *chances)
    found = find_root(gap, (0.0, MOST_TIED), args=given)
    below = np.where(gap(MOST_TIED, *given) > 0.0, MOST_TIED, found.x)
    return np.where(gap(0.0, *given) < 0.0, 0.0, below)[()]


def lowest_correlation(count: Quantity) -> Quantity:
    """Lowest correlation that so many variables can all have with one another.

    Equation: ρ ≥ −1 / (n − 1)

    count: n, above one. Units: a ratio. Shapes broadcast.

    >>> lowest_correlation(5.0)
    -0.25

    Source: the smallest eigenvalue of the matrix, 1 + (n − 1)·ρ, may not be negative.
    """
    return -1.0 / (count - 1.0)


def equicorrelation(count: int, correlation: Quantity) -> Quantity:
    """The matrix in which any two of so many variables have the same correlation.

    Equation: R = (1 − ρ)·I + ρ·J, with J all ones

    Units: a ratio; two axes behind those of the correlation. Shapes broadcast.

    >>> equicorrelation(2, 0.25).tolist()
    [[1.0, 0.25], [0.25, 1.0]]

    Source: definition.
    """
    rho = np.expand_dims(correlation, (-1, -2))
    return (1.0 - rho) * np.eye(count) + rho * np.ones((count, count))


def smallest_eigenvalue(matrix: Quantity) -> Quantity:
    """Smallest eigenvalue of a symmetric matrix: below zero, no variables can have these correlations.

    Equation: λ = min over |v| = 1 of vᵀ·R·v

    Units: a ratio. Shapes: matrices on the last two axes.

    >>> round(float(smallest_eigenvalue(equicorrelation(5, -0.3))), 3)
    -0.2

    Source: a matrix of correlations is positive semi-definite.
    """
    return np.linalg.eigvalsh(matrix)[..., 0]


def union_of_matrix(chances: Quantity, matrix: Quantity) -> Quantity:
    """Chance that at least one event happens, for any possible matrix of correlations.

    Equation: P = 1 − P( all Xᵢ > Φ⁻¹(pᵢ) ), X normal with the matrix R, by integrating one variable after the other

    chances: pᵢ on the last axis, at most eight; matrix: R on the last two, positive definite. Units: a share, to four
    digits. Shapes broadcast. Errors: numpy's LinAlgError where the matrix is not positive definite.

    >>> round(float(union_of_matrix([0.2, 0.2], equicorrelation(2, 0.0))), 4)
    0.36

    Source: Genz (1992), Numerical Computation of Multivariate Normal Probabilities, Journal of Computational and
    Graphical Statistics 1(2); the points are a lattice of square roots of primes, folded in the middle.
    """
    lower = np.linalg.cholesky(matrix)
    bounds = -ndtri(np.asarray(chances, dtype=float))
    count = bounds.shape[-1]
    turns = np.outer(STEPS_OF_LATTICE, np.arange(1, LATTICE_POINTS + 1)) % 1.0
    points = np.abs(2.0 * turns - 1.0)
    drawn: list[Any] = []
    none: Any = 1.0
    for i in range(count):
        moved = sum((lower[..., i, j, None] * drawn[j] for j in range(i)), np.zeros(LATTICE_POINTS))
        left = ndtr((bounds[..., i, None] - moved) / lower[..., i, i, None])
        none = none * left
        if i + 1 < count:
            drawn.append(ndtri(np.maximum(points[i] * left, 1e-300)))
    return 1.0 - np.mean(none, axis=-1)
