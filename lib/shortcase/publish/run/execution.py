"""One chapter executed in this process: its notebook, its pictures, and how its figures follow from the parameters."""

from __future__ import annotations

import contextlib
import json
import math
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from shortcase.case import parameters
from shortcase.case.parameters import CHOSEN
from shortcase.publish import collector
from shortcase.publish.run import opened, pictures
from shortcase.publish.run.job import FORK, KERNEL_NOTE, Job, Outcome
from shortcase.publish.run.outputs import CHARTS, LIVE, Notebook, clean, failure, specifications
from shortcase.publish.run.time_limit import PATIENCE
from shortcase.show.charts import DRAWN_BY


def run(job: Job, room: Path, begun: Callable[[], None]) -> Outcome:
    """Execute one chapter in this process, from the folder of the book; `room` is a folder that is nobody else's."""
    import nbformat  # noqa: PLC0415
    import papermill  # noqa: PLC0415
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415

    from shortcase.publish.run import engines, kernel  # noqa: PLC0415

    source, target = room / "source.ipynb", room / "target.ipynb"
    reader: Any = nbformat.read
    cause: str | None = None
    quick = job.records_only and job.engine == FORK
    os.environ[CHOSEN] = json.dumps(dict(job.build_values))
    note, root = room / "opened", job.cwd.parent
    os.environ |= {opened.NOTE: str(note), opened.ROOT: str(root), "TZ": "UTC"}  # no chapter may hang on where it ran
    time.tzset()
    if job.engine == FORK:
        opened.watch(note, root)
    os.environ[DRAWN_BY] = "press"
    os.environ |= {engines.ROOM: str(room), "IPYTHONDIR": str(room), kernel.NOTE: str(room / KERNEL_NOTE)}
    parameters.registry.cache_clear()
    started = time.monotonic()
    source.write_text(json.dumps(job.notebook), encoding="utf-8")
    try:
        with _silent() if quick else contextlib.nullcontext():
            executed = papermill.execute_notebook(
                source, None if quick else target, parameters=dict(job.values), cwd=job.cwd,
                engine_name=engines.INPROCESS if job.engine == FORK else engines.KERNEL, begun=begun,
                processor_limit_s=job.timeout_s, execution_timeout=math.ceil(PATIENCE * job.timeout_s),
                progress_bar=False, request_save_on_cell_execute=False,
            )  # fmt: skip
    except PapermillExecutionError:
        executed = engines.InProcessEngine.notebook if quick else reader(target, as_version=4)
    except engines.Stopped as stopped:
        executed, cause = stopped.notebook, str(stopped)
    seconds = time.monotonic() - started
    cells_s = sum(cell["metadata"].get("papermill", {}).get("duration") or 0.0 for cell in executed["cells"])
    notebook = clean(json.loads(json.dumps(executed)))
    drawing = pictures.Drawing(notebook, room.parent)
    wrong = failure(notebook)
    if wrong is None:
        read = opened.digests(note)  # what the chapter opened, before what following it opens
        if cause is None and job.live:
            notebook["metadata"] |= live(job, notebook)
        undrawn = drawing.put_in()
        if undrawn is not None:
            return Outcome(job.chapter, seconds, notebook, undrawn[1], f"{job.page}:{undrawn[0]}")
        return Outcome(job.chapter, seconds, notebook, cause, job.page if cause else None, read, cells_s)
    drawing.put_in()
    number, line, told = wrong
    return Outcome(
        job.chapter, seconds, notebook, f"{job.chapter} failed in cell {number}: {told}", f"{job.page}:{line}"
    )


def read_ahead(job: Job, room: Path) -> None:
    """Have Papermill read and prepare a notebook that it does not run, in a process that is copied for each run.

    What it loads and compiles the first time, the schema of notebooks above all, each copy has from the start.
    """
    import papermill  # noqa: PLC0415

    ahead = room / "ahead.ipynb"
    ahead.write_text(json.dumps(job.notebook), encoding="utf-8")
    papermill.execute_notebook(ahead, None, parameters=dict(job.values), prepare_only=True, progress_bar=False)


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """While it lasts, calls that only show do nothing, and Papermill makes no text of a notebook that nobody wants."""
    from shortcase import show  # noqa: PLC0415
    from shortcase.publish.live.again import SILENT  # noqa: PLC0415

    with contextlib.ExitStack() as stack:
        for name in SILENT:
            stack.enter_context(mock.patch.object(show, name, return_value=None))
        stack.enter_context(mock.patch("papermill.execute.write_ipynb"))
        yield


def live(job: Job, notebook: Notebook) -> dict[str, Any]:
    """How the chapter's numbers, claims and charts follow from the parameters, for its page to recompute them.

    In the same process as the notebook, which has computed what is drawn. The chapter has run: that no page can follow
    it is told on its page, and a chart that does not follow says so.
    """
    from shortcase.publish.live import chapter, graph, pictures  # noqa: PLC0415

    try:
        with collector.paused():
            followed, drawn = chapter.live(job.code, job.dependencies, job.build_values, specifications(notebook))
            charts = pictures.told(drawn)
    except Exception as error:  # noqa: BLE001
        why = f"its chapter could not be followed: {error!r}"
        followed, charts = graph.lost(job.dependencies, job.build_values, why), {}
    return {LIVE: followed.as_json(), CHARTS: charts}
