"""The price read backwards through the whole chain, and through one simple company for the record of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shortcase.case.parameters import find
from shortcase.case.thesis.chain import valuation
from shortcase.case.thesis.inputs import HORIZON, Inputs
from shortcase.case.thesis.roots import roots
from shortcase.case.thesis.thresholds import below_the_rate
from shortcase.case.thesis.weighing import probability_weighted
from shortcase.errors import BadRequest
from shortcase.model.valuation import forecast_period, growth_path, reverse_dcf


def implied(case: Inputs, name: str, answer: Callable[[Inputs], Any] | None = None) -> float:
    """Value of one parameter at which a share is worth its price, the others as they are.

    Equation: x such that v(x) = price, inside the parameter's bounds

    answer: what a share is worth; without any threat unless another is given. Of several values the one nearest to
    the case's own.
    Errors: BadRequest where no value inside the bounds gives the price.
    """
    p = find(name)
    asked = answer or (lambda changed: valuation(changed).value_per_share)

    def gap(x: Any) -> Any:
        return asked(case.with_(**{name: x})) - case.start.price_usd

    here = float(getattr(case, name))
    found = roots(gap, *below_the_rate(case, p), near=here)
    nearest = found.nearest(here)
    if nearest is None:
        stays = "it is worth more at each" if found.above else "it is worth less at each"
        what = f"No {name} from {p.min:g} to {p.max:g} makes a share worth ${case.start.price_usd:g}: {stays}"
        raise BadRequest(what, where=name, mend="change another parameter first")
    return nearest


def implied_with_threats(case: Inputs, name: str) -> float:
    """The same with the threats weighed by their chances.

    Equation: x such that Σ P(T)·v(T; x) = price
    """
    return implied(case, name, probability_weighted)


@dataclass(frozen=True)
class Company:
    """One simple company in place of the chain: sales of year one, a margin that stays, capital for growth.

    margin: profit after tax over sales; reinvested: capital for each dollar of new sales; early: how long before the
    end of its year cash arrives.
    """

    first_sales_usd: float
    margin: float
    reinvested: float
    rate: float
    long_run_growth: float
    inflation: float
    early: float


@dataclass(frozen=True)
class Required:
    """What a price takes for granted of such a company over ten years."""

    first_growth: float
    nominal_growth: float
    last_sales_usd: float
    constant_sales_usd: float


def company(case: Inputs, first_sales_usd: float, inflation: float, gross_margin: float | None = None) -> Company:
    """The company that a case describes at its start: margin after expenses and tax, in the proportions of fiscal 2025.

    Equation: m = (gross margin − expenses/sales)·(1 − τ)
    """
    sales = case.start.data_center_usd + case.start.other_usd
    gross = case.opening_gross_margin if gross_margin is None else gross_margin
    margin = (gross - case.start.operating_expenses_usd / sales) * (1.0 - case.company_tax_rate)
    return Company(
        first_sales_usd=first_sales_usd, margin=margin, reinvested=1.0 / case.sales_to_capital,
        rate=case.equity_discount_rate, long_run_growth=case.long_run_growth, inflation=inflation,
        early=case.flows_arrive_early_years,
    )  # fmt: skip


def required(value_usd: float, of: Company) -> Required:
    """Growth that a price needs: from which it must start if it fades, and constant, nominal and real.

    Equation: V(g₀) = worth; V(g) = worth

    value_usd: what buyers pay for the business, its cash apart. Ten years, then growth for ever; the sales are those
    of the last of the ten, on the fading and on the constant path.
    """
    given: dict[str, Any] = {
        "cash_shares": [of.margin] * HORIZON, "rate": of.rate, "terminal_growth": of.long_run_growth,
        "early": of.early, "reinvested": of.reinvested,
    }  # fmt: skip
    first = reverse_dcf.implied_growth(value_usd, of.first_sales_usd, **given)
    constant = reverse_dcf.implied_constant_growth(value_usd, of.first_sales_usd, **given)
    path = reverse_dcf.sales_path(of.first_sales_usd, first, of.long_run_growth, HORIZON)
    return Required(
        first_growth=first,
        nominal_growth=constant,
        last_sales_usd=path[-1],
        constant_sales_usd=growth_path.compound(of.first_sales_usd, constant, HORIZON - 1.0),
    )


def ten_year_growth(implied: Required, sales_usd: Any, inflation: Any) -> Any:
    """Growth a year over all ten years, prices taken out, that a price needs: the kind that the record counts.

    Equation: (S(10)/S(0))^(1/10)/(1 + π) − 1, with S(10) on the constant path

    sales_usd: S(0), of the year before the forecast.
    """
    nominal = growth_path.compound_growth(sales_usd, implied.constant_sales_usd, float(HORIZON))
    return growth_path.real_growth(nominal, inflation)


def years_of_advantage(value_usd: Any, of: Company, growth: Any) -> Any:
    """Years for which sales must grow at a given pace, above what capital costs, for a price to be right.

    Equation: N such that V(N) = worth; after N years profit keeps up with prices and growth earns its cost
    """
    value_by_year = forecast_period.value_after_years(
        of.first_sales_usd, growth=growth, margin=of.margin, reinvested=of.reinvested, rate=of.rate,
        inflation=of.inflation,
        years=forecast_period.LONGEST, early=of.early,
    )  # fmt: skip
    return forecast_period.implied_years(value_usd, value_by_year)
