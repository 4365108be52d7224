"""What a sweep's results depend on, part by part, so that one that is taken up again can say what has changed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from shortcase.case import parameters
from shortcase.places import is_ours
from shortcase.sweep.design import Points

HOME = Path(parameters.__file__).parents[1]
"""The package, as it is installed."""
PACKAGE, PARAMETER, BOOK = "package", "parameter", "book"
LEFT_OUT = ("_static", "images", ".ipynb_checkpoints", "__pycache__")
"""Folders of the book that no chapter computes with."""


@cache
def package() -> dict[str, str]:
    """A digest of every file of the installed package, by its path in it: workers compare theirs with the client's."""
    files = sorted(p for p in HOME.rglob("*") if p.is_file() and p.suffix not in (".pyc", ".html") and is_ours(p))
    return {path.relative_to(HOME).as_posix(): _digest(path.read_bytes()) for path in files}


def book_files(root: Path, chapter: str | None) -> dict[str, bytes]:
    """What a chapter may open in the book: its data files and its own text, by their paths from the root."""
    folder = root / "book"
    found = {}
    for path in sorted(folder.rglob("*")):
        ours = path.is_file() and is_ours(path) and not set(LEFT_OUT) & set(path.relative_to(folder).parts)
        if ours and (path.suffix != ".md" or path.stem == chapter):
            found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def identity(points: Points, root: Path, asked: Mapping[str, Any]) -> dict[str, str]:
    """Every part that decides a result, each with a digest or in words."""
    return {
        **{name: _text(value) for name, value in asked.items()},
        "design": points.about,
        "points": _digest(_points(points)),
        **{f"value {name}": repr(value) for name, value in points.base.items() if name not in points.columns},
        **{f"{PARAMETER} {name}": _digest(_entry(p)) for name, p in parameters.as_written().items()},
        **{f"{BOOK} {name}": _digest(text) for name, text in _data(root, asked.get("chapter")).items()},
        **{f"{PACKAGE} {name}": digest for name, digest in package().items()},
    }


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """The parts in which two differ, in words."""
    for name in sorted({*old, *new}):
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        kind, _, rest = name.partition(" ")
        what = {PACKAGE: f"{rest} of the package", BOOK: rest, PARAMETER: f"the entry of {rest} in parameters.yml"}
        if was is None or now is None:
            yield f"{what.get(kind, name)} {'is new' if was is None else 'is gone'}"
        elif kind in what or name == "points":
            yield f"{what.get(kind, 'the points')} {'are others' if name == 'points' else 'has changed'}"
        else:
            yield f"{'the ' if not rest else ''}{name} was {was}, and is {now}"


def _data(root: Path, chapter: Any) -> dict[str, bytes]:
    """The book's files but the parameters, which are told entry by entry."""
    found = book_files(root, chapter)
    found.pop("book/parameters.yml", None)
    return found


def _points(points: Points) -> bytes:
    parts = []
    for name, column in points.columns.items():
        values = column.tobytes() if column.dtype != object else json.dumps(column.tolist()).encode()
        parts += [name.encode(), str(column.dtype).encode(), np.int64(len(values)).tobytes(), values]
    return b"\0".join(parts)


def _entry(p: parameters.Parameter) -> bytes:
    told = dataclasses.asdict(p)
    told.pop("line")
    return json.dumps(told, sort_keys=True, default=str).encode()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
