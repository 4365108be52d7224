"""`sunk_cost_entry` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.markets import sunk_cost_entry


def test_discounted_years_by_summing_the_years() -> None:
    # Years 4 to 7 of a dollar at a tenth: 1.1^-4 + … + 1.1^-7.
    assert sunk_cost_entry.discounted_years(0.1, 3.0, 4.0) == pytest.approx(sum(1.1**-t for t in (4, 5, 6, 7)))
    assert sunk_cost_entry.discounted_years(0.0, 3.0, 4.0) == pytest.approx(4.0)


def test_the_last_entrant_just_breaks_even() -> None:
    sellers = sunk_cost_entry.sellers_at_fixed_cost(98e9, 3e9, 0.2, 2.38)
    assert 0.2 * 2.38 * 98e9 / sellers**2 == pytest.approx(3e9)
    assert sunk_cost_entry.attempt_for_sellers(98e9, sellers, 0.2, 2.38) == pytest.approx(3e9)
    # Four times the market makes twice the sellers.
    assert sunk_cost_entry.sellers_at_fixed_cost(4 * 98e9, 3e9, 0.2, 2.38) == pytest.approx(2.0 * sellers)
    assert sunk_cost_entry.attempts(3.0, 0.25) == 8.0


@pytest.mark.parametrize(("escalation", "sellers"), [(1.0, 2.0), (8.0 / 3.0, 3.0), (4.5, 4.0)])
def test_sellers_at_rising_cost_by_hand(escalation: float, sellers: float) -> None:
    # N + 1/N − 2 = β/2: at N = 2, 3, 4 the left side is 1/2, 4/3, 9/4.
    assert sunk_cost_entry.sellers_at_rising_cost(escalation) == pytest.approx(sellers, abs=1e-12)


def test_rising_cost_from_the_game_itself() -> None:
    # A seller of quality v among N − 1 of quality u earns S·(1 − 1/(1/(N − 1) + v/u))² (Sutton 1991). At v = u it is
    # S/N², and its derivative times u is 2·S·(N − 1)²/N³. Free entry: outlay F = S/N². Best quality: β·F = that
    # derivative. Both together give β·N = 2·(N − 1)².
    sellers = sunk_cost_entry.sellers_at_rising_cost(2.0)

    def earned(quality: float) -> float:
        return float((1.0 - 1.0 / (1.0 / (sellers - 1.0) + quality)) ** 2)

    step = 1e-6
    slope = (earned(1.0 + step) - earned(1.0 - step)) / (2.0 * step)
    assert earned(1.0) == pytest.approx(1.0 / sellers**2)
    assert slope == pytest.approx(2.0 * earned(1.0), rel=1e-6)


def test_entry_leaves_the_research_and_no_more() -> None:
    # With an outlay of A·S/N² every A years, research is 1/N of a seller's sales S/N: all of the margin.
    sellers, years, sales = 2.618, 2.38, 98e9
    research = sunk_cost_entry.outlay_each(sales, sellers, years) / years
    margin = sunk_cost_entry.margin_with(sellers)
    assert sunk_cost_entry.margin_after_research(margin, research, sales / sellers) == pytest.approx(0.0, abs=1e-12)
