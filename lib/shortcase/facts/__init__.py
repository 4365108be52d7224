"""Sourced observations, each with the date on which it became public.

A lookup is made as of a date and returns what was known then, so a chapter cannot look ahead by accident:

    table("accelerators", as_of).row("h100_sxm").tdp_w
    later("decode_measurements")                       # looks ahead on purpose; the press marks what rests on it
"""

from __future__ import annotations

from shortcase.facts.lookup import Row, Table, later, names, schema, table

__all__ = ["Row", "Table", "later", "names", "schema", "table"]
