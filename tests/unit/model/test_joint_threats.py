"""Threats that come together: published and recomputed values, and the same integrals by other routes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import multivariate_normal

from shortcase.model import arithmetic
from shortcase.model.probability import copula, joint_threats
from shortcase.model.probability.joint_threats import Causes, FiveThreats
from shortcase.model.valuation import value_at_stake

ALIKE = [0.2] * 5
UNEQUAL = [0.15, 0.4, 0.2, 0.3, 0.15]


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


def test_what_each_of_five_must_have() -> None:
    # By hand: (1 − 0.2421)^5 = 0.25, that is 24.2 per cent each for three chances in four.
    assert joint_threats.chance_for_union(0.75, 5.0) == pytest.approx(0.242, abs=5e-4)
    assert (1.0 - joint_threats.chance_for_union(0.75, 5.0)) ** 5 == pytest.approx(0.25)


def test_effective_number() -> None:
    union = 1.0 - copula.one_factor(ALIKE, 0.4)[0]
    # Recomputed for the audit: 3.33 at p = 0.2 and ρ = 0.4.
    assert joint_threats.effective_number(union, ALIKE) == pytest.approx(3.33, abs=0.005)
    apart = 1.0 - np.prod(1.0 - np.array(UNEQUAL))
    assert joint_threats.effective_number(apart, UNEQUAL) == pytest.approx(5.0)


def test_expected_loss_hardly_moves_with_the_correlation() -> None:
    # By hand at ρ = 0: 1 − (1 − 0.2·0.15)^5 = 0.14127. Recomputed for the audit: 14.1, 13.4, 12.4 per cent.
    severities = [0.15] * 5
    found = [
        joint_threats.expected_loss(copula.one_factor(ALIKE, rho), joint_threats.losses(severities))
        for rho in (0.0, 0.4, 0.8)
    ]
    assert found[0] == pytest.approx(1.0 - 0.97**5, abs=1e-12)
    assert found == pytest.approx([0.141, 0.134, 0.124], abs=5e-4)
    # By another route: the mean over the factor of what is left, without any outcome.
    z, w = np.polynomial.hermite_e.hermegauss(120)
    p = ndtr((ndtri(0.2) - np.sqrt(0.4) * z) / np.sqrt(0.6))
    assert found[1] == pytest.approx(1.0 - np.sum(w * (1.0 - 0.15 * p) ** 5) / np.sum(w), abs=1e-8)


def test_losses_by_hand() -> None:
    # Two threats of 0.2 and 0.5 that take a half and a fifth, independent: nothing lost with 0.4, a fifth with 0.4,
    # a half with 0.1, and 1 − 0.5·0.8 = 0.6 with 0.1.
    outcome, severities = copula.one_factor([0.2, 0.5], 0.0), [0.5, 0.2]
    assert joint_threats.losses(severities) == pytest.approx([0.0, 0.5, 0.2, 0.6])
    assert joint_threats.expected_loss(outcome, joint_threats.losses(severities)) == pytest.approx(
        0.4 * 0.2 + 0.1 * 0.5 + 0.1 * 0.6
    )
    assert joint_threats.chance_of_losing(outcome, joint_threats.losses(severities), 0.2) == pytest.approx(0.2)
    assert [
        joint_threats.loss_quantile(outcome, joint_threats.losses(severities), q) for q in (0.3, 0.7, 0.85, 0.95)
    ] == pytest.approx([0.0, 0.2, 0.5, 0.6])
    assert joint_threats.at_least(outcome, 2) == pytest.approx(0.1)


def test_the_tree_by_hand() -> None:
    # A foundry with F = 1/2, nothing taken by efficiency: each of three threats has 0.4 where there is one, none where
    # there is not. None of the three succeeds with 1/2 + 1/2·0.6³ = 0.608; software and efficiency stand apart.
    outcome = joint_threats.tree(FiveThreats(*ALIKE), Causes(foundry_access=0.5, rivals_left=1.0))
    assert outcome[0] == pytest.approx(0.608 * 0.8 * 0.8)
    happens = np.array(list(itertools.product((0, 1), repeat=5)))[:, ::-1]
    assert outcome @ happens == pytest.approx(ALIKE)
    # Efficiency that shuts out all others, at E = 0.2: software has 0.25 without it. None: 0.8·0.75·(what is left).
    outcome = joint_threats.tree(FiveThreats(*ALIKE), Causes(foundry_access=1.0, rivals_left=0.0))
    assert outcome[0] == pytest.approx(0.8 * 0.75**4)
    assert outcome @ happens == pytest.approx(ALIKE)


def test_chances_given_the_causes_by_hand() -> None:
    # F = 1/2, E = 0.2, r = 1/2: spared 0.9, so a chip with 0.2 has 0.2/0.45 with a foundry, and half of that when
    # efficiency has cut demand; software has 0.2/0.9.
    causes = Causes(foundry_access=0.5, rivals_left=0.5)
    whole, cut, shut = (
        joint_threats.given_causes(FiveThreats(*ALIKE), causes, *at) for at in ((1.0, 0.0), (1.0, 1.0), (0.0, 0.0))
    )
    assert whole == pytest.approx([4 / 9, 4 / 9, 2 / 9, 0.0, 4 / 9])
    assert cut == pytest.approx([2 / 9, 2 / 9, 1 / 9, 1.0, 2 / 9])
    assert shut == pytest.approx([0.0, 0.0, 2 / 9, 0.0, 0.0])


def test_causes_can_forbid_a_chance() -> None:
    # A chance of 0.9 where only half of the time there is a foundry: the cause binds, and one half is left.
    outcome = joint_threats.tree(FiveThreats(0.9, 0.1, 0.1, 0.1, 0.1), Causes(foundry_access=0.5, rivals_left=1.0))
    assert np.sum(outcome[1::2]) == pytest.approx(0.5)


def test_a_common_cause_is_a_correlation_in_disguise() -> None:
    tied = joint_threats.tree(FiveThreats(*ALIKE), Causes(foundry_access=0.5, rivals_left=1.0))
    apart = joint_threats.tree(FiveThreats(*ALIKE), Causes(foundry_access=1.0, rivals_left=1.0))
    assert tied[0] > apart[0]
    assert apart == pytest.approx(copula.one_factor(ALIKE, 0.0), abs=1e-12)


def test_value_at_stake_by_hand() -> None:
    # A price of 3,500 for a gross profit of one: a quarter less is 875 less. Readings of 45 and 20 are 125 % apart.
    assert value_at_stake.value_change(3500.0, 0.75, 1.0) == 875.0
    assert value_at_stake.reading_gap(20.0, 45.0) == value_at_stake.reading_gap(45.0, 20.0) == 1.25
    # Two fifths of it, of which a tenth is left: 1 − 0.4·0.9.
    assert value_at_stake.profit_left(arithmetic.product(0.8, 0.5), 0.1) == pytest.approx(0.64)
    assert value_at_stake.sales_lost(0.2, 0.25) == pytest.approx(0.15)
    assert arithmetic.ratio(3000.0, 24.0) == 125.0
    # Of 36 = 6·6 each six is half of the logarithm. Two of three gaps are beyond a tenth.
    assert value_at_stake.main_factor(36.0) == 6.0
    assert value_at_stake.count_beyond([0.05, 1.25, 0.5], 0.1) == 2.0
    assert value_at_stake.outweighed([0.01, 0.06, 0.02], 0.03) == 2.0
    # One year at ten per cent: 100·0.75·0.8 / 1.1.
    assert value_at_stake.lost_profits(100.0, 0.75, 0.2, 0.1, 1.0) == pytest.approx(60.0 / 1.1)


def test_few_nodes_are_enough_at_moderate_correlations() -> None:
    chances = [0.15, 0.4, 0.2, 0.7, 0.15]
    for rho in (0.0, 0.2, 0.4, 0.5):
        assert copula.one_factor(chances, rho, copula.FEW) == pytest.approx(copula.one_factor(chances, rho), abs=1e-6)
