"""The Jupyter kernel of a chapter: `python -m shortcase.publish.run.kernel -f FILE`.

It is ipykernel's own, and ends when the process that started it does; and a traceback of endless recursion is cut
before it is set, which takes the length of a build otherwise.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell

from shortcase.publish.run import opened
from shortcase.publish.run.processes import die_with
from shortcase.publish.run.tracebacks import keep_short

NOTE = "SHORTCASE_KERNEL_NOTE"
"""Environment variable with the file into which the kernel writes the number of its process."""


class Shell(ZMQInteractiveShell):
    """ipykernel's shell, with short tracebacks."""

    def init_traceback_handlers(self, custom_exceptions: Any) -> None:
        """Set up what formats tracebacks, and keep it short."""
        super().init_traceback_handlers(custom_exceptions)
        keep_short(self)


class Kernel(IPythonKernel):
    """ipykernel's kernel, with that shell."""

    shell_class = Shell


def main() -> None:
    """Run a kernel until it is told to end, or its parent ends."""
    if os.environ.get("JPY_PARENT_PID"):
        die_with(int(os.environ["JPY_PARENT_PID"]))
    if os.environ.get(NOTE):
        Path(os.environ[NOTE]).write_text(str(os.getpid()), encoding="utf-8")
    if os.environ.get(opened.NOTE):
        opened.watch(Path(os.environ[opened.NOTE]), Path(os.environ[opened.ROOT]))
    IPKernelApp.launch_instance(kernel_class=Kernel)


if __name__ == "__main__":
    main()
