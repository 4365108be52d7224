"""A warm process that runs a chapter point after point, each in a child of its own: `python -m shortcase.sweep.oven`.

It has loaded the package and the book's data once. A worker talks to it over its standard input and output, in pickles;
what a chapter prints goes into its notebook. It is no child of `multiprocessing`, because a Dask worker may have none,
and it has one thread, because a process with several cannot safely be copied.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from shortcase.case.parameters import Scalar
from shortcase.publish.run.processes import THREADS
from shortcase.sweep.pack import DEAD, Pack, at_point

MODULE = "shortcase.sweep.oven"
PATIENCE_S = 3.0


class Oven:
    """The warm process of a worker, started when it is first needed, and again where it has died."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.process: subprocess.Popen[bytes] | None = None
        self.one_at_a_time = threading.Lock()

    def run(self, moved: Mapping[str, Scalar]) -> dict[str, Any]:
        """What the chapter finds at one point; a second process tries again where the first dies over it."""
        with self.one_at_a_time:
            for _ in range(2):
                process = self.process or self._start()
                try:
                    _send(_pipe(process.stdin), dict(moved))
                    found: dict[str, Any] = pickle.load(_pipe(process.stdout))  # noqa: S301 - its own process
                except (EOFError, BrokenPipeError, pickle.UnpicklingError):
                    self._stop()
                else:
                    return found
            return {"cause": DEAD, "cell": None, "at": self.pack.job.page, "seconds": 0.0, "cells_s": 0.0}

    def stop(self) -> None:
        """End the process, and whatever it has started."""
        with self.one_at_a_time:
            self._stop()

    def _start(self) -> subprocess.Popen[bytes]:
        env = {**os.environ, **dict.fromkeys(THREADS, "1"), "SHORTCASE_OVEN": str(os.getpid())}
        self.process = subprocess.Popen(  # noqa: S603 - this interpreter, this package
            [sys.executable, "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=env,
            start_new_session=True,
        )
        _send(_pipe(self.process.stdin), self.pack)
        return self.process

    def _stop(self) -> None:
        from shortcase.publish.run.processes import end_group  # noqa: PLC0415

        process, self.process = self.process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            end_group(process.pid)
            process.wait()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - the process was started with both
    return pipe


def _send(pipe: IO[bytes], value: object) -> None:
    pickle.dump(value, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def main() -> None:
    """Answer until the worker hangs up or ends."""
    from shortcase.publish.run.processes import die_with  # noqa: PLC0415

    with contextlib.suppress(KeyError, ValueError):
        die_with(int(os.environ["SHORTCASE_OVEN"]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed by accident may not stand among the answers
    questions = sys.stdin.buffer
    pack: Pack = pickle.load(questions)  # noqa: S301 - from the worker that has started this process
    with tempfile.TemporaryDirectory(prefix="shortcase-sweep-") as room:
        job = pack.unpack(Path(room))
        os.chdir(room)
        _warm(pack, at_point(job, {}), Path(room))
        with contextlib.suppress(EOFError):
            while True:
                moved = pickle.load(questions)  # noqa: S301
                _send(answers, _answer(pack, at_point(job, moved)))
        os.chdir("/")


def _warm(pack: Pack, job: Any, room: Path) -> None:
    """Load once what each point would load again."""
    from shortcase.case import claims, parameters  # noqa: PLC0415
    from shortcase.publish.read.modules import closure  # noqa: PLC0415
    from shortcase.publish.run import engines  # noqa: PLC0415
    from shortcase.publish.run.execution import read_ahead  # noqa: PLC0415
    from shortcase.publish.run.workers import STACK, load  # noqa: PLC0415

    parameters.as_written()
    claims.ledger()
    load((*STACK, *sorted(closure([pack.job.code.imports]))))
    engines.prepare()
    read_ahead(job, room)
    gc.freeze()  # what is here stays, so no child needs to look through it, and with that to copy it


def _answer(pack: Pack, job: Any) -> dict[str, Any]:
    from shortcase.publish.run.job import Outcome  # noqa: PLC0415
    from shortcase.publish.run.workers import execute  # noqa: PLC0415

    told: list[Outcome] = []
    execute([job], 1, told.append)
    return pack.answer(told[0])


if __name__ == "__main__":
    main()
