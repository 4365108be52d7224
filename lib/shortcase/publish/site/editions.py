"""Editions of the book: what was documented in each, so that a link made with an older one can say what has changed.

An edition is recorded when it is published: `python -m shortcase.publish.site.editions 2026-11-30`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shortcase.case.parameters import Scalar, as_written
from shortcase.errors import BadFile
from shortcase.places import book

FILE = "editions.json"
FORMULAS = ("model", "case/thesis")
"""Folders of the lib whose text decides what follows from the parameters."""
LETTERS = 8


@dataclass(frozen=True)
class Edition:
    """The documented value of every parameter, and a digest of the formulas."""

    date: str
    formulas: str
    documented: Mapping[str, Scalar]

    @property
    def name(self) -> str:
        """What a link calls it: the same where nothing has changed."""
        told = json.dumps([self.formulas, dict(self.documented)], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:LETTERS]

    def changes(self, now: Edition) -> dict[str, Any]:
        """What is otherwise now: whether formulas are, and each parameter with its value then and now.

        >>> then, now = Edition("", "a", {"x": 1.0, "y": 2.0}), Edition("", "b", {"x": 1.0, "z": 3.0})
        >>> then.changes(now)
        {'formulas': True, 'values': [['y', 2.0, None], ['z', None, 3.0]]}
        """
        names = [*self.documented, *(name for name in now.documented if name not in self.documented)]
        pairs = [[name, self.documented.get(name), now.documented.get(name)] for name in names]
        return {
            "formulas": self.formulas != now.formulas,
            "values": [[name, then, here] for name, then, here in pairs if then != here],
        }


def this(date: str = "") -> Edition:
    """The edition that the sources make."""
    lib = Path(__file__).parents[2]
    files = sorted(path for folder in FORMULAS for path in (lib / folder).rglob("*.py"))
    told = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:LETTERS]
    return Edition(date, told, {name: p.value for name, p in as_written().items()})


def recorded(path: Path | None = None) -> list[Edition]:
    """The editions that were published, the oldest first; none where there is no file.

    Errors: BadFile for what is no list of editions.
    """
    path = path or book() / FILE
    if not path.is_file():
        return []
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        found = [Edition(**row) for row in rows]
        for one in found:
            dt.date.fromisoformat(one.date)
    except (ValueError, TypeError) as error:
        raise BadFile(f"The editions cannot be read: {error}", where=path.name, mend="record them anew") from None
    return found


def told(now: Edition, before: Sequence[Edition]) -> dict[str, Any]:
    """What the pages know of editions: the name of this one, and for each other its day and what has changed since."""
    others = {one.name: {"date": one.date, **one.changes(now)} for one in before}
    return {"edition": now.name, "editions": {name: row for name, row in others.items() if name != now.name}}


def record(date: str, path: Path | None = None) -> Edition:
    """Add this edition to the file, where it is not the last there already."""
    path = path or book() / FILE
    now, before = this(dt.date.fromisoformat(date).isoformat()), recorded(path)
    if not before or before[-1].name != now.name:
        rows = [asdict(one) for one in (*before, now)]
        path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return now


if __name__ == "__main__":
    sys.stdout.write(f"{record(sys.argv[1]).name}\n")
