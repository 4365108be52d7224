"""Chapters executed side by side, each in a process of its own, with a deadline and one line of progress."""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import math
import multiprocessing as mp
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from shortcase.case import parameters
from shortcase.case.parameters import CHOSEN, Scalar
from shortcase.errors import BadRequest, ShortcaseError, nearest
from shortcase.publish.request import Request
from shortcase.publish.run.outputs import Notebook, clean, failure
from shortcase.publish.run.time_limit import PATIENCE, ChapterTimeout

THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
STACK = ("numpy", "pandas", "altair", "IPython.core.interactiveshell", "papermill", "shortcase.publish.run.engines")
"""Imported once, before the forks."""
FORK, KERNEL = "fork", "kernel"
GRACE_S = {FORK: 5.0, KERNEL: 30.0}
"""Seconds after its end by the clock at which a chapter is stopped from outside; a kernel starts and stops in them."""


@dataclass(frozen=True)
class Job:
    """One chapter to execute."""

    chapter: str
    page: str
    notebook: Notebook
    values: Mapping[str, Scalar]
    build_values: Mapping[str, Scalar]
    folder: Path
    cwd: Path
    engine: str
    timeout_s: float


@dataclass(frozen=True)
class Outcome:
    """What became of a job: the executed notebook, and the error where it failed."""

    chapter: str
    seconds: float
    notebook: Notebook | None = None
    error: str | None = None
    where: str | None = None


class Interrupted(ShortcaseError):
    """The reader stopped the command."""

    exit_code = 130


def engine_names() -> list[str]:
    """Engines that this platform has, the default first."""
    return [FORK, KERNEL] if "fork" in mp.get_all_start_methods() and sys.platform != "darwin" else [KERNEL]


def engine_of(request: Request) -> str:
    """The engine asked for, or the platform's default.

    Errors: BadRequest for one that is not there.
    """
    known = engine_names()
    if request.engine and request.engine not in known:
        raise BadRequest(
            f"There is no engine {request.engine!r}", where="--engine", mend=nearest(request.engine, known)
        )
    return request.engine or known[0]


@dataclass
class _Running:
    job: Job
    process: Any
    pipe: Connection
    started: float = field(default_factory=time.monotonic)

    @property
    def deadline(self) -> float:
        return self.started + PATIENCE * self.job.timeout_s + GRACE_S[self.job.engine]


def execute(jobs: Sequence[Job], workers: int, report: Callable[[Outcome], None], warm: Iterable[str] = ()) -> None:
    """Execute all jobs, so many at a time; `report` is called with each outcome as it comes.

    A chapter that fails stops no other. An interrupt ends all of them.
    """
    if not jobs:
        return
    for name in THREADS:
        os.environ.setdefault(name, "1")  # chapters run side by side: one thread each
    forking = jobs[0].engine == FORK
    context = mp.get_context("fork" if forking else "spawn")
    if forking:
        _warm((*STACK, *warm))
    waiting, running = list(jobs), list[_Running]()
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                running.append(_start(waiting.pop(0), context))
            soonest = min(task.deadline for task in running)
            ready = wait([task.pipe for task in running], timeout=max(0.0, soonest - time.monotonic()))
            for task in list(running):
                late = time.monotonic() > task.deadline
                if task.pipe in ready or late:
                    running.remove(task)
                    report(_end(task))
    finally:
        for task in running:
            _stop(task)


def _warm(modules: Iterable[str]) -> None:
    for name in modules:
        with contextlib.suppress(Exception):  # a chapter that imports a broken module says so itself
            importlib.import_module(name)


def _start(job: Job, context: Any) -> _Running:
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(job, sending), daemon=False, name=job.chapter)
    process.start()
    sending.close()
    return _Running(job, process, receiving)


def _end(task: _Running) -> Outcome:
    job, seconds = task.job, time.monotonic() - task.started
    try:
        if not task.pipe.poll():
            return Outcome(job.chapter, seconds, None, f"the chapter ran past {job.timeout_s:g} s", job.page)
        found: Outcome = task.pipe.recv()
    except EOFError:
        task.process.join()
        code = task.process.exitcode
        how = f"was killed by signal {-code}" if code is not None and code < 0 else f"ended with exit code {code}"
        return Outcome(job.chapter, seconds, None, f"the process of the chapter {how}", job.page)
    else:
        return found
    finally:
        _stop(task)


def _stop(task: _Running) -> None:
    task.pipe.close()
    if task.process.is_alive():
        task.process.join(0.5)
    if task.process.is_alive():
        task.process.terminate()
        task.process.join(2)
    if task.process.is_alive():
        task.process.kill()
        task.process.join()


def _child(job: Job, pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears the interrupt and ends this process
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    try:
        outcome = run(job)
    except (Exception, ChapterTimeout) as error:  # noqa: BLE001 - whatever it is, it is told as the failure of this chapter
        outcome = Outcome(job.chapter, 0.0, None, f"{job.chapter} could not be run: {error!r}", job.page)
    with contextlib.suppress(BrokenPipeError):  # too late: the parent has given up on this chapter
        pipe.send(outcome)
        pipe.close()


def run(job: Job) -> Outcome:
    """Execute one chapter in this process, from the folder of the book."""
    import nbformat  # noqa: PLC0415
    import papermill  # noqa: PLC0415
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415

    from shortcase.publish.run import engines  # noqa: PLC0415

    source = job.folder / f".{job.chapter}.{os.getpid()}.source.ipynb"
    target = job.folder / f".{job.chapter}.{os.getpid()}.target.ipynb"
    reader: Any = nbformat.read
    cause: str | None = None
    os.environ[CHOSEN] = json.dumps(dict(job.build_values))
    parameters.registry.cache_clear()
    started = time.monotonic()
    try:
        source.write_text(json.dumps(job.notebook), encoding="utf-8")
        try:
            executed = papermill.execute_notebook(
                source, target, parameters=dict(job.values), cwd=job.cwd,
                engine_name=engines.INPROCESS if job.engine == FORK else engines.KERNEL,
                processor_limit_s=job.timeout_s, execution_timeout=math.ceil(PATIENCE * job.timeout_s),
                progress_bar=False, request_save_on_cell_execute=False,
            )  # fmt: skip
        except PapermillExecutionError:
            executed = reader(target, as_version=4)
        except engines.Stopped as stopped:
            executed, cause = stopped.notebook, str(stopped)
        seconds = time.monotonic() - started
        notebook = clean(json.loads(json.dumps(executed)))
    finally:
        source.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
    wrong = failure(notebook)
    if wrong is None:
        return Outcome(job.chapter, seconds, notebook, cause, job.page if cause else None)
    number, line, told = wrong
    return Outcome(
        job.chapter, seconds, notebook, f"{job.chapter} failed in cell {number}: {told}", f"{job.page}:{line}"
    )
