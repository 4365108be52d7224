"""Formulas traced for the reader's browser: one formula, computed the same in Python and in the page."""

from __future__ import annotations

from shortcase.show.live import functions as _functions  # noqa: F401 - puts numpy's functions where arrays find them
from shortcase.show.live.tape import Untraceable
from shortcase.show.live.trace import evaluate, parity, trace, trace_inputs

__all__ = ["Untraceable", "evaluate", "parity", "trace", "trace_inputs"]
