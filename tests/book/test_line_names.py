"""Every chart of two to five lines names them where they end, or is listed here with what stands in the way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shortcase.show import chart_data
from shortcase.show.axis_pixels import rows_of

CHART = re.compile(r'<figure class="vl" id="([^"]+)".*?<script type="application/json">(.*?)</script>', re.DOTALL)
KEPT = {
    "np-lengths": "two pairs of lines, each pair a few pixels apart from end to end",
    "up-like-memory": "four lines that meet in one point, under the names of three upright lines",
    "th-identification": "three long names, and lines that meet at the right and are steep between",
    "mt-busts": "its legend also tells a solid line from a dashed one of the same bust",
    "va-distribution": "its legend also names three upright lines, and both curves end on the axis",
    "wr-losses": "three stairs that cross one another and end on the axis",
}
"""Charts that keep a legend of lines, and why."""


def charts(site: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every chart of the built book with its specification."""
    for page in sorted((site / "book").glob("*.html")):
        for name, spec in CHART.findall(page.read_text(encoding="utf-8")):
            yield name, json.loads(spec)


def in_legend(spec: Mapping[str, Any]) -> set[str]:
    """The names of lines that a reader finds in a legend alone."""
    found = set()
    for part in chart_data.layers(spec):
        colour = part.get("encoding", {}).get("color") or {}
        if chart_data.kind(part) == "line" and colour.get("type") == "nominal" and colour.get("legend", {}) is not None:
            found |= {str(row.get(colour["field"])) for row in rows_of(spec, part)}
    return found


def test_two_to_five_lines_are_named_where_they_end(site: Path) -> None:
    with_legend = {name for name, spec in charts(site) if 2 <= len(in_legend(spec)) <= 5}
    assert with_legend == set(KEPT)


def test_most_charts_of_lines_have_names_at_their_ends(site: Path) -> None:
    named = [name for name, spec in charts(site) if "line_name" in json.dumps(spec)]
    assert len(named) > 5 * len(KEPT)
