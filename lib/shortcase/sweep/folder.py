"""The folder of a sweep: its design, and each finished part, written once and whole.

A part is a portion of points computed together, in Arrow, or one point of a notebook, in JSON. What is there is done; a
sweep that is killed anywhere and started again computes what is missing. The folder is the client's alone: workers
send what they found and write nothing.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import feather

from shortcase.errors import BadRequest
from shortcase.places import place
from shortcase.publish.files import write
from shortcase.sweep.identity import differences

Rows = Mapping[str, Any]
"""Lists or arrays by the key of their column."""
DESIGN = "design.json"
PART = re.compile(r"(\d{8})-(\d{8})\.(arrow|json)")
FEW = 5
"""Differences that a refusal names."""


@dataclass(frozen=True)
class Part:
    """Some finished points: the first, and the one after the last."""

    path: Path
    first: int
    end: int

    def rows(self) -> Rows:
        """What was found."""
        if self.path.suffix == ".json":
            told: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
            return {key: [value] for key, value in told.items()}
        table = feather.read_table(self.path, memory_map=False)
        return {name: _values(table.column(name)) for name in table.column_names}


def _values(column: pa.ChunkedArray) -> Any:
    return column.to_numpy() if pa.types.is_floating(column.type) else column.to_pylist()


@dataclass(frozen=True)
class Folder:
    """Where a sweep keeps what it has done."""

    path: Path

    @property
    def parts_path(self) -> Path:
        """Where the finished parts are."""
        return self.path / "parts"

    @contextlib.contextmanager
    def held(self, about: Mapping[str, str]) -> Iterator[None]:
        """The folder, for one sweep at a time, begun or taken up again.

        about: what the results depend on.
        Errors: BadRequest where another sweep works in it; those of `refuse_another`.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415 - only here, and it takes a while to load

        self.parts_path.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.path / ".lock", blocking=False):
                self.refuse_another(about)
                if not (self.path / DESIGN).exists():
                    write(self.path / DESIGN, json.dumps(dict(about), indent=1, ensure_ascii=False) + "\n")
                for half in (*self.path.glob(".design*"), *self.parts_path.glob(".*.*")):
                    half.unlink(missing_ok=True)  # what a killed sweep was writing
                yield
        except Timeout:
            what = "Another sweep works in this folder"
            raise BadRequest(what, where=place(self.path), mend="wait for it, or choose another --out") from None

    def refuse_another(self, about: Mapping[str, str]) -> None:
        """Refuse to go on where this folder was begun with something else.

        Errors: BadRequest that names the difference.
        """
        design = self.path / DESIGN
        try:
            begun = json.loads(design.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return
        except ValueError:
            what = "What this sweep was begun with cannot be read"
            raise BadRequest(what, where=place(design), mend="remove the folder, or choose another --out") from None
        found = list(differences(begun, about))
        if found:
            more = f", and {len(found) - FEW} more" if len(found) > FEW else ""
            raise BadRequest(
                f"This sweep was begun with something else: {'; '.join(islice(found, FEW))}{more}",
                where=place(self.path),
                mend="put that back, choose another --out, or remove the folder to begin anew",
            )

    def parts(self) -> list[Part]:
        """The finished parts in order; one that cannot be read is removed, and is missing again."""
        found = []
        for path in sorted(self.parts_path.iterdir()):
            name = PART.fullmatch(path.name)
            if name is None:
                continue
            part = Part(path, int(name[1]), int(name[2]))
            try:
                part.rows()
            except (ValueError, OSError, pa.ArrowException):
                path.unlink()
            else:
                found.append(part)
        return found

    def put(self, first: int, rows: Rows) -> None:
        """Keep a portion of points, computed together."""
        count = max(map(len, rows.values()))
        sink = pa.BufferOutputStream()
        feather.write_feather(pa.table({key: pa.array(values) for key, values in rows.items()}), sink, "lz4")
        self._write(first, first + count, "arrow", sink.getvalue().to_pybytes())

    def put_one(self, number: int, row: Mapping[str, Any]) -> None:
        """Keep one point."""
        self._write(number, number + 1, "json", (json.dumps(row, ensure_ascii=False) + "\n").encode())

    def _write(self, first: int, end: int, kind: str, content: bytes) -> None:
        path = self.parts_path / f"{first:08}-{end:08}.{kind}"
        if path.exists():
            raise AssertionError(f"{path.name} is done already")
        write(path, content)


def missing(parts: Iterable[Part], count: int) -> np.ndarray:
    """The points that no part holds.

    >>> missing([Part(Path("a"), 0, 2), Part(Path("b"), 3, 4)], 6).tolist()
    [2, 4, 5]
    """
    done = np.zeros(count, bool)
    for part in parts:
        done[part.first : part.end] = True
    return np.flatnonzero(~done)
