"""`compiler_gap` against published values and figures worked by hand."""

from __future__ import annotations

import pytest
from scipy import integrate, stats

from shortcase.model.chips import compiler_gap


def test_proebstings_two_takes_eighteen_years() -> None:
    # ln 2 / ln 1.04 = 17.67, which its author rounds to eighteen.
    assert compiler_gap.years_to_close(2.0, 0.04) == pytest.approx(17.673, abs=5e-4)
    assert compiler_gap.closing_rate(2.0, 1.0, 17.673) == pytest.approx(0.04, abs=1e-5)
    # From 4 to 2.56 is a gain of 1.5625, and 1.25 · 1.25 makes it in two years.
    assert compiler_gap.closing_rate(4.0, 2.56, 2.0) == pytest.approx(0.25)
    assert compiler_gap.gap_before(1.25, 0.04, 9.0) == pytest.approx(1.25 * 1.04**9)
    assert compiler_gap.years_between(1461.0) == 4.0


@pytest.mark.parametrize(
    ("gap", "rate", "years"), [(2.0, 1.0, 2.0), (1.3, 0.25, 2.0), (1.3, 0.25, 0.5), (1.0, 0.1, 2.0)]
)
def test_the_average_gap_is_the_integral(gap: float, rate: float, years: float) -> None:
    area, _ = integrate.quad(lambda t: max(gap * (1.0 + rate) ** (-t), 1.0), 0.0, years, limit=200)
    assert compiler_gap.average_gap(gap, rate, years) == pytest.approx(area / years, rel=1e-6)


def test_portability_is_the_harmonic_mean() -> None:
    assert compiler_gap.performance_portability([0.5, 1.0]) == pytest.approx(stats.hmean([0.5, 1.0]))
    assert compiler_gap.speedup(0.8) == 1.25
    assert compiler_gap.middle(1.0, 4.0) == pytest.approx(2.0)


def test_a_twentieth_of_a_billion_pays_seventy_seven() -> None:
    assert compiler_gap.engineers_worth_paying(0.05, 1e9, 650e3) == pytest.approx(76.92, abs=5e-3)
    assert compiler_gap.bill_worth_tuning_usd(0.05, 1.0, 650e3) == pytest.approx(13e6)
