"""`shortcase sweep`: its options, what is asked, and what is said of it in the end."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shortcase.publish.request import Progress
    from shortcase.sweep.run import Report

EXAMPLE = "shortcase sweep --over demand_growth=0.2:1.2:21 --over demand_elasticity=0.1:1.5:15 --out growth.parquet"


def options(made: argparse.ArgumentParser) -> None:
    """Add the options; nothing heavy is imported for them."""

    def add(name: str, about: str, **more: Any) -> None:
        made.add_argument(name, help=about, **more)

    add("--over", "a parameter and its values, or NAME=A,B,C; several make a grid. In a sample NAME=LOW:HIGH, or NAME "
        "alone for its stated range", action="append", default=[], metavar="NAME=LOW:HIGH:N")  # fmt: skip
    add("--design", "sobol:N, lhs:N, the name of a .csv file of points, or scenarios", metavar="D")
    add("--chapter", "a chapter's numbers and verdicts (default: those of the valuation)", metavar="NAME")
    add("--keep", "numbers and claims to keep, such as 'fo_*' (default: all)", action="append", default=[],
        metavar="PATTERN")  # fmt: skip
    add(
        "--notebook", "run the chapter's notebook at each point, on Dask (default: its live graph)", action="store_true"
    )
    add("--scheduler", "a Dask scheduler (default: workers on this machine)", metavar="tcp://…")
    add("--seed", "start of a sample (default: %(default)s)", type=int, default=1, metavar="S")
    add("--out", "FILE.parquet, .csv or .arrow; what is done is kept in FILE.run, from where it is taken up",
        required=True, type=Path, metavar="FILE")  # fmt: skip
    add("--chart", "a page with one or two dimensions drawn, FILE.html", type=Path, metavar="FILE")
    add("--jobs", "points at a time (default: as many as there are cores)", type=int, metavar="N")


def sweep(options: argparse.Namespace, request: Any, say: Progress) -> Report:
    """Carry it out."""
    from shortcase.sweep.asked import Sweep  # noqa: PLC0415 - heavy, as everything that it brings
    from shortcase.sweep.run import run  # noqa: PLC0415

    asked = Sweep(
        request, options.out, tuple(options.over), options.design, options.chapter, options.notebook,
        options.scheduler, tuple(options.keep), options.seed, options.chart,
    )  # fmt: skip
    return run(asked, say)


def as_json(report: Report) -> dict[str, Any]:
    """For a program."""
    return {"out": str(report.out), "points": report.points, "computed": report.computed, "failed": report.failed,
            "columns": [column.name for column in report.columns], "left_out": dict(report.left_out),
            "chart": str(report.chart) if report.chart else None}  # fmt: skip


def as_text(report: Report) -> str:
    """For a reader."""
    failed = f", {report.failed:,} failed (column error says why)" if report.failed else ""
    told = f"{report.points:,} points, {len(report.columns)} columns{failed}: {report.out}"
    return told + (f"\n{report.chart}" if report.chart else "")
