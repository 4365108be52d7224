"""What a chart says where it is pointed at or touched: each figure with its name, written as the table writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shortcase.show.units import UNITS

SPOKEN = ("x", "y", "x2", "y2", "color", "shape", "strokeDash", "size", "detail", "text")
"""Channels in the order in which a tooltip tells them; each field is told once."""
SILENT = ("rect", "area", "text")
"""Marks that lie behind others."""
REACH = 350
"""Square pixels around a point of a line that answer: a finger is wider than the line."""
FORMATS = {"share": ".3~p", "per year": ".3~p", "points": ".3~p", "USD": "$,.4~r"}
NUMBER, DAY = ",.4~r", "%-d %B %Y"


def told_at_a_touch(spec: Mapping[str, Any], units: Mapping[str, str]) -> dict[str, Any]:
    """The specification with tooltips that speak, and lines that answer beside themselves.

    >>> spec = {"mark": {"type": "line"}, "encoding": {"y": {"field": "good_dies", "type": "quantitative"}}}
    >>> told_at_a_touch(spec, {"good_dies": "share"})["encoding"]["tooltip"]
    [{'field': 'good_dies', 'type': 'quantitative', 'title': 'Good dies', 'format': '.3~p'}]
    """
    found = dict(spec)
    if "layer" in spec:
        found["layer"] = [told_at_a_touch(part, units) for part in spec["layer"]]
        return found
    mark = spec.get("mark", {})
    mark = dict(mark) if isinstance(mark, Mapping) else {"type": mark}
    encoding = spec.get("encoding", {})
    if mark.get("type") in SILENT or "tooltip" in encoding:
        return found
    told = list(_told(encoding, units))
    if not told:
        return found
    found["encoding"] = {**encoding, "tooltip": told}
    if mark.get("type") in ("line", "trail") and "point" not in mark:
        found["mark"] = {**mark, "point": {"opacity": 0, "size": REACH, "filled": True}}
        found["encoding"] |= {name: _as_stroke(encoding[name]) for name in ("color", "strokeDash") if name in encoding}
    return found


def _as_stroke(channel: Any) -> Any:
    """The channel with a legend that shows the line, and not the points that answer for it."""
    if not isinstance(channel, Mapping) or "field" not in channel or channel.get("legend", {}) is None:
        return channel
    return {**channel, "legend": {"symbolType": "stroke", **channel.get("legend", {})}}


def _told(encoding: Mapping[str, Any], units: Mapping[str, str]) -> list[dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    for name in SPOKEN:
        channel = encoding.get(name)
        if not isinstance(channel, Mapping) or "field" not in channel or channel["field"] in told:
            continue
        if any(key in channel for key in ("aggregate", "bin", "timeUnit")):
            continue  # what is drawn is not a field of a row
        told[channel["field"]] = _one(name, channel, encoding, units)
    return list(told.values())


def _one(
    name: str, channel: Mapping[str, Any], encoding: Mapping[str, Any], units: Mapping[str, str]
) -> dict[str, Any]:
    field = str(channel["field"])
    whole = encoding.get(name.removesuffix("2"), {})
    kind = channel.get("type") or (whole.get("type") if isinstance(whole, Mapping) else None) or "nominal"
    title = channel.get("title")
    axis = channel.get("axis") or {}
    row = {"field": field, "type": kind, "title": title if isinstance(title, str) and title else _words(field)}
    if kind == "quantitative":
        row["format"] = FORMATS.get(
            units.get(field, ""), axis.get("format") if axis.get("format") == ".3~p" else NUMBER
        )
    if kind == "temporal":
        row |= {"timeUnit": "utcyearmonthdate", "format": DAY}
    return row


def _words(field: str) -> str:
    words = field.replace("_", " ").strip()
    for unit in UNITS:  # a field that is named after its unit
        words = words.removesuffix(f" {unit}")
    return words[:1].upper() + words[1:]
