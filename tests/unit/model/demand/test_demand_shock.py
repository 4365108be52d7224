"""`demand_shock` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.demand.demand_shock import (
    EfficiencyShock,
    cumulative_shortfall,
    elasticity_for_delay,
    growth_lost_years,
    spending,
)


@pytest.mark.parametrize(
    ("multiple", "growth", "years"),
    # ln k / ln(1 + g): ln 45 = 3.806662490, ln 11 = 2.397895273, ln 7 = 1.945910149; ln 2 = 0.693147181,
    # ln 1.85 = 0.615185639, ln 1.5 = 0.405465108; the quotients to ten digits in decimal arithmetic
    [
        (45.0, 1.00, 5.491853096),
        (45.0, 0.85, 6.187827296),
        (45.0, 0.50, 9.388384879),
        (11.0, 1.00, 3.459431619),
        (11.0, 0.50, 5.913937388),
        (7.0, 0.50, 4.799204938),
    ],
)
def test_years_lost_without_a_response(multiple: float, growth: float, years: float) -> None:
    assert growth_lost_years(multiple, 0.0, growth) == pytest.approx(years, rel=1e-8)


def test_years_lost_are_linear_in_the_elasticity_and_vanish_at_one() -> None:
    whole = growth_lost_years(45.0, 0.0, 0.5)
    assert growth_lost_years(45.0, 0.75, 0.5) == pytest.approx(whole / 4, rel=1e-12)
    assert growth_lost_years(45.0, 1.0, 0.5) == 0.0
    assert growth_lost_years(45.0, 1.5, 0.5) == pytest.approx(-whole / 2, rel=1e-12)
    assert growth_lost_years(1.0, 0.3, 0.5) == 0.0


def test_elasticity_for_delay_is_the_inverse() -> None:
    epsilon = elasticity_for_delay(2.0, 7.0, 0.5)
    assert growth_lost_years(7.0, epsilon, 0.5) == pytest.approx(2.0, rel=1e-12)


def test_the_path_runs_late_by_the_years_lost() -> None:
    shock = EfficiencyShock(multiple=7.0, elasticity=0.3, growth_per_year=0.5, adoption_half_time_years=0.25)
    late = growth_lost_years(7.0, 0.3, 0.5)
    assert spending(shock, late + 6.0) == pytest.approx(1.5**6, rel=1e-6)


def test_elasticity_one_leaves_spending_alone() -> None:
    shock = EfficiencyShock(multiple=45.0, elasticity=1.0, growth_per_year=0.5, adoption_half_time_years=0.5)
    assert spending(shock, np.array([0.0, 1.0, 2.0])) == pytest.approx([1.0, 1.5, 2.25], rel=1e-12)
    assert cumulative_shortfall(shock, 5) == pytest.approx(0.0, abs=1e-12)


def test_shortfall_of_an_instant_shock_is_the_shock() -> None:
    # adopted at once, spending is k^(ε − 1) of the expected from the first day: here 1/4, so three quarters are missing
    shock = EfficiencyShock(multiple=4.0, elasticity=0.0, growth_per_year=0.5, adoption_half_time_years=1e-3)
    assert cumulative_shortfall(shock, 5) == pytest.approx(0.75, rel=1e-9)


def test_draws_give_what_single_values_give() -> None:
    draws = EfficiencyShock(
        multiple=np.array([7.0, 45.0]),
        elasticity=np.array([0.8, 0.0]),
        growth_per_year=np.array([0.5, 1.0]),
        adoption_half_time_years=np.array([0.5, 1.0]),
    )
    single = [EfficiencyShock(7.0, 0.8, 0.5, 0.5), EfficiencyShock(45.0, 0.0, 1.0, 1.0)]
    assert cumulative_shortfall(draws, 4) == pytest.approx([cumulative_shortfall(s, 4) for s in single], rel=1e-12)
    assert spending(draws, 3.0) == pytest.approx([spending(s, 3.0) for s in single], rel=1e-12)
