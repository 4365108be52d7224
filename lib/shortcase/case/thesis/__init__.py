"""The thesis as one model: from the parameters and the facts of a day to what a share is worth, and why.

`start` reads the facts, `inputs` joins them with the parameters, `market` is what no threat changes, `chain` follows
the money from spending to a share, `draws` lets every parameter take its stated range, and the other modules each
answer one question about the result.
"""

from __future__ import annotations

from shortcase.case.thesis.chain import Valuation, in_year, output_needed, valuation
from shortcase.case.thesis.inputs import PARAMETERS, Inputs, case, inputs
from shortcase.case.thesis.start import Start, cash_of_the_quarter, known, start
from shortcase.case.thesis.threats import ALL, NONE, THREATS

__all__ = [
    "ALL",
    "NONE",
    "PARAMETERS",
    "THREATS",
    "Inputs",
    "Start",
    "Valuation",
    "case",
    "cash_of_the_quarter",
    "in_year",
    "inputs",
    "known",
    "output_needed",
    "start",
    "valuation",
]
