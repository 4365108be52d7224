"""The still pictures of a chapter's charts, drawn by the press beside the chapter and put where they belong.

While the press executes a chapter its charts leave marks in place of pictures. The process that draws for all chapters
loads the renderer once, and looks first whether it has drawn the same chart before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

from shortcase.publish.run.outputs import FIGURE, Notebook, lines
from shortcase.show import charts
from shortcase.show.theme import on_paper

SOCKET = "drawer"
"""The drawing process's socket, in the folder of the rooms."""


class Drawing:
    """The pictures of a notebook, asked for at once, and put in when they are wanted."""

    def __init__(self, notebook: Notebook, rooms: Path) -> None:
        self.outputs = [(line, output, *told) for line, output, *told in _charts(notebook)]
        self.pipe: Connection | None = None
        try:
            self.pipe = Client(str(rooms / SOCKET), family=None) if self.outputs else None
            if self.pipe is not None:
                self.pipe.send_bytes(json.dumps([[name, spec] for _, _, name, spec in self.outputs]).encode())
        except OSError:
            self.pipe = None

    def put_in(self) -> tuple[int, str] | None:
        """Put the pictures in place of their marks; the line and the cause where one cannot be drawn."""
        wrong = None
        drawn = self._answer()
        for at, (line, output, name, spec) in enumerate(self.outputs):
            try:
                pair = drawn[at] if drawn else charts.drawn(json.loads(spec), name)
            except ValueError as error:
                pair = str(error)
            if isinstance(pair, str):
                wrong = wrong or (line, f"The chart {name} cannot be drawn: {pair}")
                continue
            html = "".join(output["data"]["text/html"])
            for width, svg in zip(charts.WIDTHS, pair, strict=True):
                html = html.replace(charts.mark(name, width), svg)
            output["data"] |= {"text/html": html, "image/svg+xml": on_paper(pair[0])}
        return wrong

    def _answer(self) -> list[Any]:
        """What was drawn; nothing where the other process is not there, and this one draws."""
        if self.pipe is None:
            return []
        try:
            found: list[Any] = json.loads(self.pipe.recv_bytes())
        except (OSError, EOFError):
            return []
        self.pipe.close()
        return found


def _charts(notebook: Notebook) -> Iterator[tuple[int, Any, str, str]]:
    for cell, line in zip(notebook["cells"], lines(notebook), strict=True):
        for output in cell.get("outputs", ()):
            to_draw = "".join(output.get("data", {}).get("image/svg+xml", ""))
            for name, _ in FIGURE.findall("".join(output.get("data", {}).get("text/html", ""))):
                if to_draw.startswith("{"):
                    yield line, output, name, to_draw
