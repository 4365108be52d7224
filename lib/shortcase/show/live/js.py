"""A traced formula as a static JavaScript module, for pages that compute many draws; it needs no `eval`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shortcase.show.live.vega import VEGA, Dialect, steps

SCRIPT = Dialect(
    calls={name: call for name, call in VEGA.calls.items() if not name.startswith("ndtr")}, infinity="Infinity"
)
"""JavaScript has no normal distribution; a formula with one is shown by Vega alone."""


def module(outputs: Mapping[str, Any]) -> str:
    """A module whose `run({…inputs})` gives the outputs.

    >>> from shortcase.show.live import trace_inputs
    >>> x = trace_inputs("price", "units")
    >>> print(module({"sales": x["price"] * x["units"]}))
    const {abs, atan, ceil, cos, exp, floor, log, max, min, pow, sin, sqrt, tan} = Math;
    export function run({price, units}) {
      const sales = (price * units);
      return {sales};
    }
    <BLANKLINE>

    Errors: Untraceable for what has no expression in JavaScript.
    """
    printed = steps(outputs, SCRIPT)
    names = ", ".join(sorted(set(SCRIPT.calls.values())))
    lines = "\n".join(f"  const {name} = {text};" for name, text in printed.steps)
    return (
        f"const {{{names}}} = Math;\n"
        f"export function run({{{', '.join(printed.inputs)}}}) {{\n{lines}\n  return {{{', '.join(outputs)}}};\n}}\n"
    )
