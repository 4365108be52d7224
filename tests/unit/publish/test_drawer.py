"""The still pictures of charts, drawn by the press: the same as the chapter's own, kept by what they show."""

from __future__ import annotations

import json
import multiprocessing as mp
import time
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest

from shortcase.publish.run import drawer, pictures
from shortcase.publish.run.pictures import Drawing
from shortcase.show import charts

WORDS = charts.Words("s-line", "A line falls", "A line that falls from one to zero.")
FRAME = pd.DataFrame({"year": [1, 2], "left": [1.0, 0.0]})


def bundle() -> dict[str, str]:
    drawing = alt.Chart(FRAME).mark_line().encode(x="year:Q", y="left:Q")
    return charts.bundle(drawing.to_dict(), FRAME, WORDS, {"year": "plain", "left": "share"})


def notebook(data: dict[str, str]) -> dict[str, Any]:
    return {"cells": [{"metadata": {"shortcase": {"line": 7}}, "outputs": [{"data": data}]}]}


def _wait_for(socket: Path) -> None:
    while True:
        try:
            Client(str(socket)).close()
        except OSError:
            time.sleep(0.01)
        else:
            return


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A notebook whose chart was left to the press to draw."""
    monkeypatch.setenv(charts.DRAWN_BY, "press")
    return notebook(bundle())


def test_the_press_draws_what_the_chapter_would_have_drawn(marked: dict[str, Any], tmp_path: Path) -> None:
    assert charts.mark(WORDS.identity, charts.WIDE) in marked["cells"][0]["outputs"][0]["data"]["text/html"]
    # Not by a fork: this process may have drawn before, and the renderer's engine does not live on in a forked child.
    with drawer.running(mp.get_context("spawn"), tmp_path, tmp_path / "kept"):
        _wait_for(tmp_path / pictures.SOCKET)
        assert Drawing(marked, tmp_path).put_in() is None
    assert list((tmp_path / "kept").iterdir()), "it was drawn by the other process, which keeps it"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(charts.DRAWN_BY)
        assert marked == notebook(bundle())


def test_where_no_process_draws_the_chapter_does(marked: dict[str, Any], tmp_path: Path) -> None:
    assert Drawing(marked, tmp_path).put_in() is None
    assert "<svg" in marked["cells"][0]["outputs"][0]["data"]["image/svg+xml"]


def test_a_kept_picture_that_is_not_whole_is_drawn_again(tmp_path: Path) -> None:
    spec = json.dumps(charts.tidied(alt.Chart(FRAME).mark_point().encode(x="year:Q").to_dict(), "s-dots"))
    first = drawer._pair("s-dots", spec, tmp_path)
    (kept,) = tmp_path.iterdir()
    for damaged in (kept.read_text()[:-9], "", kept.read_text().replace("<svg", "<SVG")):
        kept.write_text(damaged)
        assert list(drawer._pair("s-dots", spec, tmp_path)) == list(first)
    assert list(drawer._pair("s-dots", spec, tmp_path)) == list(first)


def test_a_chart_that_cannot_be_drawn_is_named_with_its_line(marked: dict[str, Any], tmp_path: Path) -> None:
    data = marked["cells"][0]["outputs"][0]["data"]
    data["image/svg+xml"] = data["image/svg+xml"].replace('"type": "line"', '"type": "no such mark"')
    line, what = Drawing(marked, tmp_path).put_in() or (0, "")
    assert line == 7
    assert "s-line cannot be drawn" in what
