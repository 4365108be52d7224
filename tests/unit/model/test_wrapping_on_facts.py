"""What the closing chapter takes from its tables agrees with itself, and the book's other tables."""

from __future__ import annotations

import pytest

from shortcase.facts import later, table

AS_OF = "2025-01-25"


def test_sales_by_place_add_to_those_reported() -> None:
    quarters, geography = table("nvidia_quarters", AS_OF), table("nvidia_geography", AS_OF)
    assert geography.row("quarter_2024_10").total_usd == quarters.row("fy2025q3").revenue_usd
    assert geography.row("quarter_2023_10").total_usd == quarters.row("fy2024q3").revenue_usd
    year = sum(quarters.row(f"fy2024q{k}").revenue_usd for k in (1, 2, 3, 4))
    assert geography.row("fy2024").total_usd == year
    nine = sum(quarters.row(f"fy2025q{k}").revenue_usd for k in (1, 2, 3))
    assert geography.row("nine_months_2024_10").total_usd == nine
    for row in later("nvidia_geography"):
        if row.has("us_usd"):
            named = row.china_usd + row.singapore_usd + row.us_usd + row.taiwan_usd
            assert 0.8 * row.total_usd < named < row.total_usd


def test_singapore_is_known_of_a_quarter_and_only_later_of_the_years() -> None:
    known = table("nvidia_geography", AS_OF)
    # The annual report of February 2024 has it among the other countries; that of February 2025 splits them.
    others = {"fy2023": 5_911e6, "fy2024": 10_245e6}
    for year, other in others.items():
        row = known.row(year)
        assert not row.has("singapore_usd")
        assert row.total_usd - row.china_usd - row.us_usd - row.taiwan_usd == other
        assert 0 < later("nvidia_geography").row(year).singapore_usd < other
    quarter = known.row("quarter_2023_10")
    assert quarter.singapore_usd / quarter.total_usd == pytest.approx(0.15, abs=0.005)


def test_chinas_part_agrees_between_reports() -> None:
    geography = table("nvidia_geography", AS_OF)
    quarter, before = geography.row("quarter_2024_10"), geography.row("quarter_2023_10")
    # Reported as 15 per cent of the quarter, and as a rise of 34 per cent on the year.
    assert quarter.china_usd / quarter.total_usd == pytest.approx(0.15, abs=0.005)
    assert quarter.china_usd / (before.china_share * before.total_usd) == pytest.approx(1.34, abs=0.01)


def test_nothing_of_2025_but_the_rule_was_known() -> None:
    known = table("export_controls", AS_OF)
    assert "diffusion_2025" in known.ids
    assert not {"h20_charge", "h20_unshipped"} & set(known.ids)
