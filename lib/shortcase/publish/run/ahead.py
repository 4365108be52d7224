"""A process that loads what chapters need while their texts are read and checked, and executes them when it is told to.

It does what `workers.execute` does, which it calls: the libraries of a chapter take as long to load as the check of its
text, and on two cores neither waits for the other. Nothing is imported here that takes long, so that it can be started
before anything else is.
"""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from shortcase.errors import ShortcaseError
from shortcase.publish.run import processes

if TYPE_CHECKING:
    from shortcase.publish.run.job import Job, Outcome

DONE = None
"""Said when all jobs are done, and the rooms of their processes cleared away."""
BESIDE = ("shortcase.publish.run.drawer", "shortcase.show")
"""What every chapter needs beside the stack."""


class Ahead(contextlib.AbstractContextManager["Ahead"]):
    """The process, from where it is started to the end; without one, chapters are executed from here."""

    def __init__(self, *, forking: bool) -> None:
        self._process: Any = None
        if not forking:
            return
        context: Any = mp.get_context("fork")
        theirs, self._orders = context.Pipe(duplex=False)
        self._told, telling = context.Pipe(duplex=False)
        ends = (theirs, telling, self._orders, self._told)
        self._process = context.Process(target=_serve, args=(*ends, os.getpid()), daemon=False, name="ahead")
        with processes.held():
            self._process.start()
        theirs.close()
        telling.close()

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._orders.close()
            processes.stop(self._process)
            self._process = None

    def execute(self, jobs: Sequence[Job], workers: int, report: Callable[[Outcome], None], *rest: Any) -> None:
        """Execute all jobs as `workers.execute` does, in the process; here what it leaves undone where it has died.

        rest: as for `workers.execute`, which it is handed on to.
        """
        if self._process is None or not jobs:
            _execute(jobs, workers, report, *rest)
            return
        undone = {job.chapter: job for job in jobs}
        try:
            self._orders.send((jobs, workers, rest))
            for outcome in self._outcomes():
                del undone[outcome.chapter]
                report(outcome)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            _execute(list(undone.values()), workers, report, *rest)
        except BaseException:
            self.__exit__()  # before what it works in is cleared away
            raise

    def _outcomes(self) -> Iterator[Outcome]:
        while (told := self._told.recv()) is not DONE:
            if isinstance(told, Exception):
                raise told
            yield told


def _execute(*args: Any) -> None:
    from shortcase.publish.run import workers  # noqa: PLC0415 - a quarter of a second, which the process loads meanwhile

    workers.execute(*args)


def _serve(orders: Connection, telling: Connection, their_orders: Connection, told: Connection, parent: int) -> None:
    processes.follow(parent)
    their_orders.close()  # or the end of the parent would not be heard
    told.close()
    from shortcase.case import parameters  # noqa: PLC0415
    from shortcase.publish.run import workers  # noqa: PLC0415

    workers.load((*workers.STACK, *BESIDE))
    with contextlib.suppress(ShortcaseError, OSError):  # which whoever checks the book tells of
        parameters.as_written()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            jobs, count, rest = orders.recv()
            try:
                workers.execute(jobs, count, telling.send, *rest)
                telling.send(DONE)
            except OSError as error:  # no room, or not allowed: told where the command is
                telling.send(error)
