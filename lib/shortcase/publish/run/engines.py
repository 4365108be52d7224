"""Two engines for Papermill: cells run in this process, or in an ordinary Jupyter kernel.

`inprocess` runs the cells with IPython in the process that calls it. It is meant for a child forked from a process that
has imported the scientific stack, where a chapter starts in milliseconds. `kernel` is Papermill's own engine over IPC.
Both leave the same outputs; a test holds them to it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from nbformat.notebooknode import from_dict
from papermill.engines import Engine, NBClientEngine, papermill_engines
from traitlets.config import Config

from shortcase.publish.run import kernel
from shortcase.publish.run.time_limit import ChapterTimeout, end_children, end_here, time_limit
from shortcase.publish.run.tracebacks import keep_short

INPROCESS = "shortcase-inprocess"
KERNEL = "shortcase-kernel"
ROOM = "SHORTCASE_ROOM"
"""Environment variable with the folder in which a chapter's process keeps what belongs to nobody else."""


def _output(kind: str, data: Any = None, **content: Any) -> NotebookNode:
    """An output; not held to the schema one by one, for the notebook is as a whole."""
    told = {"output_type": kind, **({} if data is None else {"data": data}), **content}
    return NotebookNode({key: from_dict(value) if isinstance(value, dict) else value for key, value in told.items()})


class Stopped(RuntimeError):
    """The kernel ended, died or ran out of time in the middle of a notebook, which comes with it."""

    def __init__(self, cause: str, notebook: Any) -> None:
        super().__init__(cause)
        self.notebook = notebook


class _Outputs(list[Any]):
    """What the running cell has put out so far."""

    def stream(self, name: str, text: str) -> None:
        last = self[-1] if self else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text += text
        elif text:
            self.append(_output("stream", name=name, text=text))


_outputs = _Outputs()


class _Hook(DisplayHook):
    def write_output_prompt(self) -> None:
        """Nothing: the notebook shows the prompt."""

    def finish_displayhook(self) -> None:
        self._is_active = False

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        count = self.prompt_count
        _outputs.append(_output("execute_result", format_dict, metadata=md_dict or {}, execution_count=count))


class _Publisher(DisplayPublisher):
    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_: Any) -> None:  # noqa: ARG002
        _outputs.append(_output("display_data", data, metadata=metadata or {}))

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002, FBT002 - IPython's signature
        _outputs.clear()


class _Stream:
    encoding = "utf-8"

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, text: str) -> int:
        _outputs.stream(self.name, text)
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        return False


@contextmanager
def _captured() -> Iterator[_Outputs]:
    old = sys.stdout, sys.stderr
    _outputs.clear()
    sys.stdout, sys.stderr = _Stream("stdout"), _Stream("stderr")
    try:
        yield _outputs
    finally:
        sys.stdout, sys.stderr = old


def _shell() -> Any:
    """A shell in which nothing has run."""
    InteractiveShell.clear_instance()
    shell: Any = InteractiveShell.instance(
        displayhook_class=_Hook, display_pub_class=_Publisher, colors="nocolor", history_length=0,
        config=Config({"HistoryManager": {"enabled": False}}),
    )  # fmt: skip
    shell.showtraceback = lambda *_, **__: None
    shell.showsyntaxerror = lambda *_, **__: None
    keep_short(shell)
    return shell


_made: list[Any] = []


def prepare() -> None:
    """Make a shell ahead, for a process that is copied once for each notebook; each copy uses it once."""
    if not _made:
        _made.append(_shell())


class InProcessEngine(Engine):  # type: ignore[misc]
    """Runs the cells in this process; the last notebook stays here, for whoever has Papermill write none."""

    notebook: Any = None

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, begun: Callable[[], None], processor_limit_s: float, **_: Any
    ) -> None:
        """Run every cell of the managed notebook; stop at the first that fails. `begun` is called before the first."""
        del kernel_name
        cls.notebook = nb_man.nb
        shell = _made.pop() if _made else _shell()
        begun()
        with time_limit(processor_limit_s, end_here):
            for index, cell in enumerate(nb_man.nb.cells):
                if cell.cell_type != "code":
                    continue  # Papermill marks what it was not told of as complete when the notebook is
                nb_man.cell_start(cell, index)
                if cell.source.strip():
                    error = cls._run(shell, cell)
                    if error is not None:
                        nb_man.cell_exception(cell, index, exception=error)
                        return
                nb_man.cell_complete(cell, index)

    @staticmethod
    def _run(shell: Any, cell: Any) -> BaseException | None:
        with _captured() as outputs:
            result = shell.run_cell(cell.source, store_history=True)
            cell.execution_count = shell.execution_count - 1
            cell.outputs = list(outputs)
        error: BaseException | None = result.error_before_exec or result.error_in_exec
        if error is not None:
            told = shell.InteractiveTB.structured_traceback(type(error), error, error.__traceback__, tb_offset=1)
            cell.outputs.append(_output("error", ename=type(error).__name__, evalue=str(error), traceback=told))
        return error


class KernelManager(AsyncKernelManager):
    """Starts a chapter's kernel, its sockets and connection file in the folder of `ROOM`: no other kernel is there.

    Over IPC where there is one, so that no port is opened.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        room = Path(os.environ[ROOM])
        if sys.platform != "win32":
            self.transport, self.ip = "ipc", str(room / "s")
        self.connection_file = str(room / "connection.json")
        argv = [sys.executable, "-m", kernel.__name__, "-f", "{connection_file}"]
        self._kernel_spec = KernelSpec(argv=argv, display_name="Python 3", language="python")


class KernelEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine: a Jupyter kernel a chapter."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, begun: Callable[[], None], processor_limit_s: float, **kwargs: Any
    ) -> None:
        """Run the notebook in a kernel, and mark the cell in which the kernel died or ran out of time."""
        running: list[int] = []
        start = nb_man.cell_start

        def cell_start(cell: Any, cell_index: int | None = None, **rest: Any) -> None:
            if not running:
                begun()
            running[:] = [cell_index if cell_index is not None else nb_man.nb.cells.index(cell)]
            start(cell, cell_index, **rest)

        nb_man.cell_start = cell_start
        late: list[ChapterTimeout] = []

        def end_kernel() -> None:
            late.append(ChapterTimeout("the chapter ran past its time"))
            end_children()  # which the client then tells of as of any kernel that has died

        try:
            with time_limit(processor_limit_s, end_kernel):
                super().execute_managed_notebook(
                    nb_man, kernel_name, kernel_manager_class=KernelManager, shutdown_kernel="immediate", **kwargs
                )
        except Exception as error:
            cells, cause = nb_man.nb.cells, late[0] if late else error
            if running and not any(output.output_type == "error" for output in cells[running[0]].get("outputs", [])):
                name, text = type(cause).__name__, (str(cause).strip() or "the kernel stopped").splitlines()[0]
                told = _output("error", ename=name, evalue=text, traceback=[])
                cells[running[0]].setdefault("outputs", []).append(told)
            raise Stopped(str(cause), nb_man.nb) from error


def register() -> None:
    """Make both engines known to Papermill in this process.

    Not by entry points: Papermill would load them while this module is itself only half loaded.
    """
    papermill_engines.register(INPROCESS, InProcessEngine)
    papermill_engines.register(KERNEL, KernelEngine)


register()
