"""What a price for a company says about its sales."""

from __future__ import annotations

from shortcase.model.quantity import Quantity


def market_value(price_usd: Quantity, shares: Quantity) -> Quantity:
    """Value that the stock market puts on a company's equity.

    Equation: market value = price of a share · shares outstanding

    Units: dollars. Shapes broadcast.

    >>> f"{market_value(142.62, 24_490e6):.5e}"
    '3.49276e+12'

    Source: definition.
    """
    return price_usd * shares


def price_to_sales(market_value_usd: Quantity, sales_usd: Quantity) -> Quantity:
    """Market value over a year's sales.

    Equation: P/S = market value / sales

    Units: dollars, dollars a year. Shapes broadcast.

    >>> round(price_to_sales(3_492.8, 174.64), 2)
    20.0

    Source: definition.
    """
    return market_value_usd / sales_usd


def implied_growth(market_value_usd: Quantity, multiple: Quantity, last_sales_usd: Quantity) -> Quantity:
    """Growth of sales that a multiple of next year's sales takes for granted.

    Equation: g = market value / multiple / last year's sales − 1

    Units: dollars, a ratio, dollars. Shapes broadcast.

    >>> round(implied_growth(3_492.8, 20.0, 130.497), 3)
    0.338

    Source: the multiple solved for next year's sales.
    """
    return market_value_usd / multiple / last_sales_usd - 1.0


def gross_profit(last_sales_usd: Quantity, growth_per_year: Quantity, gross_margin: Quantity) -> Quantity:
    """Gross profit of the next year.

    Equation: gross profit = last year's sales · (1 + g) · m

    Units: dollars, shares of one. Shapes broadcast.

    >>> round(gross_profit(100.0, 0.85, 0.7), 3)
    129.5

    Source: definition.
    """
    return next_sales(last_sales_usd, growth_per_year) * gross_margin


def year_estimate(reported_usd: Quantity, outlook_usd: Quantity) -> Quantity:
    """A fiscal year before its last quarter is reported: what was reported, and the company's outlook for the rest.

    Equation: year = reported quarters + outlook

    Units: dollars. Shapes broadcast.

    >>> round(year_estimate(91.166, 37.5), 3)
    128.666

    Source: definition.
    """
    return reported_usd + outlook_usd


def revised(estimate: Quantity, revision: Quantity) -> Quantity:
    """An older estimate, moved by as much as newer estimates of something close to it have moved.

    Equation: revised = estimate · (1 + r)

    revision: r, a share, for instance of earnings a share between two dates. Shapes broadcast.
    Units: those of the estimate.

    >>> round(revised(177.0, 0.0885), 1)
    192.7

    Source: proportion; it takes sales and earnings to have been revised alike, at an unchanged margin.
    """
    return estimate * (1.0 + revision)


def without_cash(market_value_usd: Quantity, net_cash_usd: Quantity) -> Quantity:
    """What buyers pay for the business itself, the cash in it apart.

    Equation: enterprise value = market value − net cash

    Units: dollars. Shapes broadcast.

    >>> without_cash(3_493.0, 30.0)
    3463.0

    Source: definition.
    """
    return market_value_usd - net_cash_usd


def next_sales(last_sales_usd: Quantity, growth_per_year: Quantity) -> Quantity:
    """Sales of the next year.

    Equation: sales = last year's sales · (1 + g)

    Units: dollars, a share. Shapes broadcast.

    >>> round(next_sales(128.7, 1.0), 1)
    257.4

    Source: definition.
    """
    return last_sales_usd * (1.0 + growth_per_year)


def growth_in_price(price_usd: Quantity, earnings_per_share_usd: Quantity, required_return: Quantity) -> Quantity:
    """Part of a share's price that is paid for more than the coming year's earnings, for ever.

    Equation: 1 − (E / r) / P

    earnings_per_share_usd: E of the coming year, all of which could be paid out without growth; required_return: r a
    year, nominal. Units: a share. Shapes broadcast.

    >>> round(growth_in_price(price_usd=100.0, earnings_per_share_usd=4.0, required_return=0.1), 4)
    0.6

    Source: present value of growth opportunities, Brealey, Myers and Allen, Principles of Corporate Finance.
    """
    return 1.0 - earnings_per_share_usd / required_return / price_usd


def year_before(sales_usd: Quantity, growth_per_year: Quantity) -> Quantity:
    """Sales of the year before, from those of a year and its growth.

    Equation: sales before = sales / (1 + g)

    Units: dollars, a share. Shapes broadcast.

    >>> round(year_before(150.0, 0.5), 1)
    100.0

    Source: next_sales solved for the year before.
    """
    return sales_usd / (1.0 + growth_per_year)


def net_cash(cash_usd: Quantity, debt_usd: Quantity) -> Quantity:
    """Cash that is left when all debt is paid.

    Equation: net cash = cash and securities − debt

    Units: dollars. Shapes broadcast.

    >>> net_cash(60.0, 8.0)
    52.0

    Source: definition.
    """
    return cash_usd - debt_usd
