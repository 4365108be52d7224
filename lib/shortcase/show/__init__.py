"""Numbers in prose, tables and charts: what a chapter needs to show what it computed."""

from __future__ import annotations

from shortcase.show.charts import chart
from shortcase.show.record import claim, number, swings
from shortcase.show.tables import grid, parameter_table
from shortcase.show.units import fmt

__all__ = ["chart", "claim", "fmt", "grid", "number", "parameter_table", "swings"]
