"""Numbers in prose, tables and charts: what a chapter needs to show what it computed."""

from __future__ import annotations

from shortcase.show.chart_parts import points_in_words, reference_line
from shortcase.show.charts import chart
from shortcase.show.record import claim, number, swings
from shortcase.show.tables import grid, parameter_table
from shortcase.show.units import fmt

__all__ = [
    "chart",
    "claim",
    "fmt",
    "grid",
    "number",
    "parameter_table",
    "points_in_words",
    "reference_line",
    "swings",
]
