"""How far one figure moves across the stated range of each parameter, where a chapter has computed that.

A chapter says it at once with `swings`, or for a single parameter with a number named `th_swing_` and the parameter.
"""

from __future__ import annotations

from typing import Any

from shortcase.case import parameters
from shortcase.publish.collect.results import Results
from shortcase.show.units import fmt

NUMBER = "th_swing_"


def shown(results: Results) -> dict[str, dict[str, Any]]:
    """By parameter: what moves, how far, and between which figures."""
    known = parameters.registry()
    found: dict[str, dict[str, Any]] = {
        key.removeprefix(NUMBER): {
            "of": row["label"],
            "size": abs(row["value"]),
            "text": fmt(row["value"], row["unit"], row["digits"]),
            "ends_text": "",
            "chapter": row["chapter"],
        }
        for key, row in results.numbers.items()
        if key.startswith(NUMBER) and key.removeprefix(NUMBER) in known
    }
    for name, row in results.swings.items():
        low, high = (fmt(row[end], row["unit"]) for end in ("low", "high"))
        size = abs(row["high"] - row["low"])
        found[name] = {
            "of": row["of"],
            "size": size,
            "text": fmt(size, row["unit"]),
            "ends_text": f"{low} to {high}",
            "chapter": row["chapter"],
        }
    return found
