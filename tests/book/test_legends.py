"""What a chart tells apart by colour, shape or dashes it names in its picture, unless it says that it need not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shortcase.show import chart_data
from shortcase.show.line_ends import LEGENDS

CHART = re.compile(r'<figure class="vl" id="([^"]+)"(.*?)<script type="application/json">(.*?)</script>', re.DOTALL)
WORDS = re.compile(r">([^<>]+)</t(?:ext|span)>")


def charts(site: Path) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every chart of the built book: its id, the words in its picture for a wide page, and its specification."""
    for page in sorted((site / "book").glob("*.html")):
        for name, pictures, spec in CHART.findall(page.read_text(encoding="utf-8")):
            wide = pictures.partition("</svg>")[0]
            yield name, " ".join(WORDS.findall(wide)), json.loads(spec)


def told_apart(spec: Mapping[str, Any]) -> Iterator[str]:
    """The names that a legend is to explain."""
    for part in chart_data.layers(spec):
        for channel in (part.get("encoding", {}).get(name) or {} for name in LEGENDS):
            plain = channel.get("scale", {}) is None or channel.get("legend", {}) is None
            if channel.get("type") == "nominal" and "field" in channel and not plain:
                yield from {str(row.get(channel["field"])) for row in chart_data.rows_of(spec, part)}


def test_every_colour_is_named(site: Path) -> None:
    unnamed = {
        f"{identity}: {name}"
        for identity, words, spec in charts(site)
        for name in told_apart(spec)
        if name.split()[0] not in words  # a long name is broken into lines
    }
    assert not unnamed
