"""The valuation over arrays of points: what the chapter on the share computes from a case alone, for many at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortcase.case import thesis
from shortcase.case.thesis import chain, market, weighing
from shortcase.case.thesis.inputs import HORIZON, Inputs
from shortcase.model import arithmetic
from shortcase.model.valuation import growth_path
from shortcase.results.columns import NUMBER, Column
from shortcase.show.record import equation
from shortcase.sweep.design import Points

CHAPTER = "what_a_share_was_worth"
"""The chapter whose numbers these are, under the keys that it gives them."""
LAST, OF_2028 = HORIZON - 1, 3


@dataclass(frozen=True)
class Ways:
    """The valuation of some cases without threats and with all; what it weighs is computed when it is asked for."""

    case: Inputs
    none: chain.Valuation
    everything: chain.Valuation

    @property
    def weighed(self) -> Any:
        """Value of a share, each threat weighed by its chance."""
        return weighing.probability_weighted(self.case)

    def over_price(self, value: Any) -> Any:
        """A value over the price."""
        return arithmetic.ratio(value, self.case.start.price_usd)


@dataclass(frozen=True)
class Output:
    """A number of the thesis: its key in the chapter, unit, label, the formula that it is, and how it is read off."""

    key: str
    unit: str
    label: str
    formula: Callable[..., Any]
    read: Callable[[Ways], Any]

    def column(self) -> Column:
        """Its column in a file of results."""
        function = f"{self.formula.__module__}.{self.formula.__qualname__}"
        about = {"formula": equation(self.formula), "function": function, "source": f"book/{CHAPTER}.md"}
        return Column(self.key, NUMBER, unit=self.unit, label=self.label, **about)


OUTPUTS: tuple[Output, ...] = (
    Output("va_none", "USD", "Value of a share if none of the five threats succeeds", thesis.valuation,
           lambda w: w.none.value_per_share),
    Output("va_all", "USD", "Value of a share if all five succeed in full", thesis.valuation,
           lambda w: w.everything.value_per_share),
    Output("va_weighed", "USD", "Value of a share, each threat weighed by its chance", weighing.probability_weighted,
           lambda w: w.weighed),
    Output("va_over", "ratio", "Value of a share without any threat, over its price", arithmetic.ratio,
           lambda w: w.over_price(w.none.value_per_share)),
    Output("va_none_multiple", "USD",
           "The same without threats, if the company is sold at the horizon for the exit multiple", thesis.valuation,
           lambda w: w.none.value_per_share_by_multiple),
    Output("va_all_multiple", "USD", "The same with all threats, sold at the horizon for the exit multiple",
           thesis.valuation, lambda w: w.everything.value_per_share_by_multiple),
    Output("va_terminal", "share", "Part of the value that lies after the horizon", thesis.valuation,
           lambda w: w.none.terminal_part),
    Output("va_implied_multiple", "multiple",
           "Multiple of the last year's profit that what follows the horizon amounts to", thesis.valuation,
           lambda w: w.none.multiple_implied),
    Output("va_sales_none", "USD", "Sales of fiscal 2035 without any threat", thesis.in_year,
           lambda w: w.none.sales_usd[LAST]),
    Output("va_sales_all", "USD", "Sales of fiscal 2035 with all five", thesis.in_year,
           lambda w: w.everything.sales_usd[LAST]),
    Output("va_margin_none", "share", "The same without any threat", thesis.in_year,
           lambda w: w.none.gross_margin[LAST]),
    Output("va_margin_all", "share", "Gross margin on data-centre products in fiscal 2035 with all five",
           thesis.in_year, lambda w: w.everything.gross_margin[LAST]),
    Output("va_share_all", "share", "Nvidia's share of the spending in fiscal 2035 with all five", thesis.in_year,
           lambda w: w.everything.share[LAST]),
    Output("va_spending_2028", "USD", "Spending on accelerators in fiscal 2029, without any threat", thesis.in_year,
           lambda w: w.none.spending_usd[OF_2028]),
    Output("va_growth_none", "per year", "Growth of sales a year over the ten years, without any threat",
           growth_path.compound_growth,
           lambda w: growth_path.compound_growth(
               w.case.start.data_center_usd + w.case.start.other_usd, w.none.sales_usd[LAST], float(HORIZON))),
    Output("va_ceiling_year", "calendar year",
           "Fiscal year in which wanted spending meets what can be paid, without any threat",
           chain.year_of_the_ceiling, lambda w: chain.year_of_the_ceiling(w.case)),
    Output("va_centre_margin", "share", "Gross margin on data-centre products that the company's margin leaves",
           market.centre_margin, lambda w: market.centre_margin(w.case)),
    Output("va_margin_long", "share", "Gross margin on data-centre products in the long run",
           market.margin_in_the_long_run, lambda w: market.margin_in_the_long_run(w.case)),
)  # fmt: skip
"""Everything of the chapter that a case alone decides, without drawing and without searching."""


def computed(values: Mapping[str, Any], count: int, outputs: Sequence[Output]) -> dict[str, np.ndarray]:
    """The outputs for so many points, whose values are arrays or shared; NaN where one is not finite."""
    start = thesis.start(thesis.known(str(values["as_of"])))
    with np.errstate(all="ignore"):  # a point at which nothing is left to divide by is told as one that failed
        case = thesis.inputs(start, values)
        ways = Ways(case, thesis.valuation(case), thesis.valuation(case, thesis.ALL))
        found = {one.key: np.broadcast_to(np.asarray(one.read(ways), float), count) for one in outputs}
    return {key: np.where(np.isfinite(values), values, np.nan) for key, values in found.items()}


def compute(points: Points, outputs: Sequence[Output]) -> dict[str, np.ndarray]:
    """The outputs at some points; NaN where a point has none."""
    found = {one.key: np.full(len(points), np.nan) for one in outputs}
    sense = np.ones(len(points), bool)
    sense[list(points.senseless)] = False
    for shared, places in points.groups():
        at = places[sense[places]]
        if len(at):
            swept = {name: points.columns[name][at].astype(float) for name in points.figures}
            for key, values in computed({**shared, **swept}, len(at), outputs).items():
                found[key][at] = values
    return found


def read_by() -> Collection[str]:
    """The parameters that the outputs rest on."""
    return {"as_of", *thesis.PARAMETERS}
