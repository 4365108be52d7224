"""How many claims got which verdict: figures of the ledger itself, for `{num}` on any page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from shortcase.case.claims import Verdict

UNDECIDED = (Verdict.OPEN, Verdict.NOT_TESTABLE, Verdict.UNVERIFIED)
HELD = (Verdict.HOLDS, Verdict.ROUNDING)

COUNTS: dict[str, tuple[str, Callable[[Verdict], bool]]] = {
    "ledger_all": ("Claims in the ledger", lambda verdict: True),  # noqa: ARG005 - every claim counts
    "ledger_decided": ("Claims held against a computed value", lambda verdict: verdict not in UNDECIDED),
    "ledger_holds": ("Claims that hold, rounding included", lambda verdict: verdict in HELD),
    "ledger_fails": ("Claims that fail", lambda verdict: verdict is Verdict.FAILS),
    "ledger_depends": ("Claims that turn on one parameter", lambda verdict: verdict is Verdict.DEPENDS),
    "ledger_unverified": ("Claims for which there is only a lead", lambda verdict: verdict is Verdict.UNVERIFIED),
    "ledger_not_testable": ("Claims that cannot be tested", lambda verdict: verdict is Verdict.NOT_TESTABLE),
    "ledger_open": ("Claims that no chapter tests yet", lambda verdict: verdict is Verdict.OPEN),
}
"""What is counted: the key, what it means, and which verdicts count."""


def tally(key: str, verdicts: Iterable[Verdict]) -> int:
    """How many of the verdicts count under a key of COUNTS.

    Equation: number of rows of the ledger with such a verdict

    >>> tally("ledger_holds", [Verdict.HOLDS, Verdict.ROUNDING, Verdict.FAILS, Verdict.OPEN])
    2
    """
    counts = COUNTS[key][1]
    return sum(counts(verdict) for verdict in verdicts)
