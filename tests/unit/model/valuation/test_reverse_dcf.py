"""`reverse_dcf` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.valuation import reverse_dcf

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
