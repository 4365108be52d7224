"""What the page on the method says of the rows that were read again: how many were drawn, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shortcase.facts import names
from shortcase.facts.rereadings import CHECKED, FOUND, VERDICTS, Plan, Rereading, known, plan, rereadings, tally
from shortcase.publish.collect.fact_tables import FOLDER


def reread() -> dict[str, Any]:
    """The whole of it: the draw, and a row for each verdict."""
    return summary(rereadings(), plan(), {name: known(name, plan().as_of) for name in names()})


def summary(found: Sequence[Rereading], drawn: Plan, tables: dict[str, dict[str, bool]]) -> dict[str, Any]:
    """Counts by verdict; `tables` says of each row of each table whether it was public on the plan's day."""
    early = [one for one in found if tables[one.table][one.row]]
    total, of_early = tally(found), tally(early)
    return {
        "rows": len(found),
        "checked": sum(total[verdict] for verdict in CHECKED),
        "days": sum("public_on" in one.columns and one.verdict in CHECKED for one in found),
        "of": sum(map(len, tables.values())),
        "tables": len({one.table for one in found}),
        "seed": drawn.seed,
        "as_of": drawn.as_of.isoformat(),
        "read_on": max((one.read_on.isoformat() for one in found), default=""),
        "file": f"{FOLDER}/{FOUND.name}",
        "verdicts": [
            {"verdict": verdict, "about": about, "rows": total[verdict], "early": of_early[verdict]}
            for verdict, about in VERDICTS.items()
        ],
        "told": [
            {"table": one.table, "row": one.row, "verdict": one.verdict, "note": one.note}
            for one in found
            if one.verdict != "right"
        ],
    }
