"""The verdicts that the book expects of the documented values: book/verdicts.csv, a row a claim that a chapter judges.

A verdict that flips is news: whoever makes it flip says so in the same change, by this file, or is stopped.
`shortcase claims --expect` writes it from the last build.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from shortcase import csv_lines
from shortcase.case.claims import Verdict
from shortcase.errors import BadFile, nearest
from shortcase.places import book, place
from shortcase.scalars import shown

FILE = "verdicts.csv"
COLUMNS = ("id", "verdict")
WRITE = "shortcase claims --expect"


def path() -> Path:
    """The file, which a book need not have."""
    return book() / FILE


def read(file: Path) -> Mapping[str, str]:
    """The expected verdicts by claim.

    Errors: BadFile with file and line for a wrong header, a claim that stands twice, or a verdict that there is none.
    """
    found: dict[str, str] = {}
    for line, row in csv_lines.read(file, COLUMNS):
        where = place(file, line)
        if row["id"] in found:
            raise BadFile(f"The claim {row['id']} stands twice", where=where, mend="keep one of the two")
        if row["verdict"] not in list(Verdict):
            mend = nearest(row["verdict"], list(Verdict))
            raise BadFile(f"There is no verdict {shown(row['verdict'])}", where=where, mend=mend)
        found[row["id"]] = row["verdict"]
    return found


def written(verdicts: Mapping[str, str]) -> str:
    r"""The file's text for some verdicts, by claim.

    >>> written({"b": "fails", "a": "holds"})
    'id,verdict\na,holds\nb,fails\n'
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(sorted(verdicts.items()))
    return text.getvalue()
