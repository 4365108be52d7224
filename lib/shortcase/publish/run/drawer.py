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

from shortcase.publish.kept_files import keep, kept
from shortcase.publish.run import processes
from shortcase.publish.run.pictures import SOCKET
from shortcase.show import charts, theme


@contextlib.contextmanager
def running(context: Any, rooms: Path, folder: Path) -> Iterator[None]:
    """A process that draws until the end, and keeps what it draws in a folder; without it each chapter draws itself."""
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
        charts.warm()  # while the cells run: to start takes the renderer as long as many pictures
        while True:
            with contextlib.suppress(OSError, EOFError), listener.accept() as pipe:  # a chapter that is gone
                asked = json.loads(pipe.recv_bytes())
                pipe.send_bytes(json.dumps([_pair(name, spec, folder) for name, spec in asked]).encode())


def _pair(name: str, spec: str, folder: Path) -> Any:
    """Both pictures of a chart, kept or drawn; in words why it cannot be drawn."""
    path = folder / f"{_digest(_renderer(), name, spec)[:32]}.svg.json"
    if (body := kept(path)) is not None:
        return json.loads(body)
    try:
        found = charts.drawn(json.loads(spec), name)
    except ValueError as error:
        return str(error)
    keep(path, json.dumps(found).encode())
    return found


@cache
def _renderer() -> str:
    """What draws: the renderer's version, and the code and style by which it is told to."""
    ours = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in (charts, theme)]
    return _digest(importlib.metadata.version("vl-convert-python"), *ours)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
