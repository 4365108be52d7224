"""`wafer_yield` against published values and figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from shortcase.model import arithmetic
from shortcase.model.chips import wafer_geometry, wafer_yield

H100 = 0.814  # expected killing defects on 814 mm² at 0.1 per cm²
EXACT = 1e-6


def test_laws_without_repair() -> None:
    # e^-0.814; ((1 - e^-0.814) / 0.814)²; (1 + 0.814/2)^-2 = 1 / 1.407²; (1 + 0.814/3)^-3
    assert wafer_yield.expected_defects(814.0, 0.1) == pytest.approx(H100, rel=1e-12)
    assert wafer_yield.poisson(H100) == pytest.approx(0.44308216, rel=1e-6)
    assert wafer_yield.murphy(H100) == pytest.approx(((1 - 0.44308216) / 0.814) ** 2, rel=1e-6)
    assert wafer_yield.negative_binomial(H100, 2.0) == pytest.approx(1 / 1.407**2, rel=1e-12)
    assert wafer_yield.negative_binomial(H100, 3.0) == pytest.approx((3 / 3.814) ** 3, rel=1e-12)


def test_clustering_runs_into_poisson_and_helps_at_the_same_mean() -> None:
    assert wafer_yield.negative_binomial(H100, 1e9) == pytest.approx(wafer_yield.poisson(H100), rel=1e-6)
    by_clustering = wafer_yield.negative_binomial(H100, np.array([0.5, 1.0, 2.0, 5.0, 50.0]))
    assert np.all(np.diff(by_clustering) < 0)


def test_repair_without_spares_is_the_plain_law() -> None:
    assert wafer_yield.repaired(0.8, 0.625, 2.0, 0) == pytest.approx(wafer_yield.negative_binomial(0.8, 2.0), rel=1e-12)


@pytest.mark.parametrize(("repairable_share", "expected"), [(0.5, 0.666), (0.6, 0.722), (0.7, 0.783)])
def test_harvested_gpu_under_poisson(repairable_share: float, expected: float) -> None:
    # with twelve spares and half a defect to be expected, all but the fatal area is forgiven: Y = e^-(λ·(1 - share))
    found = wafer_yield.repaired(H100, repairable_share, 1e9, 12)
    assert found == pytest.approx(math.exp(-H100 * (1 - repairable_share)), rel=1e-6)
    assert found == pytest.approx(expected, abs=5e-4)


def test_repair_against_the_gamma_mixture_by_quadrature() -> None:
    # the law behind the closed form: Poisson counts whose density is gamma-distributed, integrated numerically
    alpha, fatal, repairable, spares = 1.5, 0.7, 2.2, 3
    grid = (np.arange(200_000) + 0.5) / 200_000
    density = stats.gamma.ppf(grid, a=alpha, scale=1 / alpha)
    brute = np.mean(np.exp(-fatal * density) * stats.poisson.cdf(spares, repairable * density))
    assert wafer_yield.repaired(2.9, 2.2 / 2.9, alpha, spares) == pytest.approx(brute, rel=1e-5)


def test_local_spares() -> None:
    # two groups, one spare each, Poisson: (e^-μ (1 + μ))² with μ = 0.5 a group
    two = wafer_yield.locally_repaired(1.0, 0.0, 1e9, 2.0, 1)
    assert two == pytest.approx((math.exp(-0.5) * 1.5) ** 2, rel=1e-6)
    # a wafer that can repair all but u of its area yields like a die with u·λ defects
    assert wafer_yield.locally_repaired(46.0, 0.01, 2.0, 10_000.0, 7) == pytest.approx(1 / 1.23**2, rel=1e-9)


def test_fatal_share_is_the_inverse() -> None:
    share = wafer_yield.fatal_share_for(0.74, 46_225.0, 0.1, 2.0)
    assert wafer_yield.negative_binomial(46.225 * share, 2.0) == pytest.approx(0.74, rel=1e-12)


def test_shapes_broadcast() -> None:
    density = np.array([0.05, 0.1, 0.2])
    defects = wafer_yield.expected_defects(814.0, density)
    assert wafer_yield.repaired(defects, 0.6, np.array([[1.0], [3.0]]), 12).shape == (2, 3)


def test_yield_of_one_die() -> None:
    assert wafer_yield.poisson(0.814) == pytest.approx(math.exp(-0.814), rel=EXACT)  # 44.3 per cent
    assert wafer_yield.murphy(0.814) == pytest.approx(((1 - math.exp(-0.814)) / 0.814) ** 2, rel=EXACT)  # 46.8
    assert wafer_yield.negative_binomial(0.814, 3.0) == pytest.approx((1 + 0.814 / 3) ** -3, rel=EXACT)  # 48.7
    assert wafer_yield.negative_binomial(0.814, 2.0) == pytest.approx((1 + 0.814 / 2) ** -2, rel=EXACT)  # 50.5
    assert wafer_yield.expected_defects(46_225.0, 0.1) == pytest.approx(46.225, rel=EXACT)
    assert wafer_geometry.gross_dies(814.0, 300.0) == 63
    assert wafer_geometry.used_share(46_225.0, 1.0, 300.0) == pytest.approx(46_225 / (math.pi * 150**2), rel=EXACT)
    assert wafer_geometry.used_share(814.0, 63.0, 300.0) == pytest.approx(63 * 814 / (math.pi * 150**2), rel=EXACT)
    # the maker's rounded areas: 6 mm² lost to a defect against 0.05
    assert arithmetic.ratio(6.0, 0.05) == pytest.approx(120.0, rel=EXACT)
