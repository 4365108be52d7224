"""Numbers in prose, tables and charts: what a chapter needs to show what it computed.

Each name is imported when it is first asked for, so that a command which only writes figures waits for no charts.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shortcase.show.chart_parts import on_steps, points_in_words, reference_line, room_beside, zero_line
    from shortcase.show.charts import chart
    from shortcase.show.record import claim, number, swings
    from shortcase.show.tables import grid, parameter_table
    from shortcase.show.units import bounds, fmt

__all__ = [
    "bounds",
    "chart",
    "claim",
    "fmt",
    "grid",
    "number",
    "on_steps",
    "parameter_table",
    "points_in_words",
    "reference_line",
    "room_beside",
    "swings",
    "zero_line",
]
HOME = {
    "bounds": "units",
    "chart": "charts",
    "claim": "record",
    "fmt": "units",
    "grid": "tables",
    "number": "record",
    "parameter_table": "tables",
    "on_steps": "chart_parts",
    "points_in_words": "chart_parts",
    "reference_line": "chart_parts",
    "room_beside": "chart_parts",
    "swings": "record",
    "zero_line": "chart_parts",
}
"""The module that each name comes from."""


def __getattr__(name: str) -> Any:
    if name not in HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOME[name]}"), name)
