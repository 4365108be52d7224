"""`copula` against published values and figures worked by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import multivariate_normal

from shortcase.model.probability import copula, joint_threats

UNEQUAL = [0.15, 0.4, 0.2, 0.3, 0.15]
ALIKE = [0.2] * 5


@pytest.mark.parametrize(
    ("chance", "unions"),
    # Planned for this book at ρ = 0, 0.2, 0.4, 0.6, 0.8, and confirmed by an independent recomputation.
    [
        (0.1, [0.410, 0.364, 0.317, 0.267, 0.210]),
        (0.2, [0.672, 0.596, 0.524, 0.450, 0.366]),
        (0.3, [0.832, 0.752, 0.674, 0.593, 0.498]),
    ],
)
def test_five_alike_in_the_reference_table(chance: float, unions: list[float]) -> None:
    found = 1.0 - copula.one_factor([chance] * 5, np.array([0.0, 0.2, 0.4, 0.6, 0.8]))[..., 0]
    assert found == pytest.approx(unions, abs=5e-4)


def test_the_union_by_scipys_multivariate_normal() -> None:
    for rho in (0.2, 0.4, 0.8):
        none = multivariate_normal(np.zeros(5), copula.equicorrelation(5, rho)).cdf(-ndtri(UNEQUAL))
        assert 1.0 - copula.one_factor(UNEQUAL, rho)[0] == pytest.approx(1.0 - none, abs=2e-4)
        assert copula.union_of_matrix(UNEQUAL, copula.equicorrelation(5, rho)) == pytest.approx(1.0 - none, abs=3e-4)


def test_a_negative_correlation_by_scipys_multivariate_normal() -> None:
    matrix = copula.equicorrelation(5, -0.2)
    none = multivariate_normal(np.zeros(5), matrix).cdf(-ndtri(ALIKE))
    assert copula.union_of_matrix(ALIKE, matrix) == pytest.approx(1.0 - none, abs=3e-4)
    # Set against each other they succeed one at least more often than independent ones, at most as often as they add.
    assert 0.67232 < copula.union_of_matrix(ALIKE, matrix) < 1.0


def test_every_outcome_by_scipys_bivariate_normal() -> None:
    # Two events: P(both) is the bivariate normal below both edges; the rest follows from the two chances.
    both = multivariate_normal([0.0, 0.0], [[1.0, 0.5], [0.5, 1.0]]).cdf(ndtri([0.2, 0.6]))
    assert copula.one_factor([0.2, 0.6], 0.5) == pytest.approx(
        [1.0 - 0.2 - 0.6 + both, 0.2 - both, 0.6 - both, both], abs=1e-7
    )


def test_at_a_half_the_orthant_is_known_exactly() -> None:
    # Sheppard (1899): two normals are both below their mean with chance 1/4 + arcsin ρ / 2π; at ρ = 1/2, a third.
    assert copula.one_factor([0.5, 0.5], 0.5)[3] == pytest.approx(1.0 / 3.0, abs=1e-10)


def test_the_chances_themselves_are_kept() -> None:
    happens = np.array(list(itertools.product((0, 1), repeat=5)))[:, ::-1]
    for outcome in (copula.one_factor(UNEQUAL, 0.6), copula.student(UNEQUAL, 0.6, 4.0)):
        assert np.sum(outcome) == pytest.approx(1.0, abs=1e-12)
        # Student's by quadrature over two variables: good to five digits.
        assert outcome @ happens == pytest.approx(UNEQUAL, abs=5e-6)


def test_students_copula_is_dependent_without_correlation() -> None:
    # Recomputed for the audit of this book's plan: 64 per cent against 67, with four degrees of freedom.
    assert 1.0 - copula.student(ALIKE, 0.0, 4.0)[0] == pytest.approx(0.64, abs=0.005)
    assert copula.student(ALIKE, 0.4, 1e6) == pytest.approx(copula.one_factor(ALIKE, 0.4), abs=1e-5)


def test_students_copula_by_drawing_it() -> None:
    rng = np.random.default_rng(20250125)
    z, own = rng.standard_normal((200_000, 1)), rng.standard_normal((200_000, 5))
    scale = np.sqrt(rng.chisquare(4.0, (200_000, 1)) / 4.0)
    t = (np.sqrt(0.4) * z + np.sqrt(0.6) * own) / scale
    edge = np.quantile(t, 0.2)
    count = np.sum(t < edge, axis=1)
    outcome = copula.student(ALIKE, 0.4, 4.0)
    for k in (1, 2, 3):
        assert joint_threats.at_least(outcome, k) == pytest.approx(float(np.mean(count >= k)), abs=0.005)


def test_correlation_of_events_is_smaller_than_of_what_is_behind_them() -> None:
    # Recomputed for the audit: 0.23 at ρ = 0.4 and p = 0.2. At p = 1/2, (2/π)·arcsin ρ by Sheppard.
    assert copula.event_correlation(0.2, 0.4) == pytest.approx(0.23, abs=0.005)
    assert copula.event_correlation(0.5, 0.5) == pytest.approx(1.0 / 3.0, abs=1e-9)
    assert copula.event_correlation(0.3, 0.0) == pytest.approx(0.0, abs=1e-12)


def test_the_correlation_behind_a_union() -> None:
    union = 1.0 - copula.one_factor(UNEQUAL, 0.35)[0]
    assert copula.correlation_for_union(union, UNEQUAL) == pytest.approx(0.35, abs=1e-8)
    # More than independence gives cannot be had: the lower end answers.
    assert copula.correlation_for_union(0.99, UNEQUAL) == pytest.approx(0.0, abs=1e-8)


def test_five_cannot_all_be_set_against_each_other() -> None:
    assert copula.lowest_correlation(5.0) == -0.25
    assert copula.smallest_eigenvalue(copula.equicorrelation(5, -0.25)) == pytest.approx(0.0, abs=1e-12)
    assert copula.smallest_eigenvalue(copula.equicorrelation(5, -0.3)) < 0
    with pytest.raises(np.linalg.LinAlgError):
        copula.union_of_matrix(ALIKE, copula.equicorrelation(5, -0.3))


@pytest.mark.parametrize("rho", [0.0, 0.2, 0.4, 0.5, 0.8, 0.9, 0.95])
def test_the_nodes_for_a_correlation_are_enough_for_it(rho: float) -> None:
    # A thousandth of a millionth of a chance is less than a millionth of a dollar, as a share is worth a few hundred.
    chances = [0.15, 0.4, 0.2, 0.7, 0.15]
    many = copula.nodes_for(0.9999, 5)
    assert copula.one_factor(chances, rho, copula.nodes_for(rho, 5)) == pytest.approx(
        copula.one_factor(chances, rho, many), abs=1e-9
    )


def test_more_nodes_are_taken_where_the_factor_cuts_sharply() -> None:
    counts = [len(copula.nodes_for(rho, 5)[0]) for rho in (0.0, 0.4, 0.8, 0.95)]
    assert counts == sorted(counts)
    assert len(copula.nodes_for(np.array([0.1, 0.95]), 5)[0]) == counts[-1]
