"""What to do about it: the return of a short, the size that doubt leaves of it, and puts and pairs beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shortcase.case.thesis.distribution import Distribution
from shortcase.model.trading import black_scholes, reference_class, short_size

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(21)
LEAST_USD = 1.0


@dataclass(frozen=True)
class View:
    """What the distribution says of the return of the shares, a year, against what holders require."""

    excess_return: float
    error: float


def view(found: Distribution, price_usd: float, years: float) -> View:
    """Return that brings the price to the value in some years, and how far it may be off.

    Equation: v = mean of ln(value/price)/T; s = its standard deviation

    Taken over the drawn values, none of them below a dollar. Negative where the shares are dear.
    """
    value = np.maximum(found.middles, LEAST_USD)
    weight = found.density / found.density.sum()
    gap = np.log(value / price_usd) / years
    middle = float((weight * gap).sum())
    return View(middle, float(np.sqrt((weight * (gap - middle) ** 2).sum())))


def premium(required: Any, riskless: Any) -> Any:
    """What a fairly priced share earns a year beyond money that is lent without risk.

    Equation: ln(1 + r) − r₀

    required: r, what holders of the shares require, compounded yearly; riskless: r₀, compounded continuously. A short
    that is sold alone pays it; one held against the market does not, for the market beside it earns it.
    """
    return np.log1p(required) - riskless


@dataclass(frozen=True)
class Short:
    """A short under a view that is weighed against the record of such stocks."""

    excess_return: float
    error: float
    chance: float
    size: float
    textbook_size: float
    growth_a_year: float


def short(
    seen: View,
    *,
    class_return: float,
    class_spread: float,
    volatility: float,
    borrow_fee: float,
    target: float,
    stop: float,
    paid_beside: float = 0.0,
) -> Short:
    """The best size of a short when the expected return is itself uncertain.

    Equation: P = E[P(m)] over m normal with the pooled mean and error, the fee and what is paid beside it added;
    f = P/u − (1 − P)/d; g = E[g(m)] at f

    With two outcomes the logarithm of the account depends on the chance alone, so the best size under doubt is that
    of the mean chance. The borrow fee is a drift against the short. The returns are against the market, which is
    bought beside it; paid_beside: for a short that stands alone, the premium that the shares earn for their risk.
    A size below zero means that no short is worth its risk.
    """
    pooled = reference_class.pooled_return(class_return, class_spread, seen.excess_return, seen.error)
    error = reference_class.pooled_error(class_spread, seen.error)
    drift = pooled + borrow_fee + paid_beside
    doubt = drift + error * NODES
    each = short_size.chance_of_target_first(doubt, volatility, target, stop)
    chance = (each * WEIGHTS).sum() / WEIGHTS.sum()
    size = short_size.best_size(chance, target, stop)
    growth = short_size.growth_a_year(np.maximum(size, 0.0), doubt, volatility, target, stop)
    return Short(
        excess_return=pooled,
        error=error,
        chance=chance,
        size=size,
        textbook_size=short_size.textbook_size(drift, volatility),
        growth_a_year=(growth * WEIGHTS).sum() / WEIGHTS.sum(),
    )


def put_return(
    price_usd: float, *, strike: float, volatility: float, rate: float, drift: float, years: float, error: float = 0.0
) -> Any:
    """Return on the price of a put, on average, under one's own drift and the doubt about it.

    Equation: E[payoff]/price − 1, over a drift that is normal with a mean and an error

    strike: over the price of the share; drift: what the share earns a year in all, the reward for its risk included;
    error: the standard deviation of that.
    """
    paid: Any = black_scholes.put_price(price_usd, strike * price_usd, volatility, rate, years)
    pays = black_scholes.expected_put(price_usd, strike * price_usd, volatility, drift + error * NODES, years)
    return (pays * WEIGHTS).sum() / WEIGHTS.sum() / paid - 1.0
