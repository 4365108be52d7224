"""What a price gap can and cannot say about a cost gap, when margins are not known."""

from __future__ import annotations

from shortcase.model.quantity import Quantity


def discount(ratio: Quantity) -> Quantity:
    """Saving of a buyer who changes to the cheaper one.

    Equation: 1 − 1/ratio

    Units: share of one. Shapes broadcast.

    >>> discount(ratio=20.0)
    0.95

    Source: arithmetic.
    """
    return 1.0 - 1.0 / ratio


def ratio_of_discount(discount: Quantity) -> Quantity:
    """Price ratio behind a discount.

    Equation: 1 / (1 − discount)

    Units: ratio. Shapes broadcast.

    >>> round(ratio_of_discount(discount=0.95), 6)
    20.0

    Source: arithmetic.
    """
    return 1.0 / (1.0 - discount)


def blended_price(input_usd: Quantity, output_usd: Quantity, input_tokens_per_output: Quantity) -> Quantity:
    """Price of a million tokens of a mix.

    Equation: (r · input + output) / (r + 1)

    r: input tokens for each output token; caches left out.
    Units: dollars a million tokens. Shapes broadcast.

    >>> blended_price(input_usd=2.5, output_usd=10.0, input_tokens_per_output=3.0)
    4.375

    Source: the three-to-one mix of Artificial Analysis, used by Epoch AI in its price series.
    """
    return (input_tokens_per_output * input_usd + output_usd) / (input_tokens_per_output + 1.0)


def efficiency(price_ratio: Quantity, rival_margin: Quantity, own_margin: Quantity) -> Quantity:
    """Cost advantage that a price gap implies under two margins.

    Equation: k = R · (1 − m_rival) / (1 − m_own), from price = cost / (1 − margin) on both sides

    R price ratio; margins as shares of price, negative for sale below cost, below one.
    Units: ratio of costs. Shapes broadcast.

    >>> efficiency(price_ratio=20.0, rival_margin=0.5, own_margin=0.0)
    10.0

    Source: definition of the gross margin.
    """
    return price_ratio * (1.0 - rival_margin) / (1.0 - own_margin)


def rival_margin(price_ratio: Quantity, efficiency: Quantity, own_margin: Quantity) -> Quantity:
    """Margin that a rival must have if both the price gap and the cost advantage are as said.

    Equation: m_rival = 1 − k · (1 − m_own) / R

    Units: share of the rival's price; negative where it sells below cost. Shapes broadcast.

    >>> round(rival_margin(price_ratio=20.0, efficiency=45.0, own_margin=0.0), 6)
    -1.25

    Source: the efficiency implied by prices, solved for the rival's margin.
    """
    return 1.0 - efficiency * (1.0 - own_margin) / price_ratio


def own_margin(price_ratio: Quantity, efficiency: Quantity, rival_margin: Quantity) -> Quantity:
    """Margin that the cheaper seller must have if the price gap, the cost advantage and the rival's margin are as said.

    Equation: m_own = 1 − R · (1 − m_rival) / k

    Units: share of the own price; negative where it sells below cost. Shapes broadcast.

    >>> own_margin(price_ratio=20.0, efficiency=10.0, rival_margin=0.5)
    0.0

    Source: the efficiency implied by prices, solved for the own margin.
    """
    return 1.0 - price_ratio * (1.0 - rival_margin) / efficiency


def price_on_trend(start_usd: Quantity, factor_per_year: Quantity, months: Quantity) -> Quantity:
    """Price that a steady fall would have reached.

    Equation: P = P₀ / f^(months / 12)

    factor_per_year: how many times cheaper the same quality gets in a year.
    Units: those of the starting price. Shapes broadcast.

    >>> price_on_trend(start_usd=60.0, factor_per_year=10.0, months=24.0)
    0.6

    Source: Appenzeller, Welcome to LLMflation, Andreessen Horowitz, 12 November 2024, for such factors.
    """
    return start_usd / factor_per_year ** (months / 12.0)
