"""How fast a chapter is swept as notebooks, beside a loop over Papermill with a fresh kernel a point.

    python benchmarks/sweep_speed.py [--chapter the_fallout] [--points 24] [--kernels 2] [--rounds 3]

All compute the same points of the same chapter, in turn, some rounds of it, and medians are told. The loop is what
anybody would write: `papermill.execute_notebook` with Papermill's own engine, once a point. Then the sweep with one
worker and with two, after each has warmed up; and, as the yardstick of what the machine itself gives, the same points
in one process and in two that have nothing to do with each other. What a point takes over its cells' own time is told
as Papermill times the cells. Last the valuation, vectorised, on two cores. Seconds are of the clock; where processor
seconds are told beside them, a busy machine is seen as one. Results go to benchmarks/results/sweep_speed.json, which
the book's page on its method shows.
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
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
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
from shortcase.sweep.oven import Oven
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


def by_processes(packed: Any, some: Sequence[tuple[int, dict[str, Any]]], count: int) -> dict[str, float]:
    """The same points in so many warm processes, each with its part of them and nobody to wait for."""

    def part(oven: Oven, which: int) -> int:
        return len([oven.run(moved) for _, moved in some[which::count]])

    ovens = [Oven(packed) for _ in range(count)]
    try:
        with ThreadPoolExecutor(count) as pool:
            list(pool.map(lambda oven: [oven.run(moved) for _, moved in some[:2]], ovens))  # warms it up
            began = time.monotonic()
            done = sum(pool.map(part, ovens, range(count)))
            return {"s_a_point": (time.monotonic() - began) / done}
    finally:
        for oven in ovens:
            oven.stop()


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


def measured(packed: Any, some: Sequence[tuple[int, dict[str, Any]]], kernels: int) -> dict[str, dict[str, float]]:
    """One round of everything."""
    found = {"loop": by_papermill(packed.job.notebook, [moved for _, moved in some[:kernels]])}
    for count in (1, 2):
        found[f"sweep_{count}"] = by_sweep(packed, some, count)
        found[f"processes_{count}"] = by_processes(packed, some, count)
    return found


def summary(rounds: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[str, Any]:
    """Medians of the rounds, and of the ratios within each."""
    found: dict[str, Any] = {
        way: {what: statistics.median(one[way][what] for one in rounds) for what in rounds[0][way]} for way in rounds[0]
    }

    def ratio(over: str, under: str, times: float = 1.0) -> float:
        return statistics.median(times * one[over]["s_a_point"] / one[under]["s_a_point"] for one in rounds)

    found["times_a_papermill_loop"] = ratio("loop", "sweep_1")
    found["two_workers_over_perfect"] = ratio("sweep_2", "sweep_1", 2.0)
    found["two_processes_over_perfect"] = ratio("processes_2", "processes_1", 2.0)
    return found


def main() -> None:
    """Measure, and write down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chapter", default="the_fallout")
    parser.add_argument("--over", default="demand_elasticity=0.1:1.5:{}")
    parser.add_argument("--points", type=int, default=24)
    parser.add_argument("--kernels", type=int, default=2, help="points of the loop in a round")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    request = Request(jobs=1)
    values = chosen(request)
    base = baseline(asked.chapter, values, request, layout(request), print)
    packed = pack(base, frozenset([*base.numbers, *base.claims]), engine_names()[0], 120.0)
    design = points(values, [asked.over.format(asked.points)], None, 1)
    some = [(number, design.moved(number)) for number in range(asked.points)]
    rounds = []
    for _ in range(asked.rounds):
        rounds.append(measured(packed, some, asked.kernels))
        print(json.dumps(_rounded(rounds[-1])), flush=True)
    found = {"chapter": asked.chapter, "points": asked.points, "rounds": asked.rounds, **summary(rounds)}
    found["arrays"] = by_arrays(2)
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
