"""How a value becomes pixels along an axis of a chart, before anything is drawn.

Vega-Lite decides the ends of an axis when it draws; who looks for room between lines must know them sooner. These are
its rules for the scales that the book's charts have (https://vega.github.io/vega-lite/docs/scale.html, on `zero` and
`nice`) and d3-scale's for whole steps.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from shortcase.show import chart_data

Row = Mapping[str, Any]
Pixels = Callable[[Any], float]


def rows_of(spec: Mapping[str, Any], part: Mapping[str, Any]) -> Sequence[Row]:
    """The rows of a layer, its own or those of the whole chart."""
    return chart_data.rows_of(spec, {"data": spec.get("data"), **part})


def pixels(spec: Mapping[str, Any], line: Mapping[str, Any], name: str, length: float) -> Pixels | None:
    """How a value of a channel becomes pixels, as Vega-Lite would lay it out; None for a scale that is not plain."""
    channel = line["encoding"][name]
    scale = channel.get("scale") or {}
    kind = scale.get("type", "linear")
    if kind not in ("linear", "log", "utc", "time"):
        return None
    given = scale.get("domain") if isinstance(scale.get("domain"), list) else None
    values = [number_of(value) for value in given or _held(spec, name)]
    if not values or not all(isinstance(value, int | float) for value in values):
        return None
    low, high = min(values), max(values)
    whole = given is None and not {"domainMin", "domainMax"} & scale.keys() and scale.get("nice", True)
    if kind == "linear" and given is None and scale.get("zero", _begins_at_nought(spec, name)):
        low, high = min(low, 0.0), max(high, 0.0)
    low, high = scale.get("domainMin", low), scale.get("domainMax", high)
    if (kind == "log" and low <= 0) or low == high:
        return None
    if kind in ("linear", "log") and whole:
        low, high = _nice(low, high) if kind == "linear" else _powers(low, high, scale.get("base", 10))
    bend = math.log if kind == "log" else float
    return lambda value: length * (bend(min(max(number_of(value), low), high)) - bend(low)) / (bend(high) - bend(low))


def _held(spec: Mapping[str, Any], name: str) -> Iterator[Any]:
    """Every value that lies along an axis, of every layer."""
    for part in chart_data.layers(spec):
        for channel in (part.get("encoding", {}).get(one) for one in (name, f"{name}2")):
            if isinstance(channel, Mapping) and "field" in channel:
                yield from (
                    row[channel["field"]] for row in rows_of(spec, part) if row.get(channel["field"]) is not None
                )


def _begins_at_nought(spec: Mapping[str, Any], name: str) -> bool:
    """Whether Vega-Lite draws an axis from nought that says nothing of it: not the one along which lines run."""
    first = next(part for part in chart_data.layers(spec) if "field" in (part.get("encoding", {}).get(name) or {}))
    return name == "y" or chart_data.kind(first) not in ("line", "area", "bar")


def _powers(low: float, high: float, base: float) -> tuple[float, float]:
    """The ends of a logarithmic axis on whole powers of its base.

    >>> _powers(256.0, 20_000.0, 2)
    (256.0, 32768.0)
    """
    return float(base) ** math.floor(math.log(low, base)), float(base) ** math.ceil(math.log(high, base))


def _nice(low: float, high: float, ticks: int = 10) -> tuple[float, float]:
    """The ends of an axis on whole steps, as d3-scale rounds them.

    >>> _nice(0.0, 8.7)
    (0.0, 9.0)
    """
    rough = (high - low) / ticks
    power = 10.0 ** math.floor(math.log10(rough))
    steps = ((1, 2**0.5), (2, 10**0.5), (5, 50**0.5), (10, math.inf))
    step = power * next(step for step, up_to in steps if rough / power < up_to)
    return math.floor(low / step) * step, math.ceil(high / step) * step


def number_of(value: Any) -> Any:
    """A figure as it is, a day as its seconds, and None for what has no place on an axis.

    >>> number_of(2.5), number_of("1970-01-02"), number_of("a word")
    (2.5, 86400.0, None)
    """
    if isinstance(value, str):
        try:
            return dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC).timestamp()
        except ValueError:
            return None
    return value
