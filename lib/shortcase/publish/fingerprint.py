"""Whether anything has changed since the last build: one digest of everything read, one of everything written."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from shortcase import places

SOURCES = ("book", "lib/shortcase")
FILES = (
    "_config.yml",
    "_toc.yml",
    "requirements.txt",
    "benchmarks/results/build_times.json",
    "benchmarks/results/expectations.json",
    "benchmarks/results/thesis_draws.json",
    "benchmarks/results/live_pages.json",
    "benchmarks/results/page_weight.json",
)
SKIPPED = {"__pycache__", ".ipynb_checkpoints"}
VARYING = Path("_static") / "status.js"
"""The file of a site that tells when it was built."""


def inputs(root: Path, request: Iterable[str], *, pages: bool = True) -> str:
    """Digest of every file that a build reads, of Python, and of what was asked for.

    The package is read from the checkout where that has it, and otherwise from where it is installed.

    pages: with the pages' own sources and the site's own files, each of which changes a page and not the others.
    """
    package = Path(__file__).parents[1]
    folders = [root / name for name in SOURCES]
    if not folders[1].is_dir():
        folders[1] = package
    digest = hashlib.sha256(json.dumps([platform.python_version(), *request]).encode())
    for folder in folders:
        _add(digest, folder, (path for path in _files(folder) if pages or not _of_a_page(path, folders[0])))
    _add(digest, root, (root / name for name in FILES))
    return digest.hexdigest()


def _of_a_page(path: Path, book: Path) -> bool:
    return path.is_relative_to(book / "_static") or (path.parent == book and path.suffix == ".md")


def site(folder: Path) -> str:
    """Digest of a finished site, names and contents; empty where there is none."""
    return files(folder, without=(VARYING,)) if (folder / "index.html").is_file() else ""


def files(folder: Path, without: Collection[Path] = ()) -> str:
    """Digest of the files in a folder, names and contents."""
    digest = hashlib.sha256()
    _add(digest, folder, (path for path in _files(folder) if path.relative_to(folder) not in without))
    return digest.hexdigest()


def digest(path: str | Path) -> str:
    """Digest of a file; `none` where it cannot be read."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return "none"


def unchanged(opened: Mapping[str, str]) -> bool:
    """Whether each file still says what it said."""
    return all(digest(path) == was for path, was in opened.items())


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not SKIPPED.intersection(path.parts) and places.is_ours(path):
            yield path


def _add(digest: Any, folder: Path, files: Iterable[Path]) -> None:
    for path in files:
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "none"
        digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
