"""What an executed chapter holds: its records, its failure, and a notebook in which nothing changes by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from shortcase.publish.read.pages import LINE

RECORD = "application/vnd.shortcase.record+json"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"(?:Cell In\[\d+\]|<ipython-input-[^>]*>), line (\d+)")
FIGURE = re.compile(r'class="vl" id="([^"]+)".*?type="application/json">([^<]*)', re.DOTALL)
"""A chart among a cell's outputs: its id and its specification."""
LANGUAGE = {"name": "python", "file_extension": ".py", "pygments_lexer": "ipython3"}
LIVE, CHARTS = "shortcase_live", "shortcase_charts"
"""Key of a notebook's metadata under which the press keeps how its figures follow from the parameters."""
Notebook = dict[str, Any]


def clean(notebook: Notebook) -> Notebook:
    """The notebook as the same run would leave it at any time: no times, no random ids, no paths.

    The cell that Papermill injects stays, for whoever downloads the notebook, and is tagged so that no page shows it.
    """
    found = deepcopy(notebook)
    found["metadata"] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": dict(LANGUAGE),
    }
    for index, cell in enumerate(found["cells"]):
        kept = _kept(cell)
        if "injected-parameters" in kept.get("tags", ()):
            kept["tags"] = [*kept["tags"], "remove-cell"]
            cell["source"] = cell["source"].replace("# Parameters\n", "# The values of this build\n")
        cell["metadata"], cell["id"] = kept, f"cell-{index}"
    return found


def _kept(cell: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of what a cell says of itself."""
    return {k: v for k, v in cell["metadata"].items() if k in ("tags", "shortcase", "mystnb")}


def rewritten(executed: Notebook, page: Notebook) -> Notebook:
    """An executed notebook with the words of a page whose code is the same: as if the page had been executed anew.

    executed: as `clean` leaves it; page: not executed. What the cells gave is kept; words, tags, lines are the page's.
    """
    ran = [cell for cell in executed["cells"] if cell["cell_type"] == "code"][::-1]
    cells: list[dict[str, Any]] = []
    for cell in page["cells"]:
        told = {"metadata": {"tags": [], **_kept(cell)}}
        if cell["cell_type"] != "code":
            cells.append({"cell_type": cell["cell_type"], "source": cell["source"], **told})
            continue
        cells.append(ran.pop() | told)
        if ran and "injected-parameters" in ran[-1]["metadata"].get("tags", ()):
            cells.append(ran.pop())
    return {**executed, "cells": [cell | {"id": f"cell-{index}"} for index, cell in enumerate(cells)]}


def published(notebook: Notebook) -> Notebook:
    """The notebook as the site shows it: without records, the press's notes, and values that cells merely end with."""
    metadata = {key: told for key, told in notebook["metadata"].items() if key not in (LIVE, CHARTS)}
    return {**notebook, "metadata": metadata, "cells": [_shown(cell) for cell in notebook["cells"]]}


def _shown(cell: Mapping[str, Any]) -> dict[str, Any]:
    shown = {**cell, "metadata": {key: told for key, told in cell["metadata"].items() if key != "shortcase"}}
    if cell["cell_type"] == "code":
        shown["outputs"] = [o for o in cell["outputs"] if RECORD not in o.get("data", {}) and not _bare(o)]
    return shown


def _bare(output: Mapping[str, Any]) -> bool:
    # `number(…)` as the last line of a cell leaves its value below it: 0.31170354757121466, which no sentence explains.
    return output["output_type"] == "execute_result" and set(output["data"]) == {"text/plain"}


def records(notebook: Notebook) -> Iterator[dict[str, Any]]:
    """What the chapter recorded, in order."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if RECORD in output.get("data", {}):
                yield output["data"][RECORD]


def specifications(notebook: Notebook) -> dict[str, dict[str, Any]]:
    """The specification of each chart that the chapter drew, by the chart's id."""
    shown = (output.get("data", {}).get("text/html", "") for c in notebook["cells"] for output in c.get("outputs", ()))
    return {name: json.loads(told) for html in shown for name, told in FIGURE.findall("".join(html))}


def lines(notebook: Notebook) -> list[int]:
    """For each cell, the line of the page that it begins on; of the injected cell, that of the cell before."""
    found: list[int] = []
    for cell in notebook["cells"]:
        found.append(cell["metadata"].get("shortcase", {}).get(LINE, found[-1] if found else 1))
    return found


def failure(notebook: Notebook) -> tuple[int, int, str] | None:
    """Number of the first cell that failed or warned, the line of the page, and the cause."""
    number = 0
    for cell, first in zip(notebook["cells"], lines(notebook), strict=True):
        number += "shortcase" in cell["metadata"]
        outputs = cell.get("outputs", ())
        for output in (o for o in outputs if o["output_type"] == "error"):
            return number, first + _offset(output["traceback"]), f"{output['ename']}: {output['evalue']}"
        for output in (o for o in outputs if o["output_type"] == "stream" and o["name"] == "stderr"):
            text = "".join(output["text"]).strip().splitlines() or [""]
            return number, first, f"the cell wrote to stderr, which a reader would see: {text[0]}"
    return None


def _offset(traceback: list[str]) -> int:
    """Which line of its cell failed, from 0: the last frame of the first cell that the traceback shows."""
    text = ANSI.sub("", "\n".join(traceback))
    shown = FRAME.findall(text)
    return int(shown[0]) - 1 if shown else 0
