"""The choices of method that a reader attacks first: the same case with one of them made otherwise, and its dollars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from shortcase.case.thesis.chain import valuation
from shortcase.case.thesis.inputs import Inputs
from shortcase.case.thesis.threats import ALL
from shortcase.case.thesis.weighing import probability_weighted
from shortcase.model.demand import build_out
from shortcase.model.valuation import annuity
from shortcase.model.valuation.discounted_cash_flow import required_return

FOR_EVER = 1.0
"""The persistence of a margin that never fades."""
NON_GAAP_MARGIN = 0.735
"""Gross margin that analysts expected for fiscal 2026, pay in shares left out: the middle of 73 to 74 per cent."""


def without_interest(case: Inputs) -> Inputs:
    """The case whose ceiling pays for the machines and no interest on them.

    The ceiling is proportional to what the world pays, so a share that is larger by the interest does just that.
    """
    charge = annuity.capital_recovery_factor(case.cost_of_capital, case.hardware_life_years)
    carried = charge * build_out.vintages(case.world_output_growth, case.hardware_life_years, 0.0)
    return case.with_(ai_output_share=case.ai_output_share * carried)


def at_beta(case: Inputs, beta: float, riskless: float, premium: float) -> Inputs:
    """The case of a holder who requires what such a beta asks."""
    return case.with_(equity_discount_rate=required_return(riskless, premium, beta))


CHOICES: Mapping[str, Callable[[Inputs], Inputs]] = MappingProxyType(
    {
        "As in this book": lambda case: case,
        "The margin of the last year lasts for ever": lambda case: case.with_(spread_persistence=FOR_EVER),
        "The ceiling pays no interest": without_interest,
        "Price does not follow concentration": lambda case: case.with_(price_conduct=0.0),
        "The opening margin leaves out pay in shares": lambda case: case.with_(opening_gross_margin=NON_GAAP_MARGIN),
        "Neither fade nor interest": lambda case: without_interest(case.with_(spread_persistence=FOR_EVER)),
    }
)
"""The alternatives by name, each the book's case with one choice made otherwise; the last has two."""


def values_per_share(case: Inputs) -> tuple[Any, Any, Any]:
    """Dollars a share without any threat, with all weighed by their chances, and with all in full."""
    return valuation(case).value_per_share, probability_weighted(case), valuation(case, ALL).value_per_share
