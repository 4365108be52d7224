"""The notebook route on Dask: each worker keeps a warm process, and runs one point at a time in it.

Points are sent a few at a time, and what comes back is the client's to keep: futures die with the client or the
scheduler, so nothing is left in them. Equal arguments would be one task, so each has its point's number in its key.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dask
from distributed import Client, LocalCluster, WorkerPlugin, as_completed, get_worker

from shortcase.case.parameters import Scalar
from shortcase.errors import BadRequest, BuildFailed
from shortcase.sweep.oven import Oven
from shortcase.sweep.pack import Pack

AHEAD = 3
"""Points that each worker has been sent and has not answered."""
WAIT_S = 60.0
"""How long a scheduler may take to answer, and to have a worker."""
QUIET = {"distributed.admin.tick.limit": "1h", "distributed.logging.distributed": "error"}
LOOPBACK = "127.0.0.1:0"
"""Where the scheduler of this machine's own workers has its page: any port that is free, and nobody else's business.

Not None, with which Dask opens port 8787 to the network all the same.
"""
BACK = "start it again, and run the same command: it does what is missing"


class Kitchen(WorkerPlugin):
    """What makes a worker able to run a chapter, whenever it joins."""

    idempotent = True

    def __init__(self, pack: Pack) -> None:
        self.pack, self.name = pack, pack.name

    def setup(self, worker: Any) -> None:
        """Hold the worker's package against the client's.

        Errors: BadRequest where they differ.
        """
        del worker
        self.pack.refuse_another_package()
        self.oven = Oven(self.pack)

    def teardown(self, worker: Any) -> None:
        """End the warm process."""
        del worker
        self.oven.stop()


def bake(name: str, number: int, moved: Mapping[str, Scalar]) -> dict[str, Any]:
    """What a worker does: one point of the chapter with that name."""
    worker = get_worker()
    kitchen: Any = worker.plugins[name]
    return {**kitchen.oven.run(moved), "number": number, "worker": worker.name}


@contextlib.contextmanager
def cluster(scheduler: str | None, workers: int) -> Iterator[Client]:
    """A client of the scheduler that is named, or of so many workers on this machine, one thread each.

    Errors: BadRequest where no scheduler answers or none of its workers comes.
    """
    logging.getLogger("distributed").setLevel(logging.ERROR)
    with contextlib.ExitStack() as stack, dask.config.set(QUIET):
        if scheduler is None:
            made = LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=LOOPBACK,
                memory_limit=0, silence_logs=logging.CRITICAL,
            )  # fmt: skip
            address: Any = stack.enter_context(made)
        else:
            address = scheduler
        try:
            client = stack.enter_context(Client(address, timeout=WAIT_S))
            client.wait_for_workers(1, timeout=WAIT_S)
        except (OSError, TimeoutError, ValueError) as error:
            what = f"No worker can be reached at {scheduler}: {error}"
            mend = "start one with: dask scheduler; dask worker tcp://HOST:8786 --nthreads 1"
            raise BadRequest(what, where="--scheduler", mend=mend) from None
        yield client


def baked(client: Client, pack: Pack, points: Sequence[tuple[int, Mapping[str, Scalar]]]) -> Iterator[dict[str, Any]]:
    """What each point gave, as it comes: its number, and what it found or why it failed.

    Errors: BadRequest where a worker's package is another; BuildFailed where the scheduler goes away.
    """
    client.register_plugin(Kitchen(pack))
    waiting = iter(points)
    coming = as_completed()
    numbers: dict[str, int] = {}

    def send(count: int) -> None:
        for _, (number, moved) in zip(range(count), waiting, strict=False):
            key = f"{pack.name}-{number:08}"
            numbers[key] = number
            coming.add(client.submit(bake, pack.name, number, dict(moved), key=key, pure=False))

    try:
        send(AHEAD * max(1, len(client.scheduler_info(n_workers=-1)["workers"])))
        for future in coming:
            number = numbers.pop(future.key)
            if future.status == "finished":
                found: dict[str, Any] = future.result()
            elif future.status == "error":
                found = {"number": number, "cause": repr(future.exception()), "cell": None, "at": pack.job.page}
            else:
                raise BuildFailed("The scheduler has gone, and with it what was being computed", mend=BACK)
            future.release()
            send(1)
            yield found
    finally:
        with contextlib.suppress(Exception):  # the scheduler may be gone
            client.unregister_worker_plugin(pack.name)
