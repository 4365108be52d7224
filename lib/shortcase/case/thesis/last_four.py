"""Where the forecast begins for one who values the share later: the four quarters reported last, and a price of then.

`start` begins at the essay, whatever the day of the build. This begins where the tables end on a day, for the page that
looks at today; the documented case never reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

from shortcase.case.thesis.start import Machines, Start, of_year
from shortcase.errors import MissingFact
from shortcase.facts import Row, Table
from shortcase.places import place

QUARTERS = 4
"""What makes a year."""


@dataclass(frozen=True)
class Reported:
    """The tables that such a start is read from, each up to one day.

    Whoever looks ahead brings them, so that it shows in his own lines that he does.
    """

    quarters: Table
    centre: Table
    sheet: Table
    makers: Table
    closes: Table
    machines: Machines


def quarters(known: Reported) -> list[Row]:
    """The four quarters that had been reported last, in their order.

    Errors: MissingFact where the table has fewer.
    """
    found = sorted(known.quarters, key=lambda row: row.period_end)[-QUARTERS:]
    if len(found) < QUARTERS:
        what = f"Table {known.quarters.schema.name} has {len(found)} quarters, and a year has {QUARTERS}"
        raise MissingFact(what, where=place(known.quarters.schema.csv), mend="add the quarters with their sources")
    return found


def last_close(known: Reported) -> Row:
    """The last closing price that was known.

    Errors: MissingFact where there is none.
    """
    if not len(known.closes):
        where = place(known.closes.schema.csv)
        raise MissingFact(f"No price was known by {known.closes.as_of}", where=where, mend="add a day with its price")
    return max(known.closes, key=lambda row: row.day)


def start(known: Reported) -> Start:
    """Sales and expenses of the last four quarters as reported, cash less debt at their end, and the last price.

    Stakes in other firms are left out of the cash, as securities other than debt are no part of it. What rivals sold is
    that of the four quarters of theirs that lie nearest.

    Equation: year = Σ reported, four quarters; share = data centre / (data centre + Broadcom + AMD)

    Errors: MissingFact, with the row's name, where a table has not been brought up to the last quarter.
    """
    year = quarters(known)
    return of_year(
        sum(row.revenue_usd for row in year),
        sum(known.centre.row(row.id).data_center_usd for row in year),
        sum(row.gross_profit_usd - row.operating_income_usd for row in year),
        sheet=known.sheet.row(year[-1].id),
        rivals=(known.makers.row("broadcom_ai_four").usd, known.makers.row("amd_gpu_four").usd),
        price_usd=last_close(known).price_usd,
        machines=known.machines,
    )
