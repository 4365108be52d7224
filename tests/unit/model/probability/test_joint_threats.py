"""`joint_threats` against published values and figures worked by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from shortcase.model.probability import copula, joint_threats
from shortcase.model.probability.joint_threats import Causes, FiveThreats

ALIKE = [0.2] * 5
UNEQUAL = [0.15, 0.4, 0.2, 0.3, 0.15]


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
