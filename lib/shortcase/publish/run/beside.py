"""Something done in a copy of this process while this one goes on, and much done by the two together."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from shortcase.errors import ShortcaseError
from shortcase.publish.run import processes

Result = TypeVar("Result")
WIDTH = 2
"""Bytes of a ticket: so many as tell which of some thousand calls is next."""


@contextlib.contextmanager
def beside(do: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """While it lasts, a copy of this process does something; calling what is given waits for what came of it.

    What the copy refuses is raised there, as if it had been refused here. Where no process can be copied, or the copy
    has failed, it is done here when it is asked for.
    """
    if not processes.can_fork():
        yield do
        return
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_done, args=(do, theirs, os.getpid()), name="beside")
    processes.settled()
    with processes.held():
        process.start()
    theirs.close()
    try:
        yield lambda: _told(ours, do)
    finally:
        ours.close()
        processes.stop(process)


def _done(do: Callable[[], object], pipe: Connection, parent: int) -> None:
    processes.follow(parent)
    with contextlib.suppress(Exception):  # what fails is done again where it is asked for, and told there
        try:
            pipe.send((do(), None))
        except ShortcaseError as error:
            pipe.send((None, error))


def _told(pipe: Connection, do: Callable[[], Result]) -> Result:
    try:
        result, error = pipe.recv()
    except EOFError:
        return do()
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def together(make: Mapping[str, Callable[[], Result]]) -> dict[str, Result]:
    """What each of many calls gives, made by this process and a copy of it: each takes the next as soon as it is free.

    What the copy has taken and not delivered, since it failed, is made here.
    """
    names = list(make)
    tickets, pen = os.pipe()  # of what is in a pipe each byte goes to one reader, and no lock is held if that one ends
    os.write(pen, b"".join(place.to_bytes(WIDTH, "big") for place in range(len(names))))
    os.close(pen)

    def some() -> dict[str, Result]:
        mine = (names[int.from_bytes(ticket, "big")] for ticket in iter(lambda: os.read(tickets, WIDTH), b""))
        return {name: make[name]() for name in mine}

    try:
        with beside(some) as others:
            found = some() | others()
    finally:
        os.close(tickets)
    return {name: found[name] if name in found else made() for name, made in make.items()}
