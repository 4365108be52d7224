"""One chapter to execute, and what became of it: light, so that a build which executes nothing loads no libraries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shortcase.case.parameters import Scalar
from shortcase.publish.read.code import Code
from shortcase.publish.read.dependencies import Dependencies
from shortcase.publish.run.outputs import Notebook

FORK, KERNEL = "fork", "kernel"
"""The engines: the cells run in this process, or in a kernel."""
KERNEL_NOTE = "kernel.pid"


@dataclass(frozen=True)
class Job:
    """One chapter to execute."""

    chapter: str
    page: str
    notebook: Notebook
    code: Code
    dependencies: Mapping[tuple[str, str], Dependencies]
    values: Mapping[str, Scalar]
    build_values: Mapping[str, Scalar]
    folder: Path
    cwd: Path
    engine: str
    timeout_s: float
    live: bool = True  # its figures are followed, for a page to recompute them
    records_only: bool = False  # nothing is drawn: only what is recorded is wanted


@dataclass(frozen=True)
class Outcome:
    """What became of a job: the executed notebook, what it opened, the error where it failed, the time in its cells."""

    chapter: str
    seconds: float
    notebook: Notebook | None = None
    error: str | None = None
    where: str | None = None
    opened: Mapping[str, str] = field(default_factory=dict)
    cells_s: float = 0.0
