"""A cell of a chapter answers one question: a figure and what it rests on, a chart, or the claims that follow."""

from __future__ import annotations

from collections.abc import Iterator

from shortcase.errors import BadSource, ShortcaseError
from shortcase.publish.read.code import Code

LONGEST = 110
"""Lines that a cell may have: two screens, in which a reader who unfolds it still sees what it asks."""
MEND = "divide it by question; cells in a row of which the first show nothing fold into one on the page"


def problems(code: Code) -> Iterator[ShortcaseError]:
    """Cells that are longer than a question needs."""
    for cell, _ in code.trees:
        lines = len(cell.source.splitlines())
        if lines > LONGEST:
            what = f"The cell has {lines} lines, and {LONGEST} are the most"
            yield BadSource(what, where=code.page.at(cell.line), mend=MEND)
