"""Discounted cash flows, read forwards and backwards, against reference values and against plain sums.

The reference company: sales of year one, 47 per cent of sales left as cash, ten flows at year ends, growth for ever of
3 per cent, growth that fades on a straight line from g₀, no net cash. Figures are given to three digits.
"""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.probability import shapley
from shortcase.model.trading import black_scholes
from shortcase.model.valuation import discounted_cash_flow, forecast_period, growth_path, reverse_dcf
from shortcase.model.valuation.growth_path import compound_growth

MARKET_VALUE = 3493e9
COMPANY = {"rate": 0.10, "terminal_growth": 0.03}


def fading(first: float, last: float, reached_in: int) -> list[float]:
    """Cash left of each dollar of sales: the first share in year one, the last from a given year on, a line between."""
    return [max(last, first + (last - first) * (year - 1) / (reached_in - 1)) for year in range(1, 11)]


@pytest.mark.parametrize(
    ("first_sales", "rate", "growth", "constant", "last_year"),
    [
        (196e9, 0.10, 0.318, 0.180, (817e9, 870e9)),
        (174.65e9, 0.10, 0.354, 0.198, (829e9, 887e9)),
        (196e9, 0.09, 0.265, 0.152, None),
        (196e9, 0.12, 0.413, 0.230, None),
    ],
)
def test_growth_that_the_price_needs(
    first_sales: float, rate: float, growth: float, constant: float, last_year: tuple[float, float] | None
) -> None:
    company = {"cash_shares": [0.47] * 10, "rate": rate, "terminal_growth": 0.03}
    found = float(reverse_dcf.implied_growth(MARKET_VALUE, first_sales, **company))
    steady = float(reverse_dcf.implied_constant_growth(MARKET_VALUE, first_sales, **company))
    assert found == pytest.approx(growth, abs=0.0006)
    assert steady == pytest.approx(constant, abs=0.0006)
    if last_year is not None:
        assert reverse_dcf.sales_path(first_sales, found, 0.03, 10)[-1] == pytest.approx(last_year[0], rel=2e-3)
        assert first_sales * (1 + steady) ** 9 == pytest.approx(last_year[1], rel=2e-3)


@pytest.mark.parametrize(("last", "growth"), [(0.40, 0.364), (0.33, 0.419)])
def test_growth_needed_where_the_margin_fades(last: float, growth: float) -> None:
    # The reference reaches the last margin in year six; reached in year five it would be 0.365 and 0.422.
    found = reverse_dcf.implied_growth(MARKET_VALUE, 196e9, cash_shares=fading(0.47, last, 6), **COMPANY)
    assert float(found) == pytest.approx(growth, abs=0.0006)


@pytest.mark.parametrize(
    ("growth", "full", "faded"), [(0.2, 2.36, 1.736), (0.3, 3.29, 2.399), (0.4, 4.55, 3.294), (0.5, 6.24, 4.488)]
)
def test_worth_at_a_growth(growth: float, full: float, faded: float) -> None:
    path = reverse_dcf.sales_path(196e9, growth, 0.03, 10)
    assert reverse_dcf.value_of_sales(path, [0.47] * 10, 0.10, 0.03) / 1e12 == pytest.approx(full, abs=0.006)
    assert reverse_dcf.value_of_sales(path, fading(0.47, 0.33, 6), 0.10, 0.03) / 1e12 == pytest.approx(faded, abs=6e-4)


def test_flows_in_mid_year_need_less_growth() -> None:
    # The audit's figures: 30.4 and 17.3 per cent, and a value 4.9 per cent higher, which is √1.1 − 1.
    early = {"cash_shares": [0.47] * 10, **COMPANY, "early": 0.5}
    assert float(reverse_dcf.implied_growth(MARKET_VALUE, 196e9, **early)) == pytest.approx(0.304, abs=6e-4)
    assert float(reverse_dcf.implied_constant_growth(MARKET_VALUE, 196e9, **early)) == pytest.approx(0.173, abs=6e-4)
    path = reverse_dcf.sales_path(196e9, 0.3, 0.03, 10)
    ends, middles = (reverse_dcf.value_of_sales(path, [0.47] * 10, 0.10, 0.03, e) for e in (0.0, 0.5))
    assert middles / ends == pytest.approx(1.1**0.5, rel=1e-12)


def test_the_terminal_value_is_the_endless_sum() -> None:
    # Profit of 100 in the last year, growing by 3 per cent, of which g/R is put back: ten thousand years by hand.
    flows = [100 * (1.03 / 1.1) ** k * (1 - 0.03 / 0.25) for k in range(1, 10_000)]
    found = discounted_cash_flow.terminal_value_of_growth(100.0, 0.03, 0.1, 0.25)
    assert found == pytest.approx(sum(flows), rel=1e-12)
    assert discounted_cash_flow.multiple_implied(0.03, 0.1, 0.25) * 100 == pytest.approx(found, rel=1e-12)


def test_an_advantage_that_lasts_longer_is_worth_more_and_the_years_are_found_again() -> None:
    worth = forecast_period.value_after_years(
        177.0, growth=0.2, margin=0.5, reinvested=0.3, rate=0.1, inflation=0.025, years=20, early=0.5
    )
    assert all(np.diff([float(w) for w in worth]) > 0)
    assert float(forecast_period.implied_years(worth[8], worth)) == pytest.approx(9.0, rel=1e-12)
    assert float(forecast_period.implied_years(0.5 * worth[0], worth)) == 0.0
    # One year by hand: half of 177 in mid-year, less 0.3 of the 29.5 of new sales, and profit that grows with prices.
    first = (88.5 - 0.3 * (177 - 177 / 1.2)) / 1.1**0.5 + 88.5 * 1.025 / 0.075 / 1.1**0.5
    assert float(worth[0]) == pytest.approx(first, rel=1e-12)


def test_put_and_call_differ_by_the_forward() -> None:
    put = black_scholes.put_price(42.0, 40.0, 0.2, 0.1, 0.5)
    call = put + 42.0 - 40.0 * np.exp(-0.05)
    assert float(call) == pytest.approx(4.76, abs=0.005)  # Hull's example
    assert float(put) == pytest.approx(0.81, abs=0.005)


def test_the_values_of_a_glove_game() -> None:
    # One left glove, two right ones, a pair is worth 1: the owner of the left one gets 2/3, the others 1/6 each.
    values = [float(bool(mask & 1) and bool(mask & 6)) for mask in range(8)]
    assert shapley.shapley_values(values) == pytest.approx([2 / 3, 1 / 6, 1 / 6], rel=1e-12)
    with pytest.raises(ValueError, match="give 2, 4, 8"):
        shapley.shapley_values([0.0, 1.0, 2.0])


def test_a_fade_ends_where_it_is_told_and_its_growth_falls_evenly() -> None:
    # Year by year from 100 to 326: ten steps of the logarithm on a straight line that the eleventh would end.
    levels = [growth_path.level_on_a_fade(100.0, 326.0, 0.03, 10.0, float(t)) for t in range(11)]
    steps = np.diff(np.log(levels))
    assert levels[-1] == pytest.approx(326.0, rel=1e-12)
    assert np.diff(steps) == pytest.approx([np.diff(steps)[0]] * 9, rel=1e-9)
    assert steps[-1] + np.diff(steps)[0] == pytest.approx(np.log(1.03), rel=1e-9)


def test_compound_growth_undoes_itself() -> None:
    assert float(compound_growth(196.0, 196.0 * 1.18**9, 9.0)) == pytest.approx(0.18, rel=1e-12)
