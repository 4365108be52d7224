"""Executed chapters, kept by key. An entry proves itself by its checksum; one that cannot is removed, never used.

A line of JSON tells of it. The notebooks, some fifteen megabytes in a book, are pickled: read in a quarter of the time
that JSON takes, and only once they have proved to be what this press has written.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shortcase.publish.files import remove, write
from shortcase.publish.fingerprint import unchanged

KEPT = 8
"""Entries kept of each chapter; older ones are removed."""


@dataclass(frozen=True)
class Entry:
    """One executed chapter, how long it took, and what it opened by itself, each file with a digest of what it said.

    page: digest of the page's text, of which the key counts the code alone.
    """

    notebook: dict[str, Any]
    seconds: float
    opened: Mapping[str, str] = field(default_factory=dict)
    page: str = ""


@dataclass(frozen=True)
class Cache:
    """A folder of executed chapters."""

    folder: Path

    def path(self, chapter: str, key: str) -> Path:
        """The file of one entry."""
        return self.folder / f"{chapter}.{key[:32]}.kept"

    def get(self, chapter: str, key: str) -> Entry | None:
        """The entry, or nothing: where there is none, a file that it read has changed, or it is damaged and removed."""
        path = self.path(chapter, key)
        try:
            entry = _read(path.read_bytes(), key)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):  # no file, no line of JSON, a field or the checksum wrong
            remove(path)
            return None
        if not unchanged(entry.opened):
            return None
        os.utime(path)
        return entry

    def lasted(self, chapter: str) -> float:
        """Seconds that a chapter took when it was last kept, under whatever key; without end where it never was."""
        for path in self._of(chapter):
            try:
                with path.open("rb") as file:
                    return float(json.loads(file.readline())["seconds"])
            except (OSError, ValueError, KeyError, TypeError):
                continue  # damaged: removed when it is asked for
        return math.inf

    def _of(self, chapter: str) -> list[Path]:
        """The entries of a chapter, the newest first."""
        return sorted(self.folder.glob(f"{chapter}.*.*"), key=lambda path: path.stat().st_mtime, reverse=True)

    def put(self, chapter: str, key: str, entry: Entry) -> None:
        """Keep an entry, whole or not at all; drop the oldest of the chapter's others."""
        body = pickle.dumps(entry.notebook, protocol=pickle.HIGHEST_PROTOCOL)
        header = json.dumps(
            {
                "key": key, "sha256": _digest(body), "seconds": entry.seconds, "opened": dict(entry.opened),
                "page": entry.page,
            }
        )  # fmt: skip
        write(self.path(chapter, key), header.encode() + b"\n" + body)
        for old in self._of(chapter)[KEPT:]:
            old.unlink(missing_ok=True)


def _read(kept: bytes, key: str) -> Entry:
    head, body = kept.split(b"\n", 1)
    header = json.loads(head)
    if header["key"] != key or header["sha256"] != _digest(body):
        raise ValueError(key)
    notebook = pickle.loads(body)  # noqa: S301 - it has proved to be what was kept
    return Entry(notebook, float(header["seconds"]), dict(header["opened"]), str(header["page"]))


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
