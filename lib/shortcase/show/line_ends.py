"""Lines named where they end instead of in a legend, so that nobody looks from a line to a legend and back.

Two to five lines of one set of names are named, if the names have room on a phone's narrow plot (`label_places`), or
else beside it; where they have neither the legend stays. A name is drawn from the rows of its line, so that it goes
where a reader moves it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shortcase.show import chart_data
from shortcase.show.axis_pixels import Pixels, Row, number_of, pixels, rows_of
from shortcase.show.label_places import ABOVE, LETTER, LINE, PLOT, Box, Path, Place, beside, within

LEGENDS = ("color", "strokeDash", "shape", "size", "fill", "stroke", "opacity")
"""Channels that a legend explains."""
FEW = range(2, 6)
"""How many lines may be named; with more the plot is full of words."""


def named_at_ends(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The chart with its coloured lines named at their ends; as it is where they are not one set, or have no room.

    >>> named_at_ends({"mark": {"type": "bar"}, "encoding": {}})
    {'mark': {'type': 'bar'}, 'encoding': {}}
    """
    layers = spec.get("layer") or [spec]
    lines = [part for part in layers if _coloured_line(part)]
    if not lines or not _one_set(spec, lines):
        return dict(spec)
    found = _places(spec, lines)
    if found is None:
        return dict(spec)
    names = [_names(line, found) for line in lines]
    beyond = any(place.outside for place in found.values())
    if "layer" in spec:
        return {**_headed(spec, lines[0]), "layer": [*(_silent(part, beyond) for part in layers), *names]}
    own = ("mark", "encoding", "transform", "params", "name")
    bare, rest = _silent(spec, beyond), {k: v for k, v in _headed(spec, spec).items() if k not in own}
    return rest | {"layer": [{k: bare[k] for k in own if k in bare}, *names]}


def _coloured_line(part: Mapping[str, Any]) -> bool:
    encoding = part.get("encoding", {})
    channels = [channel for channel in encoding.values() if isinstance(channel, Mapping)]
    return (
        chart_data.kind(part) == "line"
        and "transform" not in part
        and not any({"aggregate", "bin", "timeUnit"} & channel.keys() for channel in channels)
        and encoding.get("x", {}).get("type") in ("quantitative", "temporal")
        and encoding.get("y", {}).get("type") == "quantitative"
        and encoding.get("color", {}).get("type") == "nominal"
        and bool(_in_legend(part))
    )


def _one_set(spec: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> bool:
    """Whether every legend of the chart names these few lines, and nothing else."""
    field = lines[0]["encoding"]["color"]["field"]
    named = {str(row.get(field)) for line in lines for row in rows_of(spec, line)}
    with_legend = [part for part in chart_data.layers(spec) if _in_legend(part)]
    return len(named) in FEW and all(
        _in_legend(part) == {field} and {str(row.get(field)) for row in rows_of(spec, part)} <= named
        for part in with_legend
    )


def _in_legend(part: Mapping[str, Any]) -> set[str]:
    """The fields that the legends of a layer explain."""
    channels = [part.get("encoding", {}).get(name) for name in LEGENDS]
    return {c["field"] for c in channels if isinstance(c, Mapping) and "field" in c and c.get("legend", {}) is not None}


def _places(spec: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> dict[str, Place] | None:
    """Where each name stands; None where there is no room, or an axis that is not plain."""
    across, up = pixels(spec, lines[0], "x", PLOT[0]), pixels(spec, lines[0], "y", PLOT[1])
    if across is None or up is None:
        return None

    def from_top(value: Any) -> float:
        return PLOT[1] - up(value)

    paths: dict[str, Path] = {}
    for line in lines:
        encoding = line["encoding"]
        x, y, name = (encoding[channel]["field"] for channel in ("x", "y", "color"))
        rows = [row for row in rows_of(spec, line) if row.get(x) is not None and row.get(y) is not None]
        for who in dict.fromkeys(str(row[name]) for row in rows):
            own = sorted((row for row in rows if str(row[name]) == who), key=lambda row: number_of(row[_order(line)]))
            paths[who] = [(across(row[x]), from_top(row[y])) for row in own]
    title = LETTER * (len(_title_of(lines[0]["encoding"]["y"])) + 1)
    words, upright = [Box(0.0, -ABOVE - 2, title, -LINE / 2)], list[Box]()
    for part in chart_data.layers(spec):
        if part.get("encoding", {}).get("color") != lines[0]["encoding"]["color"] or chart_data.kind(part) != "line":
            for box in _drawn(spec, part, across, from_top):
                (upright if chart_data.kind(part) == "rule" and box.bottom - box.top >= PLOT[1] else words).append(box)
    # A name may cross a line that stands upright, where that keeps the plot as wide as it is.
    return within(paths, [*words, *upright]) or within(paths, words) or beside(paths)


def _order(line: Mapping[str, Any]) -> str:
    """The field by which a line goes from point to point."""
    return str((line["encoding"].get("order") or line["encoding"]["x"])["field"])


def _title_of(channel: Mapping[str, Any]) -> str:
    title = (channel.get("axis") or {}).get("title", channel.get("title", channel["field"]))
    return " ".join(title) if isinstance(title, list) else str(title or "")


def _drawn(spec: Mapping[str, Any], part: Mapping[str, Any], across: Pixels, from_top: Pixels) -> Iterator[Box]:
    """Where another layer has written or marked something; bands are pale enough to be written on."""
    kind, encoding = chart_data.kind(part), part.get("encoding", {})
    if kind not in ("text", "point", "circle", "square", "rule", "line"):
        return
    mark = part["mark"] if isinstance(part.get("mark"), Mapping) else {}
    for row in rows_of(spec, part):
        x, y = _at(row, encoding.get("x"), across, PLOT[0]), _at(row, encoding.get("y"), from_top, PLOT[1])
        if kind == "text":
            words = encoding.get("text") or {}
            yield _written(str(row.get(words["field"], "") if "field" in words else words.get("value", "")), x, y, mark)
        else:
            thick = 2.0 if kind == "rule" else 6.0
            yield Box(
                *((0.0 if x is None else x - thick), (0.0 if y is None else y - thick)),
                *((PLOT[0] if x is None else x + thick), (PLOT[1] if y is None else y + thick)),
            )


def _at(row: Row, channel: Mapping[str, Any] | None, place: Pixels, length: float) -> float | None:
    """Where a channel puts a row; None where it does not say."""
    if not channel:
        return None
    if "value" in channel:
        return length if channel["value"] in ("width", "height") else float(channel["value"])
    value = row.get(channel["field"]) if "field" in channel else None
    return None if value is None else place(value)


def _written(words: str, x: float | None, y: float | None, mark: Mapping[str, Any]) -> Box:
    """The box of a text mark; one whose side hangs on where it stands keeps to the half that has more room."""
    x, y = PLOT[0] / 2 if x is None else x, PLOT[1] / 2 if y is None else y
    far, rise = (float(of) if isinstance(of, int | float) else 0.0 for of in (mark.get("dx"), mark.get("dy")))
    wide, high = LETTER * (len(words) + 1), LINE
    side = mark.get("align", "center")
    part = {"left": 0.0, "center": 0.5, "right": 1.0}.get(side if isinstance(side, str) else "", float(x > PLOT[0] / 2))
    line = mark.get("baseline", "middle")
    lift = {"top": 0.0, "middle": 0.5, "bottom": 1.0}.get(line if isinstance(line, str) else "", 0.5)
    if mark.get("angle"):  # read from below: what is wide is high
        return Box(x - high, 0.0 if y < PLOT[1] / 2 else y - wide, x + high, wide if y < PLOT[1] / 2 else y)
    return Box(x + far - part * wide, y + rise - lift * high, x + far + (1 - part) * wide, y + rise + (1 - lift) * high)


def _headed(spec: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    """The chart with what the head of its legend said, which the names alone do not: what differs from line to line."""
    color = line["encoding"]["color"]
    head = str((color.get("legend") or {}).get("title") or color.get("title") or "")
    small = head[:1].lower() + head[1:] if head[1:2].islower() or head[1:2] == " " else head
    return {**spec, "title": f"Lines: {small}"} if head else dict(spec)


def _silent(part: Mapping[str, Any], beyond: bool) -> dict[str, Any]:
    """A layer without its legends; with names beyond the plot the title below it may be longer than the plot is."""
    if "layer" in part:
        return {**part, "layer": [_silent(one, beyond) for one in part["layer"]]}
    quiet = {}
    for name, channel in part.get("encoding", {}).items():
        quiet[name] = {**channel, "legend": None} if name in LEGENDS and "field" in channel else channel
        if name == "x" and beyond and _coloured_line(part) and LETTER * len(_title_of(channel)) > PLOT[0] / 2:
            quiet[name] = {
                **channel,
                "axis": {**(channel.get("axis") or {}), "titleAnchor": "start", "titleAlign": "left"},
            }
    return {**part, "encoding": quiet} if quiet else dict(part)


def _names(line: Mapping[str, Any], found: Mapping[str, Place]) -> dict[str, Any]:
    """The layer of words: the row of each line at which its name stands, and the name beside it."""
    encoding = line["encoding"]
    name, by = encoding["color"]["field"], _order(line)

    def each(of: str) -> str:
        told = {who: getattr(place, of) for who, place in found.items()}
        return f"{json.dumps(told, ensure_ascii=False)}[datum['{name}']]"

    return {
        **({"data": line["data"]} if "data" in line else {}),
        "transform": [
            {"window": [{"op": "row_number", "as": "line_row"}], "sort": [{"field": by}], "groupby": [name]},
            {"joinaggregate": [{"op": "count", "as": "line_rows"}], "groupby": [name]},
            {"filter": f"datum.line_row === 1 + round({each('at')} * (datum.line_rows - 1))"},
            {"calculate": each("words"), "as": "line_name"},
        ],
        "mark": {
            "type": "text",
            "align": {"expr": each("align")},
            "baseline": "top",
            "dx": {"expr": each("dx")},
            "dy": {"expr": each("dy")},
            "fontWeight": "bold",
            "lineBreak": "\n",
        },
        "encoding": {
            "x": {"value": "width"} if any(place.outside for place in found.values()) else encoding["x"],
            "y": encoding["y"],
            "text": {"field": "line_name", "type": "nominal"},
            "color": {**encoding["color"], "legend": None},
        },
    }
