"""Lines named at their ends, where there is room, so that nobody looks from a line to a legend and back.

There is room where a name, set above or below the end of its line, meets no line, no other name and no edge on a
phone's narrow plot. It is drawn from the rows of its line, so that it goes where a reader moves it. Elsewhere the
legend stays.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Row = Mapping[str, Any]
PLOT = (270.0, 260.0)
"""Pixels of the plot of a chart on a phone."""
LETTER, LINE = 6.6, 13.0
"""Pixels of a bold letter, and of a line of words."""
GAPS = (5, 9, 14, 20)
"""Pixels between a name and the end of its line, the nearest first."""
NAMED = ("color", "strokeDash")
"""Channels whose legend a name at the end makes needless."""
WIDEST = 0.8
"""Part of the plot that a name may take."""


@dataclass(frozen=True)
class Box:
    """A place in the plot, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether both have a point in common."""
        apart = self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top
        return not apart


def named_at_ends(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The chart with its coloured lines named at their ends; as it is where they are not one set, or have no room.

    >>> named_at_ends({"mark": {"type": "bar"}, "encoding": {}})
    {'mark': {'type': 'bar'}, 'encoding': {}}
    """
    layers = spec.get("layer") or [spec]
    lines = [part for part in layers if _coloured_line(part)]
    if len(lines) != 1 or any(_has_legend(part) for part in layers if part is not lines[0]):
        return dict(spec)
    line = lines[0]
    away = _places(spec, line, [part for part in layers if part is not line])
    if away is None:
        return dict(spec)
    bare = {**line, "encoding": {name: _silent(name, channel) for name, channel in line["encoding"].items()}}
    names = _names(line, away)
    if "layer" in spec:
        return {**spec, "layer": [*(bare if part is line else part for part in layers), names]}
    own = ("mark", "encoding", "transform", "params", "name")
    return {k: v for k, v in spec.items() if k not in own} | {"layer": [{k: bare[k] for k in own if k in bare}, names]}


def _coloured_line(part: Mapping[str, Any]) -> bool:
    mark, encoding = part.get("mark"), part.get("encoding", {})
    channels = [channel for channel in encoding.values() if isinstance(channel, Mapping)]
    return (
        (mark.get("type") if isinstance(mark, Mapping) else mark) == "line"
        and "transform" not in part
        and not any({"aggregate", "bin", "timeUnit"} & channel.keys() for channel in channels)
        and encoding.get("x", {}).get("type") in ("quantitative", "temporal")
        and encoding.get("y", {}).get("type") == "quantitative"
        and encoding.get("color", {}).get("type") == "nominal"
        and _has_legend(part)
        and {encoding[name].get("field") for name in NAMED if name in encoding} == {encoding["color"]["field"]}
    )


def _has_legend(part: Mapping[str, Any]) -> bool:
    channels = [part.get("encoding", {}).get(name) for name in (*NAMED, "shape", "size", "fill", "stroke", "opacity")]
    return any(isinstance(c, Mapping) and "field" in c and c.get("legend", {}) is not None for c in channels)


def _rows(spec: Mapping[str, Any], part: Mapping[str, Any]) -> Sequence[Row]:
    data = part.get("data") or spec.get("data") or {}
    rows: Sequence[Row] = data.get("values") or spec.get("datasets", {}).get(data.get("name"), ())
    return rows


def _places(
    spec: Mapping[str, Any], line: Mapping[str, Any], others: Sequence[Mapping[str, Any]]
) -> dict[str, int] | None:
    """How far below the end of its line each name stands, above where negative; None where there is no room."""
    encoding, rows = line["encoding"], _rows(spec, line)
    x, y, name = (encoding[channel]["field"] for channel in ("x", "y", "color"))
    rows = [row for row in rows if row.get(x) is not None and row.get(y) is not None]
    across, down = _scale(encoding["x"], rows, PLOT[0]), _scale(encoding["y"], rows, PLOT[1])
    if across is None or down is None:
        return None
    paths: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        paths.setdefault(str(row[name]), []).append((across(row[x]), PLOT[1] - down(row[y])))
    for path in paths.values():
        path.sort()
    end = max(path[-1][0] for path in paths.values()) if paths else 0.0
    if len(paths) < 2 or any(path[-1][0] < end or (path[-2:-1] and path[-2][0] == end) for path in paths.values()):
        return None
    taken = list(_words(spec, others, encoding, across, down))
    title = _words_of(encoding["y"])
    room = PLOT[0] - LETTER * len(title)  # beside the title above the axis
    found: dict[str, int] = {}
    for name_of, path in sorted(paths.items(), key=lambda one: one[1][-1][1]):
        wide, (right, height) = LETTER * len(name_of), path[-1]
        places = [
            (away, Box(right - wide, top, right, top + LINE))
            for gap in GAPS
            for away, top in ((-gap, height - gap - LINE), (gap, height + gap))
        ]
        free = [
            (away, box)
            for away, box in places
            if wide < WIDEST * PLOT[0]
            and box.top >= (-LINE - GAPS[0] if wide < room else 0)
            and box.bottom <= PLOT[1]
            and not any(box.meets(other) for other in taken)
            and not any(_crosses(other, box) for other in paths.values())
            and _nearest(box, paths) == name_of
        ]
        if not free:
            return None
        found[name_of], box = free[0]
        taken.append(box)
    return found


def _words_of(channel: Mapping[str, Any]) -> str:
    title = (channel.get("axis") or {}).get("title", channel.get("title", channel["field"]))
    return " ".join(title) if isinstance(title, list) else str(title or "")


def _scale(channel: Mapping[str, Any], rows: Sequence[Row], length: float) -> Callable[[Any], float] | None:
    """How a value of a channel becomes pixels, as Vega-Lite would lay it out; None for a scale that is not plain."""
    scale = channel.get("scale") or {}
    kind = scale.get("type", "linear")
    if kind not in ("linear", "log", "utc", "time"):
        return None
    ends = scale.get("domain") if isinstance(scale.get("domain"), list) else [row[channel["field"]] for row in rows]
    values = [_number(value) for value in ends or ()]
    if not values or any(value is None for value in values):
        return None
    low, high = min(values), max(values)
    if channel["type"] == "quantitative" and kind == "linear" and "domain" not in scale and scale.get("zero", True):
        low, high = min(low, 0.0), max(high, 0.0)
    bend = math.log if kind == "log" else float
    if (kind == "log" and low <= 0) or low == high:
        return None
    return lambda value: length * (bend(min(max(_number(value), low), high)) - bend(low)) / (bend(high) - bend(low))


def _number(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC).timestamp()
        except ValueError:
            return None
    return value


def _crosses(path: Sequence[tuple[float, float]], box: Box) -> bool:
    for (left, before), (right, after) in pairwise(path):
        if right < box.left or left > box.right:
            continue
        low, high = sorted(_between((left, before), (right, after), edge) for edge in (box.left, box.right))
        if low <= box.bottom and high >= box.top:
            return True
    return False


def _nearest(box: Box, paths: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """The line whose end lies nearest to a name."""
    middle = (box.top + box.bottom) / 2
    return min(paths, key=lambda name: abs(paths[name][-1][1] - middle))


def _between(one: tuple[float, float], other: tuple[float, float], at: float) -> float:
    """The height of the stroke between two points at a place, or at its end nearest to it."""
    at = min(max(at, one[0]), other[0])
    return one[1] if other[0] == one[0] else one[1] + (other[1] - one[1]) * (at - one[0]) / (other[0] - one[0])


def _words(
    spec: Mapping[str, Any],
    others: Sequence[Mapping[str, Any]],
    axes: Mapping[str, Any],
    across: Callable[[Any], float],
    down: Callable[[Any], float],
) -> Iterator[Box]:
    """What other layers have written or marked, a little larger than it is."""
    for part in others:
        if "layer" in part:
            inner = [{"data": part.get("data"), **one} for one in part["layer"]]
            yield from _words(spec, inner, axes, across, down)
            continue
        encoding = part.get("encoding", {})
        fields = {channel: (encoding.get(channel) or axes[channel]).get("field") for channel in ("x", "y")}
        kind = part["mark"].get("type") if isinstance(part.get("mark"), Mapping) else part.get("mark")
        if kind not in ("text", "point", "circle", "rule"):
            continue
        for row in _rows(spec, part):
            x, y = (row.get(fields[channel]) if fields[channel] else None for channel in ("x", "y"))
            left = 0.0 if x is None else across(x) - (90 if kind == "text" else 8)
            right = PLOT[0] if x is None else across(x) + (90 if kind == "text" else 8)
            top, bottom = (0.0, 16.0) if y is None else (PLOT[1] - down(y) - 18, PLOT[1] - down(y) + 6)
            if kind == "rule" and y is None:
                continue  # a name may cross a line that stands upright
            yield Box(left, top, right, bottom)


def _silent(name: str, channel: Any) -> Any:
    return {**channel, "legend": None} if name in NAMED and "field" in channel else channel


def _names(line: Mapping[str, Any], away: Mapping[str, int]) -> dict[str, Any]:
    encoding = line["encoding"]
    x, name = encoding["x"]["field"], encoding["color"]["field"]
    far = f"{json.dumps(dict(away), ensure_ascii=False)}[datum['{name}']]"
    return {
        **({"data": line["data"]} if "data" in line else {}),
        "transform": [
            {"joinaggregate": [{"op": "max", "field": x, "as": "line_ends_at"}]},
            {"filter": f"datum['{x}'] === datum.line_ends_at"},
        ],
        "mark": {
            "type": "text",
            "align": "right",
            "baseline": {"expr": f"{far} > 0 ? 'top' : 'bottom'"},
            "dy": {"expr": far},
            "fontWeight": "bold",
        },
        "encoding": {
            "x": encoding["x"],
            "y": encoding["y"],
            "text": {"field": name, "type": "nominal"},
            "color": {**encoding["color"], "legend": None},
        },
    }
