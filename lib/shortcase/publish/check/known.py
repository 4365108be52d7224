"""What an earlier check has found out about a page, kept by content: how it reads, and that nothing in it is wrong.

A page reads the same as long as its text and all that is not a page (the registry, the tables, the lib, the packages)
stay the same; and nothing in it becomes wrong before the code of some chapter, or the as-of date, has changed as well.
Only good news is kept: what was wrong is looked for again, and told with the lines as they stand.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shortcase.publish import collector, fingerprint
from shortcase.publish.kept_files import keep, kept
from shortcase.publish.read.pages import Page

FOLDER = Path("_build") / "known"
MOST = 150
"""Files that are kept: for each page its reading and its good news, for some versions of it."""


@dataclass(frozen=True)
class Known:
    """The folder in which it is kept, and the digest of all that every page rests on."""

    folder: Path
    around: str

    @classmethod
    def of(cls, root: Path, around: str = "") -> Known:
        """What is known of the book under a root; around: the digest of what every page rests on, if it is known."""
        return cls(root / FOLDER, f"{root} {around or fingerprint.inputs(root, (), pages=False)}")

    def reading(self, page: Page) -> Any:
        """What `keep_reading` was given for this text of the page; None where nothing is kept."""
        body = kept(self._file(page.name, "reading", [page.text]))
        if body is None:
            return None
        with collector.paused():
            return pickle.loads(zlib.decompress(body))  # noqa: S301 - it has proved to be what this press has written

    def keep_reading(self, page: Page, reading: object) -> None:
        """Keep how a page reads."""
        body = pickle.dumps(reading, protocol=pickle.HIGHEST_PROTOCOL)
        keep(self._file(page.name, "reading", [page.text]), zlib.compress(body, level=1), MOST)

    def good(self, name: str, rests_on: Iterable[str]) -> Any:
        """What `keep_good` was given for a page, or the lists, that rest on the same; None where nothing is kept."""
        body = kept(self._file(name, "good", rests_on))
        return None if body is None else json.loads(body)

    def keep_good(self, name: str, rests_on: Iterable[str], told: object) -> None:
        """Keep that nothing is wrong with it, and what else its check told."""
        keep(self._file(name, "good", rests_on), json.dumps(told).encode(), MOST)

    def _file(self, name: str, kind: str, rests_on: Iterable[str]) -> Path:
        return self.folder / f"{name}.{kind}.{as_one([self.around, *rests_on])[:32]}"


def as_one(texts: Iterable[str]) -> str:
    """The digest of several texts, for what rests on all of them."""
    return hashlib.sha256(json.dumps([*texts]).encode()).hexdigest()
