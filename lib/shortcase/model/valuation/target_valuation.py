"""A valuation in the manner of a story: sales and margin on their way to a target, then growth for ever."""

from __future__ import annotations

from dataclasses import dataclass, fields

from shortcase.model.quantity import Quantity
from shortcase.model.root_finding import find_root
from shortcase.model.valuation.discounted_cash_flow import discount_factor, terminal_value_of_growth
from shortcase.model.valuation.growth_path import level_on_a_fade

YEARS = 10
MARGIN_REACHED_IN = 5


@dataclass(frozen=True)
class Story:
    """Where a company stands, where it is going, and what that takes; dollars, shares of one, rates a year."""

    sales_usd: Quantity
    target_sales_usd: Quantity
    margin: Quantity
    target_margin: Quantity
    tax_rate: Quantity
    sales_to_capital: Quantity
    long_run_growth: Quantity
    return_on_new_capital: Quantity
    net_cash_usd: Quantity
    shares: Quantity


def target_sales(market_usd: Quantity, share: Quantity, other_usd: Quantity) -> Quantity:
    """Sales in ten years: a share of the market that the story is about, and the rest of the business.

    Equation: S(10) = M·s + O

    Units: dollars a year, a share. Shapes broadcast.

    >>> target_sales(500e9, 0.6, 26e9) / 1e9
    326.0

    Source: definition.
    """
    return market_usd * share + other_usd


def value_of_story(story: Story, rate: Quantity) -> Quantity:
    """What a share is worth if the story comes true, at a given return required.

    Equation: v = (Σ d(t)·(m(t)·S(t)·(1 − τ) − ΔS/(S/K)) + d(n)·TV + cash)/shares, growth of S(t) fading evenly,
    m(t) on a line

    The margin, before tax, reaches its target in five years; flows at year ends. rate: r, above the growth in the
    long run. Units: dollars a share. Fields broadcast.

    >>> still = Story(100.0, 100.0, 0.5, 0.5, 0.2, 2.0, 0.0, 0.1, 0.0, 1.0)
    >>> round(float(value_of_story(still, 0.1)), 6)
    400.0

    Source: the structure of Damodaran's valuation spreadsheets, Investment Valuation, chapter on young growth
    companies.
    """
    sales, total, profit = story.sales_usd, 0.0, 0.0
    for year in range(1, YEARS + 1):
        before, sales = (
            sales,
            level_on_a_fade(story.sales_usd, story.target_sales_usd, story.long_run_growth, float(YEARS), float(year)),
        )
        on_the_way = min(year / MARGIN_REACHED_IN, 1.0)
        margin = story.margin + (story.target_margin - story.margin) * on_the_way
        profit = margin * sales * (1.0 - story.tax_rate)
        total = total + discount_factor(rate, float(year)) * (profit - (sales - before) / story.sales_to_capital)
    after = terminal_value_of_growth(profit, story.long_run_growth, rate, story.return_on_new_capital)
    total = total + discount_factor(rate, float(YEARS)) * after
    return (total + story.net_cash_usd) / story.shares


def rate_behind(story: Story, value_usd: Quantity) -> Quantity:
    """Return required at which a story is worth a published value: an input that was not disclosed, solved for.

    Equation: r such that v(r) = value, between half a point above the growth in the long run and forty per cent

    Units: dollars a share in, a share a year out. Fields broadcast. Found by a search, so it cannot be traced.

    >>> still = Story(100.0, 100.0, 0.5, 0.5, 0.2, 2.0, 0.0, 0.1, 0.0, 1.0)
    >>> round(float(rate_behind(still, 400.0)), 6)
    0.1

    Source: a search on value_of_story, which falls with the rate.
    """
    told = [getattr(story, field.name) for field in fields(story)]
    return find_root(
        lambda rate, *told: -value_of_story(Story(*told), rate), -value_usd, story.long_run_growth + 0.005, 0.4, *told
    )
