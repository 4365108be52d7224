"""Names in a legend that have no room in a line are broken into lines, as the names along an axis are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shortcase.show import chart_data
from shortcase.show.line_ends import LEGENDS
from shortcase.show.theme import lines

LETTERS = 44
"""Of a line that has room in the one column of a phone's legend, and in each of the two of a wide page's."""


def broken(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The chart with its legends' long names in lines; as it is where none is long.

    >>> rows = [{"who": "A name that is so long that no legend on a phone has room for it"}]
    >>> drawing = {"data": {"values": rows}, "mark": "bar", "encoding": {"color": {"field": "who", "type": "nominal"}}}
    >>> list(broken(drawing)["encoding"]["color"]["legend"]), broken({**drawing, "data": {"values": []}})["encoding"]
    (['labelExpr'], {'color': {'field': 'who', 'type': 'nominal'}})
    """
    return _within(spec, _long(spec))


def _long(spec: Mapping[str, Any]) -> set[str]:
    """The fields of legends with a name that is longer than a line."""
    return {
        channel["field"]
        for part in chart_data.layers(spec)
        for name, channel in part.get("encoding", {}).items()
        if name in LEGENDS and isinstance(channel, Mapping) and channel.get("type") == "nominal" and "field" in channel
        if any(len(str(row.get(channel["field"], ""))) > LETTERS for row in chart_data.rows_of(spec, part))
    }


def _within(part: Mapping[str, Any], fields: set[str]) -> dict[str, Any]:
    found = dict(part)
    if "encoding" in part:
        found["encoding"] = {name: _channel(name, one, fields) for name, one in part["encoding"].items()}
    if "layer" in part:
        found["layer"] = [_within(layer, fields) for layer in part["layer"]]
    return found


def _channel(name: str, channel: Any, fields: set[str]) -> Any:
    if name not in LEGENDS or not isinstance(channel, Mapping) or channel.get("field") not in fields:
        return channel
    legend = channel.get("legend", {})
    return channel if legend is None else {**channel, "legend": {"labelExpr": lines(LETTERS), **legend}}
