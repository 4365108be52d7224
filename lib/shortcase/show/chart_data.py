"""Whether a chart can draw what it is given: Vega says nothing of what it leaves out, or draws in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shortcase.errors import BadRecord, nearest

Row = Mapping[str, Any]
POSITIONS = ("x", "y", "x2", "y2")
LOG = "log"


def hold(spec: Mapping[str, Any], identity: str) -> None:
    """Refuse a chart that would leave out a part of its data without a word.

    Where a transform makes the fields, only what comes in could be looked at, and is not.

    Errors: BadRecord for a field that the data have not, for a place that is no figure (Altair writes NaN and infinity
    as null, which Vega drops or draws at zero), and for what is not above zero on a logarithmic axis: it has no place.
    """
    for rows, channel, encoding in _encoded(spec):
        field = str(encoding["field"])
        known = {name for row in rows for name in row}
        if field not in known:
            mend = nearest(field, sorted(known))
            raise BadRecord(f"{identity} draws {field!r} along {channel}, and its data have no such column", mend=mend)
        values = [row.get(field) for row in rows]
        if channel in POSITIONS and None in values:
            what = f"{identity} has no figure for {field!r} in row {values.index(None) + 1} of its data"
            raise BadRecord(what, mend="leave the row out, or compute what is finite")
        scale = encoding.get("scale") or {}
        low = [value for value in values if isinstance(value, int | float) and value <= 0]
        if scale.get("type") == LOG and low:
            raise BadRecord(
                f"{identity} draws {low[0]:g} on a logarithmic axis ({field!r})", mend="draw it on a linear axis"
            )


def _encoded(spec: Mapping[str, Any]) -> Iterator[tuple[Sequence[Row], str, Mapping[str, Any]]]:
    """Each channel of each layer that draws a field of data which no transform changes, with those data."""
    for part in layers(spec):
        rows = rows_of(spec, part)
        if not rows or part.get("transform") or spec.get("transform"):
            continue
        for channel, encodings in part.get("encoding", {}).items():
            for encoding in encodings if isinstance(encodings, list) else [encodings]:
                if isinstance(encoding, Mapping) and isinstance(encoding.get("field"), str):
                    yield rows, channel, encoding


def layers(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Each drawing of a chart, with the data and the channels that it inherits."""
    if "layer" not in spec:
        yield spec
    for part in spec.get("layer", ()):
        shared = {**spec.get("encoding", {}), **part.get("encoding", {})}
        yield from layers({"data": spec.get("data"), **part, "encoding": shared})


def rows_of(spec: Mapping[str, Any], part: Mapping[str, Any]) -> Sequence[Row]:
    """The rows of a drawing's data; none where they come from elsewhere."""
    data = part.get("data") or {}
    rows: Sequence[Row] = data.get("values") or spec.get("datasets", {}).get(data.get("name"), ())
    return rows


def kind(part: Mapping[str, Any]) -> str:
    """The kind of mark of a drawing.

    >>> kind({"mark": {"type": "line", "point": True}}), kind({"mark": "bar"})
    ('line', 'bar')
    """
    mark = part.get("mark", "")
    return str(mark.get("type") if isinstance(mark, Mapping) else mark)
