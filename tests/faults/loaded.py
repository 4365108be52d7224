"""Commands that start where their imports are done: forked from a process that has loaded them once for all tests.

Each is a process of its own, in the book's folder, with its own environment and output. Starting an interpreter and
loading Sphinx, pandas and scipy takes longer than most of what the small books are asked to do.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from shortcase.publish.run import processes

MODULES = (
    "shortcase.cli",
    "shortcase.commands.chapter_run",
    "shortcase.publish.build",
    "shortcase.publish.collect.live",
    "shortcase.publish.collect.values",
    "shortcase.publish.live.chapter",
    "shortcase.publish.run.chapters",
    "shortcase.publish.run.engines",
    "shortcase.publish.site.extension",
    "shortcase.publish.site.render",
    "shortcase.publish.site.stage",
    "shortcase.show",
    "shortcase.show.charts",
    "IPython.core.interactiveshell",
    "altair",
    "jupyter_book.sphinx",
    "myst_nb.sphinx_ext",
    "papermill",
    "scipy.stats",
    "sphinx.builders.html",
    "read_ahead",
)


def start(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], told: tuple[Path, Path], patience_s: float
) -> int:
    """Run a command and wait for its end: its exit code; what it says, and complains of, goes into the two files."""
    processes.one_thread()  # before numpy is loaded, as the command itself does
    context: Any = mp.get_context("forkserver")
    context.set_forkserver_preload(list(MODULES))
    process = context.Process(target=_command, args=(arguments, folder, dict(environment), told))
    with mock.patch.dict(os.environ, PYTHONPATH=str(Path(__file__).parent)):  # or it would not find the last of them
        process.start()
    process.join(patience_s)
    if process.exitcode is None:
        processes.stop(process)
        raise TimeoutError(f"shortcase {' '.join(arguments)}: not after {patience_s:g} s")
    return int(process.exitcode)


def _command(arguments: Sequence[str], folder: Path, environment: dict[str, str], told: tuple[Path, Path]) -> None:
    from shortcase import cli

    processes.settled()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # it may have been looked up with another environment
    for number, path in enumerate((Path(os.devnull), *told)):
        held = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(held, number)
        os.close(held)
    sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
    sys.exit(cli.main(list(arguments)))
