"""Where the story and the numbers disagree: what a valuation takes for granted, held against what there has been."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shortcase.case.thesis.chain import Valuation, valuation
from shortcase.case.thesis.inputs import HORIZON, Inputs


class Status(StrEnum):
    """Never `fine` for what was not looked at."""

    FINE = "nothing strange"
    LOOK = "look here"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Implied:
    """One thing that the figures imply."""

    name: str
    about: str
    value: float | None
    unit: str
    limit: float | None
    status: Status


MOST_TERMINAL = 0.75
MOST_RETURN = 1.0
MOST_OF_OUTPUT = 0.005
"""Half a per cent of the world's output as one company's sales; the largest, Walmart's, are about that."""


def return_on_capital(case: Inputs, found: Valuation) -> Any:
    """Profit after tax of the last year over the capital that has been put in by then.

    Equation: NOPAT(n) / (S(0)/κ + Σ (NOPAT(t) − FCF(t)))

    κ: sales for each dollar of capital at the start.
    """
    invested = sum(profit - cash for profit, cash in zip(found.profit_usd, found.free_cash_usd, strict=True))
    opening = (case.start.data_center_usd + case.start.other_usd) / case.sales_to_capital
    return found.profit_usd[-1] / (opening + invested)


def part_of_output(case: Inputs, found: Valuation) -> Any:
    """Sales of the last year over the output of the world in it.

    Equation: S(n) / (Y·(1 + y)^n)
    """
    return found.sales_usd[-1] / (case.world_output_usd * (1.0 + case.world_output_growth) ** HORIZON)


def implied(case: Inputs, found: Valuation) -> list[Implied]:
    """What a value implies, each with a limit beyond which a reader should look.

    Equation: terminal part of the value; profit after tax over capital at the horizon; sales over world output
    """
    return [
        _terminal(found.terminal_part, found.profit_usd[-1]),
        _held("return", "Profit after tax over capital in the last year", return_on_capital(case, found), MOST_RETURN),
        _held(
            "output",
            "Sales of the last year over the output of the world",
            part_of_output(case, found),
            MOST_OF_OUTPUT,
        ),
        Implied(
            "profits", "Profit of the last year over the profits of all companies", None, "share", None, Status.UNKNOWN
        ),
    ]


def _held(name: str, about: str, value: float, limit: float) -> Implied:
    """A share held against the most that has been; a loss is nothing to be fine about."""
    return Implied(name, about, value, "share", limit, Status.FINE if 0.0 < value <= limit else Status.LOOK)


def _terminal(part: float, last_profit_usd: float) -> Implied:
    """The part of the value after the horizon; of a value that is a loss, or that losses take from, there is none."""
    about = "Part of the value that lies after the horizon"
    if last_profit_usd > 0.0 and part > 0.0:
        return _held("terminal", about, part, MOST_TERMINAL)
    what = (
        f"{about}: there is none, for it ends in a loss"
        if last_profit_usd <= 0.0
        else f"{about}: losses before it are larger"
    )
    return Implied("terminal", what, None, "share", MOST_TERMINAL, Status.LOOK)


def implied_value(case: Inputs, name: str) -> Any:
    """One of the figures that a case without threats implies: its return on capital, or its part of world output.

    Equation: as in `implied`, by name

    Errors: KeyError for another name.
    """
    return {"return": return_on_capital, "output": part_of_output}[name](case, valuation(case))
