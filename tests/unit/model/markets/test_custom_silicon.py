"""`custom_silicon` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.markets import custom_silicon
from shortcase.model.valuation.annuity import capital_recovery_factor

OVERHEAD = 17_840.0
PER_CHIP = {"design_usd": 500e6, "volume": 400_000.0}  # 1,250 a chip
EXACT = 1e-6


@pytest.mark.parametrize(
    ("price", "margin", "partner", "design", "expected"),
    [
        (40_000.0, 0.90, 0.0, False, 21_840 / 57_840),
        (40_000.0, 0.90, 0.0, True, 23_090 / 57_840),
        (40_000.0, 0.90, 0.5, True, 27_090 / 57_840),
        (25_000.0, 0.78, 0.0, False, 23_340 / 42_840),
        (25_000.0, 0.78, 0.0, True, 24_590 / 42_840),
        (25_000.0, 0.78, 0.5, True, 30_090 / 42_840),
    ],
)
def test_break_even(price: float, margin: float, partner: float, *, design: bool, expected: float) -> None:
    cost = custom_silicon.made_for(price, margin)
    spread = PER_CHIP if design else {}
    found = custom_silicon.break_even_performance(price, cost, OVERHEAD, partner_margin=partner, **spread)
    assert found == pytest.approx(expected, rel=1e-12)


def test_inverses_lead_back() -> None:
    terms = {"overhead_usd": OVERHEAD, "partner_margin": 0.4, **PER_CHIP}
    margin = custom_silicon.margin_for(0.5, price_usd=30_000.0, **terms)
    cost = custom_silicon.made_for(30_000.0, margin)
    assert custom_silicon.break_even_performance(30_000.0, cost, **terms) == pytest.approx(0.5, rel=1e-12)
    bought = {"price_usd": 30_000.0, "cost_usd": 3_000.0, "partner_margin": 0.4, **PER_CHIP}
    overhead = custom_silicon.overhead_for(0.5, **bought)
    assert custom_silicon.break_even_performance(overhead_usd=overhead, **bought) == pytest.approx(0.5, rel=1e-12)
    volume = custom_silicon.volume_for(
        0.5, price_usd=40_000.0, cost_usd=4_000.0, overhead_usd=OVERHEAD, partner_margin=0.4, design_usd=500e6
    )
    terms["volume"] = volume
    assert custom_silicon.break_even_performance(40_000.0, 4_000.0, **terms) == pytest.approx(0.5, rel=1e-12)


def test_overhead_drowns_the_margin() -> None:
    # as server, power and space grow against the chip, the two sides approach each other
    found = custom_silicon.break_even_performance(40_000.0, 4_000.0, np.array([0.0, 1e4, 1e5, 1e9]))
    assert found[0] == pytest.approx(0.1)
    assert np.all(np.diff(found) > 0)
    assert found[-1] == pytest.approx(1.0, abs=1e-3)


def test_running_cost() -> None:
    # 1 kW at full power for a year is 8,760 kWh; 1,000 W · 1.2 · 0.1 $ = 1,051.20; space 12 · 1 kW · 100 = 1,200
    found = custom_silicon.running_cost_usd(
        server_usd=5_000.0,
        watts=1_000.0,
        overhead_of_power=1.2,
        usd_per_kwh=0.1,
        space_usd_per_kw_month=100.0,
        rate=0.1,
        years=4.0,
    )
    assert found == pytest.approx(5_000 + 2_251.2 / capital_recovery_factor(0.1, 4.0), rel=1e-12)


def test_delay() -> None:
    # a target frozen for three years while the leader gains 40 per cent a year: 0.5 · 1.4³ = 1.372
    assert custom_silicon.aimed_at(0.5, 3.0, 0.4, 0.0) == pytest.approx(1.372, rel=1e-12)
    assert custom_silicon.aimed_at(0.5, 3.0, 0.4, 0.4) == pytest.approx(0.5, rel=1e-12)


def test_margins() -> None:
    assert custom_silicon.margin_at(25_000.0, 3_320.0) == pytest.approx(0.8672, rel=1e-9)
    assert custom_silicon.made_for(40_000.0, 0.9) == pytest.approx(4_000.0, rel=1e-12)


@pytest.mark.parametrize(
    ("margin", "partner", "per_chip", "expected"),
    [
        (0.75, 0.0, 0.0, 24_090),
        (0.75, 0.0, 1_250.0, 25_340),
        (0.75, 0.5, 1_250.0, 31_590),
        (0.78, 0.5, 1_250.0, 30_090),
    ],
)
def test_break_even_at_the_low_price(margin: float, partner: float, per_chip: float, expected: float) -> None:
    # 0.562, 0.591, 0.737 and 0.702: 25,000 dollars a chip, 17,840 around it
    found = custom_silicon.break_even_performance(
        25_000.0,
        custom_silicon.made_for(25_000.0, margin),
        17_840.0,
        partner_margin=partner,
        design_usd=per_chip,
    )
    assert found == pytest.approx(expected / 42_840, rel=EXACT)


def test_half_a_chip_after_three_years() -> None:
    # against a line that gains 41 per cent a year: 18 per cent of the part then current
    assert custom_silicon.aimed_at(0.5, 3.0, 0.0, 0.41) == pytest.approx(0.5 / 1.41**3, rel=EXACT)


def test_owned_machines_by_the_hour() -> None:
    # 8,760 dollars to own and no interest over one year: a dollar an hour; ten of them, ten
    nothing = {"watts": 0.0, "overhead_of_power": 1.0, "usd_per_kwh": 0.1, "space_usd_per_kw_month": 0.0}
    one = custom_silicon.owned_usd_per_hour(price_usd=8_000.0, server_usd=760.0, rate=0.0, years=1.0, **nothing)
    assert one == pytest.approx(1.0, rel=1e-12)
    ten = custom_silicon.owned_usd_per_hour(
        price_usd=8_000.0, server_usd=760.0, machines=10.0, rate=0.0, years=1.0, **nothing
    )
    assert ten == pytest.approx(10.0, rel=1e-12)
