"""The process that draws the still pictures of all chapters of a build, and keeps them by what they show."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
from collections.abc import Iterator
from functools import cache
from multiprocessing.connection import Listener
from pathlib import Path
from typing import Any

from shortcase.publish.files import write
from shortcase.publish.run import processes
from shortcase.publish.run.pictures import SOCKET
from shortcase.show import charts, theme

KEPT = 1000
"""Pictures that are kept; older ones are removed."""


@contextlib.contextmanager
def running(context: Any, rooms: Path, folder: Path | None) -> Iterator[None]:
    """A process that draws, until the end; without it each chapter draws by itself.

    folder: where pictures are kept; None for no such process.
    """
    if folder is None:
        yield
        return
    process = context.Process(target=_serve, args=(rooms / SOCKET, folder, os.getpid()), daemon=False, name="drawer")
    with processes.held():
        process.start()
    try:
        yield
    finally:
        processes.stop(process, 0.0)


def _serve(socket: Path, folder: Path, parent: int) -> None:
    processes.follow(parent)
    with contextlib.suppress(OSError), Listener(str(socket)) as listener:
        while True:
            with contextlib.suppress(OSError, EOFError), listener.accept() as pipe:  # a chapter that is gone
                asked = json.loads(pipe.recv_bytes())
                pipe.send_bytes(json.dumps([_pair(name, spec, folder) for name, spec in asked]).encode())


def _pair(name: str, spec: str, folder: Path) -> Any:
    """Both pictures of a chart, kept or drawn; in words why it cannot be drawn."""
    path = folder / f"{_digest(_renderer(), name, spec)[:32]}.svg.json"
    try:
        digest, body = path.read_text(encoding="utf-8").split("\n", 1)
        if digest == _digest(body):
            os.utime(path)
            return json.loads(body)
    except (OSError, ValueError):  # none, or none that is whole
        pass
    try:
        found = charts.drawn(json.loads(spec), name)
    except ValueError as error:
        return str(error)
    body = json.dumps(found)
    with contextlib.suppress(OSError):  # no room for it: it is drawn again the next time
        write(path, f"{_digest(body)}\n{body}")
        for old in sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
    return found


@cache
def _renderer() -> str:
    """What draws: the renderer's version, and the code and style by which it is told to."""
    ours = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in (charts, theme)]
    return _digest(importlib.metadata.version("vl-convert-python"), *ours)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
