"""What every chart's channels have in common, so that no chapter has to say it: names, and days.

Names stand in the order of the data, under no title of their own. A day is a day: it is read and written in
Coordinated Universal Time, so that no time zone, of the build or of the reader, can move it to the day before.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from shortcase.show.theme import AREA, BLUE

NAMED = {"x", "y", "xOffset", "yOffset", "color", "fill", "stroke", "shape", "strokeDash", "size", "opacity"}
"""Channels that order names along an axis or in a legend."""
WRITTEN = {"text", "tooltip"}
"""Channels that write a day out."""
SHARE = ".3~p"
"""How an axis, and with it a tooltip, writes a share: 23.8%, not 23.800000%."""
DASHES = [[1, 0], [8, 3], [3, 3], [10, 3, 2, 3], [5, 2]]
"""Patterns that are told apart at a line's width; gaps wide enough that none reads as a paler line."""
SOLID = 0.9
"""Opacity from which a colour of the house is seen on the page (3:1) without an edge."""
MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?")


def in_house_style(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The specification with what its channels leave unsaid: the order and title of names, the zone of days.

    >>> in_house_style({"encoding": {"y": {"field": "chip", "type": "nominal"}}})["encoding"]["y"]
    {'title': None, 'sort': None, 'field': 'chip', 'type': 'nominal'}
    >>> in_house_style({"encoding": {"x": {"field": "day", "type": "temporal"}}})["encoding"]["x"]["scale"]
    {'type': 'utc'}
    """
    found = dict(spec)
    if "encoding" in spec:
        found["encoding"] = {name: _channel(name, one) for name, one in spec["encoding"].items()}
    if "mark" in spec:
        found |= _edged(found)
    if "layer" in spec:
        found["layer"] = [in_house_style(part) for part in spec["layer"]]
    if "datasets" in spec:
        found["datasets"] = {name: days(rows) for name, rows in spec["datasets"].items()}
    return found


def _edged(spec: Mapping[str, Any]) -> dict[str, Any]:
    """A band with an edge in its own colour: what lets lines shine through is too pale to be seen by itself."""
    mark, encoding = spec["mark"], spec.get("encoding", {})
    if not isinstance(mark, Mapping) or mark.get("type") not in ("rect", "area") or "stroke" in {**mark, **encoding}:
        return {}
    opacity = mark.get("fillOpacity", mark.get("opacity", AREA if mark["type"] == "area" else 1))
    if not opacity < SOLID:
        return {}
    band = {**mark, "fillOpacity": opacity, "opacity": 1, "strokeWidth": 1}
    colour = encoding.get("color")
    if isinstance(colour, Mapping) and "field" in colour:
        return {"mark": band, "encoding": {**encoding, "stroke": dict(colour)}}
    return {"mark": {**band, "stroke": mark.get("color", BLUE)}}


def days(value: Any) -> Any:
    """A tree of rows in which a moment is a day where it is midnight, and else says that it is in UTC.

    A browser takes a bare day for one of UTC, and a moment without a zone for one of the reader's own.

    >>> days([{"ended": "2022-07-31T00:00:00", "at": "2025-01-27T14:30:00", "who": "Nvidia", "n": 3}])
    [{'ended': '2022-07-31', 'at': '2025-01-27T14:30:00Z', 'who': 'Nvidia', 'n': 3}]
    """
    if isinstance(value, dt.date):
        value = value.isoformat()
    if isinstance(value, str):
        day = MIDNIGHT.fullmatch(value)
        return day[1] if day else f"{value}Z" if MOMENT.fullmatch(value) else value
    if isinstance(value, Mapping):
        return {key: days(part) for key, part in value.items()}
    return [days(part) for part in value] if isinstance(value, list) else value


def _few_digits(channel: Mapping[str, Any]) -> dict[str, Any]:
    """The channel with shares to three digits: an axis chooses its own, but a tooltip writes all that `%` gives."""
    guides = {k: _few_digits(v) for k, v in channel.items() if k in ("axis", "legend") and isinstance(v, Mapping)}
    exact = {"format": SHARE} if channel.get("format") == "%" else {}
    return {**channel, **guides, **exact}


def _channel(name: str, channel: Any) -> Any:
    if not isinstance(channel, Mapping):
        return channel
    channel = _few_digits(channel)
    if name == "strokeDash" and "field" in channel and "range" not in (channel.get("scale") or {}):
        channel = {**channel, "scale": {**(channel.get("scale") or {}), "range": DASHES}}
    if channel.get("type") == "nominal" and name in NAMED:
        return {"title": None, "sort": None, **channel}
    if channel.get("type") == "temporal" and name in NAMED:
        return {**channel, "scale": {**(channel.get("scale") or {}), "type": "utc"}}
    if channel.get("type") == "temporal" and name in WRITTEN:
        return {"timeUnit": "utcyearmonthdate", **channel}
    return channel
