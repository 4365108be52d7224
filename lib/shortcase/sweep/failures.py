"""A point that failed: its cause, the cell and the line, and the command that repeats it alone."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shortcase.case.parameters import Scalar
from shortcase.publish.read.code import Code
from shortcase.publish.request import DOCUMENTED, Request
from shortcase.publish.run.tracebacks import frames
from shortcase.results.columns import ERROR, Column

COLUMNS = (
    Column("error", ERROR, "text", label="Why the point has no figures"),
    Column("error_cell", ERROR, "int", label="Number of the chapter's cell that failed"),
    Column("error_at", ERROR, "text", label="File and line of the chapter that failed"),
    Column("error_command", ERROR, "text", label="The command that repeats the point"),
)


@dataclass(frozen=True)
class Repeat:
    """How a point is asked for by itself: the chapter, or the value of a share, and what was asked of the sweep."""

    chapter: str | None
    request: Request

    def command(self, moved: Mapping[str, Scalar]) -> str:
        """The command for a point that sets these values.

        >>> Repeat("the_fallout", Request(settings=("demand_growth=0.4",))).command({"demand_elasticity": 1.5})
        'shortcase run the_fallout --set demand_growth=0.4 --set demand_elasticity=1.5'
        """
        words = ["shortcase", *(("run", self.chapter) if self.chapter else ("value",))]
        if self.request.scenario != DOCUMENTED:
            words += ["--scenario", self.request.scenario]
        kept = [text for text in self.request.settings if text.partition("=")[0] not in moved]
        for text in [*kept, *(f"{name}={_written(value)}" for name, value in moved.items())]:
            words += ["--set", text]
        return shlex.join(words)


def row(cause: str, command: str, cell: int | None = None, at: str | None = None) -> dict[str, Any]:
    """What a failed point's row says."""
    return {"error": cause, "error_cell": cell, "error_at": at, "error_command": command}


def located(code: Code, error: BaseException) -> tuple[int | None, str | None]:
    """The cell, counted as the press counts, and the place in the chapter where an error came up."""
    lines = [one.tb_lineno for one in frames(error.__traceback__) if one.tb_frame.f_code.co_filename == _file(code)]
    if not lines:
        return None, None
    before = [number for number, cell in enumerate(code.page.cells, start=1) if cell.line <= lines[-1]]
    return (before[-1] if before else None), code.page.at(lines[-1])


def _file(code: Code) -> str:
    """The name under which a chapter's code is compiled where it is run without a notebook."""
    return f"<{code.page.name}>"


def _written(value: Scalar) -> str:
    return repr(value) if isinstance(value, float) else str(value).lower() if isinstance(value, bool) else str(value)
