"""From sales to the value of a share: free cash flow, discounting, and two ways to value what comes after."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity

MID_YEAR, YEAR_END = 0.5, 0.0
"""How far before the end of its year a flow is taken to arrive, in years."""


def operating_profit_after_tax(
    gross_profit_usd: Quantity, operating_expenses_usd: Quantity, tax_rate: Quantity
) -> Quantity:
    """Profit of a year before interest and after tax, with pay in shares deducted as any other expense.

    Equation: NOPAT = (gross profit − operating expenses) · (1 − τ)

    Both as reported under GAAP, where pay in shares is an expense. A loss is taxed at the same rate, as if it were
    used up against later profits. Units: dollars a year, a share. Shapes broadcast.

    >>> operating_profit_after_tax(gross_profit_usd=75.0, operating_expenses_usd=15.0, tax_rate=0.2)
    48.0

    Source: Koller, Goedhart and Wessels, Valuation, chapter on free cash flow.
    """
    return (gross_profit_usd - operating_expenses_usd) * (1.0 - tax_rate)


def reinvestment(sales_before_usd: Quantity, sales_usd: Quantity, sales_to_capital: Quantity) -> Quantity:
    """Capital that a year's growth of sales takes; nothing is set free when sales fall.

    Equation: I = max(ΔS, 0) / (S/K)

    sales_to_capital: dollars of new sales for each dollar invested. Units: dollars a year. Shapes broadcast.

    >>> float(reinvestment(100.0, 130.0, 3.0)), float(reinvestment(130.0, 100.0, 3.0))
    (10.0, 0.0)

    Source: Damodaran, Investment Valuation, on revenue growth and the sales-to-capital ratio.
    """
    return np.maximum(sales_usd - sales_before_usd, 0.0) / sales_to_capital


def required_return(riskless: Quantity, premium: Quantity, beta: Quantity) -> Quantity:
    """Return that holders require of a share that moves with the market.

    Equation: r = r₀ + β·ERP

    riskless: r₀; premium: ERP, what the market is expected to earn above it; beta: β, one for the market itself.
    Units: shares a year. Shapes broadcast.

    >>> round(required_return(0.0458, 0.0433, 1.25), 4)
    0.0999

    Source: the capital asset pricing model, Sharpe 1964, Capital Asset Prices.
    """
    return riskless + beta * premium


def beta_behind(required: Quantity, riskless: Quantity, premium: Quantity) -> Quantity:
    """Beta at which holders require a given return.

    Equation: β = (r − r₀)/ERP

    Units: shares a year in, a ratio out; the premium above zero. Shapes broadcast.

    >>> round(beta_behind(0.0999, 0.0458, 0.0433), 2)
    1.25

    Source: required_return solved for the beta.
    """
    return (required - riskless) / premium


def shrunk_beta(beta: Quantity) -> Quantity:
    """A measured beta moved towards that of the market, as betas have been seen to move.

    Equation: β* = 1/3 + 2/3·β

    Units: a ratio. Shapes broadcast.

    >>> round(shrunk_beta(2.5), 6)
    2.0

    Source: Blume 1975, Betas and Their Regression Tendencies, Journal of Finance 30(3), in the round weights that data
    services use.
    """
    return (1.0 + 2.0 * beta) / 3.0


def discount_factor(rate: Quantity, year: Quantity, early: Quantity = YEAR_END) -> Quantity:
    """Present value of a dollar that comes in a given year.

    Equation: d(t) = (1 + r)^−(t − e)

    rate: r a year; year: t, from one; early: e, 0.5 where flows arrive in mid-year on average, 0 at the year's end.
    Units: a ratio. Shapes broadcast.

    >>> round(float(discount_factor(0.1, 2.0)), 4), round(float(discount_factor(0.21, 1.0, MID_YEAR)), 4)
    (0.8264, 0.9091)

    Source: compound interest.
    """
    return (1.0 + rate) ** (early - year)


def terminal_value_of_growth(
    profit_after_tax_usd: Quantity, growth: Quantity, rate: Quantity, return_on_new_capital: Quantity
) -> Quantity:
    """Value, at the horizon, of all that follows, if it grows for ever and growth must be paid for.

    Equation: TV = NOPAT · (1 + g) · (1 − g/R) / (r − g)

    profit_after_tax_usd: NOPAT of the last year; growth: g, below the rate; return_on_new_capital: R, what an
    invested dollar earns a year. At R = r growth adds nothing. Units: dollars. Shapes broadcast.
    Errors: none here; where growth reaches the rate the result has no meaning, and callers refuse it.

    >>> round(float(terminal_value_of_growth(100.0, 0.03, 0.1, 0.1)), 1), round(float(103 / 0.1), 1)
    (1030.0, 1030.0)

    Source: the value-driver formula of Koller, Goedhart and Wessels, Valuation.
    """
    return profit_after_tax_usd * (1.0 + growth) * (1.0 - growth / return_on_new_capital) / (rate - growth)


def terminal_value_with_fade(
    profit_after_tax_usd: Quantity,
    excess_usd: Quantity,
    persistence: Quantity,
    *,
    growth: Quantity,
    rate: Quantity,
    return_on_new_capital: Quantity,
) -> Quantity:
    """Value, at the horizon, of all that follows, if part of the profit is an excess that rivals wear away.

    Equation: TV = (1 − g/R) · [ (NOPAT − X)·(1 + g)/(r − g) + X·φ·(1 + g)/(1 + r − φ·(1 + g)) ]

    excess_usd: X, the part of the last year's profit after tax that would not be there at the margin of the long run;
    persistence: φ, what is left of it after a year; at φ = 1 it is terminal_value_of_growth. Growth of sales takes the
    same part of either profit. The rest as there. Units: dollars. Shapes broadcast.
    Errors: none here; where growth reaches the rate the result has no meaning, and callers refuse it.

    >>> round(float(terminal_value_with_fade(100.0, 40.0, 1.0, growth=0.0, rate=0.1, return_on_new_capital=0.2)), 6)
    1000.0
    >>> round(float(terminal_value_with_fade(100.0, 40.0, 0.9, growth=0.0, rate=0.1, return_on_new_capital=0.2)), 6)
    780.0

    Source: the value-driver formula, with the fading spread of return_fade as a second perpetuity.
    """
    left = persistence * (1.0 + growth)
    lasting = (profit_after_tax_usd - excess_usd) * (1.0 + growth) / (rate - growth)
    return (1.0 - growth / return_on_new_capital) * (lasting + excess_usd * left / (1.0 + rate - left))


def terminal_value_by_multiple(profit_after_tax_usd: Quantity, multiple: Quantity) -> Quantity:
    """Value, at the horizon, of all that follows, if a buyer then pays a multiple of profit.

    Equation: TV = NOPAT · M

    Units: dollars, a ratio. Shapes broadcast.

    >>> terminal_value_by_multiple(100.0, 20.0)
    2000.0

    Source: definition.
    """
    return profit_after_tax_usd * multiple


def multiple_implied(terminal_value_usd: Quantity, profit_after_tax_usd: Quantity) -> Quantity:
    """Multiple of the last year's profit that a terminal value amounts to.

    Equation: M = TV / NOPAT

    profit_after_tax_usd: NOPAT of the last year; of a loss there is no multiple, and the ratio says nothing.
    Units: a ratio. Shapes broadcast.

    >>> multiple_implied(terminal_value_usd=1295.0, profit_after_tax_usd=100.0)
    12.95

    Source: definition.
    """
    return terminal_value_usd / profit_after_tax_usd


def value_per_share(
    flows_usd: Quantity, terminal_value_usd: Quantity, net_cash_usd: Quantity, shares: Quantity
) -> Quantity:
    """Value of a share from the discounted flows, the discounted terminal value and the cash that is there.

    Equation: v = max(0, (Σ d(t)·FCF(t) + d(n)·TV + net cash) / shares)

    flows_usd: the sum of the discounted flows; terminal_value_usd: discounted. Shares diluted. Who holds a share
    answers for no more than it, so that it is worth nothing at worst. Units: dollars. Shapes broadcast.

    >>> float(value_per_share(flows_usd=60.0, terminal_value_usd=100.0, net_cash_usd=40.0, shares=2.0))
    100.0

    Source: definition.
    """
    return np.maximum(0.0, (flows_usd + terminal_value_usd + net_cash_usd) / shares)
