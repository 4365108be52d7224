"""What no chart may do, refused before it is drawn, with how to put it right.

A bar begins at zero, a line across says what it stands for, time runs to the right, one colour means Nvidia and
nothing else beside it, and each colour is one of the house's, which were measured on the light and on the dark page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shortcase.errors import BadRecord
from shortcase.show import chart_data
from shortcase.show.theme import NVIDIA, PALETTE, TEXT

TIMES = {"day", "date", "week", "month", "quarter", "year"}
"""Fields that hold a time, however it is written."""
TONES = {*PALETTE, TEXT}


def hold(spec: Mapping[str, Any], identity: str) -> None:
    """Hold a chart, as a chapter gives it, to all of it.

    Errors: BadRecord for the first thing that it does and may not.
    """
    layers = list(chart_data.layers(spec))
    _honest_bars(layers, identity)
    _named_lines(spec, layers, identity)
    on_a_map = any((part.get("encoding", {}).get("color") or {}).get("type") == "quantitative" for part in layers)
    for part in layers:
        _time_to_the_right(part, identity)
        if not on_a_map:  # where a mark lies on the map's colours, and not on the page's
            _measured_colours(part, identity)
        _one_colour_for_nvidia(spec, part, identity)


def _honest_bars(layers: list[Mapping[str, Any]], identity: str) -> None:
    # A bar's length is read as its value; a logarithmic axis has no zero for it to start from, and Vega draws nothing.
    for part in layers:
        scales = [c.get("scale") or {} for c in part.get("encoding", {}).values() if isinstance(c, Mapping)]
        if chart_data.kind(part) in ("bar", "area") and any(scale.get("type") == "log" for scale in scales):
            raise BadRecord(
                f"{identity} draws a {chart_data.kind(part)} on a logarithmic axis", mend="use points or a line"
            )


def _named_lines(spec: Mapping[str, Any], layers: list[Mapping[str, Any]], identity: str) -> None:
    # A line across the whole chart says nothing unless something says what it is; zero is where the axis says so.
    for part in layers:
        kind, encoding = chart_data.kind(part), part.get("encoding", {})
        places = [name for name in ("x", "y", "x2", "y2") if name in encoding]
        by_name = any("field" in encoding.get(name, {}) for name in ("color", "strokeDash", "detail"))
        if kind != "rule" or len(places) != 1 or by_name:
            continue
        at = set(_values(spec, part, places[0]))
        told = {
            value for other in layers if chart_data.kind(other) == "text" for value in _values(spec, other, places[0])
        }
        if at - told - {0}:
            raise BadRecord(
                f"{identity} draws a line across at {', '.join(map(str, sorted(at - told)))} and does not name it",
                mend='reference_line(value, along, "what it is")',
            )


def _time_to_the_right(part: Mapping[str, Any], identity: str) -> None:
    y = part.get("encoding", {}).get("y") or {}
    if y.get("type") == "temporal" or (y.get("type") != "quantitative" and y.get("field") in TIMES):
        raise BadRecord(f"{identity} lets time run down the page ({y['field']})", mend=f"put {y['field']} on x")


def _measured_colours(part: Mapping[str, Any], identity: str) -> None:
    mark, encoding = part.get("mark"), part.get("encoding", {})
    used = [mark.get(name) for name in ("color", "fill", "stroke")] if isinstance(mark, Mapping) else []
    for channel in (encoding.get(name) or {} for name in ("color", "fill", "stroke")):
        scale = channel.get("scale") or {}
        used += [channel.get("value"), *(scale.get("range") or () if channel.get("type") == "nominal" else ())]
        if channel.get("type") == "nominal" and "scheme" in scale:
            raise BadRecord(f"{identity} takes its colours from {scale['scheme']}", mend="use those of show.theme")
    strange = [tone for tone in used if isinstance(tone, str) and tone not in TONES]
    if strange:
        raise BadRecord(f"{identity} uses the colour {strange[0]}", mend="use those of show.theme, which were measured")


def _one_colour_for_nvidia(spec: Mapping[str, Any], part: Mapping[str, Any], identity: str) -> None:
    # Nvidia in two colours, as in two of its busts, is no fault; its own colour on somebody else beside it is.
    channel = part.get("encoding", {}).get("color") or {}
    names = list(dict.fromkeys(map(str, _values(spec, part, "color"))))
    ours = [name for name in names if "Nvidia" in name.split()]
    if channel.get("type") != "nominal" or not ours:
        return
    scale = channel.get("scale") or {}
    order = list(map(str, scale.get("domain") or names))
    worn = dict(zip(order, scale.get("range") or PALETTE, strict=False))
    if all(worn.get(name) != NVIDIA for name in ours) or any(worn.get(n) == NVIDIA for n in names if n not in ours):
        raise BadRecord(
            f"{identity} gives Nvidia another colour than the other charts do, or its colour to another",
            mend="NVIDIA of show.theme for Nvidia, and for nobody else",
        )


def _values(spec: Mapping[str, Any], part: Mapping[str, Any], channel: str) -> list[Any]:
    field = str((part.get("encoding", {}).get(channel) or {}).get("field"))
    return [row[field] for row in chart_data.rows_of(spec, part) if field in row]
