"""What a formula takes and gives: a figure, an array of figures, or a symbol that is being traced."""

from __future__ import annotations

from typing import Any, TypeAlias

Quantity: TypeAlias = Any
"""A float, an array of floats of any shape, or a traced symbol (`show/live/traced.py`); all three broadcast.

To a type checker it is Any: numpy's stubs refuse the union of the three, since a symbol is no array to them.
"""
