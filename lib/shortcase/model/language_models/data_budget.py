"""How much text there is, how sure that is, and when the largest training runs will have used it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from shortcase.model.quantity import Quantity

Z_90 = 1.6448536269514722
"""Standard deviations from the middle to either end of a 90 per cent interval of a normal distribution."""


def collection_tokens(items: Quantity, words_each: Quantity, tokens_per_word: Quantity) -> Quantity:
    """Tokens in a collection of books, papers or pages.

    Equation: T = n · w · τ

    items: n; words_each: w words in each; tokens_per_word: τ. Units: tokens. Shapes broadcast.

    >>> collection_tokens(items=40e6, words_each=50e3, tokens_per_word=1.3)
    2600000000000.0

    Source: arithmetic.
    """
    return items * words_each * tokens_per_word


def new_tokens(tokens: Quantity, usable_share: Quantity, overlap: Quantity) -> Quantity:
    """Part of a collection that a training corpus could gain.

    Equation: x = T · u · (1 − o)

    usable_share: u, in the language wanted, legible and no duplicate; overlap: o, share of that which the corpus holds
    already. Units: tokens. Shapes broadcast.

    >>> new_tokens(tokens=100.0, usable_share=0.5, overlap=0.2)
    40.0

    Source: arithmetic.
    """
    return tokens * usable_share * (1.0 - overlap)


def spread(low: Quantity, high: Quantity) -> Quantity:
    """Spread of a factor whose 90 per cent interval is known, as the standard deviation of its logarithm.

    Equation: s = ln(high / low) / (2 · 1.645)

    low, high: the ends of the interval, above zero. Units: of a natural logarithm. Shapes broadcast.

    >>> round(float(spread(1.0, 10.0)), 4)
    0.6999

    Source: the lognormal distribution with these quantiles.
    """
    return np.log(high / low) / (2.0 * Z_90)


def spread_of_rest(low: Quantity, high: Quantity) -> Quantity:
    """Spread of what is left after a share has been taken, where the interval of the share is known.

    Equation: s = ln((1 − low) / (1 − high)) / (2 · 1.645)

    low, high: the ends of the 90 per cent interval of the share, below one. Units: of a natural logarithm.
    Shapes broadcast.

    >>> round(float(spread_of_rest(0.0, 0.9)), 4)
    0.6999

    Source: the spread of one less the share.
    """
    return spread(1.0 - high, 1.0 - low)


def combined_spread(spreads: Sequence[Quantity]) -> Quantity:
    """Spread of a product of independent factors.

    Equation: s = √(s₁² + s₂² + …)

    spreads: of each factor. Units: of a natural logarithm. Shapes broadcast.

    >>> round(float(combined_spread((0.3, 0.4))), 6)
    0.5

    Source: variances of independent logarithms add.
    """
    total: Any = 0.0
    for one in spreads:
        total = total + one * one
    return np.sqrt(total)


def quantile_of_product(central: Quantity, log_spread: Quantity, z: Quantity) -> Quantity:
    """A quantile of a product of lognormal factors.

    Equation: q = m · e^(z·s)

    central: m, the median; log_spread: s; z: standard deviations above the median, 1.645 for the upper end of a 90 per
    cent interval. Units: those of the median. Shapes broadcast.

    >>> round(float(quantile_of_product(10.0, 0.5, 0.0)), 6)
    10.0

    Source: a product of lognormal factors is lognormal.
    """
    return central * np.exp(z * log_spread)


def share_of_spread(log_spread: Quantity, combined: Quantity) -> Quantity:
    """Part of the uncertainty of a product that one factor brings.

    Equation: s₁² / s²

    Units: share of one; the shares of all factors add up to one. Shapes broadcast.

    >>> share_of_spread(3.0, 5.0)
    0.36

    Source: variances of independent logarithms add.
    """
    return log_spread * log_spread / (combined * combined)


def yearly_growth(orders_of_magnitude_per_year: Quantity) -> Quantity:
    """Growth a year from growth in powers of ten a year.

    Equation: g = 10^m − 1

    Units: a share. Shapes broadcast.

    >>> round(float(yearly_growth(0.38)), 3)
    1.399

    Source: definition of a power of ten.
    """
    return 10.0**orders_of_magnitude_per_year - 1.0


def years_of_text_left(
    stock: Quantity, used: Quantity, growth_per_year: Quantity, stock_growth_per_year: Quantity
) -> Quantity:
    """Years until the largest training run uses as much text as there is.

    Equation: t = ln(S / D) / ln((1 + g) / (1 + h))

    stock: S; used: D, by the largest run today; growth_per_year: g of that run; stock_growth_per_year: h, below g.
    Units: years. Shapes broadcast.

    >>> round(float(years_of_text_left(300e12, 15e12, 10.0**0.38 - 1.0, 0.0)), 2)
    3.42

    Source: two exponentials set equal; the method of Villalobos et al. 2024, arXiv 2211.04325.
    """
    return np.log(stock / used) / np.log((1.0 + growth_per_year) / (1.0 + stock_growth_per_year))


def text_used_after(used: Quantity, growth_per_year: Quantity, years: Quantity) -> Quantity:
    """Text that the largest training run will use some years on.

    Equation: D₁ = D · (1 + g)^t

    used: D, today; growth_per_year: g. Units: tokens. Shapes broadcast.

    >>> text_used_after(used=15e12, growth_per_year=1.0, years=2.0)
    60000000000000.0

    Source: compound growth.
    """
    return used * (1.0 + growth_per_year) ** years


def year_reached(year: Quantity, years: Quantity) -> Quantity:
    """Calendar year in which something happens, as a figure that rounds to it.

    Equation: y₁ = y₀ + t − ½

    year: y₀, now, with its fraction; years: t from now. Late 2029 is 2029.9 and belongs to 2029, hence the half.
    Units: years of the calendar. Shapes broadcast.

    >>> round(year_reached(2025.0, 4.9))
    2029

    Source: arithmetic.
    """
    return year + years - 0.5


def sequencing_bytes(bases: Quantity, coverage: Quantity, read_letters: Quantity, name_bytes: Quantity) -> Quantity:
    """Size of the raw output of a sequencer for one genome, as plain text.

    Equation: b = G · c · (2·r + n) / r

    bases: G of the genome; coverage: c, how often each base is read; read_letters: r in one read, each with a letter
    for its quality; name_bytes: n, of the read's name and of line ends. Units: bytes. Shapes broadcast.

    >>> sequencing_bytes(bases=3e9, coverage=30.0, read_letters=100.0, name_bytes=50.0)
    225000000000.0

    Source: the FASTQ format, Cock et al. 2010, Nucleic Acids Research 38(6), doi 10.1093/nar/gkp1137.
    """
    return bases * coverage * (2.0 * read_letters + name_bytes) / read_letters


def difference_bytes(people: Quantity, sites: Quantity, bytes_each: Quantity) -> Quantity:
    """Size of what sets many people apart from one reference genome.

    Equation: b = people · sites · bytes

    sites: at which one person differs; bytes_each: to store one such difference. Units: bytes. Shapes broadcast.

    >>> difference_bytes(people=1e8, sites=5e6, bytes_each=2.0)
    1000000000000000.0

    Source: arithmetic.
    """
    return people * sites * bytes_each
