"""How long a lead lasts: what a handful of followers says about those who have not followed yet.

Each rival is taken to follow at an unknown constant rate, the same for all. With so few events nothing can be said
about a rate that changes, so none is fitted.
"""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def posterior_events(prior_events: Quantity, events: Quantity) -> Quantity:
    """What is known about the rate, counted in events.

    Equation: a = a₀ + k

    prior_events: a₀, the weight of the prior; events: k rivals that followed. Units: events. Shapes broadcast.

    >>> posterior_events(1.0, 4.0)
    5.0

    Source: gamma prior for an exponential rate; Gelman et al., Bayesian Data Analysis, 3rd edition, 2013.
    """
    return prior_events + events


def posterior_exposure(
    prior_events: Quantity, prior_time: Quantity, followers_time: Quantity, waiting: Quantity, watched_time: Quantity
) -> Quantity:
    """Rival-days behind what is known about the rate.

    Equation: b = a₀·T₀ + Σ tᵢ + w·T

    prior_time: T₀, days a rival takes before any data; followers_time: Σ tᵢ, days that the followers took, added up;
    waiting: w rivals that have not followed; watched_time: T days so far. Leaving the last term out would make the
    lead look short, because only the quick ones would count. Units: days. Shapes broadcast.

    >>> posterior_exposure(1.0, 365.0, 375.0, 4.0, 135.0)
    1280.0

    Source: likelihood of an exponential rate with censored times; Gelman et al., Bayesian Data Analysis, 2013.
    """
    return prior_events * prior_time + followers_time + waiting * watched_time


def lead_left(time: Quantity, rivals: Quantity, events: Quantity, exposure: Quantity) -> Quantity:
    """Probability that a new lead still stands after some time.

    Equation: (b / (b + r·t))^a

    rivals: r that may end it, one for the lead over a given rival, all of them for the lead over everybody; events: a
    and exposure: b of the posterior, over which the unknown rate is averaged. Units: probability. Shapes broadcast.

    >>> lead_left(100.0, 1.0, 2.0, 100.0), lead_left(100.0, 4.0, 1.0, 100.0)
    (0.25, 0.2)

    Source: mixture of exponentials over a gamma rate (a Lomax distribution), posterior predictive.
    """
    return (exposure / (exposure + rivals * time)) ** events


def lead_time(left: Quantity, rivals: Quantity, events: Quantity, exposure: Quantity) -> Quantity:
    """Time after which a new lead still stands with a given probability.

    Equation: t = (b / r)·(q^(−1/a) − 1)

    left: q, 0.5 for the median. Units: those of the exposure. Shapes broadcast.

    >>> lead_time(0.25, 1.0, 2.0, 100.0)
    100.0

    Source: the posterior predictive survival, solved for the time.
    """
    return exposure / rivals * (left ** (-1.0 / events) - 1.0)


def half_life(z: Quantity, events: Quantity, exposure: Quantity) -> Quantity:
    """Half-life of the lead over a given rival, at a quantile of what is known about the rate.

    Equation: h = ln 2 · b / (a·(1 − 1/9a + z / (3·√a))³)

    z: normal quantile of the rate; z = 1.645 gives the short end of a 90 per cent interval, −1.645 the long end. The
    cube is the approximation of Wilson and Hilferty to the gamma quantile, close to the exact quantile from a = 3.
    Units: those of the exposure. Shapes broadcast.

    >>> round(float(half_life(0.0, 5.0, 1280.0)), 1)
    189.8

    Source: Wilson and Hilferty, The distribution of chi-square, PNAS 17, 1931, 684-688.
    """
    root = 1.0 - 1.0 / (9.0 * events) + z / (3.0 * np.sqrt(events))
    return np.log(2.0) * exposure / (events * root**3)
