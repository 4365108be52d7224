"""The price read backwards through the whole chain, and through one simple company for the record of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortcase.case.parameters import find
from shortcase.case.thesis.chain import worth
from shortcase.case.thesis.inputs import HORIZON, Inputs
from shortcase.case.thesis.weighing import weighed
from shortcase.errors import BadRequest
from shortcase.model import forecast_period, growth_path, reverse_dcf


def needed(case: Inputs, name: str, answer: Callable[[Inputs], Any] | None = None) -> float:
    """Value of one parameter at which a share is worth its price, the others as they are.

    Equation: x such that v(x) = price, by halving the parameter's bounds

    answer: what a share is worth; without any threat unless another is given.
    Errors: BadRequest where no value inside the bounds gives the price.
    """
    p = find(name)
    assert p.min is not None and p.max is not None  # noqa: S101, PT018 - the registry asks for bounds
    asked = answer or (lambda changed: worth(changed).usd_per_share)

    def gap(x: float) -> float:
        return float(asked(case.with_(**{name: x}))) - case.start.price_usd

    low, high = p.min, p.max
    rising = gap(high) > gap(low)
    if gap(low) * gap(high) > 0.0:
        raise BadRequest(
            f"No {name} from {p.min:g} to {p.max:g} makes a share worth ${case.start.price_usd:g}",
            where=name,
            mend="change another parameter first",
        )
    for _ in range(reverse_dcf.HALVINGS):
        middle = (low + high) / 2.0
        if (gap(middle) < 0.0) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def needed_with_threats(case: Inputs, name: str) -> float:
    """The same with the threats weighed by their chances.

    Equation: x such that Σ P(T)·v(T; x) = price
    """
    return needed(case, name, weighed)


@dataclass(frozen=True)
class Required:
    """What the price takes for granted of one simple company."""

    first_growth: float
    nominal_growth: float
    real_growth: float
    last_sales_usd: float
    years_of_advantage: float


def required(
    worth_usd: float,
    first_sales_usd: float,
    *,
    cash_share: float,
    margin: float,
    reinvested: float,
    growth: float,
    rate: float,
    terminal_growth: float,
    inflation: float,
    early: float,
) -> Required:
    """What a price needs: growth that fades, constant growth (nominal and real), and years of advantage.

    Equation: V(g₀) = worth; V(g) = worth; real = (1 + g)/(1 + π) − 1; V(N) = worth at the growth named

    worth_usd: what buyers paid for the business, cash apart. cash_share: part of sales left as free cash; margin:
    profit after tax over sales; reinvested: capital for each dollar of new sales; growth: that of the years of
    advantage.
    """  # fmt: skip
    company: dict[str, Any] = {
        "cash_shares": [cash_share] * HORIZON, "rate": rate, "terminal_growth": terminal_growth, "early": early,
    }  # fmt: skip
    first = reverse_dcf.growth_needed(worth_usd, first_sales_usd, **company)
    constant = reverse_dcf.constant_growth_needed(worth_usd, first_sales_usd, **company)
    years = forecast_period.worth_after_years(
        first_sales_usd, growth=growth, margin=margin, reinvested=reinvested, rate=rate, inflation=inflation,
        years=forecast_period.LONGEST, early=early,
    )  # fmt: skip
    path = reverse_dcf.sales_path(first_sales_usd, first, terminal_growth, HORIZON)
    return Required(
        first_growth=float(first),
        nominal_growth=float(constant),
        real_growth=float(growth_path.real_growth(constant, inflation)),
        last_sales_usd=float(path[-1]),
        years_of_advantage=float(np.asarray(forecast_period.implied_years(worth_usd, years))),
    )
