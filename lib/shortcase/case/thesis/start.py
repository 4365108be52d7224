"""Where the forecast begins: what the filings and the outlook said on the as-of date."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from shortcase.facts import Row, Table, table
from shortcase.model.markets.revenue_at_risk import equivalents
from shortcase.model.valuation.discounted_cash_flow import operating_profit_after_tax

QUARTERS = ("fy2025q1", "fy2025q2", "fy2025q3")
"""The quarters of fiscal 2025 that were reported on the day of the essay."""
LAST = "fy2025q4"
"""Its last quarter, then known only as the company's outlook."""


CHIPS_PER_SERVER = 8


@dataclass(frozen=True)
class Start:
    """The company on the day before the forecast, in dollars, shares of one and shares of stock."""

    data_center_usd: float
    other_usd: float
    market_share: float
    operating_expenses_usd: float
    net_cash_usd: float
    diluted_shares: float
    price_usd: float
    watts_per_chip: float
    merchant_share: float
    rival_wafer_share: float
    packages_per_wafer: float
    package_in_h100s: float


@dataclass(frozen=True)
class Known:
    """The tables that a start is read from, each as of one day."""

    quarters: Table
    centre: Table
    estimates: Table
    sheet: Table
    makers: Table
    market: Table
    silicon: Table
    packaging: Table
    chips: Table


TABLES = {
    "quarters": "nvidia_quarters",
    "centre": "nvidia_data_center",
    "estimates": "nvidia_estimates",
    "sheet": "nvidia_balance_sheet",
    "makers": "value_capture",
    "market": "nvidia_market",
    "silicon": "custom_silicon",
    "packaging": "packaging",
    "chips": "accelerators",
}


def known(as_of: str) -> Known:
    """The tables as of a day."""
    return Known(**{field.name: table(TABLES[field.name], as_of) for field in fields(Known)})


def _last_quarter(known: Known) -> tuple[float, float]:
    """Sales and operating expenses of the last quarter: as reported if that was public, else those of the outlook."""
    if LAST in known.quarters.ids:
        row = known.quarters.row(LAST)
        return row.revenue_usd, row.gross_profit_usd - row.operating_income_usd
    outlook = known.estimates.row("outlook_fy2025q4")
    return outlook.revenue_usd, outlook.operating_expenses_usd


def cash_of_the_quarter(known: Known, tax_rate: Any) -> Any:
    """What the last quarter of fiscal 2025 should bring a share before new capital, by the company's outlook.

    Equation: (revenue · gross margin − operating expenses)·(1 − τ)/shares

    The balance sheet is that of the quarter before, so this is not in its cash.
    """
    outlook, sheet = known.estimates.row("outlook_fy2025q4"), known.sheet.row("fy2025q3")
    gross = outlook.revenue_usd * outlook.gross_margin
    return operating_profit_after_tax(gross, outlook.operating_expenses_usd, tax_rate) / sheet.diluted_shares


def start(known: Known) -> Start:
    """Sales of fiscal 2025 as three reported quarters and the outlook, split as the last quarter was; cash less debt.

    The outlook names no segments, so its data-centre part is that of the quarter before. Operating expenses are the
    reported ones and the outlook's, under GAAP, pay in shares included. Marketable securities count as cash.

    Equation: year = Σ reported + outlook; data centre = Σ reported + outlook · last quarter's share

    >>> round(start(known("2025-01-25")).data_center_usd / 1e9, 1)
    112.5
    """
    reported = [known.quarters.row(name) for name in QUARTERS]
    centre = [known.centre.row(name).data_center_usd for name in QUARTERS]
    last_sales, last_expenses = _last_quarter(known)
    sales = sum(row.revenue_usd for row in reported) + last_sales
    data_center = sum(centre) + last_sales * centre[-1] / reported[-1].revenue_usd
    expenses = sum(row.gross_profit_usd - row.operating_income_usd for row in reported) + last_expenses
    return of_year(
        sales,
        data_center,
        expenses,
        sheet=known.sheet.row("fy2025q3"),
        rivals=(known.makers.row("broadcom_ai_2024").usd, known.makers.row("amd_gpu_2024").usd),
        price_usd=known.market.row("close_2025_01_24").price_usd,
        machines=Machines(known.silicon, known.packaging, known.chips),
    )


@dataclass(frozen=True)
class Machines:
    """The tables that say what a chip draws, and how many fit on a wafer."""

    silicon: Table
    packaging: Table
    chips: Table


def of_year(
    sales_usd: float,
    data_center_usd: float,
    expenses_usd: float,
    *,
    sheet: Row,
    rivals: tuple[float, float],
    price_usd: float,
    machines: Machines,
) -> Start:
    """A start from the year before it, the balance sheet at its end, and what two makers sold beside Nvidia.

    rivals: what Broadcom sold for artificial intelligence and what AMD sold of its GPUs for data centres.
    """
    broadcom, amd = rivals
    h100, b200 = machines.chips.row("h100_sxm"), machines.chips.row("b200_sxm")
    return Start(
        data_center_usd=data_center_usd,
        other_usd=sales_usd - data_center_usd,
        market_share=data_center_usd / (data_center_usd + broadcom + amd),
        operating_expenses_usd=expenses_usd,
        net_cash_usd=sheet.cash_usd + sheet.securities_usd - sheet.debt_usd,
        diluted_shares=sheet.diluted_shares,
        price_usd=price_usd,
        watts_per_chip=machines.silicon.row("dgx_h100_power").value / CHIPS_PER_SERVER,
        merchant_share=amd / (data_center_usd + amd),
        rival_wafer_share=1.0 - machines.packaging.row("nvidia_share").value,
        packages_per_wafer=machines.packaging.row("b200_per_wafer").value,
        package_in_h100s=float(
            equivalents(
                1.0,
                b200.fp16_dense_flop_per_s,
                b200.memory_bandwidth_bytes_per_s,
                h100.fp16_dense_flop_per_s,
                h100.memory_bandwidth_bytes_per_s,
            )
        ),
    )
