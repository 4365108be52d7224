"""`return_fade` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from shortcase.model.valuation import return_fade
from shortcase.model.valuation.return_fade import Fade


def test_half_lives_of_the_published_persistences() -> None:
    # ln 0.5 / ln 0.62 = 0.693147/0.478036; ln 0.5 / ln 0.9 = 0.693147/0.105361; ln 0.5 / ln 0.95 = 0.693147/0.051293.
    found = return_fade.half_life(np.array([0.62, 0.9, 0.95]))
    assert found == pytest.approx([1.449990, 6.578813, 13.513407], abs=1e-6)
    assert return_fade.persistence_of(found) == pytest.approx([0.62, 0.9, 0.95])


def test_the_published_group_gives_its_persistence_back() -> None:
    phi = return_fade.persistence_between(0.29, 0.15, 0.09, 15.0)
    assert return_fade.margin(Fade(0.29, 0.09, phi, 0.0), 15.0) == pytest.approx(0.15)


def test_the_margin_waits_and_then_fades() -> None:
    fade = Fade(start=0.75, target=0.35, persistence=0.5, lag_years=2.0)
    # By hand: 0.75 to the end of year 2, then 0.55, 0.45.
    assert return_fade.margin(fade, np.array([0.0, 2.0, 3.0, 4.0])) == pytest.approx([0.75, 0.75, 0.55, 0.45])
    assert return_fade.years_until(fade, 0.45) == pytest.approx(4.0)
    years = np.linspace(0.0, 10.0, 200_001)
    assert return_fade.mean_margin(fade, 10.0) == pytest.approx(
        np.trapezoid(return_fade.margin(fade, years), years) / 10.0
    )
    assert return_fade.mean_margin(fade, 1.0) == pytest.approx(0.75)
    assert return_fade.persistence_for_half(2.0, 3.0) == pytest.approx(0.5)


def test_the_advantage_period_is_worth_the_fade() -> None:
    years = np.linspace(0.0, 400.0, 4_000_001)
    for phi, lag in ((0.62, 0.0), (0.9, 1.0), (0.95, 2.0)):
        fading = np.trapezoid(1.1**-years * phi ** np.maximum(0.0, years - lag), years)
        period = return_fade.advantage_period(phi, lag, 0.1)
        held = (1.0 - 1.1**-period) / np.log(1.1)
        assert fading == pytest.approx(held, rel=1e-6)
    # Without interest the fade is worth ∫ φ^t = −1/ln φ years.
    assert return_fade.advantage_period(0.9, 1.0, 0.0) == pytest.approx(1.0 + 9.491222, abs=1e-6)


def test_staying_at_the_top_against_the_bivariate_normal() -> None:
    z = 0.8416212335729143  # Φ(z) = 0.8
    for phi, years in ((0.9, 9.0), (0.62, 9.0), (0.97, 3.0)):
        rho = phi**years
        joint = multivariate_normal(mean=[0.0, 0.0], cov=[[1.0, rho], [rho, 1.0]]).cdf([-z, -z])
        assert return_fade.chance_of_staying(0.2, phi, years) == pytest.approx(joint / 0.2, abs=1e-6)
    assert return_fade.chance_of_staying(0.2, 0.001, 9.0) == pytest.approx(0.2, abs=1e-9)
