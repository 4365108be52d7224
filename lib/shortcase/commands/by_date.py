"""`python -m shortcase.commands.by_date` writes book/by_date.csv anew, when a chapter or a fact has changed."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable

from shortcase.case.by_date import COLUMNS, History, path
from shortcase.errors import ShortcaseError
from shortcase.places import root
from shortcase.publish.check.book import read
from shortcase.publish.files import write
from shortcase.publish.request import Request, chosen
from shortcase.sweep.by_date import histories


def text(rows: Iterable[History]) -> str:
    """The file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in rows:
        writer.writerow([one.kind, one.id, one.chapter, one.unit, one.label, *one.values.values(), one.new_facts])
    return out.getvalue()


def main() -> int:
    """Read every chapter as of every day, and write down what it says."""
    try:
        write(path(), text(histories(read(root()), chosen(Request()), lambda line: print(line, file=sys.stderr))))
    except ShortcaseError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
