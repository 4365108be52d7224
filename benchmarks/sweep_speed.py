"""How fast a chapter is swept as notebooks, beside a loop over Papermill with a fresh kernel a point.

    python benchmarks/sweep_speed.py [--chapter the_fallout] [--points 24] [--kernels 3]

Both compute the same points of the same chapter on one core. The loop is what anybody would write:
`papermill.execute_notebook` with Papermill's own engine, once a point. Then the same with one worker and with two,
after each has warmed up. What a point takes over its cells' own time is told as Papermill times the cells. Last the
valuation, vectorised, on two cores. Seconds are of the clock; where processor seconds are told beside them, a busy
machine is seen as one. Results go to benchmarks/results/sweep_speed.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import papermill

from shortcase.publish.request import Request, chosen, layout
from shortcase.publish.run.workers import engine_names
from shortcase.sweep import thesis
from shortcase.sweep.asked import Sweep
from shortcase.sweep.baseline import baseline
from shortcase.sweep.design import points
from shortcase.sweep.kitchen import baked, cluster
from shortcase.sweep.pack import pack
from shortcase.sweep.routes import ThesisRoute

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "sweep_speed.json"
GRID = ("demand_growth=0.1:1.0:100", "demand_elasticity=0.1:1.5:100", "software_chance=0.05:0.9:100")


def _cpu() -> float:
    """Processor seconds of this process and of the children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in both)


def by_papermill(notebook: dict[str, Any], some: Sequence[dict[str, Any]]) -> dict[str, float]:
    """A fresh kernel a point."""
    with tempfile.TemporaryDirectory() as room:
        source = Path(room) / "source.ipynb"
        source.write_text(json.dumps(notebook), encoding="utf-8")
        began, used = time.monotonic(), _cpu()
        for values in some:
            papermill.execute_notebook(source, Path(room) / "out.ipynb", parameters=values, cwd=ROOT / "book",
                                       progress_bar=False, kernel_name="python3")  # fmt: skip
        return {"s_a_point": (time.monotonic() - began) / len(some), "cpu_s_a_point": (_cpu() - used) / len(some)}


def by_sweep(packed: Any, some: Sequence[tuple[int, dict[str, Any]]], workers: int) -> dict[str, float]:
    """Notebooks on Dask; the first points of each worker warm it up and are not counted."""
    with cluster(None, workers) as client:
        warm = 2 * workers
        told, times = [], [time.monotonic()]
        for found in baked(client, packed, some):
            told.append(found)
            times.append(time.monotonic())
        counted = told[warm:]
        lasted = (times[-1] - times[warm]) / len(counted)
        over = [1e3 * (one["seconds"] - one["cells_s"]) for one in counted]
        cells = statistics.mean(one["cells_s"] for one in counted)
        return {"s_a_point": lasted, "cells_s": cells, "ms_over_the_cells_in_papermill": statistics.median(over),
                "ms_over_the_cells": 1e3 * (lasted * workers - cells)}  # fmt: skip


def by_arrays(cores: int) -> dict[str, float]:
    """The valuation over a million points."""
    asked = Sweep(Request(jobs=cores), Path("unwritten.parquet"), GRID)
    route = ThesisRoute(asked, asked.points())
    began, used = time.monotonic(), _cpu()
    count = sum(len(rows["va_none"]) for _, rows in route.compute(range_of(len(route.points))))
    return {"points": count, "s": time.monotonic() - began, "cpu_s": _cpu() - used, "numbers": len(thesis.OUTPUTS)}


def range_of(count: int) -> Any:
    """The numbers of all points."""
    import numpy as np  # noqa: PLC0415 - only here

    return np.arange(count)


def main() -> None:
    """Measure, and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapter", default="the_fallout")
    parser.add_argument("--over", default="demand_elasticity=0.1:1.5:{}")
    parser.add_argument("--points", type=int, default=24)
    parser.add_argument("--kernels", type=int, default=3)
    asked = parser.parse_args()
    request = Request(jobs=1)
    values = chosen(request)
    base = baseline(asked.chapter, values, request, layout(request), print)
    packed = pack(base, frozenset([*base.numbers, *base.claims]), engine_names()[0], 120.0)
    design = points(values, [asked.over.format(asked.points)], None, 1)
    some = [(number, design.moved(number)) for number in range(asked.points)]
    found: dict[str, Any] = {"chapter": asked.chapter, "points": asked.points}
    found["papermill, a fresh kernel a point"] = by_papermill(
        packed.job.notebook, [m for _, m in some[: asked.kernels]]
    )
    for workers in (1, 2):
        found[f"sweep, {workers} worker{'s' * (workers > 1)}"] = by_sweep(packed, some, workers)
    loop, one, two = (found[name]["s_a_point"] for name in list(found)[2:])
    found["times_a_papermill_loop"], found["two_workers_over_perfect"] = loop / one, two / (one / 2)
    found["valuation, arrays"] = by_arrays(2)
    found["machine"] = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    found["load"] = os.getloadavg()[0]
    text = json.dumps(_rounded(found), indent=1, ensure_ascii=False)
    RESULT.write_text(text + "\n", encoding="utf-8")
    print(text)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return float(f"{value:.4g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main()
