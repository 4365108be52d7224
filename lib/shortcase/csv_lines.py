"""CSV that remembers where each row ends and refuses what plain CSV lets pass: rows of other lengths, open quotes.

And cells that a spreadsheet would run: the tables here are offered to readers as they stand, and what is computed is
written through `inert`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from shortcase.errors import BadFile, at
from shortcase.places import place, text
from shortcase.scalars import shown

LONGEST = 20_000
"""Characters of a cell at most; a longer one is a quote that nobody has closed."""

RUN = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula (OWASP, *CSV Injection*), unless it is a number."""


def runs(cell: str) -> bool:
    """Whether a spreadsheet would take a cell for a formula.

    >>> [runs(cell) for cell in ("=1+1", "@SUM(A1)", "-2+3", "-2.5e-3", "H100", "")]
    [True, True, True, False, False, False]
    """
    if not cell.startswith(RUN):
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return cell.startswith(("\t", "\r"))


def inert(cell: str) -> str:
    """A cell as it may be written: the apostrophe before it tells a spreadsheet that what follows is text.

    >>> inert("=1+1"), inert("-0.5"), inert("H100")
    ("'=1+1", '-0.5', 'H100')
    """
    return f"'{cell}" if runs(cell) else cell


def told(cell: str) -> str:
    """What `inert` was given.

    >>> [told(inert(cell)) for cell in ("=1+1", "-0.5", "'tis")]
    ['=1+1', '-0.5', "'tis"]
    """
    return cell[1:] if cell.startswith("'") and runs(cell[1:]) else cell


def read(path: Path, header: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file under the header it must have, each with its line.

    Errors: BadFile with file and line for another header, a row with more or fewer cells than that, a quote that is
    not closed, a cell that is longer than any can be, or one that a spreadsheet would run.
    """
    reader = csv.reader(io.StringIO(text(path)), strict=True)
    file, first = place(path), True
    try:
        for cells in reader:
            line = max(reader.line_num, 1)
            if first:
                _header(cells, header, path)
                first = False
            elif cells:
                yield line, _row(cells, header, at(file, line))
    except csv.Error as error:
        mend = "look for a quote that is not closed, in that line or one above"
        raise BadFile(f"Broken CSV: {error}", where=place(path, max(reader.line_num, 1)), mend=mend) from None
    if first:
        _header([], header, path)


def _header(found: Sequence[str], header: Sequence[str], path: Path) -> None:
    if list(found) == list(header):
        return
    missing = [name for name in header if name not in found]
    extra = [name for name in found if name not in header]
    how = f"missing {shown(missing)}, extra {shown(extra)}" if missing or extra else "they stand in another order"
    raise BadFile(f"The columns differ: {how}", where=place(path, 1), mend=f"the header is {','.join(header)}")


def _row(cells: Sequence[str], header: Sequence[str], where: str) -> dict[str, str]:
    if len(cells) != len(header):
        what = f"The row has more or fewer cells than the header ({len(cells)}, not {len(header)})"
        raise BadFile(what, where=where, mend="quote cells with commas")
    row = dict(zip(header, cells, strict=True))
    for name, cell in row.items():
        if len(cell) > LONGEST:
            mend = "look for a quote that is not closed"
            raise BadFile(f"The cell {name} has {len(cell):,} characters", where=where, mend=mend)
        if runs(cell):
            what = f"The cell {name} begins with {shown(cell[0])}, and a spreadsheet would run it"
            raise BadFile(what, where=where, mend="begin it with a word")
    return row
