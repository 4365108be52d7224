"""Chapters executed side by side, each in a process of its own, with a deadline and one line of progress."""

from __future__ import annotations

import contextlib
import importlib
import logging
import multiprocessing as mp
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from shortcase.errors import BadRequest, ShortcaseError, nearest
from shortcase.publish.files import ROOM, ROOMS, refused
from shortcase.publish.request import Request
from shortcase.publish.run import processes
from shortcase.publish.run.job import FORK, KERNEL, KERNEL_NOTE, Job, Outcome
from shortcase.publish.run.time_limit import PATIENCE, ChapterTimeout

STACK = (
    "numpy",
    "pandas",
    "altair",
    "IPython.core.interactiveshell",
    "papermill",
    "shortcase.publish.run.engines",
    "shortcase.publish.run.execution",
)
"""Imported once, before the forks."""
FOLLOWING = ("shortcase.publish.live.chapter",)
"""What follows a chapter's figures, where that is wanted."""
GRACE_S = {FORK: 5.0, KERNEL: 30.0}
"""Seconds after its end by the clock at which a chapter is stopped from outside; a kernel starts and stops in them."""
BEGUN = "begun"
"""What a chapter's process says before the first cell; one that ends without having said so is started once more."""


class Interrupted(ShortcaseError):
    """The reader stopped the command."""

    exit_code = 130


def engine_names() -> list[str]:
    """Engines that this platform has, the default first."""
    return [FORK, KERNEL] if processes.can_fork() else [KERNEL]


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
    room: Path
    again: bool
    begun: bool = False
    started: float = field(default_factory=time.monotonic)

    @property
    def deadline(self) -> float:
        return self.started + PATIENCE * self.job.timeout_s + GRACE_S[self.job.engine]


def execute(
    jobs: Sequence[Job],
    workers: int,
    report: Callable[[Outcome], None],
    warm: Iterable[str] = (),
    pictures: Path | None = None,
) -> None:
    """Execute all jobs, so many at a time; `report` is called with each outcome as it comes.

    pictures: a folder in which the still pictures of charts are kept; without it no process draws for the others.

    A chapter that fails stops no other; one whose process ends before the first cell is tried once more. An interrupt
    ends all of them.
    """
    if not jobs:
        return
    processes.one_thread()
    forking = jobs[0].engine == FORK
    context = mp.get_context("fork" if forking else "spawn")
    charts = pictures is not None and any(job.code.named("chart") for job in jobs)
    if forking:
        load_all(warm, live=any(job.live for job in jobs), charts=charts)
        processes.settled()
    from shortcase.publish.run import drawer  # noqa: PLC0415 - with the libraries of charts, which only a run needs

    waiting, running, ended = [(job, True) for job in jobs], list[_Running](), list[Outcome]()
    with (
        _rooms(jobs[0].folder) as rooms,
        drawer.running(context, rooms, pictures) if pictures and charts else contextlib.nullcontext(),
    ):
        try:
            while waiting or running or ended:
                while waiting and len(running) < workers:
                    running.append(_start(*waiting.pop(0), context, rooms))
                while ended:  # beside those that have begun in their places
                    report(ended.pop(0))
                for task, outcome in _ended(running):
                    running.remove(task)
                    _stop(task)
                    if outcome.notebook is None and task.again and not task.begun:
                        waiting.insert(0, (task.job, False))
                    else:
                        ended.append(outcome)
        finally:
            for task in running:
                _stop(task)


def _ended(running: Sequence[_Running]) -> list[tuple[_Running, Outcome]]:
    """Wait for what the chapters say, until the next deadline: those that have ended, or run out of time."""
    soonest = min((task.deadline for task in running), default=0.0)
    ready = wait([task.pipe for task in running], timeout=max(0.0, soonest - time.monotonic()))
    found = []
    for task in running:
        outcome = _heard(task) if task.pipe in ready else None
        if outcome is None and time.monotonic() > task.deadline:
            outcome = _late(task)
        if outcome is not None:
            found.append((task, outcome))
    return found


@contextlib.contextmanager
def _rooms(folder: Path) -> Iterator[Path]:
    """A folder with a room for each chapter's process, where the system keeps such: a socket's path must be short."""
    rooms = Path(tempfile.mkdtemp(prefix=ROOM))
    try:
        with contextlib.suppress(OSError):  # no links here: then a killed build leaves its rooms to the system
            (folder / ROOMS).symlink_to(rooms)
        yield rooms
    finally:
        shutil.rmtree(rooms, ignore_errors=True)


def load_all(warm: Iterable[str], *, live: bool, charts: bool = False) -> None:
    """Import what executing takes, with what follows figures if they are followed, and some modules of the lib."""
    processes.one_thread()
    load((*STACK, *(FOLLOWING if live else ()), *warm))
    if charts:
        with contextlib.suppress(Exception):  # a chapter that draws says itself what is wrong
            importlib.import_module("shortcase.show.charts").rehearse()


def load(modules: Iterable[str]) -> None:
    """Import modules once, before this process is copied."""
    for name in modules:
        with contextlib.suppress(Exception):  # a chapter that imports a broken module says so itself
            importlib.import_module(name)


def _start(job: Job, again: bool, context: Any, rooms: Path) -> _Running:
    room = Path(tempfile.mkdtemp(dir=rooms))
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(job, sending, room, os.getpid()), daemon=False, name=job.chapter)
    with processes.held():
        process.start()
    sending.close()
    return _Running(job, process, receiving, room, again)


def _heard(task: _Running) -> Outcome | None:
    """What a chapter's process says: its outcome, or nothing yet where it has only begun."""
    try:
        told: Outcome | str = task.pipe.recv()
    except EOFError:
        task.process.join(processes.PATIENCE_S)
        code = task.process.exitcode
        how = f"was killed by signal {-code}" if code is not None and code < 0 else f"ended with exit code {code}"
        return _lost(task, f"the process of the chapter {how}")
    if isinstance(told, Outcome):
        return told
    task.begun = True
    return None


def _late(task: _Running) -> Outcome:
    task.begun = True  # what took too long once is not tried again
    return _lost(task, f"the chapter ran past {task.job.timeout_s:g} s")


def _lost(task: _Running, what: str) -> Outcome:
    return Outcome(task.job.chapter, time.monotonic() - task.started, None, what, task.job.page)


def _stop(task: _Running) -> None:
    task.pipe.close()
    task.process.join(0.5 if task.process.is_alive() else None)
    processes.stop(task.process)
    processes.end_noted(task.room / KERNEL_NOTE)
    shutil.rmtree(task.room, ignore_errors=True)


def _child(job: Job, pipe: Connection, room: Path, parent: int) -> None:
    processes.follow(parent)
    from shortcase.publish.run.execution import run  # noqa: PLC0415 - loaded before the forks, as the rest of STACK

    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    try:
        outcome = run(job, room, lambda: pipe.send(BEGUN))
    except (Exception, ChapterTimeout) as error:  # noqa: BLE001 - whatever it is, it is told as the failure of this chapter
        what = str(refused(error)) if isinstance(error, OSError) else repr(error)
        outcome = Outcome(job.chapter, 0.0, None, f"{job.chapter} could not be run: {what}", job.page)
    with contextlib.suppress(BrokenPipeError):  # too late: the parent has given up on this chapter
        pipe.send(outcome)
        pipe.close()
